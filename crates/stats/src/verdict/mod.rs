//! Verdict of a change: who gained, who paid.
//!
//! Margins are registered before the data. One-sided limits at 95 %; no splitting of alpha over
//! guardrails, because all of them must hold; several primaries are corrected by Holm.

mod guardrail;
mod plan;
mod shares;

pub use guardrail::{Effect, Guardrail, Outcome, Standing, guardrail, outcome, primary_gained};
pub use plan::{Plan, Situation, answers_per_arm, margin_shown, plan};
pub use shares::TwoShares;
