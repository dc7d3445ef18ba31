//! Where the rows of a unit count: in the unit itself or in its ancestor at a level.
//!
//! Rows are grouped by the unit they were stored with; only the groups, a few thousand, are looked
//! up in the tree. Where a unit changed its parent inside a period, the period's bucket is cut on
//! that day ([`Placement::breaks`]), so that no group spans two parents.
//!
//! Invariant: a unit has one place in a bucket. A row of a unit that closed or had not opened yet
//! still counts with it.
//! Absent on purpose: unknown units at a level. They have no ancestors and are counted as unplaced.

use std::collections::{BTreeSet, HashMap};

use evenkeel_foundation::{LevelId, UnitId, UnitTree};
use jiff::civil::Date;

use crate::calendar::day_of;
use crate::error::MeasureError;
use crate::history::History;
use crate::question::Window;

/// Places of units, remembered.
pub struct Placement<'a> {
    trees: &'a [(Date, UnitTree)],
    /// Units are told apart, at this level.
    unit: Option<Option<&'a LevelId>>,
    under: Option<&'a UnitId>,
    known: HashMap<(usize, String), Known>,
}

/// What the trees say about a unit.
#[derive(Debug, Clone, PartialEq)]
enum Known {
    /// This tree does not have it.
    Absent,
    Outside,
    Unplaced,
    /// In itself, or in an ancestor that exists between these days.
    At(UnitId, Option<(Option<Date>, Option<Date>)>),
}

/// Where rows count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In this cell.
    In(Option<UnitId>),
    /// Not in the part of the tree that was asked for.
    Outside,
    /// The unit has no ancestor at the level.
    Unplaced,
}

impl<'a> Placement<'a> {
    /// For the units of a window. Errors: the unit or level does not exist.
    pub fn new(history: &'a History, window: &'a Window) -> Result<Self, MeasureError> {
        let trees = history.trees();
        let unit = window.unit();
        let under = window.under.as_ref();
        if let Some(under) = under
            && trees.iter().all(|(_, tree)| tree.unit(under).is_none())
        {
            return Err(MeasureError::Unknown {
                kind: "unit",
                id: under.to_string(),
                known: Vec::new(),
            });
        }
        if let Some(Some(level)) = unit
            && trees.iter().all(|(_, tree)| !tree.levels().contains(level))
        {
            let known: BTreeSet<String> = trees
                .iter()
                .flat_map(|(_, tree)| tree.levels().iter().map(ToString::to_string))
                .collect();
            return Err(MeasureError::Unknown {
                kind: "level",
                id: level.to_string(),
                known: known.into_iter().collect(),
            });
        }
        Ok(Self {
            trees,
            unit,
            under,
            known: HashMap::new(),
        })
    }

    /// Whether rows have to be told apart by unit at all.
    pub fn needs_unit(&self) -> bool {
        self.unit.is_some() || self.under.is_some()
    }

    /// All units that were ever below the one asked for; `None` when every unit counts.
    pub fn units_ever(&self) -> Option<BTreeSet<String>> {
        let under = self.under?;
        let below = self
            .trees
            .iter()
            .flat_map(|(_, tree)| tree.descendants_or_self_ever(under));
        Some(below.map(|unit| unit.to_string()).collect())
    }

    /// Days on which some unit changed its place, ascending.
    pub fn breaks(&self) -> Vec<i32> {
        if !self.needs_unit() {
            return Vec::new();
        }
        let pairs = self.trees.windows(2);
        let changed = pairs.filter(|pair| {
            let (before, after) = (&pair[0].1, &pair[1].1);
            before.units().any(|unit| {
                let now = self.look_up(after, &unit.id);
                now != Known::Absent && now != self.look_up(before, &unit.id)
            })
        });
        changed.map(|pair| day_of(pair[1].0)).collect()
    }

    /// Where rows of `unit` between two days count.
    pub fn place(&mut self, unit: &str, first: Date, last: Date) -> Place {
        if !self.needs_unit() {
            return Place::In(None);
        }
        let after = self.trees.partition_point(|(from, _)| *from <= first);
        let tree = after.saturating_sub(1);
        let key = (tree, unit.to_owned());
        let known = if let Some(known) = self.known.get(&key) {
            known
        } else {
            let found = UnitId::parse(unit).map_or(Known::Absent, |id| self.find(tree, &id));
            self.known.entry(key).or_insert(found)
        };
        match known {
            Known::Absent if self.under.is_none() => Place::Unplaced,
            Known::Absent | Known::Outside => Place::Outside,
            Known::Unplaced => Place::Unplaced,
            Known::At(at, days) => {
                let exists = days.is_none_or(|(from, to)| {
                    from.is_none_or(|from| from <= last) && to.is_none_or(|to| to >= first)
                });
                match (exists, self.unit.is_some()) {
                    (false, _) => Place::Unplaced,
                    (true, false) => Place::In(None),
                    (true, true) => Place::In(Some(at.clone())),
                }
            }
        }
    }

    /// What the tree in force says, or the nearest one that has the unit.
    fn find(&self, tree: usize, unit: &UnitId) -> Known {
        let later = tree..self.trees.len();
        let nearest = later.chain((0..tree).rev());
        nearest
            .map(|tree| self.look_up(&self.trees[tree].1, unit))
            .find(|known| *known != Known::Absent)
            .unwrap_or(Known::Absent)
    }

    /// Whether an ancestor of `unit` is among `units`.
    pub fn is_below_any(&self, unit: &str, units: &BTreeSet<&str>) -> bool {
        let Ok(id) = UnitId::parse(unit) else {
            return false;
        };
        self.trees.last().is_some_and(|(_, tree)| {
            let ancestors = tree.ancestors_ever(&id);
            ancestors.iter().any(|a| units.contains(a.id.as_str()))
        })
    }

    fn look_up(&self, tree: &UnitTree, unit: &UnitId) -> Known {
        let itself = || Known::At(unit.clone(), None);
        let level = self.unit.flatten();
        if level.is_none() && self.under.is_none_or(|under| under == unit) {
            return itself();
        }
        let Some(own) = tree.unit(unit) else {
            return Known::Absent;
        };
        let ancestors = tree.ancestors_ever(unit);
        if let Some(under) = self.under
            && unit != under
            && !ancestors.iter().any(|ancestor| ancestor.id == *under)
        {
            return Known::Outside;
        }
        match level {
            None => itself(),
            Some(level) if own.level == *level => itself(),
            Some(level) => ancestors
                .into_iter()
                .find(|ancestor| ancestor.level == *level)
                .map_or(Known::Unplaced, |ancestor| {
                    let days = (ancestor.valid_from, ancestor.valid_to);
                    Known::At(ancestor.id.clone(), Some(days))
                }),
        }
    }
}
