//! What was agreed when: the trees of units and the limits of standards over time.
//!
//! A foundation is what is agreed now. The registry knows what was agreed before; whoever asks
//! hands that over as a [`History`], so that an answer rolls up to the parent its unit had on its
//! own day and a value is judged by the version in force on its own day.
//!
//! Invariant: trees and limits are in order of their first day; the first holds for all time before
//! it as well.

use std::collections::BTreeMap;

use evenkeel_foundation::requirement::Limits;
use evenkeel_foundation::{Foundation, Requirement, StandardId, UnitId, UnitTree};
use jiff::civil::Date;

use crate::calendar::day_of;
use crate::tally::Judge;

/// Trees and requirements by the first day on which they hold.
#[derive(Debug, Clone)]
pub struct History {
    trees: Vec<(Date, UnitTree)>,
    requirements: BTreeMap<StandardId, Vec<(Date, Requirement)>>,
}

impl History {
    /// Only what is agreed now, as if it always had been.
    pub fn of(foundation: &Foundation) -> Self {
        let requirement = |(id, standard): (&StandardId, &evenkeel_foundation::Standard)| {
            (id.clone(), vec![(Date::MIN, standard.requirement.clone())])
        };
        Self {
            trees: vec![(Date::MIN, foundation.tree())],
            requirements: foundation.standards.iter().map(requirement).collect(),
        }
    }

    /// The trees that held from these days on, each until the next one, in any order; the tree of
    /// now has to be among them.
    #[must_use]
    pub fn with_trees(mut self, mut trees: Vec<(Date, UnitTree)>) -> Self {
        trees.sort_by_key(|(from, _)| *from);
        if !trees.is_empty() {
            self.trees = trees;
        }
        self
    }

    /// The requirements that a standard had from these days on, in any order.
    #[must_use]
    pub fn with_requirements(
        mut self,
        standard: StandardId,
        mut requirements: Vec<(Date, Requirement)>,
    ) -> Self {
        requirements.sort_by_key(|(from, _)| *from);
        if !requirements.is_empty() {
            self.requirements.insert(standard, requirements);
        }
        self
    }

    /// A unit and what lay above it on a day, nearest first: the cells that its rows count in.
    pub fn path(&self, unit: &UnitId, day: Date) -> Vec<UnitId> {
        let in_force = self.trees.iter().rev().find(|(from, _)| *from <= day);
        let tree = in_force.or(self.trees.first()).map(|(_, tree)| tree);
        let above = tree.into_iter().flat_map(|tree| tree.ancestors_ever(unit));
        std::iter::once(unit.clone())
            .chain(above.map(|unit| unit.id.clone()))
            .collect()
    }

    /// Trees, oldest first.
    pub(crate) fn trees(&self) -> &[(Date, UnitTree)] {
        &self.trees
    }

    /// The limits of a standard by first day; `Err` with the kind of requirement that has none.
    pub(crate) fn limits(
        &self,
        standard: &StandardId,
    ) -> Result<Vec<(i32, Judge)>, Option<&'static str>> {
        let requirements = self.requirements.get(standard).ok_or(None)?;
        let mut limits: Vec<(i32, Judge)> = Vec::with_capacity(requirements.len());
        for (from, requirement) in requirements {
            let of_version: Limits = requirement.limits().ok_or(Some(requirement.as_str()))?;
            // A version that leaves the limits alone does not split the count.
            if limits
                .last()
                .is_none_or(|(_, Judge(last))| *last != of_version)
            {
                limits.push((day_of(*from), Judge(of_version)));
            }
        }
        Ok(limits)
    }
}
