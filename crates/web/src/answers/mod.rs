//! Questions to `measure`, judged by `compare`, as the API says them.
//!
//! Invariant: every number comes through the gate ([`gated`]) and passes `compare::estimate` with
//! the minimum n of its party and indicator, whichever is larger, before it becomes a view. Absent on purpose: formulas.

mod alignment;
mod beside;
pub mod by;
mod compared;
pub mod delivery;
pub mod distributions;
pub mod drivers;
mod estimates;
pub mod gated;
pub mod keepers;
mod measurable;
pub mod raters;
pub mod reliability;
mod responses;
pub mod segments;
pub mod weighted;

pub use alignment::{AlignmentAsked, alignment, joined};
pub use by::ByError;
pub use compared::{compared, overlap};
pub use estimates::{Asked, EstimatedCell, estimates, shown_units};
pub use measurable::{Measurable, minimum_n};
pub use responses::{Responses, responses};

use axum::http::StatusCode;
use evenkeel_compare::Context;
use evenkeel_foundation::{Foundation, Indicator};
use evenkeel_measure::MeasureError;

use crate::api::problem::Problem;

/// Level of every interval that stands alone.
pub const LEVEL: f64 = 0.95;

/// What an indicator is judged with.
pub fn context<'a>(
    foundation: &'a Foundation,
    indicator: &Indicator,
    snapshot: &'a str,
) -> Context<'a> {
    Context {
        indicators: &foundation.indicators,
        level: LEVEL,
        minimum_n: minimum_n(foundation, indicator),
        snapshot,
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// A cut of employees' answers that no release has.
    #[error(
        "{found} of employees' answers are not released; allowed are months, quarters, years or everything, by unit and one attribute, unweighted"
    )]
    NotReleased { found: String },
    /// A computation is gone without saying why (it panicked).
    #[error("a computation stopped unexpectedly")]
    Computation(#[from] tokio::task::JoinError),
    #[error("ask the facts")]
    Measure(#[from] evenkeel_measure::MeasureError),
}

impl From<AnswerError> for Problem {
    fn from(error: AnswerError) -> Self {
        match &error {
            AnswerError::NotReleased { .. } => Self::bad_request("not_released", error.to_string()),
            AnswerError::Measure(MeasureError::Unknown { kind, id, known }) => {
                Self::unknown(kind, id, known)
            }
            AnswerError::Measure(
                cause @ (MeasureError::WrongQuestion { .. }
                | MeasureError::TooManyValues { .. }
                | MeasureError::TooManyGroups { .. }),
            ) => Self::bad_request("bad_question", cause.to_string()),
            AnswerError::Measure(
                cause @ (MeasureError::WrongScale { .. }
                | MeasureError::NoLimits { .. }
                | MeasureError::Nested { .. }),
            ) => Self::new(
                StatusCode::CONFLICT,
                "indicator_does_not_fit",
                "The indicator cannot be counted as it is agreed",
                cause.to_string(),
            ),
            AnswerError::Measure(_) | AnswerError::Computation(_) => Self::internal(&error),
        }
    }
}
