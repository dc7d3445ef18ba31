//! `/accounts/{account}/badge`: a badge with a QR code, for people without company mail.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use qrcode::QrCode;
use qrcode::render::svg;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Who;
use crate::api::extract::{Body, Path};
use crate::api::people::RouteError;
use crate::api::problem::Problem;
use crate::office::Office;

/// Where the badge will be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BadgeFor {
    /// Address of the pages as the browser sees it, such as `https://keel.example.org`.
    pub origin: String,
}

/// A badge, to be printed now: it is shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MadeBadge {
    /// What the QR code says: the address of the pages with the badge's code.
    pub address: String,
    /// The QR code, as SVG.
    pub qr: String,
    /// The first PIN; the person can change it.
    pub pin: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum BadgeError {
    #[error("`origin` is `{0}`")]
    Origin(String),
    #[error("draw the QR code")]
    Qr(#[from] qrcode::types::QrError),
    #[error(transparent)]
    People(#[from] RouteError),
}

impl IntoResponse for BadgeError {
    fn into_response(self) -> Response {
        match self {
            Self::Origin(found) => Problem::bad_request(
                "bad_origin",
                format!("`origin` is `{found}`; allowed is http:// or https:// and a host"),
            )
            .into_response(),
            Self::Qr(_) => Problem::internal(&self).into_response(),
            Self::People(error) => error.into_response(),
        }
    }
}

/// Make a badge
///
/// The one before stops working, and its sessions end.
#[utoipa::path(
    post,
    path = "/accounts/{account}/badge",
    tag = "people",
    operation_id = "makeBadge",
    params(("account" = String, Path, description = "Id of the account")),
    request_body = BadgeFor,
    responses(
        (status = OK, body = MadeBadge),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn make(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
    Body(request): Body<BadgeFor>,
) -> Result<Json<MadeBadge>, BadgeError> {
    let origin = request.origin.trim_end_matches('/');
    let is_origin = ["http://", "https://"].iter().any(|scheme| {
        origin
            .strip_prefix(scheme)
            .is_some_and(|host| !host.is_empty() && !host.contains(['/', '#', '?', ' ']))
    });
    if !is_origin || origin.len() > 300 {
        return Err(BadgeError::Origin(request.origin));
    }
    let made = office.make_badge(&who.actor(), &id).await;
    let badge = made.map_err(RouteError::from)?;
    let address = format!("{origin}/badge#{}", badge.code.reveal());
    let qr = QrCode::new(address.as_bytes())?
        .render::<svg::Color<'_>>()
        .min_dimensions(220, 220)
        .build();
    Ok(Json(MadeBadge {
        address,
        qr,
        pin: badge.pin,
    }))
}

/// Take a badge away
#[utoipa::path(
    delete,
    path = "/accounts/{account}/badge",
    tag = "people",
    operation_id = "removeBadge",
    params(("account" = String, Path, description = "Id of the account")),
    responses(
        (status = NO_CONTENT),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn remove(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
) -> Result<StatusCode, RouteError> {
    office.remove_badge(&who.actor(), &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
