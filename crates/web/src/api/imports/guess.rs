//! `POST /imports/guess`: a mapping to start from.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FileRequest, ImportKind, SourceError, find_source};
use crate::api::extract::Body;
use crate::api::problem::Problem;
use crate::office::{ImportFailure, Office};
use crate::server::Caller;

/// A guessed mapping, to be corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GuessView {
    pub kind: ImportKind,
    /// TOML, with comments.
    pub mapping: String,
    pub columns: Vec<GuessedColumn>,
}

/// What a column of the file may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GuessedColumn {
    pub name: String,
    /// Some values of the file.
    pub samples: Vec<String>,
    /// Such as `item:safety`, `unit` or `time`; `null`: not used.
    #[schema(required = true)]
    pub target: Option<String>,
    /// 0..1.
    pub confidence: f64,
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

/// Guess a mapping
///
/// Looks at the first rows of the file and at the names of the foundation.
#[utoipa::path(
    post,
    path = "/imports/guess",
    tag = "imports",
    operation_id = "guessImport",
    request_body = FileRequest,
    responses(
        (status = OK, body = GuessView),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, description = "The file cannot be read", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    Extension(caller): Extension<Caller>,
    Body(request): Body<FileRequest>,
) -> Result<Json<GuessView>, RouteError> {
    let source = find_source(&office, caller, &request).await?;
    Ok(Json(office.guess_import(source, request.kind).await?))
}
