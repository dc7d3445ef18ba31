//! `GET /indicators/{id}/chart`: an indicator over time, read as a control chart.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use evenkeel_foundation::Granularity;
use serde::Deserialize;
use utoipa::IntoParams;

use super::asked::{granularity, indicator, range};
use super::extract::{Path, Query};
use super::problem::Problem;
use super::standards::{RULES, StandardError, word};
use super::view::ControlChartView;
use crate::access::Scope;
use crate::answers::delivery::{IndicatorChartAsked, indicator_chart};
use crate::office::Office;

/// What to draw.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct IndicatorChartQuery {
    /// Only this unit and what is below it.
    unit: Option<String>,
    /// `day`, `week`, `month` (where nothing is said), `quarter`, `year`. Employees' results are
    /// released by month at the finest.
    by: Option<String>,
    /// `nhs` (where nothing is said), `limits`, `nelson`, `western_electric`, `anhoej`.
    rules: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
}

/// The control chart of an indicator
///
/// Estimates by period as single values with moving ranges (XmR), hidden periods left out.
#[utoipa::path(
    get,
    path = "/indicators/{id}/chart",
    tag = "indicators",
    operation_id = "showIndicatorChart",
    params(("id" = String, Path, description = "Id of the indicator"), IndicatorChartQuery),
    responses(
        (status = OK, body = ControlChartView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Path(id): Path<String>,
    Query(query): Query<IndicatorChartQuery>,
) -> Result<Json<ControlChartView>, StandardError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let indicator = indicator(foundation, &id)?;
    let (from, to) = range(query.from.as_deref(), query.to.as_deref())?;
    let unit = scope.under(foundation, query.unit.as_deref())?;
    let rules = query.rules.as_deref();
    let asked = IndicatorChartAsked {
        unit,
        granularity: query
            .by
            .as_deref()
            .map_or(Ok(Granularity::Month), granularity)?,
        from,
        to,
        rules: rules
            .map(|found| word("rules", found, &RULES))
            .transpose()?
            .unwrap_or_default(),
    };
    Ok(Json(
        indicator_chart(&office, foundation, indicator, asked).await?,
    ))
}
