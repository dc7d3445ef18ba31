//! `GET /alignment`: an internal and an external indicator side by side.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::asked::{AskedError, covariate, granularity, indicator_or_covariate, level, range};
use super::extract::Query;
use super::problem::Problem;
use super::view::AlignmentView;
use crate::access::Scope;
use crate::answers::{AlignmentAsked, AnswerError, alignment};
use crate::office::Office;

/// What to set side by side.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AlignmentQuery {
    /// Indicator or covariate of those who work here.
    internal: String,
    /// Indicator or covariate of those who are served.
    external: String,
    /// Level of units; the finest one where it is not said.
    level: Option<String>,
    /// Also look at moving together within a unit from one such period to the next.
    granularity: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
    /// Use the stored weights.
    #[serde(default)]
    weighted: bool,
    /// Covariates, by commas, whose product weighs the rows of the lagged regressions; by n
    /// where it is not said.
    lagged_weights: Option<String>,
    /// Only this unit and what is below it.
    under: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("{0} is set beside itself")]
    Same(String),
    #[error("the organisation has no levels of units")]
    NoLevels,
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Same(id) => Problem::bad_request(
                "same_indicator",
                format!("internal and external are both `{id}`; name two different ones"),
            ),
            Self::NoLevels => Problem::new(
                StatusCode::CONFLICT,
                "no_levels",
                "There are no units to compare",
                "the organisation has no levels of units yet",
            ),
            Self::Asked(error) => Problem::from(error),
            Self::Answer(error) => Problem::from(error),
        }
        .into_response()
    }
}

/// Align two indicators
///
/// Correlation within and between units, weighted and not; by period also each side on the other,
/// given how it stood the period before; and the quadrant of each unit by intervals that hold for
/// all units at once.
#[utoipa::path(
    get,
    path = "/alignment",
    tag = "estimates",
    operation_id = "showAlignment",
    params(AlignmentQuery),
    responses(
        (status = OK, body = AlignmentView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<AlignmentQuery>,
) -> Result<Json<AlignmentView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let internal = indicator_or_covariate(foundation, &query.internal)?;
    let external = indicator_or_covariate(foundation, &query.external)?;
    if query.internal == query.external {
        return Err(RouteError::Same(query.internal));
    }
    let level = match &query.level {
        Some(name) => level(foundation, name)?,
        None => foundation
            .organisation
            .levels
            .last()
            .ok_or(RouteError::NoLevels)?,
    };
    let (from, to) = range(query.from.as_deref(), query.to.as_deref())?;
    let asked = AlignmentAsked {
        level: level.id.clone(),
        granularity: query.granularity.as_deref().map(granularity).transpose()?,
        from,
        to,
        period: None,
        under: scope.under(foundation, query.under.as_deref())?,
        weighted: query.weighted,
        lagged_weights: query
            .lagged_weights
            .iter()
            .flat_map(|names| names.split(','))
            .map(|name| covariate(foundation, name.trim()))
            .collect::<Result<_, _>>()?,
    };
    Ok(Json(
        alignment(&office, foundation, &internal, &external, asked).await?,
    ))
}
