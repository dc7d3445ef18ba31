//! `GET /standards/{standard}/chart`: delivery of one standard over time.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use evenkeel_compare::delivery::Ask;
use evenkeel_foundation::Granularity;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{RULES, StandardError, standard, word};
use crate::access::Scope;
use crate::answers::delivery::{ChartAsked, control_chart};
use crate::api::asked::{granularity, range};
use crate::api::extract::{Path, Query};
use crate::api::problem::Problem;
use crate::api::view::ControlChartView;
use crate::office::Office;

/// What to draw.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChartQuery {
    /// Only this unit and what is below it. A small team is shown with the unit above it.
    unit: Option<String>,
    /// `day`, `week`, `month` (where nothing is said), `quarter`, `year`.
    by: Option<String>,
    /// `kept` (where nothing is said), `value`, `deviations`.
    of: Option<String>,
    /// `p`, `u`, `xmr`, `xbar_s`, `g`, `t`, `cusum`, `ewma`; the one that goes with the number
    /// where nothing is said.
    chart: Option<String>,
    /// `nhs` (where nothing is said), `limits`, `nelson`, `western_electric`, `anhoej`.
    rules: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
    /// As if these days were declared normal: the first.
    normal_from: Option<String>,
    /// The last of them.
    normal_to: Option<String>,
    /// With looks that were chosen for convenience.
    #[serde(default)]
    convenience: bool,
}

const OF: [&str; 3] = ["kept", "value", "deviations"];
const CHARTS: [&str; 8] = ["p", "u", "xmr", "xbar_s", "g", "t", "cusum", "ewma"];

/// The control chart of a standard
///
/// Points with centre line and limits by segment, signals as codes, how often the rules signal
/// without a cause, and the verdict over the whole.
#[utoipa::path(
    get,
    path = "/standards/{standard}/chart",
    tag = "standards",
    operation_id = "showStandardChart",
    params(("standard" = String, Path, description = "Id of the standard"), ChartQuery),
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
    Query(query): Query<ChartQuery>,
) -> Result<Json<ControlChartView>, StandardError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let known = standard(&office, foundation, &id).await?;
    let (from, to) = range(query.from.as_deref(), query.to.as_deref())?;
    let unit = scope.under(foundation, query.unit.as_deref())?;
    let ask = Ask {
        of: query
            .of
            .as_deref()
            .map(|found| word("of", found, &OF))
            .transpose()?
            .unwrap_or_default(),
        chart: query
            .chart
            .as_deref()
            .map(|found| word("chart", found, &CHARTS))
            .transpose()?,
        rules: query
            .rules
            .as_deref()
            .map(|found| word("rules", found, &RULES))
            .transpose()?
            .unwrap_or_default(),
        convenience: query.convenience,
    };
    let asked = ChartAsked {
        unit,
        granularity: query
            .by
            .as_deref()
            .map_or(Ok(Granularity::Month), granularity)?,
        from,
        to,
        ask,
        normal: normal(&query)?,
    };
    let baselines = office.baselines(&known.standard.id).await?;
    Ok(Json(
        control_chart(&office, foundation, known, baselines, asked).await?,
    ))
}

/// Days to try; both ends or neither.
fn normal(query: &ChartQuery) -> Result<Option<(Date, Date)>, StandardError> {
    match range(query.normal_from.as_deref(), query.normal_to.as_deref())? {
        (Some(first), Some(last)) => Ok(Some((first, last))),
        (None, None) => Ok(None),
        (first, _) => Err(StandardError::Word {
            name: if first.is_some() {
                "normal_to"
            } else {
                "normal_from"
            },
            found: String::new(),
            allowed: "a day, beside the other end".to_owned(),
        }),
    }
}
