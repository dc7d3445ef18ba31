//! Keys of rows as one integer each, added up part by part.
//!
//! Invariant: a row that does not count gets a key beyond all others, however often that is added.

use std::ops::AddAssign;

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
pub trait Key: Copy + AddAssign {
    /// From a packed key.
    fn of(packed: u64) -> Self;
    /// As a place in a table.
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

/// The packed key of every row.
pub fn add_up<K: Key>(same: u64, each: &[(Entries<'_>, &[u64])], packed: &mut Vec<K>) {
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
