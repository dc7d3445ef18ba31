//! Estimates of one indicator, divided as asked.

use std::collections::BTreeSet;

use evenkeel_foundation::{Foundation, Granularity, Indicator, LevelId, Period, UnitId};
use evenkeel_measure::{By, Question, Segment, Subject, Window};
use jiff::civil::Date;

use super::gated::{self, Gated};
use super::raters::doubt;
use super::{AnswerError, Measurable, context};
use crate::api::view::Estimated;
use crate::office::Office;

/// How to divide and what to leave out.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub by: Vec<By>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Only this unit and what is below it.
    pub under: Option<UnitId>,
    pub weighted: bool,
}

impl Asked {
    /// The days of a period; of `all` every day.
    #[must_use]
    pub fn within(mut self, period: Period) -> Self {
        (self.from, self.to) = match period.granularity() {
            Granularity::All => (None, None),
            _ => (Some(period.start()), Some(period.end())),
        };
        self
    }

    /// Asks for an indicator's statistics.
    pub async fn ask(
        self,
        office: &Office,
        foundation: &Foundation,
        indicator: &Indicator,
    ) -> Result<Gated, AnswerError> {
        let question = self.question(Subject::Indicator(indicator.id.clone()));
        gated::ask(office, foundation, &question).await
    }

    /// The rows that are meant, undivided.
    pub fn window(&self) -> Window {
        Window {
            by: Vec::new(),
            from: self.from,
            to: self.to,
            under: self.under.clone(),
        }
    }

    fn question(self, subject: Subject) -> Question {
        Question {
            subject,
            by: self.by,
            from: self.from,
            to: self.to,
            under: self.under,
            weighted: self.weighted,
        }
    }
}

/// Estimates, and what they were computed from.
#[derive(Debug, Clone)]
pub struct Estimates {
    /// In order of unit, period and segment.
    pub cells: Vec<EstimatedCell>,
    pub snapshot: String,
    /// Rows that name no value; not known of what is frozen.
    pub missing: Option<u64>,
}

/// One estimate and what it is of.
#[derive(Debug, Clone)]
pub struct EstimatedCell {
    pub unit: Option<UnitId>,
    pub period: Option<Period>,
    /// (attribute, value).
    pub segment: Segment,
    pub estimate: Estimated,
}

/// Asks for an indicator and judges every cell.
pub async fn estimates(
    office: &Office,
    foundation: &Foundation,
    indicator: &Indicator,
    asked: Asked,
) -> Result<Estimates, AnswerError> {
    let window = asked.window();
    let (answer, doubt) = futures::try_join!(
        asked.ask(office, foundation, indicator),
        doubt(office, foundation, indicator, &window),
    )?;
    let snapshot = answer.snapshot;
    let context = context(foundation, indicator, &snapshot);
    let cells = answer
        .cells
        .into_iter()
        .map(|cell| EstimatedCell {
            estimate: Estimated::from(evenkeel_compare::estimate(
                indicator,
                &cell.passed,
                &context,
            ))
            .unless(doubt.as_ref()),
            unit: cell.unit,
            period: cell.period,
            segment: cell.segment,
        })
        .collect();
    Ok(Estimates {
        cells,
        snapshot,
        missing: answer.missing,
    })
}

/// The units of a level that have a number which may be shown, in a period.
pub async fn shown_units(
    office: &Office,
    foundation: &Foundation,
    measurable: &Measurable,
    level: &LevelId,
    period: Period,
    under: Option<&UnitId>,
) -> Result<BTreeSet<UnitId>, AnswerError> {
    let asked = Asked {
        by: vec![By::Unit(Some(level.clone()))],
        under: under.cloned(),
        ..Asked::default()
    }
    .within(period);
    match measurable {
        Measurable::Indicator(indicator) => {
            let found = estimates(office, foundation, indicator, asked).await?;
            Ok(found
                .cells
                .into_iter()
                .filter(|cell| matches!(cell.estimate, Estimated::Estimate { .. }))
                .filter_map(|cell| cell.unit)
                .collect())
        }
        Measurable::Covariate(covariate) => {
            let question = asked.question(Subject::Covariate(covariate.id.clone()));
            let answer = gated::ask(office, foundation, &question).await?;
            Ok(answer
                .cells
                .into_iter()
                .filter_map(|cell| cell.unit)
                .collect())
        }
    }
}
