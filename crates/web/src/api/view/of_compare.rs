//! Views of judged numbers.

use evenkeel_compare as compare;

use super::of_stats::word;
use super::{Change, Estimated, HiddenReason, Interval, Reason};

impl From<compare::Estimated> for Estimated {
    fn from(estimated: compare::Estimated) -> Self {
        match estimated {
            compare::Estimated::Estimate(estimate) => {
                let (interval, interval_reason) = interval(estimate.interval());
                Self::Estimate {
                    value: estimate.value(),
                    n: estimate.n(),
                    interval,
                    interval_reason,
                    method: word(&estimate.method()),
                    snapshot: estimate.snapshot().to_owned(),
                }
            }
            compare::Estimated::Undefined {
                reason,
                n,
                snapshot,
            } => Self::Undefined {
                reason: Reason::from(&reason),
                n,
                snapshot,
            },
            compare::Estimated::Hidden { reason, snapshot } => Self::Hidden {
                reason: HiddenReason::from(reason),
                snapshot,
            },
        }
    }
}

impl Change {
    /// A difference; `None` where there is none or it may not be shown.
    pub fn of(difference: &compare::Estimated) -> Option<Self> {
        let estimate = difference.estimate()?;
        let (interval, interval_reason) = interval(estimate.interval());
        Some(Self {
            value: estimate.value(),
            n: estimate.n(),
            interval,
            interval_reason,
        })
    }
}

/// The interval, or why there is none.
pub(super) fn interval(
    interval: &Result<evenkeel_stats::Interval, evenkeel_stats::Undefined>,
) -> (Option<Interval>, Option<Reason>) {
    match interval {
        Ok(interval) => (Some(Interval::from(*interval)), None),
        Err(reason) => (None, Some(Reason::from(reason))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_has_no_n() {
        let hidden = compare::Estimated::Hidden {
            reason: compare::HiddenReason::BelowMinimumN { minimum_n: 5 },
            snapshot: "responses_team@3".to_owned(),
        };
        let sent = serde_json::to_value(Estimated::from(hidden.clone())).unwrap();
        assert_eq!(
            sent,
            serde_json::json!({
                "status": "hidden",
                "reason": {"reason": "below_minimum_n", "minimum_n": 5},
                "snapshot": "responses_team@3",
            })
        );
        assert_eq!(sent, serde_json::to_value(&hidden).unwrap());
    }
}
