//! Views of comparisons.

use evenkeel_compare as compare;

use super::of_stats::word;
use super::{Comparison, Estimated, HiddenReason, Reason, Test};

impl From<compare::Comparison> for Comparison {
    fn from(comparison: compare::Comparison) -> Self {
        Self {
            difference: Estimated::from(comparison.difference),
            effect: Estimated::from(comparison.effect),
            test: comparison.test.map(|test| Test {
                method: word(&test.method),
                p_reason: test.p.as_ref().err().map(Reason::from),
                p: test.p.ok(),
                q: test.q,
            }),
        }
    }
}

impl Comparison {
    /// Nobody answered on one of the sides.
    pub fn nobody(snapshot: &str) -> Self {
        Self {
            difference: Estimated::nobody(snapshot),
            effect: Estimated::nobody(snapshot),
            test: None,
        }
    }
}

impl Estimated {
    /// Nobody answered.
    pub fn nobody(snapshot: &str) -> Self {
        Self::Undefined {
            reason: Reason::from(&evenkeel_stats::Undefined::NoAnswers),
            n: 0,
            snapshot: snapshot.to_owned(),
        }
    }
}

impl From<compare::HiddenReason> for HiddenReason {
    fn from(reason: compare::HiddenReason) -> Self {
        match reason {
            compare::HiddenReason::BelowMinimumN { minimum_n } => Self::BelowMinimumN { minimum_n },
            compare::HiddenReason::Subtractable => Self::Subtractable,
            compare::HiddenReason::NotReleased => Self::NotReleased,
            compare::HiddenReason::SmallTeam { minimum } => Self::SmallTeam { minimum },
        }
    }
}
