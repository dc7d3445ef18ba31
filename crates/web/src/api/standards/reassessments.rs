//! `GET /standards/{standard}/reassessments`: who had observations judged again, why, and what that
//! changed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use evenkeel_foundation::Foundation;
use evenkeel_registry::{Reassessment, ReassessmentState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::reassess::ReassessCounts;
use super::{StandardError, standard};
use crate::access::{Right, Scope, Who};
use crate::api::extract::Path;
use crate::api::problem::Problem;
use crate::office::Office;

/// Re-assessments of a standard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReassessmentsView {
    /// The latest first.
    pub reassessments: Vec<ReassessmentView>,
    /// How far the one is that runs now, a dry run too.
    #[schema(required = true)]
    pub running: Option<RunningView>,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RunningView {
    pub rows_passed: u64,
    /// Rows of the table, those of other standards too.
    pub rows_total: u64,
}

/// One re-assessment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReassessmentView {
    pub id: String,
    #[schema(required = true)]
    pub unit: Option<String>,
    #[schema(required = true, value_type = Option<String>, format = Date)]
    pub from: Option<jiff::civil::Date>,
    #[schema(required = true, value_type = Option<String>, format = Date)]
    pub to: Option<jiff::civil::Date>,
    pub reason: String,
    pub author: String,
    pub at: String,
    pub state: ReassessmentWord,
    /// What it changed; `null` where it changed nothing because it was interrupted, and for who may
    /// not see the results of its unit.
    #[schema(required = true)]
    pub counts: Option<ReassessCounts>,
}

/// How far a re-assessment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReassessmentWord {
    Running,
    Done,
    /// It ended before it could change anything.
    Interrupted,
}

/// List re-assessments
///
/// Whoever may read the standard sees who had observations judged again, when and why. What that
/// changed is a result: it is for those who may see results of the unit.
#[utoipa::path(
    get,
    path = "/standards/{standard}/reassessments",
    tag = "standards",
    operation_id = "listReassessments",
    params(("standard" = String, Path, description = "Id of the standard")),
    responses(
        (status = OK, body = ReassessmentsView),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
) -> Result<Json<ReassessmentsView>, StandardError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let known = standard(&office, foundation, &id).await?;
    let scope = who.scope(Right::Results);
    let listed = office.reassessments_of(&known.standard.id).await?;
    let running = office.running_reassessment();
    let running = running.filter(|running| running.standard == known.standard.id);
    Ok(Json(ReassessmentsView {
        reassessments: listed
            .into_iter()
            .map(|one| {
                let may_see = scope.as_ref().is_some_and(|of| sees(of, foundation, &one));
                ReassessmentView::new(one, may_see)
            })
            .collect(),
        running: running.map(|running| RunningView {
            rows_passed: running.passed(),
            rows_total: running.rows,
        }),
    }))
}

fn sees(scope: &Scope, foundation: &Foundation, one: &Reassessment) -> bool {
    match &one.unit {
        Some(unit) => scope.contains(foundation, unit),
        None => *scope == Scope::Everything,
    }
}

impl ReassessmentView {
    fn new(one: Reassessment, may_see: bool) -> Self {
        let is_done = one.state == ReassessmentState::Done;
        Self {
            id: one.id,
            unit: one.unit.map(|unit| unit.to_string()),
            from: one.from,
            to: one.to,
            reason: one.reason,
            author: one.author,
            at: one.at.to_string(),
            state: match one.state {
                ReassessmentState::Running => ReassessmentWord::Running,
                ReassessmentState::Done => ReassessmentWord::Done,
                ReassessmentState::Interrupted => ReassessmentWord::Interrupted,
            },
            counts: if is_done && may_see {
                serde_json::from_value(one.counts).ok()
            } else {
                None
            },
        }
    }
}
