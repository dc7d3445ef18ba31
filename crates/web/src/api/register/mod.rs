//! `/standards/{standard}`: one standard of the register, and its owners' changes.

pub mod change;
pub mod check;
pub mod picture;
pub mod retire;
pub mod show;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::problem::Problem;
use crate::office::Draft;

/// A standard as somebody writes it: one of both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftRequest {
    /// TOML, as in `standards/ID.toml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The object, as `GET /standards/{standard}` gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<serde_json::Value>,
}

/// Neither or both ways of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give `text` or `content`, one of both")]
pub(crate) struct NoDraft;

impl From<NoDraft> for Problem {
    fn from(refusal: NoDraft) -> Self {
        Self::bad_request("no_draft", refusal.to_string())
    }
}

pub(crate) fn draft(
    text: Option<String>,
    content: Option<serde_json::Value>,
) -> Result<Draft, NoDraft> {
    match (text, content) {
        (Some(text), None) => Ok(Draft::Text(text)),
        (None, Some(content)) => Ok(Draft::Content(content)),
        _ => Err(NoDraft),
    }
}
