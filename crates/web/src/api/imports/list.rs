//! `GET /imports`: the imports, newest first.
//!
//! Invariant: a list that was cut says so: `next` is the cursor of the rest, and `null`
//! only when there is no rest.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ImportView;
use crate::api::extract::Query;
use crate::api::problem::Problem;
use crate::office::{Office, OfficeError};

const LIMIT_DEFAULT: u32 = 20;
const LIMIT_MAX: u32 = 200;

/// Which imports to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<u32>,
}

/// A page of imports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportList {
    /// Newest first.
    pub imports: Vec<ImportView>,
    /// Ask again with this `cursor` for older ones.
    #[schema(required = true)]
    pub next: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    #[error("limit {0}")]
    Limit(u32),
    #[error("cursor {0}")]
    Cursor(String),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Limit(found) => Problem::bad_request(
                "bad_limit",
                format!("limit is {found}; allowed are 1 to {LIMIT_MAX}"),
            ),
            Self::Cursor(found) => Problem::bad_request(
                "bad_cursor",
                format!("cursor `{found}` did not come from this list"),
            ),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Imports, newest first
#[utoipa::path(
    get,
    path = "/imports",
    tag = "imports",
    operation_id = "listImports",
    params(ListQuery),
    responses(
        (status = OK, body = ImportList),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    State(office): State<Arc<Office>>,
    Query(query): Query<ListQuery>,
) -> Result<Json<ImportList>, RouteError> {
    let limit = query.limit.unwrap_or(LIMIT_DEFAULT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(RouteError::Limit(limit));
    }
    if let Some(cursor) = &query.cursor
        && office.find_import(cursor).await?.is_none()
    {
        return Err(RouteError::Cursor(cursor.clone()));
    }
    // One more than asked for tells whether there is a rest.
    let mut imports = office
        .list_imports(query.cursor.as_deref(), limit + 1)
        .await?;
    let next = if imports.len() > limit as usize {
        imports.truncate(limit as usize);
        imports.last().map(|import| import.import.clone())
    } else {
        None
    };
    Ok(Json(ImportList { imports, next }))
}
