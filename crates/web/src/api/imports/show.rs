//! `GET /imports/{id}`: how far an import is, and what became of it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::ImportView;
use crate::api::extract::Path;
use crate::api::problem::Problem;
use crate::office::{Office, OfficeError};

#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    #[error("there is no import {0}")]
    Unknown(String),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Unknown(id) => Problem::new(
                StatusCode::NOT_FOUND,
                "unknown_import",
                "There is no such import",
                format!("import `{id}` does not exist; GET /api/v1/imports lists them"),
            ),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// One import
#[utoipa::path(
    get,
    path = "/imports/{import}",
    tag = "imports",
    operation_id = "showImport",
    params(("import" = String, Path, description = "Id of the import")),
    responses(
        (status = OK, body = ImportView),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    State(office): State<Arc<Office>>,
    Path(id): Path<String>,
) -> Result<Json<ImportView>, RouteError> {
    match office.find_import(&id).await? {
        Some(import) => Ok(Json(import)),
        None => Err(RouteError::Unknown(id)),
    }
}
