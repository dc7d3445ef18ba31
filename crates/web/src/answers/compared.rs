//! Estimates beside those of another time, cell by cell.
//!
//! Invariant: the two windows share no day, or the same answers would stand on both sides.

use std::collections::BTreeMap;

use evenkeel_compare::{Passed, comparison};
use evenkeel_foundation::{Foundation, Indicator, UnitId};
use evenkeel_measure::Segment;
use jiff::civil::Date;

use super::estimates::{Asked, EstimatedCell};
use super::{AnswerError, context, joined, raters};
use crate::api::view::{Comparison, Estimated};
use crate::office::Office;

/// First and last day; open where `None`.
pub type Days = (Option<Date>, Option<Date>);

/// Cells at both times.
#[derive(Debug, Clone)]
pub struct ComparedEstimates {
    /// In order of unit and segment.
    pub cells: Vec<ComparedCell>,
    pub snapshot: String,
    pub missing: Option<u64>,
}

/// One cell now and then.
#[derive(Debug, Clone)]
pub struct ComparedCell {
    pub now: EstimatedCell,
    pub before: Estimated,
    pub comparison: Comparison,
}

/// Unit and segment.
type Key = (Option<UnitId>, Segment);

/// Whether two windows have a day in common.
pub fn overlap(a: Days, b: Days) -> bool {
    let starts_before_end = |start: Option<Date>, end: Option<Date>| match (start, end) {
        (Some(start), Some(end)) => start <= end,
        _ => true,
    };
    starts_before_end(a.0, b.1) && starts_before_end(b.0, a.1)
}

/// Asks for both windows; a cell that is only in one of them is undefined in the other.
pub async fn compared(
    office: &Office,
    foundation: &Foundation,
    indicator: &Indicator,
    asked: Asked,
    before: Days,
) -> Result<ComparedEstimates, AnswerError> {
    let then = Asked {
        from: before.0,
        to: before.1,
        ..asked.clone()
    };
    // Either of two scores in doubt leaves nothing to compare.
    let (window, window_then) = (asked.window(), then.window());
    let (now, then, doubt, doubt_then) = futures::try_join!(
        asked.ask(office, foundation, indicator),
        then.ask(office, foundation, indicator),
        raters::doubt(office, foundation, indicator, &window),
        raters::doubt(office, foundation, indicator, &window_then),
    )?;
    let either = doubt.as_ref().or(doubt_then.as_ref());
    let snapshot = joined(&[&now.snapshot, &then.snapshot]);
    let context = context(foundation, indicator, &snapshot);
    let mut cells: BTreeMap<Key, [Option<Passed>; 2]> = BTreeMap::new();
    for (place, answer) in [&now, &then].into_iter().enumerate() {
        for cell in &answer.cells {
            let key = (cell.unit.clone(), cell.segment.clone());
            cells.entry(key).or_default()[place] = Some(cell.passed.clone());
        }
    }
    let cells = cells.into_iter().map(|((unit, segment), sides)| {
        let estimate = |side: &Option<Passed>, doubt: Option<&Estimated>| match side {
            Some(side) => {
                Estimated::from(evenkeel_compare::estimate(indicator, side, &context)).unless(doubt)
            }
            None => Estimated::nobody(&snapshot),
        };
        let [now, then] = &sides;
        ComparedCell {
            before: estimate(then, doubt_then.as_ref()),
            comparison: match &sides {
                [Some(now), Some(then)] => {
                    Comparison::from(comparison(indicator, now, then, &context)).unless(either)
                }
                _ => Comparison::nobody(&snapshot),
            },
            now: EstimatedCell {
                unit,
                period: None,
                segment,
                estimate: estimate(now, doubt.as_ref()),
            },
        }
    });
    let cells: Vec<ComparedCell> = cells.collect();
    Ok(ComparedEstimates {
        cells,
        snapshot,
        missing: now.missing,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_that_share_a_day_overlap() {
        let day = |text: &str| Some(text.parse::<Date>().unwrap());
        let (first, last) = (day("2026-01-01"), day("2026-03-31"));
        assert!(overlap((first, last), (last, None)));
        assert!(overlap((None, None), (first, last)));
        assert!(!overlap((first, last), (day("2026-04-01"), None)));
        assert!(!overlap((day("2026-04-01"), None), (first, last)));
    }
}
