//! `GET /segments`: one indicator between the groups of an attribute.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{attribute, indicator, window};
use super::estimates::RouteError;
use super::extract::Query;
use super::problem::Problem;
use super::view::{AttributeRef, Comparison, Estimated, IndicatorRef, Text};
use crate::access::Scope;
use crate::answers::Asked;
use crate::answers::segments::segments;
use crate::office::Office;

/// What to compare.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SegmentsQuery {
    /// Id of an indicator.
    indicator: String,
    /// Id of an attribute.
    attribute: String,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
    /// Only this unit and what is below it.
    under: Option<String>,
    /// Use the stored weights.
    #[serde(default)]
    weighted: bool,
}

/// One indicator between groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SegmentsView {
    pub indicator: IndicatorRef,
    pub attribute: AttributeRef,
    /// In the order of the attribute, never of value. A group that nobody answered in is
    /// `undefined`: it was not heard.
    pub groups: Vec<SegmentGroup>,
    /// Every pair, in that order; empty with more than twelve groups.
    pub differences: Vec<SegmentDifference>,
    /// Level of the interval of each difference, so that all hold together (Bonferroni).
    pub difference_level: f64,
    pub snapshot: String,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SegmentGroup {
    pub value: String,
    pub title: Text,
    pub estimate: Estimated,
}

/// First less second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SegmentDifference {
    pub first: String,
    pub second: String,
    #[serde(flatten)]
    pub comparison: Comparison,
}

/// Compare groups
#[utoipa::path(
    get,
    path = "/segments",
    tag = "estimates",
    operation_id = "listSegments",
    params(SegmentsQuery),
    responses(
        (status = OK, body = SegmentsView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<SegmentsQuery>,
) -> Result<Json<SegmentsView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let indicator = indicator(foundation, &query.indicator)?;
    let attribute = attribute(foundation, &query.attribute)?;
    let window = window(
        foundation,
        &scope,
        query.from.as_deref(),
        query.to.as_deref(),
        query.under.as_deref(),
    )?;
    let asked = Asked {
        by: Vec::new(),
        from: window.from,
        to: window.to,
        under: window.under,
        weighted: query.weighted,
    };
    Ok(Json(
        segments(&office, foundation, indicator, attribute, asked).await?,
    ))
}
