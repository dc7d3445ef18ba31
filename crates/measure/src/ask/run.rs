//! From what is asked to its cells.
//!
//! Invariant: rows and figures from outside about one subject end in the same cells.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_facts::Table;
use evenkeel_stats::{People, Statistics};

use super::Asked;
use crate::answer::Answer;
use crate::cells::{self, CellKey, Cells};
use crate::error::MeasureError;
use crate::history::History;
use crate::leaf::Leaf;
use crate::measure::Sources;
use crate::merge::{merge, single_answers};
use crate::outside::{Chooser, Chosen, figures, shape};
use crate::people::{self, Crowds};
use crate::place::Placement;
use crate::question::Window;
use crate::scan::Engine;

/// What is the same for all parts of one answer.
pub struct Run<'a> {
    pub engine: &'a Engine,
    pub sources: &'a Sources,
    pub history: &'a History,
    pub window: &'a Window,
    pub weighted: bool,
}

/// Cells in the making, and what was left out of them.
#[derive(Default)]
pub struct Counted {
    /// The statistics.
    pub cells: Cells,
    /// Where rows say who answered.
    pub crowds: Crowds,
    /// Of composites.
    pub people: BTreeMap<CellKey, People>,
    pub missing: u64,
    pub unplaced: u64,
    pub unusable: u64,
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
    pub fn count<'b>(
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

    /// Adds the figures from outside about a leaf; the cells that have some.
    pub async fn add_outside(
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

    async fn outside(&self, leaf: &Leaf) -> Result<Chosen, MeasureError> {
        let Some(source) = self.sources.get(&Table::Aggregates) else {
            return Ok(Chosen::default());
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
}

impl Counted {
    /// The people behind each cell.
    pub fn people(&mut self) -> BTreeMap<CellKey, People> {
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
