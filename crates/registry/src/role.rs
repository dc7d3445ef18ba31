//! The roles that people have.
//!
//! Absent on purpose: what a role may do, which is room `web`'s table of rights.

use serde::{Deserialize, Serialize};

/// What somebody is to this organisation's promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Accounts, imports, what is agreed about the organisation.
    Administrator,
    /// Member of a team that owns standards; the grant names the team.
    Designer,
    /// Leads a unit; the grant names it, and what is below it goes with it.
    Lead,
    /// Works in a unit; the grant names it.
    Member,
    /// Looks at results, brings files in, makes releases.
    Analyst,
    /// Views results and who looked at what, advises, objects.
    WorksCouncil,
}

impl Role {
    /// Every role.
    pub const EVERY: [Self; 6] = [
        Self::Administrator,
        Self::Designer,
        Self::Lead,
        Self::Member,
        Self::Analyst,
        Self::WorksCouncil,
    ];

    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Designer => "designer",
            Self::Lead => "lead",
            Self::Member => "member",
            Self::Analyst => "analyst",
            Self::WorksCouncil => "works_council",
        }
    }

    /// The role of a word.
    pub fn find(word: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|role| role.as_str() == word)
    }
}
