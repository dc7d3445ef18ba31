//! `GET /audit`: who did what.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::Query;
use super::problem::Problem;
use crate::office::{Office, OfficeError};

const LIMIT: u32 = 50;
const LIMIT_MAX: u32 = 500;

/// Which part of the log.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Entries before this one; the newest where it is not said.
    before: Option<i64>,
    /// At most so many, up to 500; 50 where it is not said.
    limit: Option<u32>,
}

/// A part of the log, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditView {
    pub entries: Vec<AuditEntryView>,
    /// Ask with `before` set to this for older ones; `null`: there are none.
    #[schema(required = true)]
    pub next_before: Option<i64>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntryView {
    /// Position in the log, from 1, without gaps.
    pub sequence: i64,
    pub at: String,
    /// Id of an account, or a part of the program.
    pub actor: String,
    /// The account's name, where it is one.
    #[schema(required = true)]
    pub actor_name: Option<String>,
    /// `foundation.apply`, `account.change`, …
    pub action: String,
    pub subject: String,
    /// The account's name, where it is about one.
    #[schema(required = true)]
    pub subject_name: Option<String>,
    pub detail: serde_json::Value,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("limit is {0}")]
    Limit(u32),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Limit(found) => Problem::bad_request(
                "bad_limit",
                format!("`limit` is {found}; allowed are 1 to {LIMIT_MAX}"),
            ),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Who did what
#[utoipa::path(
    get,
    path = "/audit",
    tag = "people",
    operation_id = "listAudit",
    params(AuditQuery),
    responses(
        (status = OK, body = AuditView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    Query(query): Query<AuditQuery>,
) -> Result<Json<AuditView>, RouteError> {
    let limit = query.limit.unwrap_or(LIMIT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(RouteError::Limit(limit));
    }
    let (records, names) = office.audit_log(query.before, limit).await?;
    let full = records.len() as u64 == u64::from(limit);
    let next_before = records
        .last()
        .map(|record| record.sequence)
        .filter(|sequence| full && *sequence > 1);
    Ok(Json(AuditView {
        next_before,
        entries: records
            .into_iter()
            .map(|record| AuditEntryView {
                sequence: record.sequence,
                at: record.entry.at.to_string(),
                actor_name: names.get(&record.entry.actor).cloned(),
                subject_name: record
                    .entry
                    .subject
                    .strip_prefix("account/")
                    .and_then(|id| names.get(id).cloned()),
                actor: record.entry.actor,
                action: record.entry.action,
                subject: record.entry.subject,
                detail: record.entry.detail,
            })
            .collect(),
    }))
}
