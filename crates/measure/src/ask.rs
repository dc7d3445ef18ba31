//! Indicators, covariates and invitations: from the question to its cells.
//!
//! Invariant: the cells of a composite are those in which any part was answered; a part that was
//! not answered there is in it with n = 0, so that `compare` can say why there is no number.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_facts::Table;
use evenkeel_foundation::{Foundation, Indicator, IndicatorId, IndicatorKind, PartyId};
use evenkeel_stats::{CoMoments, Moments, Part, People, Statistics};

use crate::answer::Answer;
use crate::cells::{self, CellKey, Cells};
use crate::error::MeasureError;
use crate::history::History;
use crate::leaf::{Leaf, Outside};
use crate::measure::Sources;
use crate::merge::{merge, single_answers};
use crate::outside::{Chooser, figures, shape};
use crate::people::{self, Crowds};
use crate::place::Placement;
use crate::question::{Question, Subject, Window};
use crate::scan::Engine;
use crate::tally::{Count, Crowd, JointPart, Tally};

/// Composites may contain composites so deep.
const DEPTH_MAX: usize = 4;

/// A question whose names were looked up.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// One leaf.
    Leaf(Leaf),
    /// Several parts, in order.
    Composite(Vec<(IndicatorId, Asked)>),
    /// Numbers without n: averaged, not added.
    Covariate(Leaf),
}

impl Asked {
    /// The tables that it needs.
    pub fn tables(&self) -> BTreeSet<Table> {
        let mut tables = BTreeSet::from([Table::Aggregates]);
        self.add_tables(&mut tables);
        tables
    }

    fn add_tables(&self, tables: &mut BTreeSet<Table>) {
        match self {
            Self::Leaf(leaf) | Self::Covariate(leaf) => tables.extend(leaf.table.clone()),
            Self::Composite(parts) => parts.iter().for_each(|(_, part)| part.add_tables(tables)),
        }
    }
}

/// Looks up what a question names.
pub fn resolve(
    foundation: &Foundation,
    history: &History,
    question: &Question,
) -> Result<Asked, MeasureError> {
    match &question.subject {
        Subject::Indicator(id) => {
            let indicator = find(foundation, id)?;
            resolve_indicator(foundation, history, indicator, 0)
        }
        Subject::Covariate(id) => {
            foundation
                .covariate(id)
                .ok_or_else(|| MeasureError::Unknown {
                    kind: "covariate",
                    id: id.to_string(),
                    known: foundation
                        .covariates
                        .keys()
                        .map(ToString::to_string)
                        .collect(),
                })?;
            let outside = Outside::about("covariate", id.as_str());
            Ok(Asked::Covariate(Leaf::only_outside(outside)))
        }
        Subject::Invitations(party) => Ok(Asked::Leaf(Leaf::only_outside(Outside {
            subjects: instruments_of(foundation, party)?,
            ..Outside::about("invitations", party.as_str())
        }))),
    }
}

fn find<'a>(foundation: &'a Foundation, id: &IndicatorId) -> Result<&'a Indicator, MeasureError> {
    foundation
        .indicator(id)
        .ok_or_else(|| MeasureError::Unknown {
            kind: "indicator",
            id: id.to_string(),
            known: foundation
                .indicators
                .keys()
                .map(ToString::to_string)
                .collect(),
        })
}

fn resolve_indicator(
    foundation: &Foundation,
    history: &History,
    indicator: &Indicator,
    depth: usize,
) -> Result<Asked, MeasureError> {
    let IndicatorKind::Composite { of } = &indicator.kind else {
        return Leaf::of(foundation, history, indicator).map(Asked::Leaf);
    };
    if depth >= DEPTH_MAX {
        return Err(MeasureError::Nested {
            indicator: indicator.id.to_string(),
            allowed: DEPTH_MAX,
        });
    }
    let parts = of.iter().map(|id| {
        let part = find(foundation, id)?;
        let asked = resolve_indicator(foundation, history, part, depth + 1)?;
        Ok((id.clone(), asked))
    });
    Ok(Asked::Composite(
        parts.collect::<Result<_, MeasureError>>()?,
    ))
}

fn instruments_of(
    foundation: &Foundation,
    party: &PartyId,
) -> Result<BTreeSet<String>, MeasureError> {
    foundation
        .party(party)
        .ok_or_else(|| MeasureError::Unknown {
            kind: "party",
            id: party.to_string(),
            known: foundation.parties.keys().map(ToString::to_string).collect(),
        })?;
    let of_party = foundation
        .instruments
        .values()
        .filter(|i| i.party == *party);
    Ok(of_party
        .map(|instrument| instrument.id.to_string())
        .collect())
}

/// What is the same for all parts of one answer.
struct Run<'a> {
    engine: &'a Engine,
    sources: &'a Sources,
    history: &'a History,
    window: &'a Window,
    weighted: bool,
}

/// Cells in the making, and what was left out of them.
#[derive(Default)]
struct Counted {
    cells: Cells,
    /// Where rows say who answered.
    crowds: Crowds,
    /// Of composites.
    people: BTreeMap<CellKey, People>,
    missing: u64,
    unplaced: u64,
    unusable: u64,
}

/// Runs a question.
pub async fn run(
    engine: &Engine,
    sources: &Sources,
    history: &History,
    window: &Window,
    weighted: bool,
    asked: &Asked,
) -> Result<Answer, MeasureError> {
    let run = Run {
        engine,
        sources,
        history,
        window,
        weighted,
    };
    let mut counted = run.count(asked).await?;
    let people = counted.people();
    Ok(Answer {
        snapshot: sources.label(),
        missing: counted.missing,
        unplaced: counted.unplaced,
        unusable: counted.unusable,
        ..cells::answer(counted.cells, &people, window)
    })
}

impl Run<'_> {
    fn count<'b>(
        &'b self,
        asked: &'b Asked,
    ) -> futures::future::BoxFuture<'b, Result<Counted, MeasureError>> {
        Box::pin(async move {
            match asked {
                Asked::Leaf(leaf) => {
                    let mut counted = self.rows(&[leaf], None).await?.leaves;
                    let mut counted = counted.pop().unwrap_or_default();
                    self.add_outside(leaf, &mut counted).await?;
                    Ok(counted)
                }
                Asked::Covariate(leaf) => self.covariate(leaf).await,
                Asked::Composite(parts) => self.composite(parts).await,
            }
        })
    }

    /// Counts the rows of several leaves of one table in one scan.
    async fn rows(
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
        let placed = cells::place_groups(&merged, &plan, self.window, &mut placement, symbols);
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

    /// Adds the figures from outside about a leaf; the cells that have some.
    async fn add_outside(
        &self,
        leaf: &Leaf,
        counted: &mut Counted,
    ) -> Result<BTreeSet<CellKey>, MeasureError> {
        let chosen = self.outside(leaf).await?;
        counted.unusable += chosen.unusable;
        counted.unplaced += chosen.unplaced;
        let mut touched = BTreeSet::new();
        for (key, figures) in chosen.cells {
            for figure in figures {
                match shape(leaf, &figure) {
                    Some(statistics) => {
                        if let Some(crowd) = counted.crowds.get_mut(&key) {
                            crowd.add_alone(&single_answers(leaf, &statistics));
                        }
                        touched.insert(key.clone());
                        counted.add(leaf, &key, statistics);
                    }
                    None => counted.unusable += 1,
                }
            }
        }
        Ok(touched)
    }

    async fn outside(&self, leaf: &Leaf) -> Result<crate::outside::Chosen, MeasureError> {
        let Some(source) = self.sources.get(&Table::Aggregates) else {
            return Ok(crate::outside::Chosen::default());
        };
        let figures = figures(self.engine, source, &leaf.outside).await?;
        let mut placement = Placement::new(self.history, self.window)?;
        let chooser = Chooser {
            window: self.window,
        };
        Ok(chooser.choose(figures, &mut placement))
    }

    /// The mean of the numbers in each cell, by weight where all have one.
    async fn covariate(&self, leaf: &Leaf) -> Result<Counted, MeasureError> {
        let chosen = self.outside(leaf).await?;
        let mut counted = Counted {
            unusable: chosen.unusable,
            unplaced: chosen.unplaced,
            ..Counted::default()
        };
        for (key, figures) in chosen.cells {
            let rows = figures.iter().filter_map(|figure| figure.rows.first());
            let values: Vec<(f64, Option<f64>)> = rows
                .filter_map(|row| Some((row.value?, row.weight)))
                .collect();
            counted.unusable += (figures.len() - values.len()) as u64;
            if let Some(statistics) = average(&values) {
                counted.cells.insert(key, statistics);
            }
        }
        Ok(counted)
    }

    async fn composite(&self, parts: &[(IndicatorId, Asked)]) -> Result<Counted, MeasureError> {
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

/// The counted rows of several leaves.
struct Scanned {
    leaves: Vec<Counted>,
    joint: BTreeMap<CellKey, CoMoments>,
}

impl Counted {
    /// The people behind each cell.
    fn people(&mut self) -> BTreeMap<CellKey, People> {
        let mut people = people::people(&self.cells, &mut self.crowds);
        people.append(&mut self.people);
        people
    }

    fn add(&mut self, leaf: &Leaf, key: &CellKey, statistics: Statistics) {
        match self.cells.get_mut(key) {
            Some(into) => merge(leaf, into, statistics),
            None => {
                self.cells.insert(key.clone(), statistics);
            }
        }
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

fn average(values: &[(f64, Option<f64>)]) -> Option<Statistics> {
    let weights: Option<f64> = values.iter().map(|(_, weight)| *weight).sum();
    match weights.filter(|total| *total > 0.0) {
        Some(total) => Some(Statistics::Value {
            value: values
                .iter()
                .map(|(v, w)| v * w.unwrap_or(0.0))
                .sum::<f64>()
                / total,
            weight: Some(total),
        }),
        None if values.is_empty() => None,
        None => Some(Statistics::Value {
            value: values.iter().map(|(value, _)| value).sum::<f64>() / values.len() as f64,
            weight: None,
        }),
    }
}
