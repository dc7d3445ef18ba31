//! Which indicators the page shows.

use evenkeel_foundation::{Foundation, Indicator, PartyId};

/// The headline indicators of every party (all of a party's where none is), in the
/// order of their ids; and those of delivery.
pub fn shown(foundation: &Foundation) -> Vec<&Indicator> {
    let headline = |party: Option<&PartyId>| {
        foundation
            .indicators
            .values()
            .any(|indicator| indicator.party.as_ref() == party && indicator.headline)
    };
    foundation
        .indicators
        .values()
        .filter(|indicator| indicator.headline || !headline(indicator.party.as_ref()))
        .collect()
}
