//! The organisation itself: one directory, one organisation.

use serde::{Deserialize, Serialize};

use crate::ids::{IndicatorId, LevelId};
use crate::text::Text;

/// A level of the unit tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Its id.
    pub id: LevelId,
    /// Its name: "Region".
    pub title: Text,
}

/// The two indicators that the home page sets side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlignmentPair {
    /// An indicator of those who work here.
    pub internal: IndicatorId,
    /// An indicator of those who are served.
    pub external: IndicatorId,
}

/// The organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its name.
    pub name: Text,
    /// The languages it works in, as BCP 47 tags; the first is the default.
    pub languages: Vec<String>,
    /// IANA name of the zone of units that name none themselves.
    pub time_zone: String,
    /// The levels of the unit tree, root first.
    pub levels: Vec<Level>,
    /// The smallest n for indicators that name no party.
    pub minimum_n: u32,
    /// What the home page sets side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment: Option<AlignmentPair>,
}
