//! `GET /standards/{standard}/extras`: what customers said where something came on top.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{StandardError, standard};
use crate::access::Scope;
use crate::answers::delivery;
use crate::api::asked::range;
use crate::api::extract::{Path, Query};
use crate::api::problem::Problem;
use crate::api::view::{Estimated, IndicatorRef, PeriodRef, ProtectionView, StandardRef, UnitRef};
use crate::office::Office;

/// Which looks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExtrasQuery {
    /// Only this unit and what is below it. A small team is shown with the unit above it.
    unit: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
}

/// Customers beside what came on top.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExtrasView {
    pub standard: StandardRef,
    #[schema(required = true)]
    pub unit: Option<UnitRef>,
    #[schema(required = true)]
    pub protection: Option<ProtectionView>,
    /// Units' days with a look on which something came on top.
    pub days_with: u64,
    /// Units' days with looks on which nothing did.
    pub days_without: u64,
    /// One for each headline indicator of what customers answer.
    pub comparisons: Vec<ExtraComparison>,
    /// The latest comments of customers on units' days with something on top; of units of so few
    /// people that a look would be about one of them none.
    pub comments: Vec<ExtraComment>,
    /// How many there are, listed or not.
    pub comments_total: u64,
    pub snapshot: String,
}

/// An indicator on both kinds of days. Association: the days may differ in other ways.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExtraComparison {
    pub indicator: IndicatorRef,
    /// Where something came on top.
    pub with: Estimated,
    /// Where nothing did.
    pub without: Estimated,
    pub finding: FindingWord,
}

/// How customers were where something came on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingWord {
    Better,
    Worse,
    /// The intervals overlap, or one of both is missing.
    Undecided,
}

/// What a customer wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExtraComment {
    pub unit: UnitRef,
    /// Its day; its week where nobody said how many people work in the unit.
    pub period: PeriodRef,
    pub text: String,
    #[schema(required = true)]
    pub language: Option<String>,
    /// What came on top there on that day, in some look.
    pub extras: Vec<String>,
}

/// Customers where something came on top
///
/// Comments of the same unit and day, and customers' headline indicators on such days beside days
/// with looks and nothing on top.
#[utoipa::path(
    get,
    path = "/standards/{standard}/extras",
    tag = "standards",
    operation_id = "showStandardExtras",
    params(("standard" = String, Path, description = "Id of the standard"), ExtrasQuery),
    responses(
        (status = OK, body = ExtrasView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Path(id): Path<String>,
    Query(query): Query<ExtrasQuery>,
) -> Result<Json<ExtrasView>, StandardError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let known = standard(&office, foundation, &id).await?;
    let days = range(query.from.as_deref(), query.to.as_deref())?;
    let unit = scope.under(foundation, query.unit.as_deref())?;
    let standard = &known.standard;
    Ok(Json(
        delivery::extras(&office, foundation, standard, unit.as_ref(), days).await?,
    ))
}
