//! Rows to bring in, and a way to read back what is there.

use std::collections::BTreeSet;
use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Date32Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Int64Type, Schema, SchemaRef};
use evenkeel_facts::{AppId, Committed, Facts, Pinned, Table};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

pub const TABLE: Table = Table::Observations;

/// Columns `row` (the row's number, to count every row once), `local_date` and `unit`.
pub fn schema() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("row", DataType::Int64, false),
        Field::new("local_date", DataType::Date32, false),
        Field::new("unit", DataType::Utf8, false),
    ]))
}

/// Rows with these numbers.
pub fn batch(numbers: Range<i64>) -> RecordBatch {
    let days = numbers.clone().map(|n| 20_000 + (n % 365) as i32);
    let units: StringArray = numbers
        .clone()
        .map(|n| Some(format!("shop-{:02}", n % 40)))
        .collect();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(numbers)),
        Arc::new(Date32Array::from_iter_values(days)),
        Arc::new(units),
    ];
    RecordBatch::try_new(schema(), columns).unwrap()
}

/// Brings rows in as one import.
pub fn import(facts: &Facts, name: &str, numbers: Range<i64>) -> Committed {
    let app = AppId::import(name, "mapping");
    let mut staging = facts.stage(TABLE, schema(), app).unwrap();
    let end = numbers.end as u64;
    staging.write(batch(numbers), end).unwrap();
    staging.commit().unwrap()
}

/// All rows of a snapshot's files, as they lie.
pub fn read(pinned: &Pinned) -> Vec<RecordBatch> {
    let mut rows = Vec::new();
    for file in &pinned.files {
        let opened = File::open(&file.path).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(opened).unwrap();
        rows.extend(reader.build().unwrap().map(Result::unwrap));
    }
    rows
}

/// The numbers of all rows of a snapshot; every number at most once.
pub fn numbers(pinned: &Pinned) -> BTreeSet<i64> {
    let mut numbers = BTreeSet::new();
    for batch in read(pinned) {
        let column = batch.column_by_name("row").unwrap();
        for number in column.as_primitive::<Int64Type>().values() {
            assert!(numbers.insert(*number), "row {number} is there twice");
        }
    }
    numbers
}

/// The numbers of all rows of the newest version; none while there is no table.
pub fn stored(facts: &Facts) -> BTreeSet<i64> {
    facts
        .snapshot(&TABLE)
        .unwrap()
        .map(|snapshot| numbers(&snapshot))
        .unwrap_or_default()
}

pub fn range(numbers: Range<i64>) -> BTreeSet<i64> {
    numbers.collect()
}

/// Names of the Parquet files in a folder, in the table or not.
pub fn parquet_files(folder: &Path) -> BTreeSet<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return BTreeSet::new();
    };
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".parquet"))
        .collect()
}

/// Every action in a table's log, in order.
pub fn log_actions(folder: &Path) -> Vec<serde_json::Value> {
    let mut entries: Vec<_> = std::fs::read_dir(folder.join("_delta_log"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    entries.sort();
    entries
        .iter()
        .flat_map(|entry| {
            let text = std::fs::read_to_string(entry).unwrap();
            text.lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect::<Vec<_>>()
        })
        .collect()
}
