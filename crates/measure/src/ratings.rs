//! Who gave what to whom: the ratings of a rubric, by the thing that was rated.
//!
//! Invariant: a rater counts once for one subject: of several looks the one of the latest day, of
//! one day that with the largest id. Looks that name no subject are not there.
//! Absent on purpose: the raters' names. Only how many they are leaves this file.

use std::collections::BTreeSet;
use std::ops::Range;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, Float64Type};
use evenkeel_facts::Table;
use evenkeel_foundation::StandardId;

use crate::error::MeasureError;
use crate::hashes::hash;
use crate::history::History;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::{RowFilter, Texts};
use crate::tally::{DAY, Only};

const ID: &str = "observation_id";
const STANDARD: &str = "standard";
const SUBJECT: &str = "subject";
const RATER: &str = "looked_by";
const VALUE: &str = "value";

/// Ratings by subject.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ratings {
    /// Of each thing that was rated, in a fixed order.
    pub subjects: Vec<Rated>,
    /// Different raters; `None` where some look does not name one.
    pub raters: Option<u64>,
    /// Tables and versions.
    pub snapshot: String,
}

/// One thing that was rated.
#[derive(Debug, Clone, PartialEq)]
pub struct Rated {
    /// A number of its own, the same in every answer.
    pub key: u64,
    /// What it was given, ascending; one a rater.
    pub ratings: Vec<f64>,
}

impl Measure {
    /// The numbers that several people observed at the same subject for a standard; `window.by`
    /// says nothing here.
    pub async fn ratings(
        &self,
        history: &History,
        standard: &StandardId,
        window: &Window,
    ) -> Result<Ratings, MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let mut answer = Ratings {
            snapshot: sources.label(),
            ..Ratings::default()
        };
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok(answer);
        };
        let only = Only {
            column: STANDARD.to_owned(),
            values: BTreeSet::from([standard.to_string()]),
        };
        let filter = RowFilter::new(history, window, vec![only])?;
        let more = [
            (ID, false),
            (SUBJECT, false),
            (RATER, true),
            (VALUE, false),
            (DAY, false),
        ];
        let columns = filter.columns(&source.snapshot.schema, &more);
        let hint = filter.hint();
        let of_files = self
            .engine()
            .fold(source, &columns, &hint, move |looks: &mut Looks, batch| {
                looks.push(&filter.keep(batch)?, batch)
            })
            .await?;
        let mut all = Looks::default();
        for of_file in of_files {
            all.merge(of_file);
        }
        all.answer(&mut answer);
        Ok(answer)
    }
}

/// One look of a named rater.
#[derive(Debug)]
struct Look {
    subject: u64,
    rater: u64,
    day: i32,
    /// Where its id stands among the ids.
    id: Range<usize>,
    value: f64,
}

/// Looks in the order of the files; which of them count is found at the end, by sorting once.
#[derive(Debug, Default)]
struct Looks {
    named: Vec<Look>,
    /// Ids of the named looks, one behind the other: a text for each would be most of the time.
    ids: String,
    /// Subject and value.
    unnamed: Vec<(u64, f64)>,
}

impl Looks {
    fn push(&mut self, keep: &[bool], batch: &RecordBatch) -> Result<(), MeasureError> {
        let no_column = |column: &str| MeasureError::NoColumn {
            column: column.to_owned(),
        };
        let values = batch
            .column_by_name(VALUE)
            .and_then(|column| column.as_primitive_opt::<Float64Type>())
            .ok_or_else(|| no_column(VALUE))?;
        let days = batch
            .column_by_name(DAY)
            .and_then(|column| column.as_primitive_opt::<Date32Type>())
            .ok_or_else(|| no_column(DAY))?;
        let (ids, subjects) = (Texts::of(batch, ID)?, Texts::of(batch, SUBJECT)?);
        let raters = Texts::of(batch, RATER)?;
        let seen = |row: usize| values.is_valid(row).then(|| values.value(row));
        for row in (0..batch.num_rows()).filter(|&row| keep[row]) {
            let (Some(subject), Some(value)) = (subjects.get(row), seen(row)) else {
                continue;
            };
            let subject = hash(subject.as_bytes());
            match raters.get(row) {
                Some(rater) => {
                    let from = self.ids.len();
                    self.ids.push_str(ids.get(row).unwrap_or_default());
                    self.named.push(Look {
                        subject,
                        rater: hash(rater.as_bytes()),
                        day: days.value(row),
                        id: from..self.ids.len(),
                        value,
                    });
                }
                None => self.unnamed.push((subject, value)),
            }
        }
        Ok(())
    }

    fn merge(&mut self, other: Self) {
        let behind = self.ids.len();
        self.ids.push_str(&other.ids);
        self.named.extend(other.named.into_iter().map(|look| Look {
            id: look.id.start + behind..look.id.end + behind,
            ..look
        }));
        self.unnamed.extend(other.unnamed);
    }

    fn answer(self, answer: &mut Ratings) {
        let Self {
            mut named,
            ids,
            unnamed,
        } = self;
        let place = |look: &Look| (look.subject, look.rater, look.day);
        named.sort_unstable_by(|a, b| {
            let by_id = || ids[a.id.clone()].cmp(&ids[b.id.clone()]);
            place(a).cmp(&place(b)).then_with(by_id)
        });
        let mut raters: Vec<u64> = named.iter().map(|look| look.rater).collect();
        raters.sort_unstable();
        raters.dedup();
        answer.raters = unnamed.is_empty().then_some(raters.len() as u64);
        // The last look of a rater at a subject is the one that counts.
        let counts = named.iter().enumerate().filter(|(at, look)| {
            let next = named.get(at + 1);
            next.is_none_or(|next| (next.subject, next.rater) != (look.subject, look.rater))
        });
        let mut ratings: Vec<(u64, f64)> = counts
            .map(|(_, look)| (look.subject, look.value))
            .chain(unnamed)
            .collect();
        ratings.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)));
        answer.subjects = ratings
            .chunk_by(|a, b| a.0 == b.0)
            .map(|of_subject| Rated {
                key: of_subject[0].0,
                ratings: of_subject.iter().map(|(_, value)| *value).collect(),
            })
            .collect();
    }
}
