//! `GET /standards`: the register.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use evenkeel_foundation::Granularity;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::StandardError;
use crate::access::Scope;
use crate::answers::delivery;
use crate::api::asked::{granularity, period};
use crate::api::extract::Query;
use crate::api::problem::Problem;
use crate::api::view::{
    Granularity as GranularityView, PeriodRef, StandardRef, Trend, VerdictView,
};
use crate::office::Office;

/// When.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RegisterQuery {
    /// Such as `2026-07`; the latest that is over where it is not said.
    period: Option<String>,
    /// Length of the periods: `week`, `month`, `quarter`, `year`; a month where nothing is said.
    by: Option<String>,
    /// Only this unit and what is below it.
    unit: Option<String>,
}

/// Every standard that is or was agreed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RegisterView {
    /// What the verdicts are about; `null` while nobody looked.
    #[schema(required = true)]
    pub period: Option<PeriodRef>,
    pub granularity: GranularityView,
    /// In order of id.
    pub standards: Vec<StandardRow>,
    /// Periods with looks, the latest first.
    pub periods: Vec<PeriodRef>,
    pub snapshot: String,
}

/// One standard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StandardRow {
    pub standard: StandardRef,
    /// Its latest version.
    #[schema(required = true)]
    pub version: Option<i64>,
    /// First day of that version; `null`: since ever.
    #[schema(required = true, value_type = Option<String>, format = Date)]
    pub valid_from: Option<jiff::civil::Date>,
    /// Whether it holds no more.
    pub retired: bool,
    #[schema(required = true, value_type = Option<String>, format = Date)]
    pub retired_from: Option<jiff::civil::Date>,
    /// In the period, over the unit asked for, else everything that may be seen; of a small team
    /// one level up.
    pub verdict: VerdictView,
    /// Share kept by period up to then, for a small picture.
    pub trend: Trend,
}

/// The register of standards
///
/// Each standard with who owes it to whom, its verdict in one period and its way there.
#[utoipa::path(
    get,
    path = "/standards",
    tag = "standards",
    operation_id = "listStandards",
    params(RegisterQuery),
    responses(
        (status = OK, body = RegisterView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<RegisterQuery>,
) -> Result<Json<RegisterView>, StandardError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let asked = query.period.as_deref().map(period).transpose()?;
    let length = match (asked, query.by.as_deref()) {
        (Some(period), _) => period.granularity(),
        (None, Some(word)) => granularity(word)?,
        (None, None) => Granularity::Month,
    };
    let under = scope.under(foundation, query.unit.as_deref())?;
    let standards = office.known_standards().await?;
    let today = office.today(foundation);
    Ok(Json(
        delivery::register(
            &office,
            foundation,
            standards,
            (length, asked),
            today,
            under.as_ref(),
        )
        .await?,
    ))
}
