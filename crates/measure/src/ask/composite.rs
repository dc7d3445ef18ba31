//! Composites: the cells of their parts, set together.
//!
//! Invariant: the cells of a composite are those in which any part was answered; a part that was
//! not answered there is in it with n = 0, so that `compare` can say why there is no number.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_facts::Table;
use evenkeel_foundation::IndicatorId;
use evenkeel_stats::{CoMoments, Moments, Part, Statistics};

use super::Asked;
use super::run::{Counted, Run};
use crate::cells::CellKey;
use crate::error::MeasureError;
use crate::leaf::Leaf;
use crate::people;
use crate::tally::JointPart;

impl Run<'_> {
    pub async fn composite(&self, parts: &[(IndicatorId, Asked)]) -> Result<Counted, MeasureError> {
        let leaves: Vec<&Leaf> = parts
            .iter()
            .filter_map(|(_, part)| match part {
                Asked::Leaf(leaf) => Some(leaf),
                _ => None,
            })
            .collect();
        let joint: Option<Vec<JointPart>> = leaves.iter().map(|leaf| leaf.joint_part()).collect();
        // Rows answer all parts only where all are items of one instrument and one party.
        let together = leaves.len() == parts.len()
            && leaves.windows(2).all(|pair| {
                pair[0].table == pair[1].table
                    && pair[0].only == pair[1].only
                    && matches!(pair[0].table, Some(Table::Responses(_)))
            });
        let mut counted: Vec<Counted> = Vec::with_capacity(parts.len());
        let mut joint_cells = BTreeMap::new();
        if let (true, Some(joint)) = (together, joint) {
            let scanned = self.rows(&leaves, Some(joint)).await?;
            joint_cells = scanned.joint;
            for (leaf, mut of_leaf) in leaves.iter().zip(scanned.leaves) {
                for key in self.add_outside(leaf, &mut of_leaf).await? {
                    // Whose answers the figure holds is not known, so neither is the covariance.
                    joint_cells.remove(&key);
                }
                counted.push(of_leaf);
            }
        } else {
            for (_, part) in parts {
                counted.push(self.count(part).await?);
            }
        }
        Ok(compose(parts, counted, joint_cells))
    }
}

fn compose(
    parts: &[(IndicatorId, Asked)],
    mut counted: Vec<Counted>,
    mut joint: BTreeMap<CellKey, CoMoments>,
) -> Counted {
    let mut whole = Counted::default();
    let behind: Vec<_> = counted.iter_mut().map(Counted::people).collect();
    let keys: BTreeSet<CellKey> = counted
        .iter()
        .flat_map(|part| part.cells.iter())
        .filter(|(_, statistics)| statistics.n() != Some(0))
        .map(|(key, _)| key.clone())
        .collect();
    for part in &counted {
        whole.missing += part.missing;
        whole.unplaced += part.unplaced;
        whole.unusable += part.unusable;
    }
    for key in keys {
        let of_parts: Vec<people::Part<'_>> = counted
            .iter()
            .zip(&behind)
            .map(|(part, people)| people::Part {
                statistics: part.cells.get(&key),
                crowd: part.crowds.get(&key),
                people: people.get(&key).copied(),
            })
            .collect();
        if let Some(people) = people::of_composite(&of_parts) {
            whole.people.insert(key.clone(), people);
        }
        let parts = parts.iter().zip(&counted).map(|((id, _), part)| Part {
            indicator: id.to_string(),
            statistics: part
                .cells
                .get(&key)
                .cloned()
                .unwrap_or(Statistics::Moments(Moments::default())),
        });
        let statistics = Statistics::Parts {
            parts: parts.collect(),
            joint: joint.remove(&key),
        };
        whole.cells.insert(key, statistics);
    }
    whole
}
