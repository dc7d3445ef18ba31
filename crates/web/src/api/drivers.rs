//! `GET /drivers`: which items go with an indicator, and how much.
//!
//! Invariant: what is said is an association. No field of the answer names a cause.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::Query;
use super::problem::Problem;
use super::view::{Estimated, HiddenReason, IndicatorRef, ItemRef, Reason};
use crate::office::Office;

/// What to look for the drivers of.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DriversQuery {
    /// Id of an indicator over an item (`nps`, `top_box`, `mean`, `share`).
    indicator: String,
    /// Items of the same instrument, with commas; every other rating, number and yes-or-no item
    /// where it is not said.
    items: Option<String>,
    /// Only this unit and what is below it.
    under: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
}

/// Drivers of one indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DriversView {
    pub indicator: IndicatorRef,
    /// Only this unit and what is below it.
    #[schema(required = true)]
    pub unit: Option<String>,
    /// Always `association`: what pages have to call it.
    pub claim: String,
    pub result: DriversResult,
    pub snapshot: String,
}

/// The drivers, or why there are none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum DriversResult {
    /// Importance of each item.
    Drivers {
        /// Responses that answered the indicator's item and all items.
        n: u64,
        /// Responses that answered the indicator's item.
        n_outcome: u64,
        /// Share of the variance that all items explain together.
        r2: Estimated,
        /// `johnson_relative_weights`.
        method: String,
        /// In the order of the instrument, never of importance.
        drivers: Vec<Driver>,
    },
    /// It cannot be computed. Of `singular` the items that repeat others are named.
    Undefined {
        reason: Reason,
        items: Vec<ItemRef>,
        n: u64,
    },
    /// It may not be shown.
    Hidden { reason: HiddenReason },
}

/// One item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Driver {
    pub item: ItemRef,
    /// Its share of R², 0..1; all shares add up to 1.
    pub importance: Estimated,
    /// 1 is the most important.
    pub rank: Rank,
    /// Whether it explains more than a column of random numbers would.
    pub above_random: AboveRandom,
    /// Sign of the correlation with the indicator: −1, 0 or 1.
    pub sign: i8,
    /// How it stands: its mean among the same responses, on its own scale.
    pub performance: Estimated,
    /// Variance inflation factor: above 5 it is hard to tell apart from the others.
    pub vif: f64,
}

/// A rank and those that it may have by chance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Rank {
    pub value: u64,
    /// Best rank that cannot be excluded; `null` with `reason`.
    #[schema(required = true)]
    pub best: Option<u64>,
    /// Worst rank that cannot be excluded; `null` with `reason`.
    #[schema(required = true)]
    pub worst: Option<u64>,
    /// Confidence level of the range, 0..1.
    pub level: f64,
    /// Why there is no range.
    #[schema(required = true)]
    pub reason: Option<Reason>,
}

/// A driver against a column of random numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AboveRandom {
    /// It explains more than chance.
    Above,
    /// It may be chance.
    NotAbove,
    /// Cannot tell: there is no interval.
    Undecided,
}

/// Drivers of an indicator
///
/// Johnson's relative weights of the items, with jackknife intervals. An association, not a cause.
#[utoipa::path(
    get,
    path = "/drivers",
    tag = "estimates",
    operation_id = "listDrivers",
    params(DriversQuery),
    responses(
        (status = OK, body = DriversView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(_office): State<Arc<Office>>,
    Query(_query): Query<DriversQuery>,
) -> Result<Json<DriversView>, Problem> {
    Err(Problem::new(
        StatusCode::NOT_IMPLEMENTED,
        "not_implemented",
        "Not yet",
        "drivers come soon",
    ))
}
