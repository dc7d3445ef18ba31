//! Items by unit: what agreement within units and differences between them are computed from.
//!
//! Invariant: each item counts over all who answered it; a scale over those who answered all of
//! its items.
//! Absent on purpose: a unit nobody answered in.

use std::collections::BTreeSet;

use evenkeel_foundation::{Foundation, InstrumentId, ItemId, LevelId, UnitId};
use evenkeel_stats::{CoMoments, Moments};

use crate::cells;
use crate::error::MeasureError;
use crate::history::History;
use crate::items::{ITEMS_MAX, instrument, item};
use crate::measure::Measure;
use crate::place::Placement;
use crate::question::{By, Window};
use crate::tally::{Count, Tally};
use crate::variables::{Variable, Variables, part};

/// Items and scales by unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemsByUnit {
    /// In order of id.
    pub units: Vec<UnitItems>,
    /// Tables and versions.
    pub snapshot: String,
}

/// One unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitItems {
    /// The unit.
    pub unit: UnitId,
    /// Answers to each item, in the order asked for.
    pub items: Vec<Moments>,
    /// Products of the items of each scale, in the order asked for.
    pub scales: Vec<CoMoments>,
}

impl Measure {
    /// Moments of items, and products within scales, by unit at a level (units as stored where
    /// there is none).
    pub async fn items_by_unit(
        &self,
        foundation: &Foundation,
        id: &InstrumentId,
        items: &[ItemId],
        scales: &[Vec<ItemId>],
        level: Option<LevelId>,
        window: &Window,
    ) -> Result<ItemsByUnit, MeasureError> {
        if items.len() > ITEMS_MAX || scales.iter().any(|scale| scale.len() > ITEMS_MAX) {
            return Err(MeasureError::WrongQuestion {
                found: format!("{} items by unit", items.len()),
                allowed: format!("up to {ITEMS_MAX}"),
            });
        }
        let of = instrument(foundation, id)?;
        let window = Window {
            by: vec![By::Unit(level)],
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
        let history = History::of(foundation);
        let mut placement = Placement::new(&history, &window)?;
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
        let placed = cells::place_groups(&merged, &plan, &window, &mut placement, symbols);
        for ((unit, ..), groups) in placed.cells {
            let Some(unit) = unit else { continue };
            let products = merged.tallies().iter().map(|tally| {
                let mut whole: Option<CoMoments> = None;
                if let Tally::Joint(joint) = tally {
                    for &group in &groups {
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
            let mut products: Vec<CoMoments> = products.collect();
            let scales = products.split_off(items.len());
            let items: Vec<Moments> = products.iter().map(moments).collect();
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
}

/// The first column alone.
fn moments(of: &CoMoments) -> Moments {
    let mean = of.means().first().copied().unwrap_or(0.0);
    if of.n() == 0 {
        return Moments::default();
    }
    Moments::from_parts(of.n(), mean, of.product(0, 0))
}
