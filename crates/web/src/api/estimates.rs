//! `GET /estimates`: one indicator, divided as asked.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use evenkeel_foundation::{Foundation, UnitId};
use evenkeel_measure::By;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{AskedError, days, indicator, range};
use super::extract::Query;
use super::problem::Problem;
use super::view::{Comparison, Estimated, IndicatorRef, PeriodRef, Text};
use crate::access::Scope;
use crate::answers::{AnswerError, Asked, EstimatedCell, by, compared, estimates, overlap};
use crate::office::Office;

/// What to estimate.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EstimatesQuery {
    /// Id of an indicator.
    indicator: String,
    /// `unit`, `unit:LEVEL`, `day`, `week`, `month`, `quarter`, `year`, `channel` or an
    /// attribute; several with commas.
    #[serde(default)]
    by: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
    /// Only this unit and what is below it.
    under: Option<String>,
    /// Use the stored weights.
    #[serde(default)]
    weighted: bool,
    /// A period (`2026-q2`) or two days (`2026-01-01..2026-03-31`) to subtract, cell by cell;
    /// `by` then has no period.
    compare_to: Option<String>,
}

/// Estimates of one indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EstimatesView {
    pub indicator: IndicatorRef,
    /// As asked: `unit:restaurant`, `month`, …
    pub by: Vec<String>,
    /// In order of unit, period and segment; never of value.
    pub rows: Vec<EstimateRow>,
    pub snapshot: String,
    /// Rows that name no value of this indicator; not known of what a release froze.
    #[schema(required = true)]
    pub missing: Option<u64>,
}

/// One estimate and what it is of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EstimateRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_title: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<PeriodRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segment: Vec<SegmentRef>,
    pub estimate: Estimated,
    /// Where a period to compare with was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared>,
}

/// The same cell at another time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    /// The estimate then.
    pub before: Estimated,
    /// Now less then.
    #[serde(flatten)]
    pub comparison: Comparison,
}

/// A value of an attribute; `channel` counts as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SegmentRef {
    pub attribute: String,
    pub value: String,
    pub title: Text,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("{0} has a period")]
    PeriodsCompared(String),
    #[error("{0} shares days with the days asked for")]
    Overlap(String),
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::PeriodsCompared(by) => Problem::bad_request(
                "bad_by",
                format!("by is `{by}`; with compare_to it has no period"),
            ),
            Self::Overlap(text) => Problem::bad_request(
                "bad_range",
                format!(
                    "compare_to is `{text}`, which shares days with from and to; the same answers \
                     would stand on both sides"
                ),
            ),
            Self::Asked(error) => Problem::from(error),
            Self::Answer(error) => Problem::from(error),
        }
        .into_response()
    }
}

/// Estimate an indicator
#[utoipa::path(
    get,
    path = "/estimates",
    tag = "estimates",
    operation_id = "listEstimates",
    params(EstimatesQuery),
    responses(
        (status = OK, body = EstimatesView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<EstimatesQuery>,
) -> Result<Json<EstimatesView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let indicator = indicator(foundation, &query.indicator)?;
    let words = query.by.as_deref().unwrap_or_default();
    let (from, to) = range(query.from.as_deref(), query.to.as_deref())?;
    let asked = Asked {
        by: by::parse(foundation, words).map_err(AskedError::By)?,
        from,
        to,
        under: scope.under(foundation, query.under.as_deref())?,
        weighted: query.weighted,
    };
    let (rows, snapshot, missing) = match &query.compare_to {
        None => {
            let found = estimates(&office, foundation, indicator, asked).await?;
            let cells = found.cells.into_iter();
            let rows: Vec<_> = cells.map(|cell| row(foundation, cell)).collect();
            (rows, found.snapshot, found.missing)
        }
        Some(text) => {
            let before = days(text)?;
            if asked.by.iter().any(|by| matches!(by, By::Period(_))) {
                return Err(RouteError::PeriodsCompared(words.to_owned()));
            }
            if overlap((from, to), before) {
                return Err(RouteError::Overlap(text.clone()));
            }
            let found = compared(&office, foundation, indicator, asked, before).await?;
            let cells = found.cells.into_iter();
            let rows = cells.map(|cell| EstimateRow {
                compared: Some(Compared {
                    before: cell.before,
                    comparison: cell.comparison,
                }),
                ..row(foundation, cell.now)
            });
            (rows.collect(), found.snapshot, found.missing)
        }
    };
    Ok(Json(EstimatesView {
        indicator: IndicatorRef::new(foundation, indicator),
        by: words
            .split(',')
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect(),
        rows,
        snapshot,
        missing,
    }))
}

fn row(foundation: &Foundation, cell: EstimatedCell) -> EstimateRow {
    EstimateRow {
        unit_title: cell.unit.as_ref().map(|unit| unit_title(foundation, unit)),
        unit: cell.unit.as_ref().map(ToString::to_string),
        period: cell.period.as_ref().map(PeriodRef::from),
        segment: segment(foundation, &cell.segment),
        estimate: cell.estimate,
        compared: None,
    }
}

/// Values of attributes with their titles.
pub(crate) fn segment(foundation: &Foundation, values: &[(String, String)]) -> Vec<SegmentRef> {
    let values = values.iter().map(|(attribute, value)| SegmentRef {
        title: foundation
            .attributes
            .get(attribute.as_str())
            .and_then(|known| known.value(value))
            .map_or_else(|| Text::plain(value), |known| Text::from(&known.title)),
        attribute: attribute.clone(),
        value: value.clone(),
    });
    values.collect()
}

pub(crate) fn unit_title(foundation: &Foundation, unit: &UnitId) -> Text {
    foundation.unit(unit).map_or_else(
        || Text::plain(unit.as_str()),
        |unit| Text::from(&unit.title),
    )
}
