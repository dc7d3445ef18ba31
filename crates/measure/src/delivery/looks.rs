//! Looks by standard and by whatever a window tells apart.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use evenkeel_facts::Table;
use evenkeel_foundation::{Foundation, Period, StandardId, UnitId};
use evenkeel_stats::{Looks, Moments, Statistics};

use super::rounds;
use super::{CHOSEN, KEPT, STANDARD, VALUE, VERSION};
use crate::cells;
use crate::error::MeasureError;
use crate::history::History;
use crate::leaf::Leaf;
use crate::measure::{Measure, Sources};
use crate::outside::{Chooser, figures, shape};
use crate::place::Placement;
use crate::question::Window;
use crate::roll_up::place_groups;
use crate::scan::Source;
use crate::tally::{Coding, Count, EXTRA_CODES, Only, Tally};

/// `chosen` of figures that others published.
pub const OUTSIDE: &str = "outside";

/// Looks at some standards.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LookQuestion {
    /// Which standards; none: all that are agreed.
    pub standards: Vec<StandardId>,
    /// Which looks, and what to tell apart (units and periods).
    pub window: Window,
}

/// Looks by cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LookAnswer {
    /// In order of standard, unit, period, version, way of choosing.
    pub cells: Vec<LooksCell>,
    /// Tables and versions.
    pub snapshot: String,
    /// Looks and figures of units without a place at the level that was asked for.
    pub unplaced: u64,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct LooksCell {
    /// The standard.
    pub standard: StandardId,
    /// The unit, when units were asked for.
    pub unit: Option<UnitId>,
    /// The period, when periods were asked for.
    pub period: Option<Period>,
    /// The version that they were judged by; `None` for figures of others.
    pub version: Option<i64>,
    /// `census`, `random`, `convenience` or [`OUTSIDE`].
    pub chosen: String,
    /// The looks.
    pub looks: Looks,
}

type Key = (
    StandardId,
    Option<UnitId>,
    Option<Period>,
    Option<i64>,
    String,
);

impl Measure {
    /// Counts looks, and adds what others published.
    pub async fn looks(
        &self,
        foundation: &Foundation,
        history: &History,
        question: &LookQuestion,
    ) -> Result<LookAnswer, MeasureError> {
        let window = &question.window;
        window.check()?;
        let tables = BTreeSet::from([Table::Observations, Table::Aggregates]);
        let sources = self.sources(tables).await?;
        let standards: Vec<StandardId> = if question.standards.is_empty() {
            foundation.standards.keys().cloned().collect()
        } else {
            question.standards.clone()
        };
        let mut counted = BTreeMap::new();
        let mut unplaced = self
            .counted_looks(
                &sources,
                foundation,
                history,
                (&standards, window),
                &mut counted,
            )
            .await?;
        unplaced += self
            .published(&sources, history, &standards, window, &mut counted)
            .await?;
        let cells = counted.into_iter().map(|(key, looks)| {
            let (standard, unit, period, version, chosen) = key;
            LooksCell {
                standard,
                unit,
                period,
                version,
                chosen,
                looks,
            }
        });
        Ok(LookAnswer {
            cells: cells.collect(),
            snapshot: sources.label(),
            unplaced,
        })
    }

    async fn counted_looks(
        &self,
        sources: &Sources,
        foundation: &Foundation,
        history: &History,
        (standards, window): (&[StandardId], &Window),
        into: &mut BTreeMap<Key, Looks>,
    ) -> Result<u64, MeasureError> {
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok(0);
        };
        let unplaced = self
            .count_source(source, history, standards, window, into)
            .await?;
        let several = rounds::scored_by_several(foundation);
        let asked = standards.iter().filter(|id| several.contains(*id));
        let asked: Vec<StandardId> = asked.cloned().collect();
        if !asked.is_empty() {
            // A rater's part of a thing is no look that nobody knows the outcome of.
            let source = self
                .rounds()
                .without_parts(self.engine(), source, &several)
                .await?;
            let mut apart = BTreeMap::new();
            self.count_source(&source, history, &asked, window, &mut apart)
                .await?;
            let of_several = into.iter_mut().filter(|(key, _)| several.contains(&key.0));
            for (key, looks) in of_several {
                looks.not_known = apart.get(key).map_or(0, |apart: &Looks| apart.not_known);
            }
        }
        Ok(unplaced)
    }

    async fn count_source(
        &self,
        source: &Source,
        history: &History,
        standards: &[StandardId],
        window: &Window,
        into: &mut BTreeMap<Key, Looks>,
    ) -> Result<u64, MeasureError> {
        let mut placement = Placement::new(history, window)?;
        let mut plan = cells::plan_of(window, &placement);
        plan.by
            .extend([STANDARD, VERSION, CHOSEN].map(str::to_owned));
        plan.only.push(Only {
            column: STANDARD.to_owned(),
            values: standards.iter().map(ToString::to_string).collect(),
        });
        plan.counts.push(Count::Codes {
            column: KEPT.to_owned(),
            coding: Coding::Truth,
            weight: None,
        });
        plan.counts.push(Count::Reals {
            column: VALUE.to_owned(),
            weight: None,
        });
        let merged = self.engine().count(source, &plan).await?;
        let symbols = self.engine().symbols();
        let placed = place_groups(&merged, &plan, window, &mut placement, symbols);
        let [Tally::Codes { counts, .. }, Tally::Reals { moments, .. }] = merged.tallies() else {
            return Ok(0);
        };
        let of_group = |group: usize| looks_of(counts, moments, group);
        for ((unit, period, values), groups) in placed.cells {
            // The columns that the plan groups by after unit and segments: here the last three.
            let [standard, version, chosen] = values.as_ref() else {
                continue;
            };
            let Ok(standard) = StandardId::parse(standard) else {
                continue;
            };
            let key = (standard, unit, period, version.parse().ok(), chosen.clone());
            let looks = into.entry(key).or_default();
            groups
                .iter()
                .for_each(|group| looks.merge(&of_group(group)));
        }
        Ok(placed
            .unplaced
            .into_iter()
            .map(|group| of_group(group).all())
            .sum())
    }

    /// Shares that others counted and published.
    async fn published(
        &self,
        sources: &Sources,
        history: &History,
        standards: &[StandardId],
        window: &Window,
        into: &mut BTreeMap<Key, Looks>,
    ) -> Result<u64, MeasureError> {
        let Some(source) = sources.get(&Table::Aggregates) else {
            return Ok(0);
        };
        let mut unplaced = 0;
        for standard in standards {
            let leaf = Leaf::conformance(standard);
            let figures = figures(self.engine(), source, &leaf.outside).await?;
            let mut placement = Placement::new(history, window)?;
            let chosen = Chooser { window }.choose(figures, &mut placement);
            unplaced += chosen.unplaced;
            for ((unit, period, _), figures) in chosen.cells {
                for figure in &figures {
                    let Some(Statistics::Share { hits, n }) = shape(&leaf, figure) else {
                        continue;
                    };
                    let key = (
                        standard.clone(),
                        unit.clone(),
                        period,
                        None,
                        OUTSIDE.to_owned(),
                    );
                    into.entry(key).or_default().merge(&Looks::counted(hits, n));
                }
            }
        }
        Ok(unplaced)
    }
}

/// Counts of one group: codes are deviated, kept, not known, and words that mean neither.
fn looks_of(counts: &[u64], moments: &[Moments], group: usize) -> Looks {
    let stride = (Coding::Truth.width() + EXTRA_CODES) as usize;
    let counts = &counts[group * stride..][..stride];
    Looks {
        kept: counts[1] as f64,
        n: counts[0] + counts[1],
        not_known: counts[2..].iter().sum(),
        values: moments[group],
    }
}
