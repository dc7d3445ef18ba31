//! `POST /imports/preview`: the first rows as they would be stored, and every problem.
//!
//! Invariant: the whole file is read, and nothing of it is stored.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    CellValue, ColumnType, Counted, DuplicateCounts, FileRequest, FilteredCounts, ImportKind,
    ImportProblem, NewUnit, SourceError, find_source,
};
use crate::api::extract::Body;
use crate::api::problem::Problem;
use crate::office::{ImportFailure, Office};
use crate::server::Caller;

pub(crate) const ROWS_DEFAULT: u32 = 20;
const ROWS_MAX: u32 = 500;

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PreviewView {
    pub kind: ImportKind,
    /// The table that the rows would go to.
    pub table: String,
    pub columns: Vec<ColumnType>,
    /// The first rows, cell by cell in the order of `columns`; `null` where missing.
    pub rows: Vec<Vec<Option<CellValue>>>,
    /// Rows of the file, all of which were looked at.
    pub rows_checked: u64,
    pub rows_to_store: u64,
    pub rows_dropped_as_duplicates: u64,
    pub rows_filtered: FilteredCounts,
    pub duplicates: DuplicateCounts,
    /// The first 100.
    pub problems: Vec<ImportProblem>,
    pub problems_total: u64,
    pub problems_by_field: Vec<Counted>,
    /// Things that would be stored but deserve a look.
    pub warnings: Vec<Counted>,
    /// Cells without a value, by column of the file.
    pub missing: Vec<Counted>,
    /// Units that the import would create.
    pub new_units: Vec<NewUnit>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("rows {0}")]
    Rows(u32),
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error(transparent)]
    Failure(#[from] ImportFailure),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Rows(found) => Problem::bad_request(
                "bad_rows",
                format!("rows is {found}; allowed are 1 to {ROWS_MAX}"),
            ),
            Self::Source(error) => Problem::from(error),
            Self::Failure(failure) => Problem::from(failure),
        }
        .into_response()
    }
}

/// Preview an import
///
/// Problems of single rows are listed in the answer; a mapping or file that cannot be
/// read at all is refused.
#[utoipa::path(
    post,
    path = "/imports/preview",
    tag = "imports",
    operation_id = "previewImport",
    request_body = FileRequest,
    responses(
        (status = OK, body = PreviewView),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, description = "The mapping or the file cannot be read", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    Extension(caller): Extension<Caller>,
    Body(request): Body<FileRequest>,
) -> Result<Json<PreviewView>, RouteError> {
    let rows = request.rows.unwrap_or(ROWS_DEFAULT);
    if !(1..=ROWS_MAX).contains(&rows) {
        return Err(RouteError::Rows(rows));
    }
    let source = find_source(&office, caller, &request).await?;
    Ok(Json(
        office
            .preview_import(source, &request, rows as usize)
            .await?,
    ))
}
