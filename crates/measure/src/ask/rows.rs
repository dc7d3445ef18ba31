//! The rows of one table, counted for one leaf or several in one scan.
//!
//! Invariant: all leaves of a scan get the same cells; a part that was not answered in a cell is
//! there with n = 0.

use std::collections::BTreeMap;

use evenkeel_facts::Table;
use evenkeel_stats::CoMoments;

use super::run::{Counted, Run};
use crate::cells::{self, CellKey};
use crate::error::MeasureError;
use crate::leaf::Leaf;
use crate::merge::merge;
use crate::place::Placement;
use crate::roll_up::place_groups;
use crate::tally::{Count, Crowd, JointPart, Tally};

/// The counted rows of several leaves.
pub struct Scanned {
    pub leaves: Vec<Counted>,
    /// Where the rows were counted together.
    pub joint: BTreeMap<CellKey, CoMoments>,
}

impl Run<'_> {
    /// Counts the rows of several leaves of one table in one scan.
    pub async fn rows(
        &self,
        leaves: &[&Leaf],
        joint: Option<Vec<JointPart>>,
    ) -> Result<Scanned, MeasureError> {
        let mut scanned = Scanned {
            leaves: leaves.iter().map(|_| Counted::default()).collect(),
            joint: BTreeMap::new(),
        };
        let Some(first) = leaves.first() else {
            return Ok(scanned);
        };
        let source = first
            .table
            .as_ref()
            .and_then(|table| self.sources.get(table));
        let Some(source) = source else {
            return Ok(scanned);
        };
        let mut placement = Placement::new(self.history, self.window)?;
        let mut plan = cells::plan_of(self.window, &placement);
        plan.only.extend(first.only.iter().cloned());
        let counts = leaves.iter().filter_map(|leaf| leaf.count(self.weighted));
        plan.counts.extend(counts);
        let first_of_people = leaves.len() + usize::from(joint.is_some());
        plan.counts
            .extend(joint.map(|parts| Count::Joint { parts }));
        // Observations are looks, not people.
        let responses = matches!(first.table, Some(Table::Responses(_)));
        if responses && self.engine.is_keyed(source).await? {
            let people = leaves.iter().filter_map(|leaf| leaf.people(self.weighted));
            plan.counts.extend(people);
        }
        let merged = self.engine.count(source, &plan).await?;
        let symbols = self.engine.symbols();
        let placed = place_groups(&merged, &plan, self.window, &mut placement, symbols);
        let of_people = merged.tallies().iter().skip(first_of_people);
        for (counted, tally) in scanned.leaves.iter_mut().zip(of_people) {
            if let Tally::People(crowds) = tally {
                let cells = placed.cells.iter().map(|(key, groups)| {
                    let mut whole = Crowd::default();
                    groups.iter().for_each(|group| whole.merge(&crowds[group]));
                    (key.clone(), whole)
                });
                counted.crowds = cells.collect();
            }
        }
        if let Some(Tally::Joint(joint)) = merged.tallies().get(leaves.len()) {
            let cells = placed.cells.iter().map(|(key, groups)| {
                let mut whole = CoMoments::new(leaves.len());
                for group in groups.iter() {
                    whole.merge(&joint.co_moments(group));
                }
                (key.clone(), whole)
            });
            scanned.joint = cells.collect();
        }
        // The last one takes the keys; there is mostly just one.
        let mut keys = std::iter::repeat_n(placed.cells, leaves.len());
        for ((leaf, counted), tally) in leaves.iter().zip(&mut scanned.leaves).zip(merged.tallies())
        {
            let cells = keys.next().into_iter().flatten().map(|(key, groups)| {
                let (mut whole, missing) = leaf.read(tally, groups.first);
                counted.missing += missing;
                for group in groups.rest {
                    let (statistics, missing) = leaf.read(tally, group);
                    counted.missing += missing;
                    merge(leaf, &mut whole, statistics);
                }
                (key, whole)
            });
            counted.cells = cells.collect();
            for &group in &placed.unplaced {
                let (statistics, missing) = leaf.read(tally, group);
                counted.unplaced += statistics.n().unwrap_or(0) + missing;
            }
        }
        Ok(scanned)
    }
}
