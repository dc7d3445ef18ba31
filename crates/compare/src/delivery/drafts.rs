//! Which signals of a chart ask for a follow-up.
//!
//! A signal opens a draft when it is for the worse and recent: it reaches one of the last
//! [`RECENT_POINTS`] points. What happened years before an import is history, not a case.
//!
//! Invariant: a draft is known by its rule, its side and the first period of its signal, which stay
//! the same while the signal goes on, so that computing again opens nothing twice.

use evenkeel_foundation::Period;

use super::chart::{ControlChart, Meaning, RuleName};

/// Points at the end of a chart that count as recent.
pub const RECENT_POINTS: usize = 3;

/// A follow-up that a signal asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The rule that found it.
    pub rule: RuleName,
    /// +1 up, −1 down.
    pub side: i8,
    /// The periods concerned, in order.
    pub periods: Vec<Period>,
}

/// The drafts of a chart.
pub fn drafts(chart: &ControlChart) -> Vec<Draft> {
    let recent = chart.points.len().saturating_sub(RECENT_POINTS);
    let worse = chart.signals.iter().filter(|signal| {
        signal.meaning == Meaning::Worse && signal.points.last().is_some_and(|last| *last >= recent)
    });
    worse
        .map(|signal| Draft {
            rule: signal.rule,
            side: signal.side,
            periods: signal
                .points
                .iter()
                .filter_map(|point| Some(chart.points.get(*point)?.period))
                .collect(),
        })
        .collect()
}
