//! Photos of observations.
//!
//! Invariant: a photo is kept under its unit, and only those who may see that unit's results see
//! it, of teams below the minimum nobody; its name is drawn at random.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::Scope;
use crate::answers::delivery::teams;
use crate::api::asked::AskedError;
use crate::api::extract::{Path, Query};
use crate::api::problem::Problem;
use crate::office::{Office, OfficeError};

const BYTES_MAX: usize = 8 * 1024 * 1024;
const KINDS: [(&str, &str); 3] = [
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/webp", "webp"),
];

/// Where it was taken.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PhotoQuery {
    /// Id of a unit.
    unit: String,
}

/// A photo that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhotoView {
    /// To be named in `detail.photo` of the observation.
    pub photo: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("the content type is {0}; allowed are image/jpeg, image/png, image/webp")]
    ContentType(String),
    #[error("the photo has {0} bytes")]
    Size(usize),
    #[error("there is no such photo")]
    Unknown,
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::ContentType(_) => Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Send a photo",
                self.to_string(),
            ),
            Self::Size(_) => Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "The photo is too large",
                format!("{self}; allowed are 1 to {BYTES_MAX}"),
            ),
            Self::Unknown => Problem::new(
                StatusCode::NOT_FOUND,
                "unknown_photo",
                "There is no such photo",
                self.to_string(),
            ),
            Self::Asked(error) => Problem::from(error),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Keep a photo
#[utoipa::path(
    post,
    path = "/photos",
    tag = "observations",
    operation_id = "keepPhoto",
    params(PhotoQuery),
    request_body(content = Vec<u8>, content_type = "image/*"),
    responses(
        (status = CREATED, body = PhotoView),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn keep(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<PhotoQuery>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<PhotoView>), RouteError> {
    let foundation = office.foundation().await.foundation;
    let unit = scope.unit(&foundation, &query.unit)?;
    let found = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("none");
    let kind = KINDS.iter().find(|(kind, _)| *kind == found);
    let Some((_, end)) = kind else {
        return Err(RouteError::ContentType(found.to_owned()));
    };
    if body.is_empty() || body.len() > BYTES_MAX {
        return Err(RouteError::Size(body.len()));
    }
    let photo = office.keep_photo(&unit.id, end, &body).await?;
    Ok((StatusCode::CREATED, Json(PhotoView { photo })))
}

/// A photo
#[utoipa::path(
    get,
    path = "/units/{unit}/photos/{photo}",
    tag = "observations",
    operation_id = "showPhoto",
    params(
        ("unit" = String, Path, description = "Id of the unit"),
        ("photo" = String, Path, description = "As the observation's detail names it"),
    ),
    responses(
        (status = OK, body = Vec<u8>, content_type = "image/*"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Path((unit, photo)): Path<(String, String)>,
) -> Result<Response, RouteError> {
    let foundation = office.foundation().await.foundation;
    let unit = scope.unit(&foundation, &unit)?;
    // A single look of a few people is about one of them.
    if teams(&foundation).single_looks(&unit.id).is_none() {
        return Err(RouteError::Unknown);
    }
    let plain = |one: char| one.is_ascii_alphanumeric() || one == '-';
    let kind = photo.split_once('.').and_then(|(name, end)| {
        let known = KINDS.iter().find(|(_, known)| *known == end);
        known.filter(|_| name.chars().all(plain))
    });
    let Some((kind, _)) = kind else {
        return Err(RouteError::Unknown);
    };
    let bytes = office.find_photo(&unit.id, &photo).await?;
    let mut response = bytes.ok_or(RouteError::Unknown)?.into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    Ok(response)
}
