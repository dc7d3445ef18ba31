//! `GET` and `POST /standards/{standard}/baselines`: which time counts as normal, by whose word.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use evenkeel_registry::BaselineRecord;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StandardError, standard};
use crate::access::{Scope, Who};
use crate::api::asked::AskedError;
use crate::api::extract::{Body, Path};
use crate::api::foundation::owner::NotOwner;
use crate::api::problem::{InputProblem, Problem};
use crate::api::view::BaselineView;
use crate::office::{Office, OfficeError};

/// Baselines of a standard's charts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BaselinesView {
    /// In the order they were declared in; of several the latest counts.
    pub baselines: Vec<BaselineView>,
}

/// A baseline to declare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBaseline {
    /// The unit whose chart it is for; the whole organisation where it is not said.
    #[serde(default)]
    pub unit: Option<String>,
    /// First day; from here on its limits hold.
    #[schema(value_type = String, format = Date)]
    pub from: jiff::civil::Date,
    /// Last day that limits are made of.
    #[schema(value_type = String, format = Date)]
    pub to: jiff::civil::Date,
    /// Who says so.
    #[serde(default)]
    pub author: Option<String>,
    /// Why this is the normal time.
    pub reason: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("a baseline needs a reason and days in order")]
    Unsound(Vec<InputProblem>),
    #[error(transparent)]
    NotOwner(#[from] NotOwner),
    #[error(transparent)]
    Standard(#[from] StandardError),
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Unsound(problems) => {
                let total = problems.len() as u64;
                let detail = "a baseline needs a reason and days in order";
                Problem::unprocessable("unsound_baseline", detail, problems, total)
            }
            Self::NotOwner(refusal) => Problem::from(refusal),
            Self::Standard(error) => Problem::from(error),
            Self::Asked(error) => Problem::from(error),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// List baselines
#[utoipa::path(
    get,
    path = "/standards/{standard}/baselines",
    tag = "standards",
    operation_id = "listBaselines",
    params(("standard" = String, Path, description = "Id of the standard")),
    responses(
        (status = OK, body = BaselinesView),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(office): State<Arc<Office>>,
    Path(id): Path<String>,
) -> Result<Json<BaselinesView>, RouteError> {
    let in_force = office.foundation().await;
    let known = standard(&office, &in_force.foundation, &id).await?;
    let baselines = office.baselines(&known.standard.id).await?;
    Ok(Json(BaselinesView {
        baselines: baselines.iter().map(BaselineView::from).collect(),
    }))
}

/// Declare a baseline
///
/// From its first day on the chart's limits are made of its days, until a version of the standard
/// that asks for something else, or another baseline, begins.
#[utoipa::path(
    post,
    path = "/standards/{standard}/baselines",
    tag = "standards",
    operation_id = "declareBaseline",
    params(("standard" = String, Path, description = "Id of the standard")),
    request_body = NewBaseline,
    responses(
        (status = CREATED, body = BaselineView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, description = "The caller is not in the team that owns the standard", body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn declare(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
    Body(new): Body<NewBaseline>,
) -> Result<(StatusCode, Json<BaselineView>), RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let known = standard(&office, foundation, &id).await?;
    let unit = new.unit.as_deref();
    let unit = unit.map(|name| Scope::Everything.unit(foundation, name));
    let unit = unit.transpose()?.map(|unit| unit.id.clone());
    if !who.owns(&known.standard.owner) {
        return Err(RouteError::NotOwner(NotOwner {
            standard: id,
            owner: known.standard.owner,
        }));
    }
    let problems = problems(&new);
    if !problems.is_empty() {
        return Err(RouteError::Unsound(problems));
    }
    let declared = office
        .declare_baseline(
            &known.standard.id,
            unit.as_ref(),
            (new.from, new.to),
            who.author(new.author),
            new.reason.trim().to_owned(),
        )
        .await?;
    Ok((StatusCode::CREATED, Json(BaselineView::from(&declared))))
}

fn problems(new: &NewBaseline) -> Vec<InputProblem> {
    let problem = |field: &str, found: String, allowed: String| InputProblem {
        file: String::new(),
        line: None,
        column: None,
        field: field.to_owned(),
        message: format!("{field} is `{found}`; allowed: {allowed}"),
        found,
        allowed,
    };
    let mut problems = Vec::new();
    if new.from > new.to {
        let allowed = format!("a day from {} on", new.from);
        problems.push(problem("to", new.to.to_string(), allowed));
    }
    if new.reason.trim().is_empty() {
        let allowed = "why these days are the normal ones".to_owned();
        problems.push(problem("reason", new.reason.clone(), allowed));
    }
    problems
}

impl From<&BaselineRecord> for BaselineView {
    fn from(record: &BaselineRecord) -> Self {
        Self {
            unit: record.unit.as_ref().map(ToString::to_string),
            from: record.from,
            to: record.to,
            author: record.author.clone(),
            reason: record.reason.clone(),
            at: Some(record.at.to_string()),
        }
    }
}
