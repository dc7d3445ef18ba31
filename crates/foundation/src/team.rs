//! Teams: those who own standards and answer for them.

use serde::{Deserialize, Serialize};

use crate::ids::TeamId;
use crate::text::Text;

/// A team that owns things.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub title: Text,
    /// Who is in it: names or mail addresses, as people write them.
    #[serde(default)]
    pub members: Vec<String>,
}
