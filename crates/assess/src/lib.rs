//! One observation against one version of a standard: kept, deviated or not known yet.
//!
//! Purpose: judge a look at delivery by the requirement that was in force when it was taken.
//! Durations and ranges are judged from a number; the other kinds need somebody's judgement,
//! which the observation has to bring.
//!
//! Invariant: deviations and extras are two lists. An extra never makes a deviated observation
//! kept, and a deviation never removes an extra. Pure: the same input gives the same assessment.
//!
//! Absent on purpose: which version was in force (registry), shares of observations kept and their
//! intervals (stats), reasons for a deviation (people give them).

mod assessment;
mod number;

use evenkeel_foundation::Requirement;

pub use assessment::{Assessment, Deviation};

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ObservedValue {
    /// A number: seconds for a duration, the unit of measure for a range. A negative duration is
    /// early, and so in time.
    Number(f64),
    /// Something that has not ended yet, and for how many seconds it has been going on.
    OpenForSeconds(f64),
}

/// An observation that cannot be judged.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AssessError {
    /// The kind of requirement is not judged from a number.
    #[error(
        "a {kind} is not judged from a number: the observation has to say itself whether it was kept (column `kept`)"
    )]
    NeedsKept {
        /// The kind.
        kind: &'static str,
    },
    /// The number is none.
    #[error("{value} is not a number that can be judged (allowed: any finite number)")]
    NotFinite {
        /// What was found.
        value: f64,
    },
    /// Only what lasts can be open.
    #[error("a {kind} cannot be open (allowed: a number)")]
    CannotBeOpen {
        /// The kind.
        kind: &'static str,
    },
}

/// Judges one observation.
///
/// A value exactly at a limit is kept unless the limit is exclusive. Something still open is
/// deviated once it is past its limit and not known (`kept` is None: censored) before, or never
/// known where the standard leaves open observations out (METHODS §7).
pub fn assess(
    requirement: &Requirement,
    observed: &ObservedValue,
) -> Result<Assessment, AssessError> {
    match requirement {
        Requirement::Duration(duration) => number::duration(duration, *observed),
        Requirement::Range(range) => number::range(range, *observed),
        Requirement::Checklist(_)
        | Requirement::Rubric(_)
        | Requirement::Wording(_)
        | Requirement::Sequence(_) => Err(AssessError::NeedsKept {
            kind: requirement.as_str(),
        }),
    }
}
