//! `GET /looks`: the random moments at which to look; `POST /looks/tickets`: a random sample.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::{Scope, Who};
use crate::api::asked::{AskedError, date};
use crate::api::extract::{Body, Query};
use crate::api::problem::Problem;
use crate::api::view::Text;
use crate::office::{Office, OfficeError};

const TICKETS_MAX: usize = 100_000;

/// Where and when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LooksQuery {
    /// Id of a unit; one's own where there is one only.
    unit: Option<String>,
    /// A day; today in the unit where it is not said.
    day: Option<String>,
}

/// The moments of a unit and day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LooksView {
    pub unit: String,
    pub unit_title: Text,
    pub day: String,
    /// On the unit's clock, now.
    pub now: String,
    pub looks: Vec<LookView>,
}

/// A moment that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LookView {
    /// To be named in `detail.look` of the observation.
    pub id: String,
    pub standard: String,
    pub title: Text,
    /// On the unit's clock.
    pub at: String,
    pub until: String,
}

/// Tickets of which some are to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketsRequest {
    /// Their names, each once.
    pub tickets: Vec<String>,
    /// How many to draw.
    pub count: u32,
}

/// Those that were drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DrawnTickets {
    /// In the order in which they were sent.
    pub drawn: Vec<String>,
    pub of: u64,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("{count} of {of} tickets")]
    Count { count: u32, of: usize },
    #[error("ticket {0} is named twice")]
    Twice(String),
    #[error("there are no units yet")]
    NoUnits,
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Count { of, .. } => Problem::bad_request(
                "bad_count",
                format!(
                    "{self}: allowed are 1 to as many as are sent ({of}), of at most {TICKETS_MAX}"
                ),
            ),
            Self::Twice(_) => Problem::bad_request("twice", self.to_string()),
            Self::NoUnits => Problem::bad_request("no_units", self.to_string()),
            Self::Asked(error) => Problem::from(error),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Moments to look
///
/// Drawn by the product from a secret of the installation, so that nobody chooses when to look.
/// An observation between `at` and `until` that names the look may say `chosen = "random"`.
#[utoipa::path(
    get,
    path = "/looks",
    tag = "observations",
    operation_id = "listLooks",
    params(LooksQuery),
    responses(
        (status = OK, body = LooksView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<LooksQuery>,
) -> Result<Json<LooksView>, RouteError> {
    let foundation = office.foundation().await.foundation;
    let under = scope.under(&foundation, query.unit.as_deref())?;
    let first = || foundation.units.keys().next().cloned();
    let unit = under.or_else(first).ok_or(RouteError::NoUnits)?;
    let day = match &query.day {
        Some(text) => date("day", text)?,
        None => office.today_in(&foundation, &unit),
    };
    let looks = office.looks_of(&unit, day).await?;
    let title = foundation
        .units
        .get(&unit)
        .map(|unit| Text::from(&unit.title));
    Ok(Json(LooksView {
        unit_title: title.unwrap_or_else(|| Text::plain(unit.as_str())),
        now: office.now_in(&foundation, &unit).datetime().to_string(),
        unit: unit.to_string(),
        day: looks.day.to_string(),
        looks: looks
            .looks
            .into_iter()
            .map(|look| LookView {
                id: look.id,
                standard: look.standard,
                title: Text::from(&look.title),
                at: look.at.to_string(),
                until: look.until.to_string(),
            })
            .collect(),
    }))
}

/// Draw tickets to look at
///
/// A simple random sample without replacement; what was drawn of how many is in the audit log.
#[utoipa::path(
    post,
    path = "/looks/tickets",
    tag = "observations",
    operation_id = "drawTickets",
    request_body = TicketsRequest,
    responses(
        (status = OK, body = DrawnTickets),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn tickets(
    State(office): State<Arc<Office>>,
    who: Who,
    Body(request): Body<TicketsRequest>,
) -> Result<Json<DrawnTickets>, RouteError> {
    let of = request.tickets.len();
    let count = request.count as usize;
    if !(1..=of).contains(&count) || of > TICKETS_MAX {
        return Err(RouteError::Count {
            count: request.count,
            of,
        });
    }
    let mut seen = std::collections::HashSet::new();
    if let Some(twice) = request.tickets.iter().find(|one| !seen.insert(*one)) {
        return Err(RouteError::Twice(twice.clone()));
    }
    let drawn = office
        .draw_tickets(&who.actor(), request.tickets, count)
        .await?;
    Ok(Json(DrawnTickets {
        drawn,
        of: of as u64,
    }))
}
