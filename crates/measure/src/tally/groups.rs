//! Which group each row belongs to.
//!
//! The parts of a group's key (bucket of the day, numbers of text values) are packed into one
//! integer; a dense table, or a hash table where the packed key is wide, gives the group. Strings
//! are looked at once per dictionary, not once per row, and a part that is the same for a whole
//! batch (the month, mostly: files come in order of time) is not looked at by row at all.
//!
//! Invariant: group 0 is the rows that do not count; groups from 1 are in order of first sight.
//! Absent on purpose: values. See [`super::tallies`].

use std::ops::AddAssign;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Date32Type;
use datafusion::common::HashMap;

use super::plan::{DAY, TallyPlan};
use super::words::{Filter, Text};
use crate::calendar::{DayTable, OUTSIDE};
use crate::error::MeasureError;
use crate::symbols::Symbols;

/// Bits of a packed key up to which the table of groups is dense (16 MB of `u32`).
const DENSE_BITS_MAX: u32 = 22;
/// Bits of any packed key.
const BITS_MAX: u32 = 56;
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

/// What one part of the key adds to the packed keys of a batch.
pub enum Packed<'a> {
    /// The same to every row.
    Same(u64),
    /// By row: what a table says of an entry.
    Each(Entries<'a>, &'a [u64]),
}

/// Where each row's entry in a table is.
pub enum Entries<'a> {
    /// Place of a word in its dictionary; rows that the bitmap leaves out add the last number.
    Words(&'a [i32], Option<&'a arrow::buffer::NullBuffer>, u64),
    /// Days, the first entry being of this day; others add the last number.
    Days(&'a [i32], i32, u64),
}

/// An integer that packed keys are added up in.
trait Key: Copy + AddAssign {
    fn of(packed: u64) -> Self;
    fn index(self) -> usize;
}

impl Key for u32 {
    fn of(packed: u64) -> Self {
        packed as Self
    }

    fn index(self) -> usize {
        self as usize
    }
}

impl Key for u64 {
    fn of(packed: u64) -> Self {
        packed
    }

    fn index(self) -> usize {
        self as usize
    }
}

struct Days {
    table: DayTable,
    packed: Vec<u64>,
}

enum Slots {
    Dense(Vec<u32>, Vec<u32>),
    Hashed(HashMap<u64, u32>, Vec<u64>),
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
            slots: Slots::Dense(Vec::new(), Vec::new()),
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
        let dropped = self.dropped();
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
            let unpack = Unpack::of(self.days.as_ref(), &self.texts);
            self.one = Some(slots.add(same, &mut self.count, keys, &unpack));
        } else {
            let unpack = Unpack::of(self.days.as_ref(), &self.texts);
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

    /// Added (several times at most) to the packed key of a row that does not count.
    fn dropped(&self) -> u64 {
        match self.slots {
            Slots::Dense(..) => 1 << (DENSE_BITS_MAX + 2),
            Slots::Hashed(..) => 1 << (BITS_MAX + 2),
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
        self.slots = if shift <= DENSE_BITS_MAX {
            Slots::Dense(vec![0; 1 << shift], Vec::new())
        } else {
            Slots::Hashed(HashMap::new(), Vec::new())
        };
        let dropped = self.dropped();
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
        let unpack = Unpack::of(self.days.as_ref(), &self.texts);
        for group in 1..self.count {
            let packed = unpack.pack(&self.keys[group * parts..(group + 1) * parts]);
            match &mut self.slots {
                Slots::Dense(slots, _) => slots[packed as usize] = group as u32,
                Slots::Hashed(slots, _) => {
                    slots.insert(packed, group as u32);
                }
            }
        }
    }
}

/// How wide the parts of a packed key are, first to last.
struct Unpack {
    bits: Vec<u32>,
}

impl Unpack {
    fn of(days: Option<&Days>, texts: &[Text]) -> Self {
        let days = days.map(|days| bits(days.table.starts.len()));
        Self {
            bits: days
                .into_iter()
                .chain(texts.iter().map(|text| text.bits))
                .collect(),
        }
    }

    fn pack(&self, key: &[u32]) -> u64 {
        let mut shift = 0;
        let parts = key.iter().zip(&self.bits).map(|(&number, bits)| {
            let part = u64::from(number) << shift;
            shift += bits;
            part
        });
        parts.sum()
    }

    fn unpack(&self, packed: u64, keys: &mut Vec<u32>) {
        let mut rest = packed;
        for bits in &self.bits {
            keys.push((rest & ((1 << bits) - 1)) as u32);
            rest >>= bits;
        }
    }
}

impl Slots {
    /// The group of a packed key, made if need be.
    fn add(&mut self, packed: u64, count: &mut usize, keys: &mut Vec<u32>, unpack: &Unpack) -> u32 {
        let next = *count as u32;
        let group = match self {
            Self::Dense(slots, _) => {
                let slot = &mut slots[packed as usize];
                if *slot == 0 {
                    *slot = next;
                }
                *slot
            }
            Self::Hashed(slots, _) => *slots.entry(packed).or_insert(next),
        };
        if group == next {
            unpack.unpack(packed, keys);
            *count += 1;
        }
        group
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one loop over the fields of `Groups`"
    )]
    fn place(
        &mut self,
        same: u64,
        each: &[(Entries<'_>, &[u64])],
        dropped: u64,
        groups: &mut Vec<u32>,
        count: &mut usize,
        keys: &mut Vec<u32>,
        unpack: &Unpack,
    ) {
        match self {
            Self::Dense(slots, packed) => {
                add_up(same, each, packed);
                // Known groups first, in a loop without calls; new ones are rare.
                let mut new = false;
                groups.extend(packed.iter().map(|key| {
                    let slot = slots.get(key.index()).copied();
                    new |= slot == Some(0);
                    slot.unwrap_or(0)
                }));
                if new {
                    let packed = std::mem::take(packed);
                    for (group, &key) in groups.iter_mut().zip(&packed) {
                        if *group == 0 && u64::from(key) < dropped {
                            *group = self.add(u64::from(key), count, keys, unpack);
                        }
                    }
                }
            }
            Self::Hashed(_, packed) => {
                add_up(same, each, packed);
                let packed = std::mem::take(packed);
                groups.extend(packed.iter().map(|&key| {
                    if key < dropped {
                        self.add(key, count, keys, unpack)
                    } else {
                        0
                    }
                }));
            }
        }
    }
}

/// The packed key of every row.
fn add_up<K: Key>(same: u64, each: &[(Entries<'_>, &[u64])], packed: &mut Vec<K>) {
    packed.clear();
    for (place, (entries, table)) in each.iter().enumerate() {
        // The first part writes the keys, the others add to them.
        let base = if place == 0 { same } else { 0 };
        let table: Vec<K> = table.iter().map(|&number| K::of(number + base)).collect();
        let table = table.as_slice();
        match entries {
            Entries::Words(words, None, _) => {
                write(place, packed, words, |&word| table[word as usize]);
            }
            Entries::Words(words, Some(nulls), empty) => {
                let empty = K::of(empty + base);
                let said: Vec<bool> = nulls.iter().collect();
                let words: Vec<(i32, bool)> = words.iter().copied().zip(said).collect();
                write(place, packed, &words, |&(word, said)| {
                    if said { table[word as usize] } else { empty }
                });
            }
            Entries::Days(days, first, outside) => {
                let outside = K::of(outside + base);
                write(place, packed, days, |&day| {
                    // A day before the table wraps round to far beyond its end.
                    let entry = day.wrapping_sub(*first).cast_unsigned() as usize;
                    table.get(entry).copied().unwrap_or(outside)
                });
            }
        }
    }
}

fn write<K: Key, T>(place: usize, packed: &mut Vec<K>, rows: &[T], part: impl Fn(&T) -> K) {
    if place == 0 {
        packed.extend(rows.iter().map(part));
    } else {
        for (key, row) in packed.iter_mut().zip(rows) {
            *key += part(row);
        }
    }
}

/// Bits that hold the numbers `0..values`.
pub fn bits(values: usize) -> u32 {
    values.next_power_of_two().trailing_zeros()
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
