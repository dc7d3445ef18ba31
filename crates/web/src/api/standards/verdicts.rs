//! `GET /standards/verdicts`: which promise is kept where.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::StandardError;
use crate::access::Scope;
use crate::answers::delivery;
use crate::api::asked::{level, period, unknown};
use crate::api::extract::Query;
use crate::api::problem::Problem;
use crate::api::view::{PeriodRef, StandardRef, UnitRef, VerdictView};
use crate::office::Office;

/// Where and when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct VerdictsQuery {
    /// Level of the units; the lowest where nothing is said.
    level: Option<String>,
    /// Such as `2026-07` or `2026-q2`.
    period: String,
    /// Only this unit and what is below it.
    unit: Option<String>,
}

/// Verdicts by standard and unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VerdictsView {
    pub level: String,
    pub period: PeriodRef,
    /// In order of id, without those that were retired.
    pub standards: Vec<StandardRef>,
    /// In the order of the tree; never by what they show.
    pub units: Vec<UnitRef>,
    /// One for each standard and unit with looks.
    pub cells: Vec<VerdictCell>,
    pub snapshot: String,
}

/// One standard in one unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VerdictCell {
    pub standard: String,
    pub unit: String,
    /// Of a small team there is none.
    pub verdict: VerdictView,
}

/// Verdicts by standard and unit
///
/// Units come in the order of the tree and are never ranked; small teams are hidden.
#[utoipa::path(
    get,
    path = "/standards/verdicts",
    tag = "standards",
    operation_id = "listVerdicts",
    params(VerdictsQuery),
    responses(
        (status = OK, body = VerdictsView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<VerdictsQuery>,
) -> Result<Json<VerdictsView>, StandardError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let levels = &foundation.organisation.levels;
    let level = match query.level.as_deref() {
        Some(name) => level(foundation, name)?,
        None => levels
            .last()
            .ok_or_else(|| unknown("level", "", levels.iter().map(|level| &level.id)))?,
    };
    let period = period(&query.period)?;
    let under = scope.under(foundation, query.unit.as_deref())?;
    let standards = office.known_standards().await?;
    let standards = standards
        .into_iter()
        .filter(|known| known.retired.is_none());
    Ok(Json(
        delivery::verdicts(
            &office,
            foundation,
            standards.collect(),
            (&level.id, period),
            under,
        )
        .await?,
    ))
}
