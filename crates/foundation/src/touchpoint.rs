//! Touchpoints: the steps of the customer's journey.
//!
//! Invariant: a touchpoint names every party it touches, the back office included, so that the
//! pages can ask who is not heard there.

use serde::{Deserialize, Serialize};

use crate::ids::{PartyId, TouchpointId};
use crate::text::Text;

/// A step in the customer's journey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Touchpoint {
    /// Its id.
    pub id: TouchpointId,
    /// Its name.
    pub title: Text,
    /// The parties it touches.
    pub parties: Vec<PartyId>,
    /// Its place in the journey, smallest first.
    pub order: u32,
}
