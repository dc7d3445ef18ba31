//! A dry run: the whole file read, nothing stored.
//!
//! Invariant: what a preview shows is what an import of the same file would store: it is the same
//! converter, without a table behind it.

use std::sync::atomic::AtomicBool;

use arrow::array::{Array, RecordBatch};
use arrow::datatypes::DataType;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use jiff::Timestamp;
use rand::Rng;
use serde_json::Value;

use crate::agreed::Agreed;
use crate::convert::{Converted, Converter, Identity};
use crate::error::ImportError;
use crate::hash::{import_id, text_hash};
use crate::pipeline::{Watch, pass};
use crate::report::{Phase, Preview, PreviewColumn, Progress};
use crate::run::ImportRequest;

/// Reads the whole file, counts every problem and shows the first `rows` rows as they would be
/// stored. Ids and keys are drawn anew in the import. Blocks.
pub fn preview(
    request: &ImportRequest,
    agreed: &Agreed,
    rows: usize,
    now: Timestamp,
    rng: &mut dyn Rng,
    progress: &dyn Fn(Progress),
) -> Result<Preview, ImportError> {
    request.check(agreed)?;
    let opening = request.opening();
    let identity = Identity {
        import_id: import_id("preview", &text_hash(&request.mapping_text)),
        file_name: request.file_name.clone(),
        received_at: now.as_microsecond(),
        // Keys of a preview are not those of the import: whoever sees one cannot use it there.
        salt: request.mapping_text.clone().into_bytes(),
    };
    let new_converter = || Converter::new(&request.mapping, agreed, identity.clone(), false);
    let mut converter = new_converter()?;
    let cancelled = AtomicBool::new(false);
    let watch = Watch {
        progress,
        cancelled: &cancelled,
        bytes_total: request.bytes(),
        phase: Phase::Reading,
    };
    if converter.needs_two_readings() {
        let mut first = new_converter()?.only_keys();
        pass(&opening, &mut first, rng, &watch, |_, _| Ok(()))?;
        converter = converter.after(first);
    }
    let mut shown = Shown::default();
    pass(&opening, &mut converter, rng, &watch, |_, converted| {
        shown.take(converted, rows)
    })?;
    if let Some(last) = converter.finish()? {
        shown.add(&last, rows)?;
    }
    let table = converter.tables().pop().map(|(table, _)| table.name());
    Ok(Preview {
        kind: request.kind,
        table: table.unwrap_or_default(),
        columns: shown.columns,
        rows: shown.rows,
        counts: converter.counts,
        duplicates: converter.duplicate_counts(),
        missing: converter.ledger.missing.clone(),
        new_units: converter.made_units(),
        warnings: converter.ledger.warnings.clone(),
        problems: converter.ledger.log,
    })
}

/// The first rows.
#[derive(Default)]
struct Shown {
    columns: Vec<PreviewColumn>,
    rows: Vec<Vec<Value>>,
}

impl Shown {
    fn take(&mut self, converted: Converted, most: usize) -> Result<(), ImportError> {
        match converted.batches.into_iter().next_back().flatten() {
            Some(batch) => self.add(&batch, most),
            None => Ok(()),
        }
    }

    fn add(&mut self, batch: &RecordBatch, most: usize) -> Result<(), ImportError> {
        let room = most.saturating_sub(self.rows.len()).min(batch.num_rows());
        let schema = batch.schema();
        // A later batch may have columns that the first had not (details, deviations).
        for field in schema.fields() {
            if !self
                .columns
                .iter()
                .any(|column| column.name == *field.name())
            {
                self.columns.push(PreviewColumn {
                    name: field.name().clone(),
                    r#type: in_words(field.data_type()).to_owned(),
                });
                for row in &mut self.rows {
                    row.push(Value::Null);
                }
            }
        }
        let first = self.rows.len();
        self.rows.extend(std::iter::repeat_n(
            vec![Value::Null; self.columns.len()],
            room,
        ));
        for (place, column) in self.columns.iter().enumerate() {
            let Some(array) = batch.column_by_name(&column.name) else {
                continue;
            };
            let options = FormatOptions::default();
            let formatter =
                ArrayFormatter::try_new(array, &options).map_err(ImportError::columns)?;
            for row in 0..room {
                if array.is_valid(row) {
                    self.rows[first + row][place] =
                        value(array.data_type(), &formatter.value(row).to_string());
                }
            }
        }
        Ok(())
    }
}

fn value(kind: &DataType, text: &str) -> Value {
    match kind {
        DataType::Boolean => Value::Bool(text == "true"),
        kind if kind.is_integer() => text.parse::<i64>().map_or(Value::Null, Value::from),
        kind if kind.is_floating() => text.parse::<f64>().map_or(Value::Null, Value::from),
        _ => Value::from(text),
    }
}

fn in_words(kind: &DataType) -> &'static str {
    match kind {
        DataType::Boolean => "true or false",
        DataType::Date32 => "day",
        DataType::Timestamp(..) => "moment",
        kind if kind.is_integer() => "whole number",
        kind if kind.is_floating() => "number",
        _ => "text",
    }
}
