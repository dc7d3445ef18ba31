//! Small numbers for the strings that rows are grouped by.
//!
//! Units, attribute values, channels and standards repeat millions of times. Each column has one
//! table of numbers for the life of the process, so that partial results of different files and of
//! different questions can be added up without comparing strings.
//!
//! Invariant: a number, once given, names the same string for ever. Number 0 is "not said".
//! Absent on purpose: forgetting. A column with more than [`SYMBOLS_MAX`] different values is not
//! one to group by, and is refused.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use arrow::array::StringArray;

use crate::error::MeasureError;

/// Different values that a column may have to be grouped by.
pub const SYMBOLS_MAX: usize = 2_000_000;

/// Number of a missing value.
pub const NOT_SAID: u32 = 0;

/// The tables of all columns.
#[derive(Debug, Default)]
pub struct Symbols {
    columns: RwLock<HashMap<String, Arc<SymbolTable>>>,
}

impl Symbols {
    /// The table of a column; made when first asked for.
    pub fn column(&self, name: &str) -> Arc<SymbolTable> {
        let read = self.columns.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = read.get(name) {
            return Arc::clone(table);
        }
        drop(read);
        let mut write = self.columns.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(write.entry(name.to_owned()).or_insert_with(|| {
            Arc::new(SymbolTable {
                column: name.to_owned(),
                known: RwLock::default(),
            })
        }))
    }
}

/// The numbers of one column's values.
#[derive(Debug)]
pub struct SymbolTable {
    column: String,
    known: RwLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    numbers: HashMap<Arc<str>, u32>,
    names: Vec<Arc<str>>,
}

impl SymbolTable {
    /// Highest number given so far.
    pub fn highest(&self) -> u32 {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.names.len() as u32
    }

    /// The string of a number; `None` for [`NOT_SAID`] and for numbers never given.
    pub fn name(&self, number: u32) -> Option<Arc<str>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let place = (number as usize).checked_sub(1)?;
        known.names.get(place).cloned()
    }

    /// The numbers of all values of a dictionary, in its order.
    pub fn numbers(&self, values: &StringArray) -> Result<Vec<u32>, MeasureError> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let found: Option<Vec<u32>> = values
            .iter()
            .map(|value| match value {
                Some(text) => known.numbers.get(text).copied(),
                None => Some(NOT_SAID),
            })
            .collect();
        drop(known);
        if let Some(numbers) = found {
            return Ok(numbers);
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        values
            .iter()
            .map(|value| match value {
                Some(text) => known
                    .number(text)
                    .ok_or_else(|| MeasureError::TooManyValues {
                        column: self.column.clone(),
                        allowed: SYMBOLS_MAX,
                    }),
                None => Ok(NOT_SAID),
            })
            .collect()
    }
}

impl Known {
    fn number(&mut self, text: &str) -> Option<u32> {
        if let Some(&number) = self.numbers.get(text) {
            return Some(number);
        }
        if self.names.len() >= SYMBOLS_MAX {
            return None;
        }
        let name: Arc<str> = Arc::from(text);
        self.names.push(Arc::clone(&name));
        let number = self.names.len() as u32;
        self.numbers.insert(name, number);
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays() {
        let symbols = Symbols::default();
        let table = symbols.column("unit");
        let first = table
            .numbers(&StringArray::from(vec![Some("a"), None, Some("b")]))
            .unwrap();
        let again = symbols
            .column("unit")
            .numbers(&StringArray::from(vec![Some("c"), Some("a")]))
            .unwrap();
        assert_eq!(first[0], again[1]);
        assert_eq!(first[1], NOT_SAID);
        assert_eq!(table.name(again[0]).as_deref(), Some("c"));
        assert_eq!(table.name(NOT_SAID), None);
        assert_eq!(table.highest(), 3);
    }
}
