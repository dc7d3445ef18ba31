//! Who scored what: the raters of a rubric and the things that they scored.

use std::sync::Arc;

use arrow::array::{ArrayRef, StringArray};

use super::Observations;
use crate::convert::responses::texts_of;
use crate::convert::rows::{Missing, Rows, Texts};
use crate::mapping::Pick;
use crate::observation::CALIBRATION;

impl<'m> Observations<'m> {
    /// Who scored what, in this batch.
    pub(super) fn raters<'b>(&self, rows: &Rows<'b>) -> Raters<'b>
    where
        'm: 'b,
    {
        Raters {
            rater: match &self.rule.looked_by {
                Some(Pick::Column(pick)) => Some(rows.texts(&pick.column)),
                _ => None,
            },
            subject: texts_of(rows, &self.rule.subject),
        }
    }

    /// Whether a row was taken to find out how well raters agree.
    pub(super) fn is_calibration(&self, channels: Option<&Texts<'_>>, row: usize) -> bool {
        match (self.channel_pick, channels) {
            (Some(Pick::Constant(said)), _) => said.value == CALIBRATION,
            (Some(Pick::Column(pick)), Some(texts)) => {
                let text = texts.get(row);
                pick.map.get(text).map_or(text, String::as_str) == CALIBRATION
            }
            _ => false,
        }
    }

    /// What was looked at; a row that lacks one of the columns names nothing.
    pub(super) fn subject(&self, rows: &Rows<'_>) -> Option<ArrayRef> {
        if self.rule.subject.is_empty() {
            return None;
        }
        let columns = texts_of(rows, &self.rule.subject);
        let subjects = (0..rows.len()).map(|row| {
            let parts = columns.iter().map(|texts| {
                let text = texts.get(row);
                (!self.missing.text(text)).then_some(text)
            });
            let parts: Option<Vec<&str>> = parts.collect();
            parts.map(|parts| parts.join("|"))
        });
        Some(Arc::new(subjects.collect::<StringArray>()))
    }
}

/// The columns that say who scored what.
pub(super) struct Raters<'b> {
    rater: Option<Texts<'b>>,
    subject: Vec<Texts<'b>>,
}

impl Raters<'_> {
    /// The rater and the thing that was scored; None where a row lacks part of its name.
    pub(super) fn of(&self, row: usize, missing: &Missing) -> (String, Option<String>) {
        let rater = self.rater.as_ref().map_or("", |texts| texts.get(row));
        let parts = self.subject.iter().map(|texts| {
            let text = texts.get(row);
            (!missing.text(text)).then_some(text)
        });
        let parts: Option<Vec<&str>> = parts.collect();
        let subject = parts.filter(|parts| !parts.is_empty());
        (rater.to_owned(), subject.map(|parts| parts.join("|")))
    }
}
