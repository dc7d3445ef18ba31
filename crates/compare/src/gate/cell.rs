//! What a released number is of: a unit, a period, at most one value of one attribute.
//!
//! Invariant: there is no way to name two attributes at once (rule 3).

use std::collections::BTreeMap;

use evenkeel_foundation::{Granularity, Period, UnitId};

/// Lengths of periods that are released, shortest first. Each nests in the next.
pub const GRAINS: [Granularity; 4] = [
    Granularity::Month,
    Granularity::Quarter,
    Granularity::Year,
    Granularity::All,
];

/// One cell of the frozen tables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellKey {
    /// The unit with all below it; `None`: the whole organisation.
    pub unit: Option<UnitId>,
    /// One of [`GRAINS`].
    pub period: Period,
    /// (attribute, value), or everybody.
    pub segment: Option<(String, String)>,
}

/// Parent of each unit.
pub(super) type Parents = BTreeMap<UnitId, Option<UnitId>>;

/// The directions in which a cell is part of a larger one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Unit,
    Period,
    Segment,
}

impl Direction {
    pub const EVERY: [Self; 3] = [Self::Unit, Self::Period, Self::Segment];
}

impl CellKey {
    /// The next larger cell in a direction.
    pub(super) fn parent(&self, direction: Direction, parents: &Parents) -> Option<Self> {
        let mut parent = self.clone();
        match direction {
            Direction::Unit => {
                let unit = self.unit.as_ref()?;
                parent.unit = parents.get(unit).cloned().flatten();
            }
            Direction::Period => parent.period = coarser(self.period)?,
            Direction::Segment => {
                parent.segment.take()?;
            }
        }
        Some(parent)
    }

    /// Every larger cell that holds this one.
    pub(super) fn ancestors(&self, parents: &Parents) -> Vec<Self> {
        let mut found: Vec<Self> = vec![self.clone()];
        for direction in Direction::EVERY {
            let mut next = 0;
            while next < found.len() {
                if let Some(parent) = found[next].parent(direction, parents)
                    && !found.contains(&parent)
                {
                    found.push(parent);
                }
                next += 1;
            }
        }
        found.remove(0);
        found
    }
}

/// The next longer released period that holds this one.
fn coarser(period: Period) -> Option<Period> {
    let longer = match period.granularity() {
        Granularity::Day | Granularity::Week | Granularity::Month => Granularity::Quarter,
        Granularity::Quarter => Granularity::Year,
        Granularity::Year => Granularity::All,
        Granularity::All => return None,
    };
    Some(Period::containing(longer, period.start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_lies_in_every_combination_of_larger_ones() {
        let id = |text| UnitId::parse(text).unwrap();
        let parents = Parents::from([(id("team"), Some(id("chain"))), (id("chain"), None)]);
        let key = CellKey {
            unit: Some(id("team")),
            period: Period::parse("2026-02").unwrap(),
            segment: Some(("role".to_owned(), "kitchen".to_owned())),
        };
        // 3 units × 4 periods × 2 segments, less itself.
        assert_eq!(key.ancestors(&parents).len(), 23);
    }
}
