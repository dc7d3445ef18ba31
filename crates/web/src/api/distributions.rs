//! `GET /distributions`: how often each answer was given.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use evenkeel_measure::{By, Window};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{AskedError, indicator, instrument, item, window};
use super::estimates::{SegmentRef, segment, unit_title};
use super::extract::Query;
use super::problem::Problem;
use super::view::{Estimated, HiddenReason, IndicatorRef, ItemRef, PeriodRef, Reason, Text};
use crate::access::Scope;
use crate::answers::distributions::{DistributionOf, distributions};
use crate::answers::{AnswerError, by};
use crate::office::Office;

/// Of what.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DistributionsQuery {
    /// Id of an indicator of an item or of a standard; or `item`.
    indicator: Option<String>,
    /// `INSTRUMENT/ITEM`.
    item: Option<String>,
    /// A unit level (`unit`, `unit:LEVEL`), a period and one attribute, with commas.
    #[serde(default)]
    by: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
    /// Only this unit and what is below it.
    under: Option<String>,
}

/// How often each answer was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DistributionsView {
    /// The indicator that was asked for; else `null`.
    #[schema(required = true)]
    pub indicator: Option<IndicatorRef>,
    /// The item; `null` for indicators of standards.
    #[schema(required = true)]
    pub item: Option<ItemRef>,
    /// As asked: `unit:restaurant`, `month`, …
    pub by: Vec<String>,
    /// In order of unit, period and segment.
    pub rows: Vec<DistributionRow>,
    pub snapshot: String,
    /// Rows that have no answer; not known of what is frozen.
    #[schema(required = true)]
    pub missing: Option<u64>,
}

/// One distribution and what it is of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DistributionRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_title: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<PeriodRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segment: Vec<SegmentRef>,
    pub distribution: Distribution,
}

/// The categories, or why there are none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Distribution {
    /// Every category of the scale, also those that nobody chose.
    Distribution {
        n: u64,
        /// In the order of the scale.
        categories: Vec<Category>,
        snapshot: String,
    },
    /// There is none, and why.
    Undefined {
        reason: Reason,
        n: u64,
        snapshot: String,
    },
    /// It is not shown to protect people.
    Hidden {
        reason: HiddenReason,
        snapshot: String,
    },
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Category {
    /// The answer as stored: a score, a choice, `true`, `kept`.
    pub value: String,
    /// How many gave it; not whole where published shares are all there is.
    pub count: f64,
    /// Its share of n, with Wilson's interval.
    pub share: Estimated,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("one of indicator and item is needed")]
    OneOf,
    #[error("{0} has no distribution")]
    None(String),
    #[error("{0} has more than one attribute")]
    Segments(String),
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::OneOf => Problem::bad_request(
                "bad_query",
                "name one of indicator=ID and item=INSTRUMENT/ITEM",
            ),
            Self::None(indicator) => Problem::new(
                StatusCode::CONFLICT,
                "no_distribution",
                "This indicator has no distribution",
                format!(
                    "`{indicator}` is not computed from the answers to one item or standard; ask \
                     for its parts"
                ),
            ),
            Self::Segments(by) => Problem::bad_request(
                "bad_by",
                format!("by is `{by}`; allowed is at most one attribute"),
            ),
            Self::Asked(error) => Problem::from(error),
            Self::Answer(error) => Problem::from(error),
        }
        .into_response()
    }
}

/// Distribution of answers
#[utoipa::path(
    get,
    path = "/distributions",
    tag = "estimates",
    operation_id = "listDistributions",
    params(DistributionsQuery),
    responses(
        (status = OK, body = DistributionsView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<DistributionsQuery>,
) -> Result<Json<DistributionsView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let of = match (&query.indicator, &query.item) {
        (Some(name), None) => {
            let indicator = indicator(foundation, name)?;
            DistributionOf::indicator(foundation, indicator)
                .ok_or_else(|| RouteError::None(name.clone()))?
        }
        (None, Some(name)) => {
            let (of, name) = name.split_once('/').ok_or(RouteError::OneOf)?;
            let instrument = instrument(foundation, of)?;
            DistributionOf::Item {
                instrument,
                item: item(instrument, name)?,
                indicator: None,
            }
        }
        _ => return Err(RouteError::OneOf),
    };
    let words = query.by.as_deref().unwrap_or_default();
    let by = by::parse(foundation, words).map_err(AskedError::By)?;
    let segments = by
        .iter()
        .filter(|by| matches!(by, By::Attribute(_) | By::Channel));
    if segments.count() > 1 {
        return Err(RouteError::Segments(words.to_owned()));
    }
    let window = Window {
        by,
        ..window(
            foundation,
            &scope,
            query.from.as_deref(),
            query.to.as_deref(),
            query.under.as_deref(),
        )?
    };
    let (cells, snapshot, missing) = distributions(&office, foundation, of, window).await?;
    let (indicator, item) = match of {
        DistributionOf::Item {
            instrument,
            item,
            indicator,
        } => (indicator, Some(ItemRef::new(instrument, item))),
        DistributionOf::Standard(indicator) => (Some(indicator), None),
    };
    Ok(Json(DistributionsView {
        indicator: indicator.map(|indicator| IndicatorRef::new(foundation, indicator)),
        item,
        by: words
            .split(',')
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect(),
        rows: cells
            .into_iter()
            .map(|cell| DistributionRow {
                unit_title: cell.unit.as_ref().map(|unit| unit_title(foundation, unit)),
                unit: cell.unit.as_ref().map(ToString::to_string),
                period: cell.period.as_ref().map(PeriodRef::from),
                segment: segment(foundation, &cell.segment),
                distribution: cell.distribution,
            })
            .collect(),
        snapshot,
        missing,
    }))
}
