//! `GET /standards/{standard}`: a standard, its text and its versions.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use evenkeel_foundation::{StandardId, field_changes};
use evenkeel_registry::VersionRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Who;
use crate::api::PREFIX;
use crate::api::extract::Path;
use crate::api::foundation::FieldChangeView;
use crate::api::problem::Problem;
use crate::office::{Office, OfficeError, text_of};

/// A standard, as it stands and as it came to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StandardDetail {
    pub id: String,
    /// Its own version, from 1.
    pub version: i64,
    pub retired: bool,
    /// Is the caller in the team that owns it?
    pub may_change: bool,
    /// As its file says it, as an object; of a retired one, what was retired.
    pub content: serde_json::Value,
    /// As its file says it; empty of a retired one.
    pub text: String,
    /// Where its picture is; `null`: there is none.
    #[schema(required = true)]
    pub picture: Option<String>,
    /// The latest first.
    pub versions: Vec<StandardVersionView>,
}

/// One version of a standard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StandardVersionView {
    pub version: i64,
    /// The first day it holds; `null`: since ever.
    #[schema(required = true, value_type = Option<String>, format = Date)]
    pub valid_from: Option<jiff::civil::Date>,
    pub author: String,
    pub at: String,
    pub reason: String,
    /// Did it end the standard?
    pub retired: bool,
    /// Against the version before; empty for the first.
    pub changes: Vec<FieldChangeView>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("there is no standard {0}")]
    Unknown(String, Vec<String>),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Unknown(id, known) => Problem::unknown("standard", &id, known),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// One standard
#[utoipa::path(
    get,
    path = "/standards/{standard}",
    tag = "standards",
    operation_id = "showStandard",
    params(("standard" = String, Path, description = "Id of the standard")),
    responses(
        (status = OK, body = StandardDetail),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
) -> Result<Json<StandardDetail>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let rows = office.versions_of_standard(&id).await?;
    let (Some(last), Ok(key)) = (rows.last(), StandardId::parse(&id)) else {
        let known = foundation.standards.keys().map(ToString::to_string);
        return Err(RouteError::Unknown(id, known.collect()));
    };
    let standard = foundation.standards.get(&key);
    let picture = match standard {
        Some(standard) => office.find_picture(standard).await?.is_some(),
        None => false,
    };
    Ok(Json(StandardDetail {
        version: last.version,
        retired: last.retired,
        may_change: standard.is_some_and(|standard| who.owns(&standard.owner)),
        content: last.content.clone(),
        text: standard.map_or_else(String::new, |_| text_of(foundation, &key)),
        picture: picture.then(|| format!("{PREFIX}/standards/{id}/picture?v={}", last.version)),
        versions: versions(&rows),
        id,
    }))
}

fn versions(rows: &[VersionRow]) -> Vec<StandardVersionView> {
    let mut before: Option<&VersionRow> = None;
    let mut views: Vec<StandardVersionView> = Vec::with_capacity(rows.len());
    for row in rows {
        let changes = before.map_or_else(Vec::new, |before| {
            field_changes(&before.content, &row.content)
        });
        views.push(StandardVersionView {
            version: row.version,
            valid_from: row.valid_from,
            author: row.author.clone(),
            at: row.at.to_string(),
            reason: row.reason.clone(),
            retired: row.retired,
            changes: changes
                .into_iter()
                .map(|change| FieldChangeView {
                    path: change.path,
                    before: change.before,
                    after: change.after,
                })
                .collect(),
        });
        before = Some(row);
    }
    views.reverse();
    views
}
