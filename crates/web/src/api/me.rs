//! `/me`: one's own account.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use evenkeel_registry::{Account, Session};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Body, Path};
use super::people::RouteError;
use super::problem::Problem;
use crate::access::Who;
use crate::office::Office;

/// The old secret, and a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSecret {
    pub old: String,
    pub new: String,
}

/// Where one is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnSessions {
    /// The latest used first.
    pub sessions: Vec<OwnSession>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnSession {
    pub id: String,
    pub door: String,
    /// What the browser says it is.
    pub agent: String,
    pub created_at: String,
    pub seen_at: String,
    pub expires_at: String,
    /// Is it the one that asks?
    pub current: bool,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum MeError {
    #[error("the operator has no account")]
    Operator,
    #[error("there is no session {0}")]
    Unknown(String),
    #[error(transparent)]
    People(#[from] RouteError),
}

impl IntoResponse for MeError {
    fn into_response(self) -> Response {
        match self {
            Self::Operator => Problem::new(
                StatusCode::CONFLICT,
                "no_account",
                "The operator has no account",
                "this is about the account of somebody who signed in",
            )
            .into_response(),
            Self::Unknown(id) => Problem::new(
                StatusCode::NOT_FOUND,
                "unknown_session",
                "There is no such session",
                format!("you have no session `{id}`"),
            )
            .into_response(),
            Self::People(error) => error.into_response(),
        }
    }
}

fn own(who: &Who) -> Result<&Account, MeError> {
    who.account().ok_or(MeError::Operator)
}

/// Change one's password
///
/// Ends all sessions of the account.
#[utoipa::path(
    put,
    path = "/me/password",
    tag = "people",
    operation_id = "changeOwnPassword",
    request_body = NewSecret,
    responses(
        (status = NO_CONTENT),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn password(
    State(office): State<Arc<Office>>,
    who: Who,
    Body(request): Body<NewSecret>,
) -> Result<StatusCode, MeError> {
    let changed = office.change_password(own(&who)?, request.old, request.new);
    changed.await.map_err(RouteError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change one's PIN
#[utoipa::path(
    put,
    path = "/me/pin",
    tag = "people",
    operation_id = "changeOwnPin",
    request_body = NewSecret,
    responses(
        (status = NO_CONTENT),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn pin(
    State(office): State<Arc<Office>>,
    who: Who,
    Body(request): Body<NewSecret>,
) -> Result<StatusCode, MeError> {
    let changed = office.change_pin(own(&who)?, request.old, request.new);
    changed.await.map_err(RouteError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where one is in
#[utoipa::path(
    get,
    path = "/me/sessions",
    tag = "people",
    operation_id = "listOwnSessions",
    responses((status = OK, body = OwnSessions))
)]
pub(crate) async fn sessions(
    State(office): State<Arc<Office>>,
    who: Who,
) -> Result<Json<OwnSessions>, MeError> {
    let account = own(&who)?;
    let current = match &who {
        Who::Person(person) => person.session.as_ref().map(|session| session.id.as_str()),
        Who::Operator => None,
    };
    let found = office.sessions_of(&account.id).await;
    let sessions = found.map_err(RouteError::from)?;
    Ok(Json(OwnSessions {
        sessions: sessions
            .into_iter()
            .map(|session| view(session, current))
            .collect(),
    }))
}

/// End one of one's sessions
#[utoipa::path(
    delete,
    path = "/me/sessions/{session}",
    tag = "people",
    operation_id = "endOwnSession",
    params(("session" = String, Path, description = "Id of the session")),
    responses(
        (status = NO_CONTENT),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn end_session(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
) -> Result<StatusCode, MeError> {
    let ended = office.end_session(&own(&who)?.id, &id).await;
    if ended.map_err(RouteError::from)? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(MeError::Unknown(id))
    }
}

fn view(session: Session, current: Option<&str>) -> OwnSession {
    OwnSession {
        current: current == Some(session.id.as_str()),
        id: session.id,
        door: session.door.as_str().to_owned(),
        agent: session.agent,
        created_at: session.created_at.to_string(),
        seen_at: session.seen_at.to_string(),
        expires_at: session.expires_at.to_string(),
    }
}
