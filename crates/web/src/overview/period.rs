//! Which periods there are, and at which the page opens.

use std::collections::BTreeSet;

use evenkeel_foundation::{Foundation, Granularity, Indicator, Period, UnitId};
use futures::future::try_join_all;
use jiff::civil::Date;

use super::Pair;
use super::series::{self, Series};
use crate::answers::AnswerError;
use crate::api::overview::PeriodReason;
use crate::office::Office;

/// Lengths that the page offers, shortest first.
const OFFERED: [Granularity; 4] = [
    Granularity::Month,
    Granularity::Quarter,
    Granularity::Year,
    Granularity::All,
];

/// Lengths at which both sides of the pair have facts; those with any where none has
/// both, since results from elsewhere may exist for whole years only.
pub async fn granularities(
    office: &Office,
    foundation: &Foundation,
    pair: Option<&Pair>,
    shown: &[&Indicator],
    under: Option<&UnitId>,
) -> Result<Vec<Granularity>, AnswerError> {
    let found = try_join_all(OFFERED.map(|granularity| async move {
        let pair = series::of_pair(office, foundation, pair, granularity, under).await?;
        let heard = if let Some((internal, external)) = &pair {
            (!internal.is_silent(), !external.is_silent())
        } else {
            let all = series::of_indicators(office, foundation, shown, granularity, under).await?;
            let any = all.iter().any(|series| !series.is_silent());
            (any, any)
        };
        Ok::<_, AnswerError>((granularity, heard))
    }))
    .await?;
    let with = |wanted: fn(&(bool, bool)) -> bool| -> Vec<Granularity> {
        found
            .iter()
            .filter(|(_, heard)| wanted(heard))
            .map(|(granularity, _)| *granularity)
            .collect()
    };
    let both = with(|(internal, external)| *internal && *external);
    if both.is_empty() {
        Ok(with(|(internal, external)| *internal || *external))
    } else {
        Ok(both)
    }
}

/// A quarter where there are quarters, else the next longer that there is.
pub fn usual(lengths: &[Granularity]) -> Granularity {
    [
        Granularity::Quarter,
        Granularity::Year,
        Granularity::All,
        Granularity::Month,
    ]
    .into_iter()
    .find(|granularity| lengths.contains(granularity))
    .unwrap_or(Granularity::Quarter)
}

/// Every period in which anybody was heard, in order of time.
pub fn with_facts(series: &[Series], pair: Option<&(Series, Series)>) -> Vec<Period> {
    let pair = pair
        .into_iter()
        .flat_map(|(internal, external)| [internal, external]);
    series
        .iter()
        .chain(pair)
        .flat_map(|series| series.points.keys().copied())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// The period asked for; else the latest that is over and has both sides; else the
/// latest with facts.
pub fn choose(
    periods: &[Period],
    pair: Option<&(Series, Series)>,
    today: Date,
    asked: Option<Period>,
) -> (Option<Period>, PeriodReason) {
    if asked.is_some() {
        return (asked, PeriodReason::AskedFor);
    }
    let both = |period: &Period| {
        pair.is_none_or(|(internal, external)| {
            internal.is_heard_in(Some(*period)) && external.is_heard_in(Some(*period))
        })
    };
    let over = |period: &Period| period.end() < today || period.granularity() == Granularity::All;
    let complete = periods
        .iter()
        .rev()
        .find(|period| over(period) && both(period));
    match (complete, periods.last()) {
        (Some(period), _) => (Some(*period), PeriodReason::LatestComplete),
        (None, Some(last)) => {
            let latest = periods.iter().rev().find(|period| both(period));
            (Some(*latest.unwrap_or(last)), PeriodReason::LatestWithFacts)
        }
        (None, None) => (None, PeriodReason::NoFacts),
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_compare::Passed;
    use evenkeel_stats::{Counted, Statistics};
    use jiff::civil::date;

    use super::*;

    fn series(labels: &[&str]) -> Series {
        let counted = Counted::from(Statistics::MeanOnly { mean: 3.0, n: 4 });
        let counted = Passed::covariate(counted);
        Series {
            indicator: None,
            doubt: None,
            points: labels
                .iter()
                .map(|label| (Period::parse(label).unwrap(), counted.clone()))
                .collect(),
            snapshot: String::new(),
        }
    }

    fn chosen(internal: &[&str], external: &[&str]) -> (Option<String>, PeriodReason) {
        let pair = (series(internal), series(external));
        let periods = with_facts(&[], Some(&pair));
        let (period, reason) = choose(&periods, Some(&pair), date(2026, 8, 1), None);
        (period.map(|period| period.label()), reason)
    }

    #[test]
    fn opens_at_the_latest_that_is_over_and_has_both_sides() {
        assert_eq!(
            chosen(
                &["2026-q1", "2026-q2", "2026-q3"],
                &["2026-q1", "2026-q2", "2026-q3"]
            ),
            (Some("2026-q2".to_owned()), PeriodReason::LatestComplete)
        );
        assert_eq!(
            chosen(&["2025-q4"], &["2025-q4", "2026-q1", "2026-q2"]),
            (Some("2025-q4".to_owned()), PeriodReason::LatestComplete)
        );
    }

    #[test]
    fn opens_somewhere_when_nothing_is_over() {
        assert_eq!(
            chosen(&["2026-q3"], &["2026-q3"]),
            (Some("2026-q3".to_owned()), PeriodReason::LatestWithFacts)
        );
        assert_eq!(
            chosen(&[], &["2026-q2"]),
            (Some("2026-q2".to_owned()), PeriodReason::LatestWithFacts)
        );
        assert_eq!(chosen(&[], &[]), (None, PeriodReason::NoFacts));
    }

    #[test]
    fn a_quarter_where_there_are_quarters() {
        assert_eq!(usual(&OFFERED), Granularity::Quarter);
        assert_eq!(
            usual(&[Granularity::Year, Granularity::All]),
            Granularity::Year
        );
        assert_eq!(usual(&[]), Granularity::Quarter);
    }
}
