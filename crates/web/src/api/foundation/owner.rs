//! Only the owner's members change a standard.

use axum::http::StatusCode;
use evenkeel_foundation::{ObjectKind, Plan, TeamId};

use crate::access::Who;
use crate::api::problem::Problem;

/// A standard of a team that the caller is not in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("standard {standard} belongs to team {owner}")]
pub(crate) struct NotOwner {
    pub standard: String,
    pub owner: TeamId,
}

impl NotOwner {
    /// The first standard of a plan that `who` may not change. A new standard belongs to the team
    /// that it names.
    pub fn check(who: &Who, plan: &Plan) -> Result<(), Self> {
        for change in &plan.changes {
            if let (ObjectKind::Standard, Some(owner)) = (change.kind, &change.owner)
                && !who.owns(owner)
            {
                return Err(Self {
                    standard: change.id.clone(),
                    owner: owner.clone(),
                });
            }
        }
        Ok(())
    }
}

impl From<NotOwner> for Problem {
    fn from(refusal: NotOwner) -> Self {
        let NotOwner { standard, owner } = refusal;
        Self::new(
            StatusCode::FORBIDDEN,
            "not_owner",
            "Only the owner's members change a standard",
            format!(
                "standard `{standard}` belongs to team `{owner}`, which you are not in; nothing was \
                 changed. Propose an idea to the team, or ask to be made one of its designers"
            ),
        )
    }
}
