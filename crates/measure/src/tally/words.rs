//! Text columns in the key of a group, and text columns that say which rows count.
//!
//! Invariant: what a word adds to the packed key is looked up once per dictionary.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{Array, ArrayData, AsArray, DictionaryArray, RecordBatch};
use arrow::datatypes::Int32Type;

use super::packed::{Entries, Packed};
use super::plan::Only;
use super::slots::bits;
use crate::error::MeasureError;
use crate::symbols::SymbolTable;

/// A text column that rows are grouped by.
pub struct Text {
    column: String,
    symbols: Arc<SymbolTable>,
    /// Where its number stands in the packed key.
    shift: u32,
    /// How wide it is there.
    pub bits: u32,
    seen: Option<ArrayData>,
    numbers: Vec<u32>,
    packed: Vec<u64>,
}

/// A text column that says which rows count.
pub struct Filter {
    column: String,
    values: BTreeSet<String>,
    seen: Option<ArrayData>,
    packed: Vec<u64>,
}

fn words<'a>(batch: &'a RecordBatch, column: &str) -> Option<&'a DictionaryArray<Int32Type>> {
    batch.column_by_name(column)?.as_dictionary_opt()
}

/// What the words of a column add; `empty` for rows without a word.
fn packed<'a>(words: &'a DictionaryArray<Int32Type>, by_word: &'a [u64], empty: u64) -> Packed<'a> {
    let keys = words.keys();
    let nulls = keys.nulls().filter(|nulls| nulls.null_count() > 0);
    match (by_word, nulls) {
        ([only], None) => Packed::Same(*only),
        ([], _) => Packed::Same(empty),
        _ => Packed::Each(Entries::Words(keys.values(), nulls, empty), by_word),
    }
}

impl Text {
    /// Of a column, with the numbers of its values.
    pub fn new(column: &str, symbols: Arc<SymbolTable>) -> Self {
        Self {
            column: column.to_owned(),
            symbols,
            shift: 0,
            bits: 0,
            seen: None,
            numbers: Vec::new(),
            packed: Vec::new(),
        }
    }

    /// Looks up the words of the batch; whether the packed key has become too narrow.
    pub fn learn(&mut self, batch: &RecordBatch) -> Result<bool, MeasureError> {
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
        let grown = u64::from(highest) >= 1 << self.bits;
        if !grown {
            self.packed = self.shifted();
        }
        Ok(grown)
    }

    /// Takes a place in the packed key; how wide it is.
    pub fn fit(&mut self, shift: u32) -> u32 {
        self.shift = shift;
        self.bits = bits(self.symbols.highest() as usize + 1);
        self.packed = self.shifted();
        self.bits
    }

    fn shifted(&self) -> Vec<u64> {
        // A key beyond 64 bits is refused by whoever fits the parts together.
        self.numbers
            .iter()
            .map(|&number| u64::from(number).checked_shl(self.shift).unwrap_or(0))
            .collect()
    }

    /// What it adds; a column that the file does not have says nothing, which is number 0.
    pub fn pack<'a>(&'a self, batch: &'a RecordBatch) -> Packed<'a> {
        words(batch, &self.column).map_or(Packed::Same(0), |column| packed(column, &self.packed, 0))
    }
}

impl Filter {
    /// Of the rows that count.
    pub fn new(only: &Only) -> Self {
        Self {
            column: only.column.clone(),
            values: only.values.clone(),
            seen: None,
            packed: Vec::new(),
        }
    }

    /// Has to look at the words again.
    pub fn forget(&mut self) {
        self.seen = None;
    }

    /// Looks up the words of the batch.
    pub fn learn(&mut self, batch: &RecordBatch, dropped: u64) {
        let Some(column) = words(batch, &self.column) else {
            return;
        };
        let values = column.values().to_data();
        if self.seen.as_ref().is_some_and(|seen| seen.ptr_eq(&values)) {
            return;
        }
        let words = column.values().as_string::<i32>().iter().map(|word| {
            let counts = word.is_some_and(|word| self.values.contains(word));
            if counts { 0 } else { dropped }
        });
        self.packed = words.collect();
        self.seen = Some(values);
    }

    /// What it adds.
    pub fn pack<'a>(&'a self, batch: &'a RecordBatch, dropped: u64) -> Packed<'a> {
        words(batch, &self.column).map_or(Packed::Same(dropped), |column| {
            packed(column, &self.packed, dropped)
        })
    }
}
