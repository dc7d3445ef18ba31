//! `GET /openapi.json`: this API, described.
//!
//! Invariant: `docs/api/openapi.json` is this document; a test fails when they differ.

use std::convert::Infallible;
use std::sync::Arc;

use axum::{Extension, Json};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;

/// What is not said by the handlers.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Evenkeel",
        description = "The HTTP API of an Evenkeel installation. Shares are 0..1, net promoter scores −1..1, means on the scale of their item. Errors are application/problem+json.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    tags(
        (name = "organisation", description = "Who this is"),
        (name = "overview", description = "The home page"),
        (name = "estimates", description = "Indicators, and two of them side by side"),
        (name = "units", description = "Units and their trends"),
        (name = "standards", description = "The register of standards"),
        (name = "observations", description = "Looks at delivery that come in one by one"),
        (name = "foundation", description = "What was agreed"),
        (name = "people", description = "Coming in, accounts, and who did what"),
        (name = "imports", description = "Files that come in"),
    )
)]
struct Document;

/// The document without its paths.
pub fn base() -> OpenApi {
    Document::openapi()
}

/// This document
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "organisation",
    operation_id = "showOpenapi",
    responses((status = OK, body = serde_json::Value))
)]
pub async fn handler(
    Extension(document): Extension<Arc<OpenApi>>,
) -> Result<Json<OpenApi>, Infallible> {
    Ok(Json(OpenApi::clone(&document)))
}
