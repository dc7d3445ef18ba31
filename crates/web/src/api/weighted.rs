//! `POST /estimates/weighted`: one indicator with weights that bring the sample in line with known
//! margins.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{AskedError, attribute, indicator, unknown, window};
use super::extract::Body;
use super::problem::Problem;
use super::view::{Estimated, IndicatorRef};
use crate::access::Scope;
use crate::answers::Asked;
use crate::answers::weighted::{Margin, WeightedError, weighted};
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
    /// `null` where the estimate is hidden, or nobody answered.
    #[schema(required = true)]
    pub weights: Option<Weighting>,
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

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("{0} is not about an item")]
    NoItem(String),
    #[error("{0}")]
    Margins(String),
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Weighted(#[from] WeightedError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::NoItem(indicator) => Problem::new(
                StatusCode::CONFLICT,
                "no_weights",
                "This indicator cannot be weighted",
                format!(
                    "`{indicator}` is not computed from the answers to one item; allowed are nps, \
                     top_box, mean and share of an item"
                ),
            ),
            Self::Margins(detail) | Self::Weighted(WeightedError::Margins(detail)) => Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad_margins",
                "The margins do not fit the sample",
                detail,
            ),
            Self::Asked(error) => Problem::from(error),
            Self::Weighted(WeightedError::Answer(error)) => Problem::from(error),
        }
        .into_response()
    }
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
    State(office): State<Arc<Office>>,
    scope: Scope,
    Body(request): Body<WeightedRequest>,
) -> Result<Json<WeightedView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let indicator = indicator(foundation, &request.indicator)?;
    if indicator.kind.item().is_none() {
        return Err(RouteError::NoItem(request.indicator));
    }
    if request.margins.is_empty() {
        return Err(RouteError::Margins("there is no margin".to_owned()));
    }
    let mut margins: Vec<Margin<'_>> = Vec::with_capacity(request.margins.len());
    for margin in request.margins {
        let attribute = attribute(foundation, &margin.attribute)?;
        if margins
            .iter()
            .any(|known| known.attribute.id == attribute.id)
        {
            return Err(RouteError::Margins(format!(
                "attribute {} has two margins",
                attribute.id
            )));
        }
        for (value, population) in &margin.population {
            if attribute.value(value).is_none() {
                let values = attribute.values.iter().map(|value| &value.id);
                let name = format!("{} of {}", value, attribute.id);
                return Err(unknown("value", &name, values).into());
            }
            if !population.is_finite() || *population < 0.0 {
                return Err(RouteError::Margins(format!(
                    "attribute {}, value {value}: {population} people; allowed is 0 or more",
                    attribute.id
                )));
            }
        }
        margins.push(Margin {
            attribute,
            population: margin.population,
        });
    }
    let window = window(
        foundation,
        &scope,
        request.from.as_deref(),
        request.to.as_deref(),
        request.under.as_deref(),
    )?;
    let asked = Asked {
        by: Vec::new(),
        from: window.from,
        to: window.to,
        under: window.under,
        weighted: false,
    };
    Ok(Json(
        weighted(&office, foundation, indicator, &margins, asked).await?,
    ))
}
