//! Rule 8: no share above (n−2)/n is published, on any statistic of the item.
//!
//! Where all or all but one say the same, the number says what each of them said: a mean of 5.0
//! or an NPS of 100 no less than 100 %. A share that nearly nobody has is the same thing seen
//! from its other side.

use evenkeel_foundation::{Indicator, IndicatorKind};
use evenkeel_stats::Statistics;

use crate::measured::{Reduced, reduced};

/// Whether all, or all but one, gave answers that the indicator takes for the same.
pub(in super::super) fn is_unanimous(indicator: &Indicator, statistics: &Statistics) -> bool {
    let Some(n) = statistics.n().filter(|n| *n > 0) else {
        return false;
    };
    let nearly_all = |count: f64| count > n as f64 - 2.0;
    let one_score = match statistics {
        Statistics::Scores(scores) => scores.iter().any(|(_, count)| nearly_all(count as f64)),
        Statistics::Frequencies(scores) => {
            // Shares × n: rounding of what was published must not hide a unanimous cell.
            scores.iter().any(|(_, count)| nearly_all(count + 0.5))
        }
        _ => false,
    };
    one_score
        || match reduced(&indicator.kind, statistics) {
            Ok(Reduced::Counts(counts)) => [counts.detractors, counts.passives, counts.promoters]
                .into_iter()
                .any(nearly_all),
            Ok(Reduced::Share { hits, .. }) => nearly_all(hits) || nearly_all(n as f64 - hits),
            Ok(Reduced::Moments(moments)) => moments.variance().is_ok_and(|v| v <= 0.0),
            Ok(Reduced::Weighted(moments)) => {
                let value = moments.mean().ok();
                matches!(
                    indicator.kind,
                    IndicatorKind::TopBox { .. } | IndicatorKind::Share { .. }
                ) && value.is_some_and(|v| nearly_all(v * n as f64))
            }
            Ok(Reduced::Alone { .. }) | Err(_) => false,
        }
}
