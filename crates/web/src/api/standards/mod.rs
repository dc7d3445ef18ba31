//! `/standards`: what is promised, and how delivery keeps to it.

pub mod baselines;
pub mod chart;
pub mod consistency;
pub mod deviations;
pub mod extras;
pub mod keepers;
pub mod list;
pub mod photos;
pub mod reassess;
pub mod reassessments;
pub mod verdicts;

use evenkeel_foundation::Foundation;

use super::asked::{AskedError, unknown};
use super::problem::Problem;
use crate::answers::AnswerError;
use crate::office::{KnownStandard, Office, OfficeError};

/// Why a question about a standard has no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StandardError {
    #[error("{name} `{found}` is not one of {allowed}")]
    Word {
        name: &'static str,
        found: String,
        allowed: String,
    },
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Answer(#[from] AnswerError),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl From<StandardError> for Problem {
    fn from(error: StandardError) -> Self {
        match error {
            StandardError::Word { .. } => Self::bad_request("bad_word", error.to_string()),
            StandardError::Asked(error) => Self::from(error),
            StandardError::Answer(error) => Self::from(error),
            StandardError::Office(error) => Self::internal(&error),
        }
    }
}

impl axum::response::IntoResponse for StandardError {
    fn into_response(self) -> axum::response::Response {
        Problem::from(self).into_response()
    }
}

/// A standard that is or was agreed.
async fn standard(
    office: &Office,
    foundation: &Foundation,
    id: &str,
) -> Result<KnownStandard, StandardError> {
    let found = office.find_standard(id).await?;
    Ok(found.ok_or_else(|| unknown("standard", id, foundation.standards.keys()))?)
}

/// A word of a closed list in a query, as its enum reads it from JSON.
pub(crate) fn word<T: serde::de::DeserializeOwned>(
    name: &'static str,
    found: &str,
    allowed: &[&str],
) -> Result<T, StandardError> {
    serde_json::from_value(serde_json::Value::from(found)).map_err(|_| StandardError::Word {
        name,
        found: found.to_owned(),
        allowed: allowed.join(", "),
    })
}

/// The words of rule sets.
pub(crate) const RULES: [&str; 5] = ["nhs", "limits", "nelson", "western_electric", "anhoej"];
