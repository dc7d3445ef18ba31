//! Instruments: questionnaires as `SurveyJS` JSON, of which a documented subset is allowed.
//!
//! Invariant: `items` is what `definition` asks, one entry per stored column, in the order of the
//! questionnaire. An item id is bound for ever to one scale: a changed scale is a new item.
//!
//! Absent on purpose: answers and how they are stored; rendering.

mod item;
pub(crate) mod surveyjs;

use serde::{Deserialize, Serialize};

pub use item::{Item, Scale};

use crate::ids::{InstrumentId, PartyId};
use crate::text::Text;

/// A questionnaire for one party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    /// Its id: the name of its file.
    pub id: InstrumentId,
    /// Its title.
    pub title: Text,
    /// Who answers it.
    pub party: PartyId,
    /// What it asks.
    pub items: Vec<Item>,
    /// The `SurveyJS` definition as it was written, with the object `evenkeel` that names the
    /// party.
    pub definition: serde_json::Value,
}

impl Instrument {
    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id.as_str() == id)
    }
}
