//! `POST /imports`: takes a file in, in the background.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FileRequest, SourceError, find_source};
use crate::api::extract::Body;
use crate::api::problem::Problem;
use crate::office::{ImportFailure, Office};
use crate::server::Caller;

/// An import that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportStarted {
    /// Watch it with GET /imports/{import}.
    pub import: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error(transparent)]
    Failure(#[from] ImportFailure),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Source(error) => Problem::from(error),
            Self::Failure(failure) => Problem::from(failure),
        }
        .into_response()
    }
}

/// Start an import
///
/// The same file with the same mapping is stored once, however often it is started; one
/// that was cut off goes on where it stopped.
#[utoipa::path(
    post,
    path = "/imports",
    tag = "imports",
    operation_id = "startImport",
    request_body = FileRequest,
    responses(
        (status = ACCEPTED, body = ImportStarted),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, description = "The mapping has problems", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    Extension(caller): Extension<Caller>,
    Body(request): Body<FileRequest>,
) -> Result<(StatusCode, Json<ImportStarted>), RouteError> {
    let source = find_source(&office, caller, &request).await?;
    let import = office.start_import(source, &request).await?;
    Ok((StatusCode::ACCEPTED, Json(ImportStarted { import })))
}
