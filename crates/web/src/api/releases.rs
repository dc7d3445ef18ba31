//! `GET` and `POST /releases`: what of employees' answers is public.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use evenkeel_compare::gate::Family;
use evenkeel_registry::ReleaseEntry;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::Problem;
use crate::office::{Office, OfficeError};

/// Releases, and what the one in force shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReleasesView {
    /// The latest first.
    pub releases: Vec<ReleaseView>,
    /// What the latest shows, by indicators that are shown or hidden together.
    pub in_force: Vec<ReleasedIndicators>,
}

/// A frozen, disclosure-checked set of results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReleaseView {
    /// 1, 2, 3, …
    pub number: u32,
    /// RFC 3339.
    pub released_at: String,
    /// Such as `import 0190…` or `by hand`.
    pub reason: String,
    pub foundation_version: i64,
    /// Table versions that it was made from.
    pub snapshot: String,
}

/// How many cells (unit × period × value of an attribute) became what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReleasedIndicators {
    pub indicators: Vec<String>,
    /// People below whom nothing is shown.
    pub minimum_n: u64,
    /// With the numbers of this release.
    pub shown: u64,
    /// As before: too few responses changed.
    pub kept: u64,
    /// Hidden: fewer people than the minimum.
    pub below_minimum: u64,
    /// Hidden, so that nobody's answer can be subtracted out.
    pub subtractable: u64,
}

/// What came of asking for a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MadeRelease {
    /// None when nothing changed since the latest.
    #[schema(required = true)]
    pub made: Option<ReleaseView>,
    pub in_force: Vec<ReleasedIndicators>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// List releases
#[utoipa::path(
    get,
    path = "/releases",
    tag = "releases",
    operation_id = "listReleases",
    responses((status = OK, body = ReleasesView))
)]
pub(crate) async fn list(
    State(office): State<Arc<Office>>,
) -> Result<Json<ReleasesView>, RouteError> {
    let releases = office.releases().await?;
    Ok(Json(ReleasesView {
        releases: releases.into_iter().map(ReleaseView::from).collect(),
        in_force: in_force(&office).await,
    }))
}

/// Make a release
///
/// Draws up all results of employees, checks them against the rules of disclosure and freezes
/// them. Imports do it by themselves.
#[utoipa::path(
    post,
    path = "/releases",
    tag = "releases",
    operation_id = "makeRelease",
    responses((status = OK, body = MadeRelease))
)]
pub(crate) async fn make(
    State(office): State<Arc<Office>>,
) -> Result<Json<MadeRelease>, RouteError> {
    let made = office.make_release("by hand").await?;
    Ok(Json(MadeRelease {
        made: made.map(ReleaseView::from),
        in_force: in_force(&office).await,
    }))
}

async fn in_force(office: &Office) -> Vec<ReleasedIndicators> {
    let release = office.released().await;
    let families = release.iter().flat_map(|release| release.families());
    families.map(ReleasedIndicators::from).collect()
}

impl From<ReleaseEntry> for ReleaseView {
    fn from(entry: ReleaseEntry) -> Self {
        Self {
            number: entry.number,
            released_at: entry.released_at.to_string(),
            reason: entry.reason,
            foundation_version: entry.foundation_version,
            snapshot: entry.snapshot,
        }
    }
}

impl From<&Family> for ReleasedIndicators {
    fn from(family: &Family) -> Self {
        let counts = family.counts();
        Self {
            indicators: family.indicators.iter().map(ToString::to_string).collect(),
            minimum_n: family.minimum_n,
            shown: counts.shown,
            kept: counts.kept,
            below_minimum: counts.below_minimum,
            subtractable: counts.subtractable,
        }
    }
}
