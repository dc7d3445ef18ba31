//! Results before anything was decided about them.
//!
//! Invariant: the indicators of a draft share items, directly or by way of a composite, so that a
//! cell is shown with all of them or with none: two of three would give away the third.

use std::collections::BTreeMap;

use evenkeel_foundation::{IndicatorId, Period, UnitId};
use evenkeel_stats::Counted;

use super::cell::{CellKey, GRAINS};

/// All cells of some indicators, and the smallest groups that they are made of.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Smallest number of people that may be shown.
    pub minimum_n: u64,
    /// Every unit with its parent, as they are now.
    pub parents: BTreeMap<UnitId, Option<UnitId>>,
    /// Statistics of each indicator; a cell without answers is not there.
    pub cells: BTreeMap<CellKey, BTreeMap<IndicatorId, Counted>>,
    /// Of each indicator that is not composed of others: people by unit, month and attributes.
    pub atoms: BTreeMap<IndicatorId, Vec<Atom>>,
}

/// People whom no released cell tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// Who they are.
    pub key: AtomKey,
    /// How many gave an answer.
    pub people: u64,
}

/// A unit as stored and what lay above it then, a period, and the attributes that are known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AtomKey {
    /// The unit of the responses, then its parent in that period, to the root.
    pub units: Vec<UnitId>,
    /// The month, or the shortest released period that the source has.
    pub period: Period,
    /// (attribute, value).
    pub values: Vec<(String, String)>,
}

impl AtomKey {
    /// Every cell that may count these people, whether it exists or not.
    pub(super) fn cells(&self) -> Vec<CellKey> {
        let units = || std::iter::once(None).chain(self.units.iter().map(Some));
        let segments = || std::iter::once(None).chain(self.values.iter().map(Some));
        let mut cells = Vec::new();
        let own = self.period.granularity();
        for grain in GRAINS.into_iter().filter(|grain| *grain >= own) {
            let period = Period::containing(grain, self.period.start());
            for unit in units() {
                cells.extend(segments().map(|segment| CellKey {
                    unit: unit.cloned(),
                    period,
                    segment: segment.cloned(),
                }));
            }
        }
        cells
    }
}
