//! Units: the nodes of the organisation's tree.
//!
//! Invariant: a unit has one parent and one span of days in which it exists; both ends belong to
//! it. It never exists on a day on which its parent does not.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{LevelId, UnitId};
use crate::text::Text;

/// Who brought a unit in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It was written in the foundation.
    #[default]
    Foundation,
    /// An import met it; a plan never retires it.
    Import,
}

/// A node of the organisation's tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub title: Text,
    /// The level it is on.
    pub level: LevelId,
    /// What it is part of; a root has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    /// Its first day; always there, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Its last day; still there, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// IANA name of its zone; that of the nearest ancestor which names one, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// How many people work there; the sum of its children, if none. A team of few is never shown
    /// alone (docs/PRIVACY.md).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// Who brought it in.
    #[serde(default)]
    pub origin: Origin,
}

impl Unit {
    /// Whether it exists on `day`.
    pub fn exists_on(&self, day: Date) -> bool {
        self.exists_between(day, day)
    }

    /// Whether it exists on any day from `first` to `last`.
    pub fn exists_between(&self, first: Date, last: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= last)
            && self.valid_to.is_none_or(|to| to >= first)
    }
}
