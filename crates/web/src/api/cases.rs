//! `GET /cases`: follow-ups that signals ask for.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use evenkeel_foundation::Foundation;
use evenkeel_registry::CaseDraft;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::Problem;
use super::view::{Text, UnitRef};
use crate::access::Scope;
use crate::office::{Office, OfficeError};

/// Follow-ups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CasesView {
    /// The latest first.
    pub cases: Vec<CaseView>,
}

/// A follow-up that a control chart's signal asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaseView {
    pub id: String,
    /// `draft`, `open`, `closed`.
    pub state: String,
    pub standard: String,
    /// `null` where the standard was retired.
    #[schema(required = true)]
    pub standard_title: Option<Text>,
    /// `null`: the whole organisation.
    #[schema(required = true)]
    pub unit: Option<UnitRef>,
    /// Kind of the chart, such as `p`.
    pub chart: String,
    /// The rule, such as `beyond`.
    pub rule: String,
    /// 1 up, −1 down, 0 neither.
    pub side: i8,
    /// Periods concerned when it was opened, in order.
    pub points: Vec<String>,
    /// Table versions of that chart.
    pub snapshot: String,
    /// RFC 3339; when it was opened.
    pub opened_at: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// List cases
///
/// Drafts that signals for the worse opened, each once.
#[utoipa::path(
    get,
    path = "/cases",
    tag = "cases",
    operation_id = "listCases",
    responses((status = OK, body = CasesView))
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
) -> Result<Json<CasesView>, RouteError> {
    let in_force = office.foundation().await;
    let drafts = office.case_drafts().await?;
    let foundation = &in_force.foundation;
    // A case of everything is everybody's; one of a unit is that unit's.
    let mine = |draft: &CaseDraft| match &draft.unit {
        Some(unit) => scope.contains(foundation, unit),
        None => true,
    };
    let view = |draft| CaseView::new(&in_force.foundation, draft);
    Ok(Json(CasesView {
        cases: drafts.into_iter().filter(mine).map(view).collect(),
    }))
}

impl CaseView {
    fn new(foundation: &Foundation, draft: CaseDraft) -> Self {
        let standard = foundation.standards.get(&draft.standard);
        let unit = draft.unit.as_ref().and_then(|id| foundation.units.get(id));
        Self {
            id: draft.id,
            state: draft.state.as_str().to_owned(),
            standard_title: standard.map(|standard| Text::from(&standard.title)),
            standard: draft.standard.to_string(),
            unit: unit.map(UnitRef::from),
            chart: draft.chart,
            rule: draft.rule,
            side: draft.side,
            points: draft.points,
            snapshot: draft.snapshot,
            opened_at: draft.at.to_string(),
        }
    }
}
