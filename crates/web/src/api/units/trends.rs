//! `GET /units/{unit}/trends`: one unit over time, with every party's indicators.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::Scope;
use crate::answers::AnswerError;
use crate::api::asked::{AskedError, granularity};
use crate::api::extract::{Path, Query};
use crate::api::problem::Problem;
use crate::api::view::{Estimated, IndicatorRef, PartyRef, PeriodRef, Trend, UnitRef};
use crate::office::Office;
use crate::overview;

/// How long a period is.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TrendsQuery {
    /// `week`, `month`, `quarter` or `year`; a quarter where it is not said.
    granularity: Option<String>,
}

/// A unit over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UnitTrends {
    pub unit: UnitRef,
    /// Every period with facts, in order of time.
    pub periods: Vec<PeriodRef>,
    pub parties: Vec<PartyTrends>,
    /// Indicators of delivery, which belong to no party.
    pub delivery: Vec<IndicatorTrend>,
    pub response: Vec<ResponseTrend>,
    pub snapshot: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PartyTrends {
    pub party: PartyRef,
    pub indicators: Vec<IndicatorTrend>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorTrend {
    pub indicator: IndicatorRef,
    pub trend: Trend,
}

/// How many of those asked answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ResponseTrend {
    pub party: String,
    /// Over all periods.
    pub rate: Estimated,
    pub trend: Trend,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Asked(error) => Problem::from(error),
            Self::Answer(error) => Problem::from(error),
        }
        .into_response()
    }
}

/// Trends of a unit
#[utoipa::path(
    get,
    path = "/units/{unit}/trends",
    tag = "units",
    operation_id = "showUnitTrends",
    params(("unit" = String, Path, description = "Id of the unit"), TrendsQuery),
    responses(
        (status = OK, body = UnitTrends),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Path(id): Path<String>,
    Query(query): Query<TrendsQuery>,
) -> Result<Json<UnitTrends>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let unit = scope.unit(foundation, &id)?;
    let granularity = match query.granularity.as_deref() {
        Some(word) => granularity(word)?,
        None => evenkeel_foundation::Granularity::Quarter,
    };
    Ok(Json(
        overview::unit_trends(&office, foundation, unit, granularity).await?,
    ))
}
