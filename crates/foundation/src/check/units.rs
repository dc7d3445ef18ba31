//! Rules for the tree of units.

use std::collections::BTreeMap;

use super::{Checks, LEVEL};
use crate::ids::LevelId;
use crate::object::ObjectKind;
use crate::tree::{TreeError, UnitTree};
use crate::unit::Unit;

impl Checks<'_> {
    pub(super) fn units(&mut self) {
        let foundation = self.foundation;
        let levels = &foundation.organisation.levels;
        let depth: BTreeMap<&LevelId, usize> = levels
            .iter()
            .enumerate()
            .map(|(depth, level)| (&level.id, depth))
            .collect();
        for unit in foundation.units.values() {
            self.unit(unit);
            let parent = unit.parent.as_ref().and_then(|id| foundation.unit(id));
            if let Some(parent) = parent {
                self.below(unit, parent, &depth);
            }
        }
        let tree = UnitTree::new(foundation.units.values().cloned(), [], "");
        for error in tree.err().into_iter().flatten() {
            // Unknown parents are reported with a suggestion above.
            if let TreeError::Cycle(around) = &error {
                let first = around.first().map_or("", |id| id.as_str());
                let key = format!("unit.{first}.parent");
                self.wrong(&key, &error.to_string(), "", "a tree: no unit above itself");
            }
        }
    }

    fn unit(&mut self, unit: &Unit) {
        let key = format!("unit.{}", unit.id);
        self.text(&format!("{key}.title"), &unit.title);
        self.refers_to(&format!("{key}.level"), LEVEL, unit.level.as_str());
        if let Some(parent) = &unit.parent {
            let key = format!("{key}.parent");
            self.refers(&key, ObjectKind::Unit, parent.as_str());
        }
        if let Some(zone) = &unit.time_zone {
            self.time_zone(&format!("{key}.time_zone"), zone);
        }
        if let (Some(from), Some(to)) = (unit.valid_from, unit.valid_to)
            && to < from
        {
            let message = "the last day is before the first";
            let allowed = format!("{from} or later");
            self.wrong(
                &format!("{key}.valid_to"),
                message,
                &to.to_string(),
                &allowed,
            );
        }
    }

    /// A unit lies on a deeper level than its parent and exists only while that does.
    fn below(&mut self, unit: &Unit, parent: &Unit, depth: &BTreeMap<&LevelId, usize>) {
        let key = format!("unit.{}", unit.id);
        let depths = depth.get(&unit.level).zip(depth.get(&parent.level));
        if let Some((own, above)) = depths
            && own <= above
        {
            let message = format!(
                "a {} cannot lie below the {} `{}`",
                unit.level, parent.level, parent.id
            );
            let names: Vec<&str> = depth_names(depth);
            let allowed = format!("levels in this order: {}", names.join(" → "));
            self.wrong(
                &format!("{key}.level"),
                &message,
                unit.level.as_str(),
                &allowed,
            );
        }
        let opens_before = parent
            .valid_from
            .is_some_and(|from| unit.valid_from.is_none_or(|own| own < from));
        let closes_after = parent
            .valid_to
            .is_some_and(|to| unit.valid_to.is_none_or(|own| own > to));
        let span = span(parent);
        if opens_before {
            let message = format!("exists before its parent `{}` does", parent.id);
            let found = unit
                .valid_from
                .map_or("no day".to_owned(), |d| d.to_string());
            self.wrong(&format!("{key}.valid_from"), &message, &found, &span);
        }
        if closes_after {
            let message = format!("still exists when its parent `{}` does not", parent.id);
            let found = unit.valid_to.map_or("no day".to_owned(), |d| d.to_string());
            self.wrong(&format!("{key}.valid_to"), &message, &found, &span);
        }
    }
}

/// The levels, root first.
fn depth_names<'l>(depth: &BTreeMap<&'l LevelId, usize>) -> Vec<&'l str> {
    let mut levels: Vec<_> = depth.iter().collect();
    levels.sort_by_key(|(_, depth)| **depth);
    levels
        .into_iter()
        .map(|(level, _)| level.as_str())
        .collect()
}

/// The days of a unit, for messages.
fn span(unit: &Unit) -> String {
    match (unit.valid_from, unit.valid_to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("{from} or later"),
        (None, Some(to)) => format!("{to} or earlier"),
        (None, None) => String::new(),
    }
}
