//! `GET /distributions`: how often each answer was given.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::estimates::SegmentRef;
use super::extract::Query;
use super::problem::Problem;
use super::view::{Estimated, HiddenReason, IndicatorRef, ItemRef, PeriodRef, Reason, Text};
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
    /// Rows that have no answer.
    pub missing: u64,
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
    State(_office): State<Arc<Office>>,
    Query(_query): Query<DistributionsQuery>,
) -> Result<Json<DistributionsView>, Problem> {
    Err(Problem::new(
        StatusCode::NOT_IMPLEMENTED,
        "not_implemented",
        "Not yet",
        "distributions come soon",
    ))
}
