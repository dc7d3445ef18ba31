//! The order of rows within a file: by unit, standard and day, row group by row group.
//!
//! Rows wait until a row group is full and are sorted then. Each page holds few units that way, and
//! the smallest and largest values of pages let a question about one unit leave out the others.
//!
//! Invariant: rows with one id stay in the order in which they came, because of those received at
//! the same moment the one stored last counts; they lie behind the others of their row group.
//! Absent on purpose: an order between row groups. They follow the source, mostly time.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hasher};

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::{cast, interleave_record_batch};
use arrow::datatypes::{DataType, Date32Type, Int32Type};
use arrow::error::ArrowError;

use crate::table::Table;

/// Rows of a row group, to which comes what its last batch brought too much.
pub(crate) const GROUP_ROWS: usize = 1 << 18;
/// Bytes of memory after which a row group is full although it has fewer rows.
const GROUP_BYTES: usize = 64 << 20;
/// Bits of a key; the bit above them sets rows apart whose id comes again.
const KEY_BITS: u32 = 62;

/// Rows that wait for their row group to be full.
#[derive(Debug)]
pub(crate) struct Waiting {
    columns: &'static [&'static str],
    id: Option<&'static str>,
    batches: Vec<RecordBatch>,
    rows: usize,
    bytes: usize,
}

impl Waiting {
    /// None yet; rows of tables without an order never wait.
    pub(crate) fn new(table: &Table) -> Self {
        Self {
            columns: table.order(),
            id: table.repeatable_id(),
            batches: Vec::new(),
            rows: 0,
            bytes: 0,
        }
    }

    /// Adds rows; whether they should be taken now.
    pub(crate) fn add(&mut self, rows: RecordBatch) -> bool {
        self.rows += rows.num_rows();
        self.bytes += rows.get_array_memory_size();
        self.batches.push(rows);
        self.columns.is_empty() || self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES
    }

    /// All rows in order; none are left.
    pub(crate) fn take(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let batches = std::mem::take(&mut self.batches);
        (self.rows, self.bytes) = (0, 0);
        if self.columns.is_empty() || batches.is_empty() {
            let schema = batches.first().map(RecordBatch::schema);
            return schema
                .map(|schema| arrow::compute::concat_batches(&schema, &batches))
                .transpose();
        }
        let mut keys = vec![0_u64; batches.iter().map(RecordBatch::num_rows).sum()];
        let mut bits = 0;
        for column in self.columns {
            let values: Option<Vec<&ArrayRef>> = batches
                .iter()
                .map(|rows| rows.column_by_name(column))
                .collect();
            let Some((ranks, most)) = values.map(|values| ranks(&values)).transpose()?.flatten()
            else {
                continue;
            };
            let width = u64::BITS - most.leading_zeros();
            if bits + width > KEY_BITS {
                break;
            }
            bits += width;
            for (key, rank) in keys.iter_mut().zip(ranks) {
                *key = (*key << width) | rank;
            }
        }
        if let Some(id) = self.id {
            set_apart(&batches, id, &mut keys);
        }
        let places = batches.iter().enumerate().flat_map(|(batch, rows)| {
            (0..rows.num_rows()).map(move |row| (batch as u32, row as u32))
        });
        let mut order: Vec<(u64, (u32, u32))> = keys.into_iter().zip(places).collect();
        order.sort_unstable();
        let order: Vec<(usize, usize)> = order
            .into_iter()
            .map(|(_, (batch, row))| (batch as usize, row as usize))
            .collect();
        let batches: Vec<&RecordBatch> = batches.iter().collect();
        interleave_record_batch(&batches, &order).map(Some)
    }
}

/// The rank of each row's value among all, and the highest rank; `None` for a type without order.
fn ranks(values: &[&ArrayRef]) -> Result<Option<(Vec<u64>, u64)>, ArrowError> {
    let Some(first) = values.first() else {
        return Ok(None);
    };
    if *first.data_type() == DataType::Date32 {
        let days = || {
            let columns = values.iter().map(|days| days.as_primitive::<Date32Type>());
            columns.flat_map(|days| days.values().iter().copied())
        };
        let least = days().min().unwrap_or(0);
        let ranks: Vec<u64> = days().map(|day| day.abs_diff(least).into()).collect();
        let most = ranks.iter().copied().max().unwrap_or(0);
        return Ok(Some((ranks, most)));
    }
    let kind = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let texts = values
        .iter()
        .map(|texts| cast(texts, &kind))
        .collect::<Result<Vec<_>, _>>()?;
    let texts: Vec<_> = texts
        .iter()
        .filter_map(|texts| texts.as_dictionary_opt::<Int32Type>())
        .collect();
    let words: BTreeSet<&str> = texts
        .iter()
        .flat_map(|texts| texts.values().as_string::<i32>().iter().flatten())
        .collect();
    let by_word: BTreeMap<&str, u64> = words.into_iter().zip(1..).collect();
    let mut ranks = Vec::new();
    for texts in texts {
        let of_words: Vec<u64> = texts
            .values()
            .as_string::<i32>()
            .iter()
            .map(|word| word.and_then(|word| by_word.get(word)).copied())
            .map(Option::unwrap_or_default)
            .collect();
        let keys = texts.keys().iter();
        ranks.extend(keys.map(|key| {
            let rank = key.and_then(|key| of_words.get(key as usize));
            rank.copied().unwrap_or_default()
        }));
    }
    Ok(Some((ranks, by_word.len() as u64)))
}

/// Gives rows whose id comes more than once the same key, above all others: a sort that leaves
/// equal keys in their order leaves these rows in theirs. By hash: a stranger among them is no harm.
fn set_apart(batches: &[RecordBatch], id: &str, keys: &mut [u64]) {
    let mut hashes: Vec<u64> = Vec::with_capacity(keys.len());
    for rows in batches {
        let Some(ids) = rows.column_by_name(id) else {
            return;
        };
        let Some(ids) = ids.as_string_opt::<i32>() else {
            return;
        };
        hashes.extend(ids.iter().map(|id| {
            let mut hasher = DefaultHasher::new();
            hasher.write(id.unwrap_or_default().as_bytes());
            hasher.finish()
        }));
    }
    let mut sorted = hashes.clone();
    sorted.sort_unstable();
    let repeated: BTreeSet<u64> = sorted
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .collect();
    if repeated.is_empty() {
        return;
    }
    for (key, hash) in keys.iter_mut().zip(&hashes) {
        if repeated.contains(hash) {
            *key = 1 << KEY_BITS;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{Date32Array, DictionaryArray, StringArray};

    use super::*;

    /// Rows of id, unit, standard and day; units as a dictionary.
    fn rows(of: &[(&str, &str, &str, i32)]) -> RecordBatch {
        let texts = |pick: fn(&(&str, &str, &str, i32)) -> String| {
            StringArray::from_iter_values(of.iter().map(pick))
        };
        let units: DictionaryArray<Int32Type> = of.iter().map(|row| row.1).collect();
        let days = Date32Array::from_iter_values(of.iter().map(|row| row.3));
        RecordBatch::try_from_iter([
            (
                "observation_id",
                Arc::new(texts(|row| row.0.to_owned())) as ArrayRef,
            ),
            ("unit", Arc::new(units)),
            ("standard", Arc::new(texts(|row| row.2.to_owned()))),
            ("local_date", Arc::new(days)),
        ])
        .unwrap()
    }

    fn ids(rows: &RecordBatch) -> Vec<String> {
        let ids = rows.column(0).as_string::<i32>();
        ids.iter().map(|id| id.unwrap().to_owned()).collect()
    }

    #[test]
    fn rows_lie_by_unit_standard_and_day_whatever_batch_they_came_in() {
        let mut waiting = Waiting::new(&Table::Observations);
        assert!(!waiting.add(rows(&[("a", "zoo", "x", 1), ("b", "bar", "y", -5)])));
        assert!(!waiting.add(rows(&[("c", "bar", "x", 2), ("d", "bar", "y", -7)])));
        let sorted = waiting.take().unwrap().unwrap();
        assert_eq!(ids(&sorted), ["c", "d", "b", "a"]);
        assert!(waiting.take().unwrap().is_none());
    }

    #[test]
    fn rows_with_one_id_stay_in_the_order_in_which_they_came() {
        let mut waiting = Waiting::new(&Table::Observations);
        waiting.add(rows(&[("a", "zoo", "x", 9), ("b", "bar", "y", 1)]));
        waiting.add(rows(&[("a", "bar", "x", 2), ("a", "art", "x", 3)]));
        let sorted = waiting.take().unwrap().unwrap();
        assert_eq!(ids(&sorted), ["b", "a", "a", "a"]);
        let units = cast(sorted.column(1), &DataType::Utf8).unwrap();
        let units: Vec<_> = units.as_string::<i32>().iter().flatten().collect();
        assert_eq!(units, ["bar", "zoo", "bar", "art"]);
    }

    #[test]
    fn a_table_without_an_order_keeps_its_rows_as_they_come() {
        let mut waiting = Waiting::new(&Table::Comments);
        assert!(waiting.add(rows(&[("b", "zoo", "x", 9), ("a", "bar", "y", 1)])));
        assert_eq!(ids(&waiting.take().unwrap().unwrap()), ["b", "a"]);
    }
}
