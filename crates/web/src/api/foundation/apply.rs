//! `POST /foundation/apply`: makes these files the foundation in force.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::owner::NotOwner;
use super::{Changes, NotAFoundation};
use crate::access::Who;
use crate::api::extract::Body;
use crate::api::problem::Problem;
use crate::office::{Agreement, Office, OfficeError};

/// A foundation as text, and who changes it why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyRequest {
    /// Text by path: `organisation.toml`, `standards/house-burger.toml`, …
    pub files: BTreeMap<String, String>,
    /// Kept with the new versions.
    pub reason: String,
    /// Kept with the new versions; of people who signed in it is their name, whatever is said
    /// here.
    #[serde(default)]
    pub author: Option<String>,
    /// The day from which the new versions hold; today where it is not said.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_from: Option<jiff::civil::Date>,
    /// Refuse when another version is in force than the one that was planned against.
    #[serde(default)]
    pub expected_version: Option<i64>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error(transparent)]
    Files(#[from] NotAFoundation),
    #[error("no reason was given")]
    NoReason,
    #[error("{0} belongs to another team")]
    NotOwner(NotOwner),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Files(problems) => Problem::from(problems),
            Self::NoReason => Problem::bad_request(
                "no_reason",
                "`reason` is empty; say in a few words why the foundation changes",
            ),
            Self::NotOwner(refusal) => Problem::from(refusal),
            Self::Office(OfficeError::Conflict { expected, found }) => Problem::new(
                StatusCode::CONFLICT,
                "foundation_changed",
                "The foundation was changed meanwhile",
                format!(
                    "version {found} is in force, not {expected}; plan again and look at the changes"
                ),
            ),
            Self::Office(OfficeError::Refused(problems)) => {
                Problem::from(NotAFoundation(problems))
            }
            Self::Office(OfficeError::Unsound { problems }) => Problem::unprocessable(
                "foundation_unsound",
                format!("with the units that imports brought, the foundation would not hold together: {problems}; nothing was changed"),
                Vec::new(),
                problems.lines().count() as u64,
            ),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Apply a foundation
///
/// All changes become versions in one transaction, or none does.
#[utoipa::path(
    post,
    path = "/foundation/apply",
    tag = "foundation",
    operation_id = "applyFoundation",
    request_body = ApplyRequest,
    responses(
        (status = OK, body = Changes),
        (status = FORBIDDEN, description = "A standard of a team that the caller is not in", body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, description = "Another version is in force", body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, description = "The files have problems, all of them listed", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Body(request): Body<ApplyRequest>,
) -> Result<Json<Changes>, RouteError> {
    if request.reason.trim().is_empty() {
        return Err(RouteError::NoReason);
    }
    let next = super::read(&request.files)?;
    let (_, plan) = office.plan(&next).await;
    NotOwner::check(&who, &plan).map_err(RouteError::NotOwner)?;
    let (version, plan) = office
        .apply(
            &next,
            Agreement {
                author: who.author(request.author),
                reason: request.reason,
                valid_from: request.valid_from,
                expected_version: request.expected_version,
            },
        )
        .await?;
    Ok(Json(Changes::new(version, &plan)))
}
