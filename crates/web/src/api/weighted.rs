//! `POST /estimates/weighted`: one indicator with weights that bring the sample in line with known
//! margins.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::Body;
use super::problem::Problem;
use super::view::{Estimated, IndicatorRef};
use crate::office::Office;

/// What to weight, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightedRequest {
    /// Id of an indicator over an item (`nps`, `top_box`, `mean`, `share`).
    pub indicator: String,
    /// Known margins of the population; all add up to the same total. One margin is
    /// post-stratification.
    pub margins: Vec<WeightMargin>,
    /// First day.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day.
    #[serde(default)]
    pub to: Option<String>,
    /// Only this unit and what is below it.
    #[serde(default)]
    pub under: Option<String>,
}

/// How many of the population have each value of an attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightMargin {
    /// Id of an attribute.
    pub attribute: String,
    /// Population by value: counts, or shares that add up to 1.
    pub population: BTreeMap<String, f64>,
}

/// A weighted estimate beside the unweighted one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WeightedView {
    pub indicator: IndicatorRef,
    pub weighted: Estimated,
    pub unweighted: Estimated,
    pub weights: Weighting,
    pub snapshot: String,
}

/// The weights behind an estimate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Weighting {
    /// Names margins, window and table versions: the same name, the same factors.
    pub version: String,
    /// Responses that were weighted.
    pub n: u64,
    /// Responses without a value of some attribute; they are left out.
    pub left_out: u64,
    /// Kish: (Σw)²/Σw².
    pub effective_n: f64,
    /// n over effective n.
    pub design_effect: f64,
    /// Smallest weight, scaled so that their mean is 1.
    pub smallest: f64,
    /// Largest weight, scaled so that their mean is 1.
    pub largest: f64,
    /// Strata with a single sampling unit, centred at the grand mean.
    pub lonely_strata: u64,
    /// Factor of each cell.
    pub cells: Vec<WeightCell>,
}

/// Responses that share all values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WeightCell {
    /// Value of each attribute.
    pub values: BTreeMap<String, String>,
    /// What base weights are multiplied with.
    pub factor: f64,
}

/// Estimate with calibrated weights
#[utoipa::path(
    post,
    path = "/estimates/weighted",
    tag = "estimates",
    operation_id = "showWeightedEstimate",
    request_body = WeightedRequest,
    responses(
        (status = OK, body = WeightedView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(_office): State<Arc<Office>>,
    Body(_request): Body<WeightedRequest>,
) -> Result<Json<WeightedView>, Problem> {
    Err(Problem::new(
        StatusCode::NOT_IMPLEMENTED,
        "not_implemented",
        "Not yet",
        "calibrated weights come soon",
    ))
}
