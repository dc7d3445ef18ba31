//! Mirrors: one construct asked of two parties, each for itself and for the other.
//!
//! Invariant: what one party predicts has the scale of what the other says of itself, so that a
//! prediction can be set beside the truth. The two own views may have different scales.

use serde::{Deserialize, Serialize};

use crate::ids::{InstrumentId, ItemId, MirrorId, PartyId};
use crate::text::Text;

/// One question of one instrument. In TOML `"INSTRUMENT.ITEM"`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ItemRef {
    /// The instrument.
    pub instrument: InstrumentId,
    /// Its item.
    pub item: ItemId,
}

/// What one party of a mirror is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MirrorSide {
    /// Who answers.
    pub party: PartyId,
    /// How it is for them.
    pub own: ItemRef,
    /// How they think it is for the other party.
    pub predicts: ItemRef,
}

/// One construct asked of two parties.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mirror {
    /// Its id.
    pub id: MirrorId,
    /// The construct.
    pub title: Text,
    /// The two parties.
    pub sides: [MirrorSide; 2],
}
