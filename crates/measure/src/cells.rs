//! From counted groups to the cells of an answer.
//!
//! Invariant: cells of one leaf are told apart by unit, period and segments alone; groups that roll
//! up to the same cell are merged, whatever their order.

use std::collections::{BTreeMap, HashMap};

use evenkeel_foundation::{Period, UnitId};
use evenkeel_stats::{People, Statistics};

use crate::answer::{Answer, Cell};
use crate::calendar::{Calendar, date_of};
use crate::place::{Place, Placement};
use crate::question::Window;
use crate::symbols::{NOT_SAID, Symbols};
use crate::tally::{Merged, TallyPlan};

/// Column of the unit.
pub const UNIT: &str = "unit";

/// Key of a cell: unit, period, values of the segments.
pub type CellKey = (Option<UnitId>, Option<Period>, Vec<String>);

/// Cells by key.
pub type Cells = BTreeMap<CellKey, Statistics>;

/// A group of a merged count and where it belongs.
pub struct Placed {
    /// Its cell.
    pub key: CellKey,
    /// Its number.
    pub group: usize,
}

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
            granularity: granularity.unwrap_or(evenkeel_foundation::Granularity::All),
            from: window.from.map(crate::calendar::day_of),
            to: window.to.map(crate::calendar::day_of),
            breaks,
        }),
        by: units.into_iter().chain(segments).collect(),
        only: placement
            .units_ever()
            .map(|values| crate::tally::Only {
                column: UNIT.to_owned(),
                values,
            })
            .into_iter()
            .collect(),
        counts: Vec::new(),
    }
}

/// The cell of every group; and the groups of units without a place.
/// Text columns that the plan groups by beside unit and segments become further values of the
/// segment, after those asked for.
pub fn place_groups(
    merged: &Merged,
    plan: &TallyPlan,
    window: &Window,
    placement: &mut Placement<'_>,
    symbols: &Symbols,
) -> (Vec<Placed>, Vec<usize>) {
    let tables: Vec<_> = plan.by.iter().map(|column| symbols.column(column)).collect();
    let by_unit = placement.needs_unit();
    let periods = window.granularity().is_some();
    let mut placed = Vec::with_capacity(merged.groups());
    let mut unplaced = Vec::new();
    // A bucket's days and period, and a unit's place in it, are looked up once.
    let mut buckets: HashMap<i32, Bucket> = HashMap::new();
    let mut places: HashMap<(i32, u32), Place> = HashMap::new();
    for group in 0..merged.groups() {
        let mut key = merged.key(group);
        let mut start = 0;
        if plan.calendar.is_some() {
            start = key[0].cast_signed();
            key = &key[1..];
        }
        let bucket = *buckets
            .entry(start)
            .or_insert_with(|| Bucket::of(plan.calendar.as_ref(), start));
        let mut tables = tables.iter();
        let mut unit = None;
        if by_unit {
            let number = key[0];
            key = &key[1..];
            let table = tables.next();
            let place = places.entry((start, number)).or_insert_with(|| {
                let name = table.and_then(|table| table.name(number));
                let name = name.as_deref().unwrap_or_default();
                placement.place(name, bucket.first, bucket.last)
            });
            match place {
                Place::In(at) => unit.clone_from(at),
                Place::Outside => continue,
                Place::Unplaced => {
                    unplaced.push(group);
                    continue;
                }
            }
        }
        let segment = key.iter().zip(tables).map(|(&number, table)| {
            let name = (number != NOT_SAID).then(|| table.name(number)).flatten();
            name.map_or_else(String::new, |name| name.to_string())
        });
        placed.push(Placed {
            key: (unit, periods.then_some(bucket.period), segment.collect()),
            group,
        });
    }
    (placed, unplaced)
}

#[derive(Clone, Copy)]
struct Bucket {
    first: jiff::civil::Date,
    last: jiff::civil::Date,
    period: Period,
}

impl Bucket {
    fn of(calendar: Option<&Calendar>, start: i32) -> Self {
        let all = Period::all();
        match calendar {
            Some(calendar) => Self {
                first: date_of(start),
                last: date_of(calendar.bucket_end(start)),
                period: calendar.period(start),
            },
            None => Self {
                first: all.start(),
                last: all.end(),
                period: all,
            },
        }
    }
}

/// The cells as an answer; cells that nobody answered are left out.
pub fn answer(cells: Cells, people: &BTreeMap<CellKey, People>, window: &Window) -> Answer {
    let names: Vec<String> = window.segments().into_iter().map(|(name, _)| name).collect();
    let cells = cells
        .into_iter()
        .filter(|(_, statistics)| {
            // A composite lacks a number as soon as one part does; its cell says which.
            matches!(statistics, Statistics::Parts { .. }) || statistics.n() != Some(0)
        })
        .map(|(key, statistics)| {
            let people = people.get(&key).copied();
            let (unit, period, values) = key;
            Cell {
                unit,
                period,
                segment: names.iter().cloned().zip(values).collect(),
                statistics,
                people,
            }
        });
    Answer {
        cells: cells.collect(),
        ..Answer::default()
    }
}
