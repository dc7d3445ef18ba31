//! The register: every standard with its verdict in one period and its way there.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_compare::delivery::{LookCell, verdict};
use evenkeel_foundation::{Foundation, Granularity, Period, StandardId, UnitId};
use evenkeel_measure::{By, LookQuestion, Window};
use jiff::civil::Date;

use super::{look_cell, teams};
use crate::answers::{AnswerError, LEVEL};
use crate::api::standards::list::{RegisterView, StandardRow};
use crate::api::view::{Granularity as GranularityView, PeriodRef, StandardRef, TrendPoint};
use crate::office::{KnownStandard, Office};

/// Periods of a row's way up to the chosen one: a year and the same month before.
const TREND_PERIODS: usize = 13;

/// Puts the register together; the period is the latest that is over where nobody says.
pub async fn register(
    office: &Office,
    foundation: &Foundation,
    standards: Vec<KnownStandard>,
    (granularity, asked): (Granularity, Option<Period>),
    today: Date,
    under: Option<&UnitId>,
) -> Result<RegisterView, AnswerError> {
    let protection = teams(foundation).protect(under, granularity);
    let granularity = protection.granularity;
    let ids = standards.iter().map(|known| known.standard.id.clone());
    let counted = office
        .looks(&LookQuestion {
            standards: ids.collect(),
            window: Window {
                under: protection.unit,
                ..Window::by([By::Period(granularity)])
            },
        })
        .await?;
    let mut of_standard: BTreeMap<StandardId, Vec<LookCell>> = BTreeMap::new();
    for cell in &counted.cells {
        let cells = of_standard.entry(cell.standard.clone()).or_default();
        cells.push(look_cell(cell));
    }
    let periods: BTreeSet<Period> = of_standard
        .values()
        .flatten()
        .map(|cell| cell.period)
        .collect();
    let period = asked.or_else(|| latest(&periods, today));
    let snapshot = &counted.snapshot;
    let rows = standards.into_iter().map(|known| {
        let cells = of_standard.remove(&known.standard.id).unwrap_or_default();
        row(foundation, &known, &cells, period, snapshot)
    });
    Ok(RegisterView {
        period: period.as_ref().map(PeriodRef::from),
        granularity: GranularityView::from(granularity),
        standards: rows.collect(),
        periods: periods.iter().rev().map(PeriodRef::from).collect(),
        snapshot: counted.snapshot,
    })
}

/// The latest period that is over, else the latest.
fn latest(periods: &BTreeSet<Period>, today: Date) -> Option<Period> {
    let over = periods.iter().rev().find(|period| period.end() < today);
    over.or(periods.last()).copied()
}

fn row(
    foundation: &Foundation,
    known: &KnownStandard,
    cells: &[LookCell],
    period: Option<Period>,
    snapshot: &str,
) -> StandardRow {
    let within = |period: Period| -> Vec<LookCell> {
        let of_period = cells.iter().filter(|cell| cell.period == period);
        of_period.cloned().collect()
    };
    let judged = |cells: &[LookCell]| verdict(cells, &known.editions, LEVEL, snapshot);
    let until: BTreeSet<Period> = cells
        .iter()
        .map(|cell| cell.period)
        .filter(|of| period.is_none_or(|period| *of <= period))
        .collect();
    let mut trend: Vec<TrendPoint> = until
        .iter()
        .rev()
        .take(TREND_PERIODS)
        .map(|period| TrendPoint {
            period: PeriodRef::from(period),
            estimate: judged(&within(*period)).share.into(),
        })
        .collect();
    trend.reverse();
    let last = known.editions.last();
    StandardRow {
        standard: StandardRef::new(foundation, &known.standard),
        version: last.map(|edition| edition.version),
        valid_from: last.and_then(|edition| edition.from),
        retired: known.retired.is_some(),
        retired_from: known.retired.and_then(|retired| retired.from),
        verdict: judged(&period.map(within).unwrap_or_default()).into(),
        trend,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_period_that_is_over() {
        let periods = |labels: &[&str]| -> BTreeSet<Period> {
            labels
                .iter()
                .map(|label| Period::parse(label).unwrap())
                .collect()
        };
        let today = "2026-08-15".parse().unwrap();
        let found = |labels: &[&str]| latest(&periods(labels), today).map(|p| p.label());
        assert_eq!(
            found(&["2026-06", "2026-07", "2026-08"]),
            Some("2026-07".into())
        );
        assert_eq!(found(&["2026-08"]), Some("2026-08".into()));
        assert_eq!(found(&[]), None);
    }
}
