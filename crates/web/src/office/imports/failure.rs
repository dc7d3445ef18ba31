//! Why an import, a preview or a guess came to nothing.

use axum::http::StatusCode;

use crate::api::imports::{ImportKind, ImportProblem};
use crate::api::problem::{InputProblem, Problem};
use crate::office::OfficeError;

/// Why an import, a preview or a guess came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    #[error("there is no foundation yet")]
    NoFoundation,
    #[error("the mapping has {} problems", .0.len())]
    Mapping(Vec<evenkeel_foundation::Problem>),
    #[error("the mapping is for {}, the import for {}", found.as_str(), asked.as_str())]
    Kind {
        asked: ImportKind,
        found: ImportKind,
    },
    /// The file cannot be read as the mapping says.
    #[error("{detail}")]
    File { detail: String },
    /// Rows are wrong, and nothing was stored.
    #[error("{rows_rejected} of {rows_read} rows are wrong; nothing was stored")]
    Rows {
        rows_rejected: u64,
        rows_read: u64,
        problems: Vec<ImportProblem>,
        total: u64,
    },
    /// The process ended, or was told to.
    #[error("the import was interrupted; nothing was stored")]
    Interrupted,
    #[error("take in the file")]
    Collect(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl From<ImportFailure> for Problem {
    fn from(failure: ImportFailure) -> Self {
        failure.problem()
    }
}

impl ImportFailure {
    /// As the API says it. An error of our own making is logged by this.
    pub(super) fn problem(&self) -> Problem {
        match self {
            Self::NoFoundation => Problem::new(
                StatusCode::CONFLICT,
                "no_foundation",
                "There is no foundation yet",
                "agree on parties, units and instruments first: apply a folder, or start from the demo's",
            ),
            Self::Mapping(problems) => {
                let total = problems.len() as u64;
                Problem::unprocessable(
                    "mapping_problems",
                    format!(
                        "{total} {} in the mapping; nothing was stored",
                        if total == 1 { "problem" } else { "problems" }
                    ),
                    problems.iter().cloned().map(InputProblem::from).collect(),
                    total,
                )
            }
            Self::Kind { asked, found } => Problem::bad_request(
                "wrong_kind",
                format!(
                    "the mapping says kind = \"{}\", but {} were asked for",
                    found.as_str(),
                    asked.as_str()
                ),
            ),
            Self::File { detail } => Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "unreadable_file",
                "The file cannot be read",
                detail.clone(),
            ),
            Self::Rows {
                problems, total, ..
            } => Problem::unprocessable(
                "row_problems",
                self.to_string(),
                problems.iter().cloned().map(InputProblem::from).collect(),
                *total,
            ),
            Self::Interrupted => interrupted(),
            Self::Collect(error) => Problem::internal(&**error),
            Self::Office(error) => Problem::internal(error),
        }
    }
}

/// An import that ended before its file did.
pub(super) fn interrupted() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "interrupted",
        "The import was interrupted",
        "nothing was stored; start the same file with the same mapping again, and it goes on where it stopped",
    )
}
