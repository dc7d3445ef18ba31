//! `GET /overview`: the home page in one answer.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{AskedError, granularity, indicator_or_covariate, level, period};
use super::extract::Query;
use super::problem::Problem;
use super::view::{
    AlignmentView, Change, Estimated, Granularity, IndicatorRef, NonResponse, PartyRef, PeriodRef,
    Text, Trend,
};
use crate::access::Scope;
use crate::answers::AnswerError;
use crate::office::Office;
use crate::overview::{self, Wanted};

/// What to show; everything is optional.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OverviewQuery {
    /// `2026-q3`; the latest complete one with facts where it is not said.
    period: Option<String>,
    /// A level of units; the finest with results where it is not said.
    level: Option<String>,
    /// Indicator or covariate; the organisation's pair where it is not said.
    internal: Option<String>,
    /// Indicator or covariate; the organisation's pair where it is not said.
    external: Option<String>,
    /// Length of periods; that of `period` or the one that fits the facts where it is not said.
    granularity: Option<String>,
    /// Only this unit and what is below it.
    under: Option<String>,
}

/// The home page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OverviewView {
    /// `null` while there are no facts.
    #[schema(required = true)]
    pub period: Option<PeriodRef>,
    /// Newest first; only periods with facts.
    pub periods: Vec<PeriodRef>,
    pub granularity: Granularity,
    /// Lengths of periods that have facts.
    pub granularities: Vec<Granularity>,
    /// `null` while there are no units.
    #[schema(required = true)]
    pub level: Option<String>,
    /// Root to leaf.
    pub levels: Vec<LevelShown>,
    pub opened: Opened,
    #[schema(required = true)]
    pub alignment: Option<AlignmentView>,
    /// Why there is no alignment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment_missing: Option<AlignmentMissing>,
    pub parties: Vec<PartyOverview>,
    /// Headline indicators of delivery, which belong to no party.
    pub delivery: Vec<IndicatorOverview>,
    /// Employees by customer contact; `null` where no attribute says it.
    #[schema(required = true)]
    pub contact: Option<ContactOverview>,
    /// All table versions that this page was computed from.
    pub snapshot: String,
}

/// A level of units, and how much of it can be shown in the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LevelShown {
    pub id: String,
    pub title: Text,
    /// Units that exist in the period.
    pub units: u64,
    /// Those with a number on both sides.
    pub units_shown: u64,
}

/// Why the page opened where it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Opened {
    pub reason: OpenedReason,
    /// The next finer level, which has too few results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coarser_than: Option<String>,
    pub period_reason: PeriodReason,
    pub units_total: u64,
    pub units_shown: u64,
    /// The larger minimum n of both sides.
    pub minimum_n: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpenedReason {
    FinestLevelWithResults,
    AskedFor,
    NoLevelWithResults,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodReason {
    /// The latest period that is over and has facts of both sides.
    LatestComplete,
    /// No period that is over has facts of both sides: the latest with facts.
    LatestWithFacts,
    AskedFor,
    NoFacts,
}

/// Why there is no alignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AlignmentMissing {
    pub reason: AlignmentMissingReason,
    /// The party of the side without facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlignmentMissingReason {
    /// The organisation did not say which two to set side by side.
    NoPair,
    NoInternalFacts,
    NoExternalFacts,
    /// There are no units to compare.
    NoUnits,
    /// Only one unit may be seen, or was asked for: nothing to set beside it.
    OneUnit,
}

/// One party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PartyOverview {
    pub party: PartyRef,
    /// Did anybody of it answer in the period? If not: an empty chair.
    pub heard: bool,
    pub response: ResponseView,
    /// Its headline indicators (all of them where none is).
    pub indicators: Vec<IndicatorOverview>,
}

/// How many were asked, and how many answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ResponseView {
    /// `null`: nobody counted.
    #[schema(required = true)]
    pub invited: Option<f64>,
    #[schema(required = true)]
    pub responded: Option<f64>,
    pub rate: Estimated,
    /// Those who answered may differ from those who did not.
    #[schema(required = true)]
    pub warning: Option<NonResponse>,
}

/// One indicator in the period, before it, and over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorOverview {
    pub indicator: IndicatorRef,
    pub estimate: Estimated,
    /// The period before.
    pub previous: Estimated,
    /// `null` unless both are estimates.
    #[schema(required = true)]
    pub change: Option<Change>,
    pub trend: Trend,
}

/// Employees by customer contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContactOverview {
    pub attribute: ContactAttribute,
    pub indicators: Vec<ContactIndicator>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactAttribute {
    pub id: String,
    pub title: Text,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContactIndicator {
    pub indicator: IndicatorRef,
    /// In the order of the attribute's values.
    pub groups: Vec<ContactGroup>,
    /// Every pair of groups.
    pub differences: Vec<ContactDifference>,
    /// The level of each difference, so that all of them hold together.
    pub difference_level: f64,
}

/// The first group less the second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContactDifference {
    pub first: String,
    pub second: String,
    pub difference: Estimated,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContactGroup {
    /// `external`, `internal` or `none`.
    pub value: String,
    pub title: Text,
    pub estimate: Estimated,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Asked(error) => Problem::from(error),
            Self::Answer(error) => Problem::from(error),
        }
        .into_response()
    }
}

/// The home page
///
/// Alignment of units, every party's indicators, who is not heard, and employees by
/// customer contact, at the level and period where results can appear.
#[utoipa::path(
    get,
    path = "/overview",
    tag = "overview",
    operation_id = "showOverview",
    params(OverviewQuery),
    responses(
        (status = OK, body = OverviewView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<OverviewQuery>,
) -> Result<Json<OverviewView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let wanted = Wanted {
        under: scope.under(foundation, query.under.as_deref())?,
        period: query.period.as_deref().map(period).transpose()?,
        granularity: query.granularity.as_deref().map(granularity).transpose()?,
        level: query
            .level
            .as_deref()
            .map(|name| level(foundation, name))
            .transpose()?,
        internal: query
            .internal
            .as_deref()
            .map(|name| indicator_or_covariate(foundation, name))
            .transpose()?,
        external: query
            .external
            .as_deref()
            .map(|name| indicator_or_covariate(foundation, name))
            .transpose()?,
    };
    Ok(Json(overview::compose(&office, foundation, wanted).await?))
}
