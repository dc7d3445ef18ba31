//! The cell of every counted group.
//!
//! Invariant: cells of one leaf are told apart by unit, period and segments alone; groups that roll
//! up to the same cell are in it together, whatever their order.

use std::sync::Arc;

use datafusion::common::HashMap;
use evenkeel_foundation::{Period, UnitId};
use jiff::civil::Date;

use crate::calendar::{Calendar, date_of, day_of};
use crate::cells::{CellKey, Values};
use crate::place::{Place, Placement};
use crate::question::Window;
use crate::symbols::{SymbolTable, Symbols};
use crate::tally::{Merged, TEXTS_MAX, TallyPlan};

/// Groups of a merged count by the cell they belong to.
#[derive(Debug, Default)]
pub struct Placed {
    /// Cells in order of their keys, each with its groups.
    pub cells: Vec<(CellKey, Groups)>,
    /// Groups of units without a place.
    pub unplaced: Vec<usize>,
}

/// The groups of a cell, at least one: mostly there is no other, and nothing is allocated.
#[derive(Debug, Clone)]
pub struct Groups {
    /// The first one.
    pub first: usize,
    /// The others.
    pub rest: Vec<usize>,
}

impl Groups {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = usize> + Clone {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }
}

/// The cell of every group.
///
/// Text columns that the plan groups by beside unit and segments become further values of the
/// segment, after those asked for. Cells are told apart and put in order by small numbers, and
/// become ids and words at the end.
pub fn place_groups(
    merged: &Merged,
    plan: &TallyPlan,
    window: &Window,
    placement: &mut Placement<'_>,
    symbols: &Symbols,
) -> Placed {
    let mut columns = plan.by.iter().map(|column| Words::of(symbols, column));
    let mut units = placement.needs_unit().then(|| columns.next()).flatten();
    let mut segments: Vec<Words> = columns.collect();
    let periods = window.granularity().is_some();
    let mut buckets: HashMap<i32, Bucket> = HashMap::new();
    let mut places: HashMap<(i32, u32), Spot> = HashMap::new();
    let mut spots: Vec<Option<UnitId>> = Vec::new();
    let mut spot_of: HashMap<Option<UnitId>, u32> = HashMap::new();
    let mut known: HashMap<CellNumbers, usize> = HashMap::new();
    let mut cells: Vec<(CellNumbers, Groups)> = Vec::new();
    let mut unplaced = Vec::new();
    for group in 0..merged.groups() {
        let mut key = merged.key(group);
        let mut bucket = Bucket::whole();
        let mut start = 0;
        if let Some(calendar) = &plan.calendar {
            start = key[0].cast_signed();
            key = &key[1..];
            bucket = *buckets
                .entry(start)
                .or_insert_with(|| Bucket::of(calendar, start));
        }
        let mut numbers = CellNumbers::default();
        if let Some(units) = &mut units {
            let spot = places.entry((start, key[0])).or_insert_with(|| {
                match placement.place(units.word(key[0]), bucket.first, bucket.last) {
                    Place::Outside => Spot::Outside,
                    Place::Unplaced => Spot::Unplaced,
                    Place::In(unit) => {
                        let next = spots.len() as u32;
                        Spot::At(*spot_of.entry(unit).or_insert_with_key(|unit| {
                            spots.push(unit.clone());
                            next
                        }))
                    }
                }
            });
            key = &key[1..];
            match spot {
                Spot::Outside => continue,
                Spot::Unplaced => {
                    unplaced.push(group);
                    continue;
                }
                Spot::At(spot) => numbers.unit = *spot,
            }
        }
        numbers.period = if periods { bucket.number } else { 0 };
        numbers.segments[..key.len()].copy_from_slice(key);
        let next = cells.len();
        let cell = *known.entry(numbers).or_insert(next);
        if cell == next {
            segments.iter_mut().zip(key).for_each(|(words, &number)| {
                words.word(number);
            });
            let rest = Vec::new();
            cells.push((numbers, Groups { first: group, rest }));
        } else {
            cells[cell].1.rest.push(group);
        }
    }
    let of_units = ranks(spots.iter().enumerate().map(|(n, unit)| (unit, n as u32)));
    let of_words: Vec<_> = segments.iter().map(Words::ranks).collect();
    cells.sort_by_cached_key(|(numbers, _)| {
        let words = of_words.iter().zip(&numbers.segments);
        let mut by_words = [0; TEXTS_MAX];
        words
            .zip(&mut by_words)
            .for_each(|((ranks, number), rank)| *rank = ranks[number]);
        let unit = of_units.get(&numbers.unit).copied();
        (unit, numbers.period, by_words)
    });
    let mut values: HashMap<[u32; TEXTS_MAX], Values> = HashMap::new();
    let period_of = |first: i32| {
        let calendar = plan.calendar.as_ref();
        calendar.map_or_else(Period::all, |calendar| calendar.period(first))
    };
    let cells = cells.into_iter().map(|(numbers, groups)| {
        let unit = spots.get(numbers.unit as usize).cloned().flatten();
        let period = periods.then(|| period_of(numbers.period));
        let values = values.entry(numbers.segments).or_insert_with(|| {
            let words = segments.iter_mut().zip(numbers.segments);
            words
                .map(|(words, number)| words.word(number).to_owned())
                .collect()
        });
        ((unit, period, Arc::clone(values)), groups)
    });
    Placed {
        cells: cells.collect(),
        unplaced,
    }
}

/// The place of each number when what it stands for is in order.
fn ranks<T: Ord>(of: impl Iterator<Item = (T, u32)>) -> HashMap<u32, u32> {
    let mut sorted: Vec<(T, u32)> = of.collect();
    sorted.sort_unstable();
    sorted
        .into_iter()
        .zip(0..)
        .map(|((_, number), rank)| (number, rank))
        .collect()
}

/// A cell by the numbers of its parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct CellNumbers {
    unit: u32,
    period: i32,
    segments: [u32; TEXTS_MAX],
}

/// Where a unit's rows count.
enum Spot {
    At(u32),
    Outside,
    Unplaced,
}

/// The words of a column, looked up once each.
struct Words {
    table: Arc<SymbolTable>,
    known: HashMap<u32, Arc<str>>,
}

impl Words {
    fn of(symbols: &Symbols, column: &str) -> Self {
        Self {
            table: symbols.column(column),
            known: HashMap::new(),
        }
    }

    /// The places of all words met so far.
    fn ranks(&self) -> HashMap<u32, u32> {
        ranks(self.known.iter().map(|(&number, word)| (word, number)))
    }

    /// The word of a number; empty where nothing was said.
    fn word(&mut self, number: u32) -> &str {
        let table = &self.table;
        let name = || table.name(number).unwrap_or_else(|| Arc::from(""));
        self.known.entry(number).or_insert_with(name)
    }
}

/// The days of a bucket.
#[derive(Clone, Copy)]
struct Bucket {
    first: Date,
    last: Date,
    /// First day of the period.
    number: i32,
}

impl Bucket {
    fn of(calendar: &Calendar, start: i32) -> Self {
        Self {
            first: date_of(start),
            last: date_of(calendar.bucket_end(start)),
            number: day_of(calendar.period(start).start()),
        }
    }

    fn whole() -> Self {
        let period = Period::all();
        Self {
            first: period.start(),
            last: period.end(),
            number: 0,
        }
    }
}
