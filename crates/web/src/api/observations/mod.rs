//! Observations that come in one by one: as JSON, as CloudEvents, by webhook.
//!
//! docs/OBSERVATIONS.md says what each field means and what each refusal is.

pub mod events;
pub mod hooks;
pub mod looks;
pub mod photos;
pub mod post;
pub mod result;
