//! The observed numbers of a standard, each with how often it was seen: for capability.
//!
//! Invariant: exact while there are few different numbers; else only that is said, because nearly
//! normal cannot be told from a sketch.

use std::collections::{BTreeSet, HashMap};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Float64Type;
use evenkeel_facts::Table;
use evenkeel_foundation::StandardId;

use super::{VALUE, only_chosen, only_standard};
use crate::error::MeasureError;
use crate::history::History;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::RowFilter;

/// Different numbers that are kept apart.
const DIFFERENT_MAX: usize = 200_000;

/// Ascending (number, how often); `None` where there are too many different ones.
pub type SeenNumbers = Option<Vec<(f64, u64)>>;

impl Measure {
    /// The numbers observed for a standard.
    pub async fn numbers(
        &self,
        history: &History,
        standard: &StandardId,
        window: &Window,
        convenience: bool,
    ) -> Result<SeenNumbers, MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok(Some(Vec::new()));
        };
        let only = vec![only_standard(standard), only_chosen(convenience)];
        let filter = RowFilter::new(history, window, only)?;
        let columns = filter.columns(&source.snapshot.schema, &[(VALUE, false)]);
        let hint = filter.hint();
        let of_files = self
            .engine()
            .fold(source, &columns, &hint, move |seen: &mut Seen, batch| {
                count(&filter.keep(batch)?, batch, seen);
                Ok(())
            })
            .await?;
        let mut all = Seen::new();
        for (bits, count) in of_files.into_iter().flatten() {
            *all.entry(bits).or_default() += count;
        }
        if all.len() > DIFFERENT_MAX {
            return Ok(None);
        }
        let mut numbers: Vec<(f64, u64)> = all
            .into_iter()
            .map(|(bits, count)| (f64::from_bits(bits), count))
            .collect();
        numbers.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        Ok(Some(numbers))
    }
}

/// How often, by the bits of the number.
type Seen = HashMap<u64, u64>;

fn count(keep: &[bool], batch: &RecordBatch, seen: &mut Seen) {
    let values = batch
        .column_by_name(VALUE)
        .and_then(|column| column.as_primitive_opt::<Float64Type>());
    let Some(values) = values else { return };
    for row in (0..batch.num_rows()).filter(|&row| keep[row] && values.is_valid(row)) {
        // One more than may be: then it is known that there are too many.
        if seen.len() <= DIFFERENT_MAX {
            *seen.entry(values.value(row).to_bits()).or_default() += 1;
        }
    }
}
