//! `GET /standards/{standard}/consistency`: is it kept alike everywhere and always?

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{StandardError, standard};
use crate::access::Scope;
use crate::answers::delivery;
use crate::api::asked::{level, range, unknown};
use crate::api::extract::{Path, Query};
use crate::api::problem::Problem;
use crate::api::view::{Estimated, ProtectionView, StandardRef, UnitRef};
use crate::office::Office;

/// Which looks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ConsistencyQuery {
    /// Level of the units that are compared; the lowest where nothing is said.
    level: Option<String>,
    /// Only this unit and what is below it.
    unit: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
}

/// The spread of the share kept, chance taken off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConsistencyView {
    pub standard: StandardRef,
    #[schema(required = true)]
    pub unit: Option<UnitRef>,
    #[schema(required = true)]
    pub protection: Option<ProtectionView>,
    pub level: String,
    pub between_units: ConsistencyPart,
    /// Monday to Sunday.
    pub between_weekdays: ConsistencyPart,
    /// Hours of the local day.
    pub between_hours: ConsistencyPart,
    /// Looks without a time, which are in no hour.
    pub without_time: u64,
    pub snapshot: String,
}

/// The spread between groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConsistencyPart {
    /// Groups with looks.
    pub groups: u64,
    /// Standard deviation of the true shares, 0..1; 0 where chance explains all of it.
    pub spread: Estimated,
}

/// Consistency of a standard
///
/// How much the share kept differs between units, weekdays and hours, when chance is taken off.
#[utoipa::path(
    get,
    path = "/standards/{standard}/consistency",
    tag = "standards",
    operation_id = "showStandardConsistency",
    params(("standard" = String, Path, description = "Id of the standard"), ConsistencyQuery),
    responses(
        (status = OK, body = ConsistencyView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Path(id): Path<String>,
    Query(query): Query<ConsistencyQuery>,
) -> Result<Json<ConsistencyView>, StandardError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let known = standard(&office, foundation, &id).await?;
    let days = range(query.from.as_deref(), query.to.as_deref())?;
    let unit = scope.under(foundation, query.unit.as_deref())?;
    let unit = unit.as_ref();
    let levels = &foundation.organisation.levels;
    let level = match query.level.as_deref() {
        Some(name) => level(foundation, name)?,
        None => levels
            .last()
            .ok_or_else(|| unknown("level", "", levels.iter().map(|level| &level.id)))?,
    };
    let standard = &known.standard;
    Ok(Json(
        delivery::consistency(&office, foundation, standard, &level.id, unit, days).await?,
    ))
}
