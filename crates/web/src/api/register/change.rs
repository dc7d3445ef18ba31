//! `PUT /standards/{standard}`: its owners make a new version.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{NoDraft, draft};
use crate::access::Who;
use crate::api::extract::{Body, Path};
use crate::api::foundation::owner::NotOwner;
use crate::api::foundation::{Changes, NotAFoundation};
use crate::api::problem::Problem;
use crate::office::{Agreement, Office, OfficeError};

/// A new version, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRequest {
    /// TOML; this or `content`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The object; this or `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<serde_json::Value>,
    /// Kept with the version.
    pub reason: String,
    /// The day from which it holds; today where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_from: Option<jiff::civil::Date>,
    /// Refuse when the standard has another version than this one; 0: it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_version: Option<i64>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("no reason was given")]
    NoReason,
    #[error("version {found} is there, not {expected}")]
    Version { expected: i64, found: i64 },
    #[error(transparent)]
    NoDraft(#[from] NoDraft),
    #[error(transparent)]
    Draft(#[from] NotAFoundation),
    #[error(transparent)]
    NotOwner(#[from] NotOwner),
    #[error("there is no standard {0}")]
    Unknown(String, Vec<String>),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let changed = |detail: String| {
            Problem::new(
                StatusCode::CONFLICT,
                "standard_changed",
                "The standard was changed meanwhile",
                detail,
            )
        };
        match self {
            Self::NoReason => Problem::bad_request(
                "no_reason",
                "`reason` is empty; say in a few words why the standard changes",
            ),
            Self::Version { expected, found } => changed(format!(
                "version {found} is in force, not {expected}; look at it and change that one"
            )),
            Self::NoDraft(refusal) => Problem::from(refusal),
            Self::Draft(problems) => Problem::from(problems),
            Self::NotOwner(refusal) => Problem::from(refusal),
            Self::Unknown(id, known) => Problem::unknown("standard", &id, known),
            Self::Office(OfficeError::Conflict { expected, found }) => changed(format!(
                "the foundation has version {found}, not {expected}; try again"
            )),
            Self::Office(OfficeError::Refused(problems)) => Problem::from(NotAFoundation(problems)),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Change a standard
///
/// Only members of the team that owns it. A standard that does not exist yet comes to be, owned by
/// the team that it names. What was looked at before is judged by the version of its day.
#[utoipa::path(
    put,
    path = "/standards/{standard}",
    tag = "standards",
    operation_id = "changeStandard",
    params(("standard" = String, Path, description = "Id of the standard")),
    request_body = ChangeRequest,
    responses(
        (status = OK, body = Changes),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, description = "The caller is not in the team that owns it", body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, description = "Somebody changed it meanwhile", body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, description = "All problems, with their lines", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
    Body(request): Body<ChangeRequest>,
) -> Result<Json<Changes>, RouteError> {
    if request.reason.trim().is_empty() {
        return Err(RouteError::NoReason);
    }
    if let Some(expected) = request.expected_version {
        let rows = office.versions_of_standard(&id).await?;
        let found = rows.last().map_or(0, |row| row.version);
        if found != expected {
            return Err(RouteError::Version { expected, found });
        }
    }
    let draft = draft(request.text, request.content)?;
    let drafted = office
        .draft_standard(&id, draft)
        .await
        .map_err(NotAFoundation)?;
    // The owner before the change and the one after it: nobody gives away or takes what is not
    // theirs.
    NotOwner::check(&who, &drafted.plan)?;
    if !who.owns(&drafted.standard.owner) {
        return Err(RouteError::NotOwner(NotOwner {
            standard: id,
            owner: drafted.standard.owner,
        }));
    }
    let agreement = Agreement {
        author: who.author(None),
        reason: request.reason,
        valid_from: request.valid_from.or(drafted.standard.valid_from),
        expected_version: Some(drafted.against),
    };
    let (version, plan) = office.apply(&drafted.next, agreement).await?;
    Ok(Json(Changes::new(version, &plan)))
}
