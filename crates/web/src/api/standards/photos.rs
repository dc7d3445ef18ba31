//! `GET /standards/{standard}/photos`: the latest looks of which somebody kept a photo.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{StandardError, standard};
use crate::access::Scope;
use crate::answers::delivery;
use crate::api::asked::range;
use crate::api::extract::{Path, Query};
use crate::api::problem::Problem;
use crate::api::view::{PeriodRef, StandardRef, UnitRef};
use crate::office::Office;

/// Which looks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PhotosQuery {
    /// Only this unit and what is below it.
    unit: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
}

/// Looks with a photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PhotosView {
    pub standard: StandardRef,
    /// The latest first.
    pub photos: Vec<PhotoLook>,
    /// Units of so few people that a look would be about one of them; theirs are never listed.
    pub small_teams_left_out: u64,
    pub snapshot: String,
}

/// A look with a photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PhotoLook {
    pub unit: UnitRef,
    /// Its day; its week where nobody said how many people work in the unit.
    pub period: PeriodRef,
    /// `null` while nobody knows.
    #[schema(required = true)]
    pub kept: Option<bool>,
    pub deviations: Vec<WayView>,
    /// What came on top.
    pub extras: Vec<String>,
    /// To be asked for as `/units/{unit}/photos/{photo}`.
    pub photo: String,
}

/// A way to deviate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WayView {
    /// `over_time`, `item_missed`, …
    pub kind: String,
    /// Which item, phrase or step; `null` where nothing more is said.
    #[schema(required = true)]
    pub naming: Option<String>,
}

/// Photos of looks at a standard
///
/// Never of teams below the minimum: a single look of a few people is about one of them.
#[utoipa::path(
    get,
    path = "/standards/{standard}/photos",
    tag = "standards",
    operation_id = "listStandardPhotos",
    params(("standard" = String, Path, description = "Id of the standard"), PhotosQuery),
    responses(
        (status = OK, body = PhotosView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Path(id): Path<String>,
    Query(query): Query<PhotosQuery>,
) -> Result<Json<PhotosView>, StandardError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let known = standard(&office, foundation, &id).await?;
    let days = range(query.from.as_deref(), query.to.as_deref())?;
    let unit = scope.under(foundation, query.unit.as_deref())?;
    let standard = &known.standard;
    Ok(Json(
        delivery::photos(&office, foundation, standard, unit.as_ref(), days).await?,
    ))
}
