//! Parties: the groups with a stake.
//!
//! Invariant: no result of an internal party is ever shown for fewer than
//! [`INTERNAL_MINIMUM_N`] people; a foundation may ask for more, never for fewer.

use serde::{Deserialize, Serialize};

use crate::ids::PartyId;
use crate::text::Text;

/// The smallest group of employees whose results are shown.
pub const INTERNAL_MINIMUM_N: u32 = 5;

/// The default for customers, whose results are shown from one answer (always with its interval).
pub const EXTERNAL_MINIMUM_N: u32 = 1;

/// On which side of the counter a party stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Customers and others who are served.
    External,
    /// Those who work here.
    Internal,
}

impl Side {
    /// The smallest `minimum_n` that may be agreed for this side.
    pub fn minimum_n_floor(self) -> u32 {
        match self {
            Self::External => EXTERNAL_MINIMUM_N,
            Self::Internal => INTERNAL_MINIMUM_N,
        }
    }
}

/// What a party is to the others; pages arrange by it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PartyRole {
    /// Those for whom the promise is made.
    Customer,
    /// Those who meet customers.
    Frontline,
    /// Those who work behind them.
    BackOffice,
    /// Any other party that an organisation adds.
    #[default]
    Other,
}

/// A group with a stake.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// Its name.
    pub title: Text,
    /// On which side it stands.
    pub side: Side,
    /// What it is to the others.
    #[serde(default)]
    pub role: PartyRole,
    /// The smallest number of respondents whose result is shown.
    pub minimum_n: u32,
    /// Its figures were published elsewhere before, so that nothing is left to protect: the
    /// floor of `minimum_n` does not hold. Responses of people are refused for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub published: bool,
}

impl Party {
    /// The lowest `minimum_n` that the party may have.
    pub fn minimum_n_floor(&self) -> u32 {
        if self.published {
            EXTERNAL_MINIMUM_N
        } else {
            self.side.minimum_n_floor()
        }
    }
}
