//! `/standards/{standard}/picture`: what it looks like when it is kept.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use evenkeel_foundation::{Standard, StandardId};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::Who;
use crate::api::extract::{Path, Query};
use crate::api::foundation::owner::NotOwner;
use crate::api::problem::Problem;
use crate::office::{Office, OfficeError};

const BYTES_MAX: usize = 5 * 1024 * 1024;

/// File names' ends, and what browsers call them.
const KINDS: [(&str, &str); 5] = [
    ("webp", "image/webp"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("svg", "image/svg+xml"),
];

/// Under which name.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PictureQuery {
    /// The name that the standard's `picture` says.
    name: String,
}

/// With a version the address is that version's for ever, and browsers keep what it gave.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VersionQuery {
    /// The standard's version.
    #[serde(default, rename = "v")]
    version: Option<i64>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("there is no standard {0}")]
    Unknown(String, Vec<String>),
    #[error("standard {0} has no picture")]
    NoPicture(String),
    #[error("`name` is `{0}`")]
    Name(String),
    #[error("the content type is {found}, not {wanted}")]
    ContentType { found: String, wanted: &'static str },
    #[error("the picture has {0} bytes")]
    Size(usize),
    #[error("another picture has this name")]
    Taken,
    #[error(transparent)]
    NotOwner(#[from] NotOwner),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Unknown(id, known) => Problem::unknown("standard", &id, known),
            Self::NoPicture(_) => Problem::new(
                StatusCode::NOT_FOUND,
                "no_picture",
                "There is no picture",
                self.to_string(),
            ),
            Self::Name(name) => Problem::bad_request(
                "bad_name",
                format!(
                    "`name` is `{name}`; allowed is a file name that ends in .webp, .png, .jpg, .jpeg or .svg"
                ),
            ),
            Self::ContentType { .. } => Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Send the picture's own content type",
                self.to_string(),
            ),
            Self::Size(found) => Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "The picture is too large",
                format!("it has {found} bytes; allowed are 1 to {BYTES_MAX}"),
            ),
            Self::Taken => Problem::new(
                StatusCode::CONFLICT,
                "picture_taken",
                "Another picture has this name",
                "older versions of the standard show it; give the new one another name",
            ),
            Self::NotOwner(refusal) => Problem::from(refusal),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// A standard's picture
#[utoipa::path(
    get,
    path = "/standards/{standard}/picture",
    tag = "standards",
    operation_id = "showPicture",
    params(("standard" = String, Path, description = "Id of the standard"), VersionQuery),
    responses(
        (status = OK, body = Vec<u8>, content_type = "image/*"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(
    State(office): State<Arc<Office>>,
    Path(id): Path<String>,
    Query(asked): Query<VersionQuery>,
) -> Result<Response, RouteError> {
    let standard = find(&office, &id).await?;
    let name = standard.picture.clone().unwrap_or_default();
    let found = office.find_picture(&standard).await?;
    let (Some(bytes), Some(kind)) = (found, kind_of(&name)) else {
        return Err(RouteError::NoPicture(id));
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(if asked.version.is_some() {
            "private, max-age=31536000, immutable"
        } else {
            "no-cache"
        }),
    );
    // An SVG opened by itself runs nothing.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    Ok(response)
}

/// Bring a picture
///
/// The picture itself is the body; the standard names it in `picture`.
#[utoipa::path(
    put,
    path = "/standards/{standard}/picture",
    tag = "standards",
    operation_id = "keepPicture",
    params(("standard" = String, Path, description = "Id of the standard"), PictureQuery),
    request_body(content = Vec<u8>, content_type = "image/*"),
    responses(
        (status = NO_CONTENT),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
        (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn keep(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
    Query(query): Query<PictureQuery>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, RouteError> {
    let standard = find(&office, &id).await?;
    if !who.owns(&standard.owner) {
        return Err(RouteError::NotOwner(NotOwner {
            standard: id,
            owner: standard.owner,
        }));
    }
    let wanted = kind_of(&query.name).ok_or_else(|| RouteError::Name(query.name.clone()))?;
    let found = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("none");
    if found != wanted {
        return Err(RouteError::ContentType {
            found: found.to_owned(),
            wanted,
        });
    }
    if body.is_empty() || body.len() > BYTES_MAX {
        return Err(RouteError::Size(body.len()));
    }
    let replace = matches!(who, Who::Operator);
    let kept = office.keep_picture(&standard.id, &query.name, &body, replace);
    if kept.await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(RouteError::Taken)
    }
}

async fn find(office: &Office, id: &str) -> Result<Standard, RouteError> {
    let foundation = office.foundation().await.foundation;
    let key = StandardId::parse(id).ok();
    let found = key.and_then(|key| foundation.standards.get(&key).cloned());
    found.ok_or_else(|| {
        let known = foundation.standards.keys().map(ToString::to_string);
        RouteError::Unknown(id.to_owned(), known.collect())
    })
}

/// What browsers call a picture of that name; None where the name is none.
fn kind_of(name: &str) -> Option<&'static str> {
    let (stem, end) = name.rsplit_once('.')?;
    let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.');
    if stem.is_empty() || stem.starts_with('.') || name.len() > 120 || !name.chars().all(plain) {
        return None;
    }
    let found = KINDS.iter().find(|(known, _)| *known == end);
    found.map(|(_, kind)| *kind)
}
