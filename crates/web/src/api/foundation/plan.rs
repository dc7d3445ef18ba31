//! `POST /foundation/plan`: what applying these files would change.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Changes, NotAFoundation};
use crate::api::extract::Body;
use crate::api::problem::Problem;
use crate::office::Office;

/// A foundation as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanRequest {
    /// Text by path: `organisation.toml`, `standards/house-burger.toml`, …
    pub files: BTreeMap<String, String>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error(transparent)]
    Files(#[from] NotAFoundation),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Files(problems) => Problem::from(problems),
        }
        .into_response()
    }
}

/// Plan a foundation
///
/// Compares the files with what is in force. Changes nothing.
#[utoipa::path(
    post,
    path = "/foundation/plan",
    tag = "foundation",
    operation_id = "planFoundation",
    request_body = PlanRequest,
    responses(
        (status = OK, body = Changes),
        (status = UNPROCESSABLE_ENTITY, description = "The files have problems, all of them listed", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    Body(request): Body<PlanRequest>,
) -> Result<Json<Changes>, RouteError> {
    let next = super::read(&request.files)?;
    let (version, plan) = office.plan(&next).await;
    if !plan.problems.is_empty() {
        return Err(RouteError::Files(NotAFoundation(plan.problems)));
    }
    Ok(Json(Changes::new(version, &plan)))
}
