//! Which group each row belongs to.
//!
//! The parts of a group's key (bucket of the day, numbers of text values) are packed into one
//! integer; a dense table, or a hash table where the packed key is wide, gives the group. Strings
//! are looked at once per dictionary, not once per row.
//!
//! Invariant: group 0 is the rows that do not count; groups from 1 are in order of first sight.
//! Absent on purpose: values. See [`super::tallies`].

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{Array, ArrayData, AsArray, Date32Array, DictionaryArray, RecordBatch};
use arrow::datatypes::Int32Type;
use datafusion::common::HashMap;

use super::plan::{DAY, TallyPlan};
use crate::calendar::{DayTable, OUTSIDE};
use crate::error::MeasureError;
use crate::symbols::{SymbolTable, Symbols};

/// Bits of a packed key up to which the table of groups is dense (16 MB of `u32`).
const DENSE_BITS_MAX: u32 = 22;
/// Set (several times at most) in the packed key of a row that does not count.
const DROPPED: u64 = 1 << 56;
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
    packed: Vec<u64>,
    groups: Vec<u32>,
}

/// The groups of one batch.
pub enum Assigned<'a> {
    /// Every row counts in this one group.
    One(u32),
    /// Group by row; 0 does not count.
    Each(&'a [u32]),
}

struct Days {
    table: DayTable,
    packed: Vec<u64>,
}

struct Text {
    column: String,
    symbols: Arc<SymbolTable>,
    /// Where its number stands in the packed key, and how wide it is there.
    shift: u32,
    bits: u32,
    seen: Option<ArrayData>,
    numbers: Vec<u32>,
    packed: Vec<u64>,
}

struct Filter {
    column: String,
    values: BTreeSet<String>,
    seen: Option<ArrayData>,
    packed: Vec<u64>,
}

enum Slots {
    Dense(Vec<u32>),
    Hashed(HashMap<u64, u32>),
}

impl Groups {
    /// For the rows of one file; `days` has to hold all days of the file that count.
    pub fn new(plan: &TallyPlan, days: Option<DayTable>, symbols: &Symbols) -> Self {
        let mut groups = Self {
            days: days.map(|table| {
                let packed = table
                    .places
                    .iter()
                    .map(|&place| u64::from(place))
                    .collect();
                Days { table, packed }
            }),
            texts: plan
                .by
                .iter()
                .map(|column| Text {
                    column: column.clone(),
                    symbols: symbols.column(column),
                    shift: 0,
                    bits: 0,
                    seen: None,
                    numbers: Vec::new(),
                    packed: Vec::new(),
                })
                .collect(),
            filters: plan
                .only
                .iter()
                .map(|only| Filter {
                    column: only.column.clone(),
                    values: only.values.clone(),
                    seen: None,
                    packed: Vec::new(),
                })
                .collect(),
            slots: Slots::Dense(Vec::new()),
            bits: 0,
            keys: Vec::new(),
            count: 1,
            packed: Vec::new(),
            groups: Vec::new(),
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
        if self.is_one() {
            self.count = 2;
            return Ok(());
        }
        let mut grown = false;
        for text in &mut self.texts {
            grown |= text.learn(batch)?;
        }
        if grown {
            self.fit();
        }
        if self.bits >= DROPPED.trailing_zeros() {
            return Err(MeasureError::TooManyGroups {
                allowed: GROUPS_MAX,
            });
        }
        self.packed.clear();
        self.packed.resize(batch.num_rows(), 0);
        if let Some(days) = &self.days {
            days.pack(batch, &mut self.packed);
        }
        for text in &mut self.texts {
            text.pack(batch, &mut self.packed);
        }
        for filter in &mut self.filters {
            filter.pack(batch, &mut self.packed);
        }
        self.place()
    }

    /// The groups of the rows of the batch last seen.
    pub fn assigned(&self) -> Assigned<'_> {
        if self.is_one() {
            Assigned::One(1)
        } else {
            Assigned::Each(&self.groups)
        }
    }

    /// No key and no filter: every row counts in group 1.
    fn is_one(&self) -> bool {
        self.parts() == 0 && self.filters.is_empty()
    }

    /// Groups at the end, group 0 included. A plan without a key has group 1 even if no row came.
    pub fn settle(&mut self) -> usize {
        if self.parts() == 0 {
            self.count = 2;
        }
        self.count
    }

    /// Makes room in the packed key for the numbers that exist now.
    fn fit(&mut self) {
        let mut shift = self
            .days
            .as_ref()
            .map_or(0, |days| bits(days.table.starts.len()));
        if let Some(days) = &mut self.days {
            for (packed, &place) in days.packed.iter_mut().zip(&days.table.places) {
                *packed = if place == OUTSIDE {
                    DROPPED
                } else {
                    u64::from(place)
                };
            }
        }
        for text in &mut self.texts {
            text.shift = shift;
            text.bits = bits(text.symbols.highest() as usize + 1);
            text.packed = text.shifted();
            shift += text.bits;
        }
        self.bits = shift;
        self.slots = if shift <= DENSE_BITS_MAX {
            Slots::Dense(vec![0; 1 << shift])
        } else {
            Slots::Hashed(HashMap::new())
        };
        let parts = self.parts();
        for group in 1..self.count {
            let packed = self.pack_key(&self.keys[group * parts..(group + 1) * parts]);
            match &mut self.slots {
                Slots::Dense(slots) => slots[packed as usize] = group as u32,
                Slots::Hashed(slots) => {
                    slots.insert(packed, group as u32);
                }
            }
        }
    }

    fn pack_key(&self, key: &[u32]) -> u64 {
        let mut packed = 0;
        let mut shift = 0;
        let mut rest = key;
        if let Some(days) = &self.days {
            packed = u64::from(rest[0]);
            shift = bits(days.table.starts.len());
            rest = &rest[1..];
        }
        for (text, &number) in self.texts.iter().zip(rest) {
            packed |= u64::from(number) << shift;
            shift += text.bits;
        }
        packed
    }

    fn unpack(&mut self, packed: u64) {
        let mut rest = packed;
        let mut take = |bits: u32| {
            let part = rest & ((1 << bits) - 1);
            rest >>= bits;
            part as u32
        };
        if let Some(days) = &self.days {
            self.keys.push(take(bits(days.table.starts.len())));
        }
        for text in &self.texts {
            self.keys.push(take(text.bits));
        }
    }

    fn place(&mut self) -> Result<(), MeasureError> {
        self.groups.clear();
        self.groups.reserve(self.packed.len());
        let packed = std::mem::take(&mut self.packed);
        match &mut self.slots {
            Slots::Dense(slots) => {
                // Known groups first, in a loop without calls; new ones are rare.
                let mut new = false;
                self.groups.extend(packed.iter().map(|&key| {
                    let slot = slots.get(key as usize).copied();
                    new |= slot == Some(0);
                    slot.unwrap_or(0)
                }));
                if new {
                    for (row, &key) in packed.iter().enumerate() {
                        if self.groups[row] == 0 && key < DROPPED {
                            self.groups[row] = self.add(key);
                        }
                    }
                }
            }
            Slots::Hashed(_) => {
                for &key in &packed {
                    let group = if key < DROPPED { self.add(key) } else { 0 };
                    self.groups.push(group);
                }
            }
        }
        self.packed = packed;
        if self.count > GROUPS_MAX {
            return Err(MeasureError::TooManyGroups {
                allowed: GROUPS_MAX,
            });
        }
        Ok(())
    }

    /// The group of a packed key, made if need be.
    fn add(&mut self, packed: u64) -> u32 {
        let next = self.count as u32;
        let group = match &mut self.slots {
            Slots::Dense(slots) => {
                let slot = &mut slots[packed as usize];
                if *slot == 0 {
                    *slot = next;
                }
                *slot
            }
            Slots::Hashed(slots) => *slots.entry(packed).or_insert(next),
        };
        if group == next {
            self.unpack(packed);
            self.count += 1;
        }
        group
    }
}

/// Bits that hold the numbers `0..values`.
fn bits(values: usize) -> u32 {
    values.next_power_of_two().trailing_zeros()
}

impl Days {
    fn pack(&self, batch: &RecordBatch, packed: &mut [u64]) {
        let days: &Date32Array = match batch.column_by_name(DAY) {
            Some(column) => column.as_primitive(),
            None => {
                packed.iter_mut().for_each(|key| *key += DROPPED);
                return;
            }
        };
        let base = i64::from(self.table.base);
        for (key, &day) in packed.iter_mut().zip(days.values()) {
            // A day before the table wraps round to far beyond its end.
            let entry = (i64::from(day) - base).cast_unsigned() as usize;
            *key += self.packed.get(entry).copied().unwrap_or(DROPPED);
        }
    }
}

fn words(batch: &RecordBatch, column: &str) -> Option<DictionaryArray<Int32Type>> {
    batch
        .column_by_name(column)
        .and_then(|column| column.as_dictionary_opt::<Int32Type>())
        .cloned()
}

/// Adds to each packed key what its word says; `empty` for rows without a word.
fn pack_words(words: &DictionaryArray<Int32Type>, by_word: &[u64], empty: u64, packed: &mut [u64]) {
    let keys = words.keys().values();
    match words.keys().nulls().filter(|nulls| nulls.null_count() > 0) {
        None => {
            for (key, &word) in packed.iter_mut().zip(keys) {
                *key += by_word[word as usize];
            }
        }
        Some(nulls) => {
            for ((key, &word), said) in packed.iter_mut().zip(keys).zip(nulls.iter()) {
                *key += if said { by_word[word as usize] } else { empty };
            }
        }
    }
}

impl Text {
    /// Looks up the words of the batch; whether the packed key has become too narrow.
    fn learn(&mut self, batch: &RecordBatch) -> Result<bool, MeasureError> {
        let Some(column) = words(batch, &self.column) else {
            return Ok(false);
        };
        let values = column.values().to_data();
        if self.seen.as_ref().is_some_and(|seen| seen.ptr_eq(&values)) {
            return Ok(false);
        }
        self.numbers = self.symbols.numbers(column.values().as_string())?;
        self.seen = Some(values);
        let highest = self.numbers.iter().copied().max().unwrap_or(0);
        let grown = highest >= 1 << self.bits;
        if !grown {
            self.packed = self.shifted();
        }
        Ok(grown)
    }

    fn shifted(&self) -> Vec<u64> {
        self.numbers
            .iter()
            .map(|&number| u64::from(number) << self.shift)
            .collect()
    }

    fn pack(&self, batch: &RecordBatch, packed: &mut [u64]) {
        // A column that the file does not have says nothing: number 0 adds nothing.
        if let Some(column) = words(batch, &self.column) {
            pack_words(&column, &self.packed, 0, packed);
        }
    }
}

impl Filter {
    fn pack(&mut self, batch: &RecordBatch, packed: &mut [u64]) {
        let Some(column) = words(batch, &self.column) else {
            packed.iter_mut().for_each(|key| *key += DROPPED);
            return;
        };
        let values = column.values().to_data();
        if !self.seen.as_ref().is_some_and(|seen| seen.ptr_eq(&values)) {
            self.packed = column
                .values()
                .as_string::<i32>()
                .iter()
                .map(|word| {
                    let counts = word.is_some_and(|word| self.values.contains(word));
                    if counts { 0 } else { DROPPED }
                })
                .collect();
            self.seen = Some(values);
        }
        pack_words(&column, &self.packed, DROPPED, packed);
    }
}
