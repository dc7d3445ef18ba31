//! Items by unit: what agreement within units and differences between them are computed from.
//!
//! Invariant: each item counts over all who answered it; a scale over those who answered all of
//! its items.
//! Absent on purpose: a unit nobody answered in.

use std::collections::BTreeSet;

use evenkeel_foundation::{Foundation, Instrument, InstrumentId, ItemId, LevelId, UnitId};
use evenkeel_stats::CoMoments;

use crate::cells;
use crate::error::MeasureError;
use crate::history::History;
use crate::items::{ITEMS_MAX, instrument, item};
use crate::measure::Measure;
use crate::place::Placement;
use crate::question::{By, Window};
use crate::roll_up::place_groups;
use crate::scan::Source;
use crate::tally::{Count, Crowd, Tally};
use crate::variables::{Variable, Variables, part};

/// Items and scales by unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemsByUnit {
    /// In order of id.
    pub units: Vec<UnitItems>,
    /// People with an answer to each item, in the order asked for.
    pub respondents: Vec<u64>,
    /// Tables and versions.
    pub snapshot: String,
}

/// One unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitItems {
    /// The unit.
    pub unit: UnitId,
    /// Answers to each item, one column each, in the order asked for.
    pub items: Vec<CoMoments>,
    /// Products of the items of each scale, in the order asked for.
    pub scales: Vec<CoMoments>,
}

/// What to count by unit.
#[derive(Debug, Clone, Copy)]
pub struct ItemSet<'a> {
    /// The instrument.
    pub instrument: &'a InstrumentId,
    /// Its items, each for itself.
    pub items: &'a [ItemId],
    /// Items that belong together.
    pub scales: &'a [Vec<ItemId>],
    /// Level of the units; as stored where there is none.
    pub level: Option<&'a LevelId>,
}

impl Measure {
    /// Moments of items, and products within scales, by unit at a level (units as stored where
    /// there is none).
    pub async fn items_by_unit(
        &self,
        foundation: &Foundation,
        history: &History,
        asked: &ItemSet<'_>,
        window: &Window,
    ) -> Result<ItemsByUnit, MeasureError> {
        let ItemSet {
            instrument: id,
            items,
            scales,
            level,
        } = *asked;
        if items.len() > ITEMS_MAX || scales.iter().any(|scale| scale.len() > ITEMS_MAX) {
            return Err(MeasureError::WrongQuestion {
                found: format!("{} items by unit", items.len()),
                allowed: format!("up to {ITEMS_MAX}"),
            });
        }
        let of = instrument(foundation, id)?;
        let window = Window {
            by: vec![By::Unit(level.cloned())],
            ..window.clone()
        };
        let table = Variables::of(foundation, id, &[] as &[Variable])?.table();
        let sources = self.sources(BTreeSet::from([table.clone()])).await?;
        let mut answer = ItemsByUnit {
            snapshot: sources.label(),
            ..ItemsByUnit::default()
        };
        let Some(source) = sources.get(&table) else {
            return Ok(answer);
        };
        let mut placement = Placement::new(history, &window)?;
        let mut plan = cells::plan_of(&window, &placement);
        let alone = items.iter().map(std::slice::from_ref);
        for together in alone.chain(scales.iter().map(Vec::as_slice)) {
            let parts = together.iter().map(|id| part(of, item(of, id)?));
            plan.counts.push(Count::Joint {
                parts: parts.collect::<Result<_, _>>()?,
            });
        }
        let merged = self.engine().count(source, &plan).await?;
        let symbols = self.engine().symbols();
        let placed = place_groups(&merged, &plan, &window, &mut placement, symbols);
        answer.respondents = self
            .respondents(source, of, items, history, &window)
            .await?;
        for ((unit, ..), groups) in placed.cells {
            let Some(unit) = unit else { continue };
            let products = merged.tallies().iter().map(|tally| {
                let mut whole: Option<CoMoments> = None;
                if let Tally::Joint(joint) = tally {
                    for group in groups.iter() {
                        let of_group = joint.co_moments(group);
                        match &mut whole {
                            Some(whole) => {
                                whole.merge(&of_group);
                            }
                            None => whole = Some(of_group),
                        }
                    }
                }
                whole.unwrap_or_else(|| CoMoments::new(1))
            });
            let mut items_of_unit: Vec<CoMoments> = products.collect();
            let scales = items_of_unit.split_off(items.len());
            let items = items_of_unit;
            if items.iter().any(|item| item.n() > 0) {
                answer.units.push(UnitItems {
                    unit,
                    items,
                    scales,
                });
            }
        }
        answer.units.sort_unstable_by(|a, b| a.unit.cmp(&b.unit));
        Ok(answer)
    }

    /// People with an answer to each item: where rows say whose they are, each person once.
    async fn respondents(
        &self,
        source: &Source,
        of: &Instrument,
        items: &[ItemId],
        history: &History,
        window: &Window,
    ) -> Result<Vec<u64>, MeasureError> {
        let whole = Window {
            by: Vec::new(),
            ..window.clone()
        };
        let mut placement = Placement::new(history, &whole)?;
        let mut plan = cells::plan_of(&whole, &placement);
        let keyed = self.engine().is_keyed(source).await?;
        for id in items {
            let part = part(of, item(of, id)?)?;
            plan.counts.push(if keyed {
                Count::People { part, weight: None }
            } else {
                Count::Joint { parts: vec![part] }
            });
        }
        let merged = self.engine().count(source, &plan).await?;
        let symbols = self.engine().symbols();
        let placed = place_groups(&merged, &plan, &whole, &mut placement, symbols);
        let groups = placed.cells.iter().flat_map(|(_, groups)| groups.iter());
        let counted = merged.tallies().iter().map(|tally| match tally {
            Tally::People(crowds) => {
                let mut all = Crowd::default();
                groups.clone().for_each(|group| all.merge(&crowds[group]));
                all.settle();
                all.respondents()
            }
            Tally::Joint(joint) => groups
                .clone()
                .map(|group| joint.co_moments(group).n())
                .sum(),
            // Only these two were asked for.
            _ => 0,
        });
        Ok(counted.collect())
    }
}
