//! `GET /standards/{standard}/deviations`: the few ways that make up most of what deviates.

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
use crate::api::view::{DeviationView, ProtectionView, StandardRef, UnitRef};
use crate::office::Office;

/// Which looks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeviationsQuery {
    /// Only this unit and what is below it. A small team is shown with the unit above it.
    unit: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
    /// With looks that were chosen for convenience.
    #[serde(default)]
    convenience: bool,
}

/// How delivery deviates, and what comes on top.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeviationsView {
    pub standard: StandardRef,
    #[schema(required = true)]
    pub unit: Option<UnitRef>,
    #[schema(required = true)]
    pub protection: Option<ProtectionView>,
    /// Looks of which is known whether the standard was kept.
    pub looks: u64,
    /// Of them deviated.
    pub deviated: u64,
    /// Largest first; shares are of known looks.
    pub deviations: Vec<DeviationView>,
    /// Largest first; shares are of all looks. Never weighed against deviations.
    pub extras: Vec<DeviationView>,
    /// Largest first; shares are of looks that deviated. Without a name: none was given.
    pub reasons: Vec<DeviationView>,
    pub snapshot: String,
}

/// Deviations of a standard
///
/// A Pareto of kinds with what they name, extras apart, and the reasons that were given.
#[utoipa::path(
    get,
    path = "/standards/{standard}/deviations",
    tag = "standards",
    operation_id = "listStandardDeviations",
    params(("standard" = String, Path, description = "Id of the standard"), DeviationsQuery),
    responses(
        (status = OK, body = DeviationsView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Path(id): Path<String>,
    Query(query): Query<DeviationsQuery>,
) -> Result<Json<DeviationsView>, StandardError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let known = standard(&office, foundation, &id).await?;
    let days = range(query.from.as_deref(), query.to.as_deref())?;
    let unit = scope.under(foundation, query.unit.as_deref())?;
    let unit = unit.as_ref();
    let standard = &known.standard;
    Ok(Json(
        delivery::deviations(&office, foundation, standard, unit, days, query.convenience).await?,
    ))
}
