//! The fields of an observation, as JSON has them.

use std::collections::BTreeMap;

use evenkeel_assess::{Scored, Tick};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Why whoever owed it deviated, in their own words' place.
pub const REASONS: [&str; 4] = ["could_not", "did_not_know", "unclear", "chose_otherwise"];

/// The channel of looks that raters take only to find out how well they agree. They are stored
/// with their scores and never judged.
pub const CALIBRATION: &str = "calibration";

/// A point of a checklist: `true`, `false`, `null`, or the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum IncomingTick {
    /// `true` or `false`.
    Flag(bool),
    /// `"yes"`, `"no"`, `"not_applicable"`.
    Word(Tick),
    /// `null`: it does not apply.
    Nothing,
}

impl IncomingTick {
    pub(super) fn tick(self) -> Tick {
        match self {
            Self::Flag(true) => Tick::Yes,
            Self::Flag(false) => Tick::No,
            Self::Word(tick) => tick,
            Self::Nothing => Tick::NotApplicable,
        }
    }
}

/// One observation as it comes in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Incoming {
    /// What makes it the same observation when it comes again: the latest counts. Drawn if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The standard that was looked at.
    pub standard: String,
    /// The unit.
    pub unit: String,
    /// Who owed it, where that is not said by the standard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// When: a moment with its zone, a time on the unit's clock, or a day. Without it the end of
    /// what was timed, else its beginning, else the time of arrival.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// A number: seconds, the unit of measure, the score of `looked_by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// When it ended; without it, it has not ended yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// For how many seconds it has been going on, where only that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_for: Option<f64>,
    /// The points of a checklist by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<String, IncomingTick>,
    /// The points that are there; all others of the list are not. Instead of `items`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticked: Option<Vec<String>>,
    /// The scores of several people of the same thing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<Scored>,
    /// A text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether the text itself is stored, beside what was found in it.
    pub keep_text: bool,
    /// What was done, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<String>>,
    /// Whether it was kept, where a person judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<bool>,
    /// What came on top, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<String>,
    /// Why it deviated: one of [`REASONS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub looked_by: Option<String>,
    /// How the look was chosen: census, random, convenience.
    pub chosen: String,
    /// What was looked at, where several people look at the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// By which way; [`CALIBRATION`] is a blind round.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// What else is to be kept beside it.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub detail: Map<String, Value>,
}

impl Incoming {
    /// Whether it was taken to find out how well raters agree.
    pub fn is_calibration(&self) -> bool {
        self.channel.as_deref() == Some(CALIBRATION)
    }
}
