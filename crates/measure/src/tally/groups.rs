//! Which group each row belongs to.
//!
//! The parts of a group's key (bucket of the day, numbers of text values) are packed into one
//! integer; a table ([`super::slots`]) gives the group. Strings are looked at once per dictionary,
//! not once per row, and a part that is the same for a whole batch (the month, mostly: files come
//! in order of time) is not looked at by row at all.
//!
//! Invariant: group 0 is the rows that do not count; groups from 1 are in order of first sight.
//! Absent on purpose: values. See [`super::counter`].

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Date32Type;

use super::packed::{Entries, Packed};
use super::plan::{DAY, TallyPlan};
use super::slots::{BITS_MAX, Slots, Unpack, bits};
use super::words::{Filter, Text};
use crate::calendar::{DayTable, OUTSIDE};
use crate::error::MeasureError;
use crate::symbols::Symbols;

/// Groups of one partial result.
const GROUPS_MAX: usize = 8_000_000;

/// Gives rows their groups, batch by batch.
pub struct Groups {
    days: Option<Days>,
    texts: Vec<Text>,
    filters: Vec<Filter>,
    slots: Slots,
    bits: u32,
    keys: Vec<u32>,
    count: usize,
    groups: Vec<u32>,
    one: Option<u32>,
}

/// The groups of one batch.
pub enum Assigned<'a> {
    /// Every row counts in this one group.
    One(u32),
    /// Group by row; 0 does not count.
    Each(&'a [u32]),
}

impl Assigned<'_> {
    /// Group of a row.
    pub fn group(&self, row: usize) -> u32 {
        match self {
            Self::One(group) => *group,
            Self::Each(groups) => groups[row],
        }
    }
}

struct Days {
    table: DayTable,
    packed: Vec<u64>,
}

impl Groups {
    /// For the rows of one file; `days` has to hold all days of the file that count.
    pub fn new(plan: &TallyPlan, days: Option<DayTable>, symbols: &Symbols) -> Self {
        let mut groups = Self {
            days: days.map(|table| Days {
                table,
                packed: Vec::new(),
            }),
            texts: plan
                .by
                .iter()
                .map(|column| Text::new(column, symbols.column(column)))
                .collect(),
            filters: plan.only.iter().map(Filter::new).collect(),
            slots: Slots::of(0),
            bits: 0,
            keys: Vec::new(),
            count: 1,
            groups: Vec::new(),
            one: None,
        };
        groups.keys = vec![0; groups.parts()];
        groups.fit();
        groups
    }

    /// Parts of a key.
    pub fn parts(&self) -> usize {
        usize::from(self.days.is_some()) + self.texts.len()
    }

    /// Groups so far, group 0 included.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Groups at the end, group 0 included. A plan without a key has group 1 even if no row came.
    pub fn settle(&mut self) -> usize {
        if self.parts() == 0 {
            self.count = 2;
        }
        self.count
    }

    /// Keys of all groups, group 0 included, [`Groups::parts`] numbers each: the first day of the
    /// bucket (as `i32` bits) when there is a calendar, then a number per text column.
    pub fn keys(&self) -> Vec<u32> {
        let mut keys = self.keys.clone();
        if let Some(days) = &self.days {
            for key in keys.chunks_exact_mut(self.texts.len() + 1).skip(1) {
                key[0] = days.table.starts[key[0] as usize].cast_unsigned();
            }
        }
        keys
    }

    /// Finds the groups of the rows of a batch; [`Groups::assigned`] has them then.
    pub fn assign(&mut self, batch: &RecordBatch) -> Result<(), MeasureError> {
        let mut grown = false;
        for text in &mut self.texts {
            grown |= text.learn(batch)?;
        }
        if grown {
            self.fit();
        }
        if self.bits > BITS_MAX {
            return Err(MeasureError::TooManyGroups {
                allowed: GROUPS_MAX,
            });
        }
        let dropped = self.slots.dropped();
        for filter in &mut self.filters {
            filter.learn(batch, dropped);
        }
        let mut same = 0;
        let mut each = Vec::new();
        let days = self.days.as_ref().map(|days| days.pack(batch, dropped));
        let texts = self.texts.iter().map(|text| text.pack(batch));
        let filters = self
            .filters
            .iter()
            .map(|filter| filter.pack(batch, dropped));
        for packed in days.into_iter().chain(texts).chain(filters) {
            match packed {
                Packed::Same(number) => same += number,
                Packed::Each(entries, table) => each.push((entries, table)),
            }
        }
        self.one = None;
        self.groups.clear();
        if same >= dropped {
            self.one = Some(0);
        } else if each.is_empty() {
            let (slots, keys) = (&mut self.slots, &mut self.keys);
            let unpack = unpack(self.days.as_ref(), &self.texts);
            self.one = Some(slots.add(same, &mut self.count, keys, &unpack));
        } else {
            let unpack = unpack(self.days.as_ref(), &self.texts);
            let (keys, count) = (&mut self.keys, &mut self.count);
            self.slots
                .place(same, &each, dropped, &mut self.groups, count, keys, &unpack);
        }
        if self.count > GROUPS_MAX {
            return Err(MeasureError::TooManyGroups {
                allowed: GROUPS_MAX,
            });
        }
        Ok(())
    }

    /// The groups of the rows of the batch last seen.
    pub fn assigned(&self) -> Assigned<'_> {
        match self.one {
            Some(group) => Assigned::One(group),
            None => Assigned::Each(&self.groups),
        }
    }

    /// Makes room in the packed key for the numbers that exist now.
    fn fit(&mut self) {
        let mut shift = self
            .days
            .as_ref()
            .map_or(0, |days| bits(days.table.starts.len()));
        for text in &mut self.texts {
            shift += text.fit(shift);
        }
        self.bits = shift;
        self.slots = Slots::of(shift);
        let dropped = self.slots.dropped();
        if let Some(days) = &mut self.days {
            let packed = days.table.places.iter().map(|&place| match place {
                OUTSIDE => dropped,
                place => u64::from(place),
            });
            days.packed = packed.collect();
        }
        for filter in &mut self.filters {
            filter.forget();
        }
        let parts = self.parts();
        let unpack = unpack(self.days.as_ref(), &self.texts);
        for group in 1..self.count {
            let packed = unpack.pack(&self.keys[group * parts..(group + 1) * parts]);
            self.slots.set(packed, group as u32);
        }
    }
}

/// How wide the parts of a packed key are.
fn unpack(days: Option<&Days>, texts: &[Text]) -> Unpack {
    let days = days.map(|days| bits(days.table.starts.len()));
    let texts = texts.iter().map(|text| text.bits);
    Unpack::of(days.into_iter().chain(texts).collect())
}

impl Days {
    fn pack<'a>(&'a self, batch: &'a RecordBatch, dropped: u64) -> Packed<'a> {
        let Some(days) = batch
            .column_by_name(DAY)
            .and_then(|days| days.as_primitive_opt::<Date32Type>())
        else {
            return Packed::Same(dropped);
        };
        let days: &[i32] = days.values();
        let (first, last) = days.iter().fold((i32::MAX, i32::MIN), |(a, b), &day| {
            (a.min(day), b.max(day))
        });
        let (place, of_last) = (self.table.place(first), self.table.place(last));
        if place == of_last && (place != OUTSIDE || first == last) {
            return Packed::Same(match place {
                OUTSIDE => dropped,
                place => u64::from(place),
            });
        }
        Packed::Each(Entries::Days(days, self.table.base, dropped), &self.packed)
    }
}
