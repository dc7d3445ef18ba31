//! `POST /uploads?name=FILE`: takes a file, to be looked at and imported.

use std::sync::Arc;

use axum::Json;
use axum::body::Body as RawBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::Query;
use super::problem::Problem;
use crate::office::{Office, UPLOAD_BYTES_MAX, UploadError};

/// A file's name.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UploadQuery {
    /// The file's name; its ending says what format it has.
    name: String,
}

/// A file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UploadView {
    /// Names the file in `/imports/guess`, `/imports/preview` and `/imports`.
    pub upload: String,
    pub name: String,
    pub bytes: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    #[error("the name {0:?} is no file name")]
    Name(String),
    #[error("content type {0:?}")]
    ContentType(String),
    #[error(transparent)]
    Upload(#[from] UploadError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Name(name) => Problem::bad_request(
                "bad_name",
                format!("`{name}` is no file name; give one without folders, such as answers.csv"),
            ),
            Self::ContentType(found) => Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Send content-type application/octet-stream",
                format!("found `{found}`"),
            ),
            Self::Upload(UploadError::TooLarge) => Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "The file is too large",
                format!(
                    "at most {UPLOAD_BYTES_MAX} bytes can be sent; import larger files with `evenkeel import` on the server's machine"
                ),
            ),
            Self::Upload(UploadError::Empty) => {
                Problem::bad_request("empty_file", "the file has 0 bytes; nothing was stored")
            }
            Self::Upload(error @ UploadError::Interrupted { .. }) => {
                Problem::bad_request("interrupted", error.to_string())
            }
            Self::Upload(UploadError::Office(error)) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Upload a file
///
/// The file itself is the body. It is kept until it is imported, at most a week.
#[utoipa::path(
    post,
    path = "/uploads",
    tag = "imports",
    operation_id = "uploadFile",
    params(UploadQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = CREATED, body = UploadView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    State(office): State<Arc<Office>>,
    Query(query): Query<UploadQuery>,
    headers: HeaderMap,
    body: RawBody,
) -> Result<(StatusCode, Json<UploadView>), RouteError> {
    // Not a type that a form of another site can send without asking first.
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("none");
    if kind != "application/octet-stream" {
        return Err(RouteError::ContentType(kind.to_owned()));
    }
    let name = query.name;
    let is_file_name = !name.trim().is_empty()
        && name.len() <= 255
        && !name.contains(['/', '\\'])
        && !name.chars().any(char::is_control);
    if !is_file_name {
        return Err(RouteError::Name(name));
    }
    let upload = office.store_upload(&name, body.into_data_stream()).await?;
    Ok((
        StatusCode::CREATED,
        Json(UploadView {
            upload: upload.id,
            name: upload.name,
            bytes: upload.bytes,
        }),
    ))
}
