//! `GET /foundation/export`: what is in force, as text files.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::problem::Problem;
use crate::office::Office;

/// A foundation as text; applying it changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExportedFiles {
    /// Text by path. Empty while nothing was agreed.
    pub files: BTreeMap<String, String>,
}

#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    #[error("exported file {path} is not UTF-8")]
    NotText {
        path: String,
        #[source]
        source: std::string::FromUtf8Error,
    },
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::NotText { .. } => Problem::internal(&self),
        }
        .into_response()
    }
}

/// Export the foundation
///
/// The same foundation gives the same bytes.
#[utoipa::path(
    get,
    path = "/foundation/export",
    tag = "foundation",
    operation_id = "exportFoundation",
    responses((status = OK, body = ExportedFiles))
)]
pub async fn handler(State(office): State<Arc<Office>>) -> Result<Json<ExportedFiles>, RouteError> {
    let in_force = office.foundation().await;
    if in_force.version == 0 {
        return Ok(Json(ExportedFiles {
            files: BTreeMap::new(),
        }));
    }
    let files = evenkeel_foundation::export(&in_force.foundation)
        .into_iter()
        .map(|(path, bytes)| match String::from_utf8(bytes) {
            Ok(text) => Ok((path, text)),
            Err(source) => Err(RouteError::NotText { path, source }),
        })
        .collect::<Result<_, _>>()?;
    Ok(Json(ExportedFiles { files }))
}
