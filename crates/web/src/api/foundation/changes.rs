//! What applying a foundation changes.

use evenkeel_foundation as foundation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Changes against the version in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Changes {
    /// With `plan` the version that the changes are against, with `apply` the new one.
    pub version: i64,
    /// Empty: what was sent is what is in force.
    pub changes: Vec<ChangeView>,
}

/// One object that is added, changed or retired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeView {
    /// `standard`, `indicator`, `unit`, …
    pub kind: String,
    pub id: String,
    pub action: ActionWord,
    /// The team that owns it.
    #[schema(required = true)]
    pub owner: Option<String>,
    /// What changed in it; empty unless `action` is `changed`.
    pub fields: Vec<FieldChangeView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionWord {
    Added,
    Changed,
    Retired,
}

/// One field, before and after; `null` where there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FieldChangeView {
    /// Such as `requirement.within`.
    pub path: String,
    #[schema(required = true)]
    pub before: Option<serde_json::Value>,
    #[schema(required = true)]
    pub after: Option<serde_json::Value>,
}

impl Changes {
    /// A plan against, or applied as, `version`.
    pub fn new(version: i64, plan: &foundation::Plan) -> Self {
        Self {
            version,
            changes: plan.changes.iter().map(ChangeView::from).collect(),
        }
    }
}

impl From<&foundation::Change> for ChangeView {
    fn from(change: &foundation::Change) -> Self {
        let (action, fields) = match &change.action {
            foundation::Action::Added => (ActionWord::Added, Vec::new()),
            foundation::Action::Changed { fields } => (
                ActionWord::Changed,
                fields
                    .iter()
                    .map(|field| FieldChangeView {
                        path: field.path.clone(),
                        before: field.before.clone(),
                        after: field.after.clone(),
                    })
                    .collect(),
            ),
            foundation::Action::Retired => (ActionWord::Retired, Vec::new()),
        };
        Self {
            kind: change.kind.to_string(),
            id: change.id.clone(),
            action,
            owner: change.owner.as_ref().map(ToString::to_string),
            fields,
        }
    }
}
