//! `/pulse`: each standard asks its keepers whether they know it, can and want to.

pub mod answer;
pub mod ask;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use evenkeel_registry::Account;

use super::asked::AskedError;
use super::problem::{InputProblem, Problem};
use crate::access::Who;
use crate::office::OfficeError;

#[derive(Debug, thiserror::Error)]
pub(crate) enum PulseError {
    #[error("the operator has no account")]
    Operator,
    #[error("{} answers are wrong", .0.len())]
    Answers(Vec<InputProblem>),
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for PulseError {
    fn into_response(self) -> Response {
        match self {
            Self::Operator => Problem::new(
                StatusCode::CONFLICT,
                "no_account",
                "The operator has no account",
                "the pulse asks people who signed in, each for themselves",
            ),
            Self::Answers(problems) => {
                let mut problem = Problem::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "bad_answers",
                    "The answers do not fit the questions",
                    "nothing was stored; `problems` says what was found and what is allowed",
                );
                problem.problems_total = Some(problems.len() as u64);
                problem.problems = problems;
                problem
            }
            Self::Asked(error) => Problem::from(error),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

fn own(who: &Who) -> Result<&Account, PulseError> {
    who.account().ok_or(PulseError::Operator)
}
