//! `GET /drivers`: which items go with an indicator, and how much.
//!
//! Invariant: what is said is an association. No field of the answer names a cause.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use evenkeel_foundation::Item;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{AskedError, indicator, item, window};
use super::extract::Query;
use super::problem::Problem;
use super::view::{Estimated, HiddenReason, IndicatorRef, ItemRef, Reason};
use crate::access::Scope;
use crate::answers::AnswerError;
use crate::answers::drivers::{can_drive, drivers, may_choose, usual};
use crate::office::Office;

/// What to look for the drivers of.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DriversQuery {
    /// Id of an indicator over an item (`nps`, `top_box`, `mean`, `share`).
    indicator: String,
    /// Items of the same instrument, with commas; every other rating, number and yes-or-no item
    /// where it is not said. Of employees always those that an indicator is about.
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

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("{0} is not about an item")]
    NoItem(String),
    #[error("{item} is {scale}")]
    NoDriver { item: String, scale: String },
    #[error("nothing is left beside {0}")]
    Itself(String),
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::NoItem(indicator) => Problem::new(
                StatusCode::CONFLICT,
                "no_drivers",
                "This indicator has no drivers",
                format!(
                    "`{indicator}` is not computed from the answers to one item; allowed are nps, \
                     top_box, mean and share of an item"
                ),
            ),
            Self::NoDriver { item, scale } => Problem::bad_request(
                "bad_items",
                format!("`{item}` is {scale}; allowed are ratings, numbers, yes or no"),
            ),
            Self::Itself(item) => Problem::bad_request(
                "bad_items",
                format!(
                    "the indicator is about `{item}` itself; name one or more other items of its \
                     instrument"
                ),
            ),
            Self::Asked(error) => Problem::from(error),
            Self::Answer(error) => Problem::from(error),
        }
        .into_response()
    }
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
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<DriversQuery>,
) -> Result<Json<DriversView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let indicator = indicator(foundation, &query.indicator)?;
    let window = window(
        foundation,
        &scope,
        query.from.as_deref(),
        query.to.as_deref(),
        query.under.as_deref(),
    )?;
    let outcome = indicator.kind.item().and_then(|(of, item)| {
        let instrument = foundation.instrument(of)?;
        Some((instrument, instrument.item(item.as_str())?))
    });
    let (instrument, own) = outcome.ok_or_else(|| RouteError::NoItem(query.indicator.clone()))?;
    let mut items: Vec<&Item> = match &query.items {
        Some(names) => {
            let items = names.split(',').map(|name| item(instrument, name.trim()));
            let items = items.collect::<Result<_, _>>()?;
            may_choose(foundation, instrument)?;
            items
        }
        None => usual(foundation, instrument, own),
    };
    // In the order of the instrument, each once.
    items.sort_by_key(|item| {
        instrument
            .items
            .iter()
            .position(|known| known.id == item.id)
    });
    items.dedup_by_key(|item| &item.id);
    if let Some(wrong) = items.iter().find(|item| !can_drive(item)) {
        return Err(RouteError::NoDriver {
            item: wrong.id.to_string(),
            scale: wrong.scale.to_string(),
        });
    }
    if items.is_empty() || items.iter().any(|item| item.id == own.id) {
        return Err(RouteError::Itself(own.id.to_string()));
    }
    Ok(Json(
        drivers(&office, foundation, indicator, instrument, &items, window).await?,
    ))
}
