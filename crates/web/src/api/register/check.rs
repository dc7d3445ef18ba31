//! `POST /standards/check`: what a draft would be, while it is written.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{NoDraft, draft};
use crate::api::extract::Body;
use crate::api::foundation::{ActionWord, ChangeView, FieldChangeView, NotAFoundation};
use crate::api::problem::Problem;
use crate::office::{Office, text_of};

/// A draft of a standard, new or known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// Its id.
    pub standard: String,
    /// TOML; this or `content`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The object; this or `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<serde_json::Value>,
}

/// A draft without a problem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckedDraft {
    pub content: serde_json::Value,
    /// The one text of this standard.
    pub text: String,
    /// `null`: it says what is in force.
    #[schema(required = true)]
    pub action: Option<ActionWord>,
    pub changes: Vec<FieldChangeView>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error(transparent)]
    NoDraft(#[from] NoDraft),
    #[error(transparent)]
    Draft(#[from] NotAFoundation),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::NoDraft(refusal) => Problem::from(refusal),
            Self::Draft(problems) => Problem::from(problems),
        }
        .into_response()
    }
}

/// Check a draft
///
/// Changes nothing. Problems come with their line, all of them.
#[utoipa::path(
    post,
    path = "/standards/check",
    tag = "standards",
    operation_id = "checkStandard",
    request_body = CheckRequest,
    responses(
        (status = OK, body = CheckedDraft),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    Body(request): Body<CheckRequest>,
) -> Result<Json<CheckedDraft>, RouteError> {
    let draft = draft(request.text, request.content)?;
    let drafted = office
        .draft_standard(&request.standard, draft)
        .await
        .map_err(NotAFoundation)?;
    let change = drafted.plan.changes.first().map(ChangeView::from);
    Ok(Json(CheckedDraft {
        content: serde_json::to_value(&drafted.standard).unwrap_or_default(),
        text: text_of(&drafted.next, &drafted.standard.id),
        action: change.as_ref().map(|change| change.action),
        changes: change.map_or_else(Vec::new, |change| change.fields),
    }))
}
