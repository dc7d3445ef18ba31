//! The tree of units.
//!
//! Invariant: no unit is its own ancestor and every parent exists ([`UnitTree::new`] refuses
//! anything else), so every walk ends. Questions carry a day, because units open and close;
//! the walks named `ever` do not ask.
//!
//! Absent on purpose: a unit with two parents. What crosses the tree is an attribute or a segment.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::ids::{LevelId, UnitId};
use crate::unit::Unit;

/// Units that form no tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// Units that are their own ancestors: each the parent of the one before, the first again
    /// at the end.
    #[error("units in a circle: {}", circle(.0))]
    Cycle(Vec<UnitId>),
    /// A parent that is not there.
    #[error("unit {unit}: its parent {parent} does not exist")]
    UnknownParent {
        /// The unit.
        unit: UnitId,
        /// What it names as its parent.
        parent: UnitId,
    },
}

fn circle(units: &[UnitId]) -> String {
    let names: Vec<&str> = units.iter().map(UnitId::as_str).collect();
    names.join(" → ")
}

/// The tree (or trees: several roots are allowed) of an organisation's units.
#[derive(Debug, Clone)]
pub struct UnitTree {
    units: BTreeMap<UnitId, Unit>,
    children: BTreeMap<UnitId, Vec<UnitId>>,
    levels: Vec<LevelId>,
    time_zone: String,
}

impl UnitTree {
    /// Builds the tree.
    ///
    /// `levels` is the organisation's list, root first; `time_zone` is the zone where no unit on
    /// the way to the root names one. All errors are returned, not the first.
    pub fn new(
        units: impl IntoIterator<Item = Unit>,
        levels: impl IntoIterator<Item = LevelId>,
        time_zone: &str,
    ) -> Result<Self, Vec<TreeError>> {
        let tree = Self::unchecked(units, levels, time_zone);
        let mut errors = Vec::new();
        for unit in tree.units.values() {
            if let Some(parent) = &unit.parent
                && !tree.units.contains_key(parent)
            {
                errors.push(TreeError::UnknownParent {
                    unit: unit.id.clone(),
                    parent: parent.clone(),
                });
            }
        }
        errors.extend(tree.cycles().into_iter().map(TreeError::Cycle));
        if errors.is_empty() {
            Ok(tree)
        } else {
            Err(errors)
        }
    }

    /// Builds the tree of units that `parse` has checked already.
    pub(crate) fn unchecked(
        units: impl IntoIterator<Item = Unit>,
        levels: impl IntoIterator<Item = LevelId>,
        time_zone: &str,
    ) -> Self {
        let units: BTreeMap<UnitId, Unit> = units.into_iter().map(|u| (u.id.clone(), u)).collect();
        let mut children: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
        for unit in units.values() {
            if let Some(parent) = &unit.parent {
                let siblings = children.entry(parent.clone()).or_default();
                siblings.push(unit.id.clone());
            }
        }
        Self {
            units,
            children,
            levels: levels.into_iter().collect(),
            time_zone: time_zone.to_owned(),
        }
    }

    /// Every circle once, beginning with its smallest id, which also ends it.
    fn cycles(&self) -> Vec<Vec<UnitId>> {
        let mut settled: BTreeSet<&UnitId> = BTreeSet::new();
        let mut found = Vec::new();
        for start in self.units.keys() {
            let mut path: Vec<&UnitId> = Vec::new();
            let mut next = Some(start);
            while let Some(id) = next {
                if settled.contains(id) {
                    break;
                }
                if let Some(at) = path.iter().position(|seen| *seen == id) {
                    found.push(closed_from_smallest(&path[at..]));
                    break;
                }
                path.push(id);
                next = self.units.get(id).and_then(|unit| unit.parent.as_ref());
            }
            settled.extend(path);
        }
        found
    }

    /// The unit with this id.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.get(id)
    }

    /// Every unit, in order of id.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// The units that exist on `day`, in order of id.
    pub fn at(&self, day: Date) -> impl Iterator<Item = &Unit> {
        self.units.values().filter(move |unit| unit.exists_on(day))
    }

    /// The levels, root first.
    pub fn levels(&self) -> &[LevelId] {
        &self.levels
    }

    /// The level of units that have no children anywhere: the last one.
    pub fn leaf_level(&self) -> Option<&LevelId> {
        self.levels.last()
    }

    /// The units directly under `id` at any time, in order of id.
    pub fn children_ever(&self, id: &UnitId) -> &[UnitId] {
        self.children.get(id).map_or(&[], Vec::as_slice)
    }

    /// The way from the parent of `id` to the root, at any time.
    pub fn ancestors_ever(&self, id: &UnitId) -> Vec<&Unit> {
        let mut way: Vec<&Unit> = Vec::new();
        let mut next = self.units.get(id).and_then(|unit| unit.parent.as_ref());
        while let Some(unit) = next.and_then(|parent| self.units.get(parent)) {
            // Only units that nobody checked can close a circle; they end the walk.
            if unit.id == *id || way.iter().any(|seen| seen.id == unit.id) {
                break;
            }
            way.push(unit);
            next = unit.parent.as_ref();
        }
        way
    }

    /// The ancestors of `id` that exist on `day`, nearest first. The unit itself need not exist on
    /// that day: a late row of a closed unit still rolls up.
    pub fn ancestors(&self, id: &UnitId, day: Date) -> Vec<&Unit> {
        let mut way = self.ancestors_ever(id);
        way.retain(|unit| unit.exists_on(day));
        way
    }

    /// `id` and all below it that exist on `day`, in order of id.
    pub fn descendants_or_self(&self, id: &UnitId, day: Date) -> BTreeSet<UnitId> {
        self.descendants_or_self_between(id, day, day)
    }

    /// `id` and all below it that exist on any day from `first` to `last`, in order of id.
    pub fn descendants_or_self_between(
        &self,
        id: &UnitId,
        first: Date,
        last: Date,
    ) -> BTreeSet<UnitId> {
        let mut below = self.descendants_or_self_ever(id);
        below.retain(|id| {
            let unit = self.units.get(id);
            unit.is_some_and(|unit| unit.exists_between(first, last))
        });
        below
    }

    /// `id` and all that ever was below it, in order of id; empty when `id` is unknown.
    pub fn descendants_or_self_ever(&self, id: &UnitId) -> BTreeSet<UnitId> {
        let mut below = BTreeSet::new();
        let mut to_visit: Vec<&UnitId> = self
            .units
            .get_key_value(id)
            .map(|(k, _)| k)
            .into_iter()
            .collect();
        while let Some(id) = to_visit.pop() {
            if below.insert(id.clone()) {
                to_visit.extend(self.children_ever(id));
            }
        }
        below
    }

    /// The unit at `level` that `id` is or lies below, if that unit exists on `day`.
    pub fn ancestor_at_level(&self, id: &UnitId, level: &LevelId, day: Date) -> Option<UnitId> {
        let own = self.units.get(id)?;
        std::iter::once(own)
            .chain(self.ancestors_ever(id))
            .find(|unit| unit.level == *level)
            .filter(|unit| unit.id == *id || unit.exists_on(day))
            .map(|unit| unit.id.clone())
    }

    /// The units of `level` that exist on `day`, in order of id.
    pub fn units_at_level(&self, level: &LevelId, day: Date) -> Vec<UnitId> {
        self.units_at_level_between(level, day, day)
    }

    /// The units of `level` that exist on any day from `first` to `last`, in order of id.
    pub fn units_at_level_between(&self, level: &LevelId, first: Date, last: Date) -> Vec<UnitId> {
        self.units
            .values()
            .filter(|unit| unit.level == *level && unit.exists_between(first, last))
            .map(|unit| unit.id.clone())
            .collect()
    }

    /// IANA name of the zone of `id`: its own, its nearest ancestor's, the organisation's.
    pub fn time_zone(&self, id: &UnitId) -> &str {
        self.units
            .get(id)
            .into_iter()
            .chain(self.ancestors_ever(id))
            .find_map(|unit| unit.time_zone.as_deref())
            .unwrap_or(&self.time_zone)
    }
}

/// A circle written from its smallest id back to it.
fn closed_from_smallest(circle: &[&UnitId]) -> Vec<UnitId> {
    let smallest = (0..circle.len()).min_by_key(|i| circle[*i]).unwrap_or(0);
    let around = circle[smallest..].iter().chain(&circle[..=smallest]);
    around.map(|id| (*id).clone()).collect()
}
