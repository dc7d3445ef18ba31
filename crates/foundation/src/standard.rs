//! Standards: what someone may expect, owned and versioned.
//!
//! Invariant: a standard has one owner, one requirement and says who owes it to whom; any party
//! may owe, any party may be owed to. Extras that are welcome stand in its latitude and never
//! count towards its target.
//!
//! Absent on purpose: the version number. The registry gives it, since files do not know what was
//! applied before.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{PartyId, StandardId, TeamId, TouchpointId};
use crate::proportion::Proportion;
use crate::requirement::Requirement;
use crate::text::Text;

/// What a standard is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// How fast.
    Speed,
    /// How good.
    Quality,
    /// In which words.
    Tone,
    /// In which order and form.
    Structure,
}

impl Dimension {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speed => "speed",
            Self::Quality => "quality",
            Self::Tone => "tone",
            Self::Structure => "structure",
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The room that a standard leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latitude {
    /// What may come on top, in words.
    #[serde(default)]
    pub extras: Vec<String>,
}

/// What someone may expect at a touchpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standard {
    /// Its id.
    pub id: StandardId,
    /// What is promised, in a sentence.
    pub title: Text,
    /// What it is about.
    pub dimension: Dimension,
    /// Where it is felt.
    pub touchpoint: TouchpointId,
    /// The team that alone may change it.
    pub owner: TeamId,
    /// Who keeps it.
    pub owed_by: PartyId,
    /// Who may expect it.
    pub owed_to: PartyId,
    /// File name of a picture that lies beside the standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// The share of observations that are to be kept.
    pub target: Proportion,
    /// From which day it holds; from when it was applied, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// What exactly is required.
    pub requirement: Requirement,
    /// What may come on top.
    #[serde(default)]
    pub latitude: Latitude,
}
