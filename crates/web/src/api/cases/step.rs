//! `POST /cases/{case}/steps`: take a follow-up on, decline it, close it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use evenkeel_registry::{CaseAction, CaseState, Stepped};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::list::{CaseView, view_of};
use crate::access::Who;
use crate::api::extract::{Body, Path};
use crate::api::foundation::owner::NotOwner;
use crate::api::problem::Problem;
use crate::office::{Office, OfficeError};

/// What is done with a follow-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStep {
    pub step: StepWord,
    /// Why it is declined, what came of it; needed for both.
    #[serde(default)]
    pub words: String,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepWord {
    /// Somebody looks into it; also one that was closed before.
    Take,
    /// Nothing is to be done.
    Decline,
    /// What was to be done is done.
    Close,
}

impl From<StepWord> for CaseAction {
    fn from(word: StepWord) -> Self {
        match word {
            StepWord::Take => Self::Take,
            StepWord::Decline => Self::Decline,
            StepWord::Close => Self::Close,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("there is no case `{0}`")]
    Unknown(String),
    #[error("`words` is empty; allowed: why it is declined, or what came of it")]
    NoWords,
    #[error("the case is `{}`, which `{}` does not follow; nothing was changed", .0.as_str(), .1.as_str())]
    NotFrom(CaseState, CaseAction),
    #[error(transparent)]
    NotOwner(#[from] NotOwner),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let said = self.to_string();
        match self {
            Self::Unknown(_) => Problem::new(
                StatusCode::NOT_FOUND,
                "unknown_case",
                "There is no such case",
                said,
            ),
            Self::NoWords => Problem::bad_request("no_words", said),
            Self::NotFrom(..) => Problem::new(
                StatusCode::CONFLICT,
                "step_does_not_follow",
                "Somebody was faster",
                said,
            ),
            Self::NotOwner(refusal) => Problem::from(refusal),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Take a step
///
/// Only members of the team that owns the standard. A signal that was declined or closed opens no
/// other draft while it goes on.
#[utoipa::path(
    post,
    path = "/cases/{case}/steps",
    tag = "cases",
    operation_id = "stepCase",
    params(("case" = String, Path, description = "Id of the case")),
    request_body = NewStep,
    responses(
        (status = OK, body = CaseView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
    Body(new): Body<NewStep>,
) -> Result<Json<CaseView>, RouteError> {
    let unknown = || RouteError::Unknown(id.clone());
    let case = office.find_case(&id).await?.ok_or_else(unknown)?;
    let standard = office.find_standard(case.draft.standard.as_str()).await?;
    let owner = standard.ok_or_else(unknown)?.standard.owner;
    if !who.owns(&owner) {
        let standard = case.draft.standard.to_string();
        return Err(RouteError::NotOwner(NotOwner { standard, owner }));
    }
    let action = CaseAction::from(new.step);
    let words = new.words.trim();
    if words.is_empty() && action != CaseAction::Take {
        return Err(RouteError::NoWords);
    }
    match office.step_case(&who, &id, action, words).await? {
        Stepped::Done => {}
        Stepped::NotFrom(state) => return Err(RouteError::NotFrom(state, action)),
        Stepped::NoCase => return Err(unknown()),
    }
    let case = office.find_case(&id).await?.ok_or_else(unknown)?;
    Ok(Json(view_of(&office, &who, case).await))
}
