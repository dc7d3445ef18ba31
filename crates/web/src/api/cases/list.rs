//! `GET /cases`: follow-ups that signals ask for.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use evenkeel_foundation::Foundation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::{Scope, Who};
use crate::api::problem::Problem;
use crate::api::view::{Text, UnitRef};
use crate::office::{Case, Office, OfficeError};

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
    /// The team whose standard it is; `null` where the standard was retired.
    #[schema(required = true)]
    pub owner: Option<String>,
    #[schema(required = true)]
    pub owner_title: Option<Text>,
    /// Whether the caller may take steps.
    pub may_step: bool,
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
    /// What people did with it, the first first.
    pub steps: Vec<CaseStepView>,
}

/// What somebody did with a follow-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaseStepView {
    /// `take`, `decline`, `close`.
    pub step: String,
    /// Name and address.
    pub author: String,
    /// Why, or what came of it; may be empty when it was taken on.
    pub words: String,
    /// RFC 3339.
    pub at: String,
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
/// What signals for the worse opened, each once, with what people did about it.
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
    who: Who,
) -> Result<Json<CasesView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let cases = office.cases().await?;
    // A case of everything is everybody's; one of a unit is that unit's.
    let mine = |case: &Case| match &case.draft.unit {
        Some(unit) => scope.contains(foundation, unit),
        None => true,
    };
    let view = |case| CaseView::new(foundation, &who, case);
    Ok(Json(CasesView {
        cases: cases.into_iter().filter(mine).map(view).collect(),
    }))
}

/// A case as `who` sees it.
pub(super) async fn view_of(office: &Office, who: &Who, case: Case) -> CaseView {
    let in_force = office.foundation().await;
    CaseView::new(&in_force.foundation, who, case)
}

impl CaseView {
    fn new(foundation: &Foundation, who: &Who, case: Case) -> Self {
        let Case { draft, steps } = case;
        let standard = foundation.standards.get(&draft.standard);
        let owner = standard.map(|standard| &standard.owner);
        let team = owner.and_then(|owner| foundation.teams.get(owner));
        let unit = draft.unit.as_ref().and_then(|id| foundation.units.get(id));
        Self {
            id: draft.id,
            state: draft.state.as_str().to_owned(),
            standard_title: standard.map(|standard| Text::from(&standard.title)),
            owner: owner.map(ToString::to_string),
            owner_title: team.map(|team| Text::from(&team.title)),
            may_step: owner.is_some_and(|owner| who.owns(owner)),
            standard: draft.standard.to_string(),
            unit: unit.map(UnitRef::from),
            chart: draft.chart,
            rule: draft.rule,
            side: draft.side,
            points: draft.points,
            snapshot: draft.snapshot,
            opened_at: draft.at.to_string(),
            steps: steps
                .into_iter()
                .map(|step| CaseStepView {
                    step: step.action.as_str().to_owned(),
                    author: step.author,
                    words: step.words,
                    at: step.at.to_string(),
                })
                .collect(),
        }
    }
}
