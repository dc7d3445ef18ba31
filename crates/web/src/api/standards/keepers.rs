//! `GET /standards/{standard}/keepers`: do those who owe it know it, can they, do they want to?

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{StandardError, standard};
use crate::access::Scope;
use crate::answers::keepers;
use crate::api::extract::{Path, Query};
use crate::api::problem::Problem;
use crate::api::view::{Estimated, PartyRef, PeriodRef, StandardRef, Trend, UnitRef};
use crate::office::Office;

/// Where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct KeepersQuery {
    /// Only this unit and what is below it.
    unit: Option<String>,
}

/// What the keepers of a standard say of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct KeepersView {
    pub standard: StandardRef,
    #[schema(required = true)]
    pub unit: Option<UnitRef>,
    /// Who is asked; `null`: nobody who works here owes it.
    #[schema(required = true)]
    pub party: Option<PartyRef>,
    /// The latest quarter of which something may be shown; where nothing may, the latest.
    #[schema(required = true)]
    pub period: Option<PeriodRef>,
    /// Nothing while nobody answered.
    pub shares: Vec<KeeperShareView>,
}

/// The share of those asked who said yes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct KeeperShareView {
    /// What they said yes to: `know`, `time`, `means`, `staff`, `want`.
    pub asks: String,
    /// Id of the indicator, for `GET /estimates`.
    pub indicator: String,
    /// In `period`.
    pub latest: Estimated,
    /// By quarter.
    pub trend: Trend,
}

/// The keepers of a standard
///
/// Answers of the keepers' pulse by quarter, as released: what would tell a single person's answer
/// is hidden.
#[utoipa::path(
    get,
    path = "/standards/{standard}/keepers",
    tag = "standards",
    operation_id = "showStandardKeepers",
    params(("standard" = String, Path, description = "Id of the standard"), KeepersQuery),
    responses(
        (status = OK, body = KeepersView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Path(id): Path<String>,
    Query(query): Query<KeepersQuery>,
) -> Result<Json<KeepersView>, StandardError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let known = standard(&office, foundation, &id).await?;
    let unit = scope.under(foundation, query.unit.as_deref())?;
    let view = keepers::keepers(&office, foundation, &known.standard, unit.as_ref()).await?;
    Ok(Json(view))
}
