//! From a window to the plan of a count, and from cells to an answer.
//!
//! Invariant: cells are in order of unit, period, segment; what nobody answered is no cell.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::common::HashMap;
use evenkeel_foundation::{Granularity, Period, UnitId};
use evenkeel_stats::{People, Statistics};

use crate::answer::{Answer, Cell, Segment};
use crate::calendar::{Calendar, day_of};
use crate::place::Placement;
use crate::question::Window;
use crate::tally::{Only, TallyPlan};

/// Column of the unit.
pub const UNIT: &str = "unit";

/// Key of a cell: unit, period, values of the segments.
pub type CellKey = (Option<UnitId>, Option<Period>, Values);

/// Values of the segments asked for, in order; cells that have the same ones share them.
pub type Values = Arc<[String]>;

/// Cells by key.
pub type Cells = BTreeMap<CellKey, Statistics>;

/// The plan of a window over one table, without what is counted.
pub fn plan_of(window: &Window, placement: &Placement<'_>) -> TallyPlan {
    let breaks = placement.breaks();
    let dated = window.granularity().is_some()
        || window.from.is_some()
        || window.to.is_some()
        || !breaks.is_empty();
    let granularity = window.granularity();
    let units = placement.needs_unit().then(|| UNIT.to_owned());
    let segments = window.segments().into_iter().map(|(_, column)| column);
    TallyPlan {
        calendar: dated.then(|| Calendar {
            granularity: granularity.unwrap_or(Granularity::All),
            from: window.from.map(day_of),
            to: window.to.map(day_of),
            breaks,
        }),
        by: units.into_iter().chain(segments).collect(),
        only: placement
            .units_ever()
            .map(|values| Only {
                column: UNIT.to_owned(),
                values,
            })
            .into_iter()
            .collect(),
        counts: Vec::new(),
    }
}

/// The cells as an answer; cells that nobody answered are left out.
pub fn answer(cells: Cells, people: &BTreeMap<CellKey, People>, window: &Window) -> Answer {
    let names: Vec<String> = window
        .segments()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let mut segments: HashMap<Values, Segment> = HashMap::new();
    let cells = cells
        .into_iter()
        .filter(|(_, statistics)| {
            // A composite lacks a number as soon as one part does; its cell says which.
            matches!(statistics, Statistics::Parts { .. }) || statistics.n() != Some(0)
        })
        .map(|(key, statistics)| {
            let people = people.get(&key).copied();
            let (unit, period, values) = key;
            let segment = segments
                .entry(values)
                .or_insert_with_key(|values| named(&names, values));
            Cell {
                unit,
                period,
                segment: Arc::clone(segment),
                statistics,
                people,
            }
        });
    Answer {
        cells: cells.collect(),
        ..Answer::default()
    }
}

/// Values with the names of the segments asked for.
pub fn named(names: &[String], values: &[String]) -> Segment {
    names.iter().cloned().zip(values.iter().cloned()).collect()
}
