//! What a sender is told about each observation.

use evenkeel_collect::observation::Fault;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::{Scope, Who};
use crate::office::{Judged, Sender};

/// At most so many at once.
pub const OBSERVATIONS_MAX: usize = 1000;

/// What became of each observation, in the order in which they were sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ObservationResults {
    pub results: Vec<ObservationResult>,
}

/// What became of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ObservationResult {
    pub status: ObservationStatus,
    /// Under which it can be corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observation_id: Option<String>,
    /// The day that it counts for, in the unit's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// The version of the standard that it was judged by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// `null` while nobody can know.
    #[schema(required = true)]
    pub kept: Option<bool>,
    /// Objects with a `kind` (docs/OBSERVATIONS.md).
    pub deviations: Vec<serde_json::Value>,
    pub extras: Vec<String>,
    /// Why it was refused, every field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<ObservationProblem>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ObservationStatus {
    /// It is durable.
    Stored,
    /// It came before and counts once.
    AlreadyStored,
    /// Nothing of it was stored.
    Refused,
}

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ObservationProblem {
    pub field: String,
    pub message: String,
    pub found: String,
    pub allowed: String,
}

impl From<Fault> for ObservationProblem {
    fn from(fault: Fault) -> Self {
        Self {
            field: fault.field,
            message: fault.message,
            found: fault.found,
            allowed: fault.allowed,
        }
    }
}

impl From<Judged> for ObservationResult {
    fn from(judged: Judged) -> Self {
        match judged {
            Judged::Stored(answer) => Self::told(ObservationStatus::Stored, &answer),
            Judged::Already(answer) => Self::told(ObservationStatus::AlreadyStored, &answer),
            Judged::Conflict => Self::refused(vec![ObservationProblem {
                field: "event".to_owned(),
                message: "something else came in under this name before".to_owned(),
                found: String::new(),
                allowed: "a name of its own for each event; to correct an observation, send a new event with its key".to_owned(),
            }]),
            Judged::Refused(faults) => {
                Self::refused(faults.into_iter().map(ObservationProblem::from).collect())
            }
        }
    }
}

impl ObservationResult {
    /// Refused for these reasons.
    pub(crate) fn refused(problems: Vec<ObservationProblem>) -> Self {
        Self {
            status: ObservationStatus::Refused,
            key: None,
            observation_id: None,
            day: None,
            version: None,
            kept: None,
            deviations: Vec::new(),
            extras: Vec::new(),
            problems,
        }
    }

    fn told(status: ObservationStatus, answer: &serde_json::Value) -> Self {
        let text = |name: &str| answer[name].as_str().map(str::to_owned);
        let list = |name: &str| answer[name].as_array().cloned().unwrap_or_default();
        Self {
            status,
            key: text("key"),
            observation_id: text("observation_id"),
            day: text("day"),
            version: answer["version"].as_i64(),
            kept: answer["kept"].as_bool(),
            deviations: list("deviations"),
            extras: list("extras")
                .iter()
                .filter_map(|extra| extra.as_str().map(str::to_owned))
                .collect(),
            problems: Vec::new(),
        }
    }
}

/// Who sends, as the inbox names them.
pub(crate) fn sender(who: &Who, scope: Scope, source: &str) -> Sender {
    Sender {
        source: source.to_owned(),
        looked_by: who.account().map(|account| account.id.clone()),
        scope,
    }
}
