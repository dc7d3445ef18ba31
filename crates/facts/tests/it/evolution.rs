//! Columns over time: new ones come, none changes its type, wrong rows are refused.

use std::sync::Arc;

use arrow::array::{Array, DictionaryArray};
use arrow::array::{ArrayRef, AsArray, Int8Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Int8Type, Int32Type, Schema, SchemaRef};
use evenkeel_facts::{AppId, Facts, FactsError};

use crate::rows::{TABLE, batch, import, log_actions, numbers, range, read, schema};

fn with_column(name: &str, kind: DataType) -> SchemaRef {
    let mut fields = schema().fields().to_vec();
    fields.push(Arc::new(Field::new(name, kind, true)));
    Arc::new(Schema::new(fields))
}

fn add_column(rows: &RecordBatch, name: &str, column: &ArrayRef) -> RecordBatch {
    let mut columns = rows.columns().to_vec();
    columns.push(column.clone());
    RecordBatch::try_new(with_column(name, column.data_type().clone()), columns).unwrap()
}

#[test]
fn a_new_item_adds_a_nullable_column_in_the_same_commit() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    import(&facts, "old", 0..10);
    let before = facts.snapshot(&TABLE).unwrap().unwrap();
    assert!(before.schema.field_with_name("item_nps").is_err());

    let wider = with_column("item_nps", DataType::Int8);
    let app = AppId::import("new", "mapping");
    let mut staging = facts.stage(TABLE, wider, app).unwrap();
    let scores: ArrayRef = Arc::new(Int8Array::from(vec![9; 5]));
    staging
        .write(add_column(&batch(10..15), "item_nps", &scores), 5)
        .unwrap();
    let committed = staging.commit().unwrap();
    assert_eq!(committed.version, 1);

    let after = facts.snapshot(&TABLE).unwrap().unwrap();
    let added = after.schema.field_with_name("item_nps").unwrap();
    assert_eq!(added.data_type(), &DataType::Int8);
    assert!(added.is_nullable());
    assert_eq!(numbers(&after), range(0..15));
    let changes = log_actions(&dir.path().join("observations"));
    let metadata = changes
        .iter()
        .filter(|action| action.get("metaData").is_some());
    assert_eq!(metadata.count(), 2);

    // Rows with the old columns are still welcome, and the table keeps the new one.
    import(&facts, "late", 15..20);
    let late = facts.snapshot(&TABLE).unwrap().unwrap();
    assert!(late.schema.field_with_name("item_nps").is_ok());
    assert_eq!(numbers(&late), range(0..20));
    // A snapshot keeps the columns of its version.
    let old = facts.open_snapshot(&TABLE, 0).unwrap();
    assert!(old.schema.field_with_name("item_nps").is_err());
    assert_eq!(numbers(&old), range(0..10));
}

#[test]
fn compaction_fills_the_columns_that_older_files_lack() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    import(&facts, "old", 0..10);
    let wider = with_column("item_nps", DataType::Int8);
    let mut staging = facts
        .stage(TABLE, wider, AppId::import("new", "m"))
        .unwrap();
    let scores: ArrayRef = Arc::new(Int8Array::from(vec![9; 5]));
    staging
        .write(add_column(&batch(10..15), "item_nps", &scores), 5)
        .unwrap();
    staging.commit().unwrap();
    facts
        .compact(&TABLE, jiff::Timestamp::now())
        .unwrap()
        .unwrap();

    let merged = facts.snapshot(&TABLE).unwrap().unwrap();
    assert_eq!(merged.files.len(), 1);
    assert_eq!(numbers(&merged), range(0..15));
    let rows = read(&merged);
    let scores: Vec<_> = rows
        .iter()
        .flat_map(|rows| {
            let scores = rows.column_by_name("item_nps").unwrap();
            scores.as_primitive::<Int8Type>().iter().collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(scores.iter().filter(|score| score.is_none()).count(), 10);
    assert_eq!(scores.iter().filter(|score| **score == Some(9)).count(), 5);
}

#[test]
fn an_item_never_changes_its_type() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let app = AppId::import("one", "m");
    let narrow = with_column("item_nps", DataType::Int8);
    facts.stage(TABLE, narrow, app).unwrap().commit().unwrap();
    let wide = with_column("item_nps", DataType::Int16);
    let error = facts
        .stage(TABLE, wide, AppId::import("two", "m"))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "table observations, column item_nps: stored as Int8, now asked for as Int16; \
         a column keeps its type for ever (a changed scale is a new item with a new id)"
    );
    assert_eq!(facts.snapshot(&TABLE).unwrap().unwrap().version, 0);
}

#[test]
fn a_type_that_was_taken_meanwhile_is_refused_at_the_commit() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    import(&facts, "old", 0..10);
    let slow = AppId::import("slow", "m");
    let mut slow = facts
        .stage(TABLE, with_column("item_x", DataType::Utf8), slow)
        .unwrap();
    let words: ArrayRef = Arc::new(StringArray::from(vec!["a"]));
    slow.write(add_column(&batch(10..11), "item_x", &words), 1)
        .unwrap();
    let quick = AppId::import("quick", "m");
    facts
        .stage(TABLE, with_column("item_x", DataType::Int8), quick)
        .unwrap()
        .commit()
        .unwrap();
    let error = slow.commit().unwrap_err();
    assert!(matches!(error, FactsError::TypeChanged { .. }), "{error}");
    assert_eq!(facts.row_count(&TABLE).unwrap(), 10);
}

#[test]
fn rows_of_the_wrong_type_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let wider = with_column("item_nps", DataType::Int8);
    let mut staging = facts
        .stage(TABLE, wider, AppId::import("one", "m"))
        .unwrap();
    let scores: ArrayRef = Arc::new(Int64Array::from(vec![9]));
    let error = staging
        .write(add_column(&batch(0..1), "item_nps", &scores), 1)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "table observations, column item_nps: rows bring Int64; allowed: Int8"
    );
    let misspelt: ArrayRef = Arc::new(Int8Array::from(vec![9]));
    let error = staging
        .write(add_column(&batch(0..1), "item_nsp", &misspelt), 1)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "table observations: unknown column item_nsp; allowed: row, local_date, unit, item_nps"
    );
    let without_unit = batch(0..1).project(&[0, 1]).unwrap();
    let error = staging.write(without_unit, 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "table observations: column unit is missing; every row must have it"
    );
    // The refused rows left no trace.
    staging.write(batch(0..1), 1).unwrap();
    staging.commit().unwrap();
    assert_eq!(facts.row_count(&TABLE).unwrap(), 1);
}

#[test]
fn strings_may_come_as_dictionaries() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let mut staging = facts
        .stage(TABLE, schema(), AppId::import("one", "m"))
        .unwrap();
    let units: DictionaryArray<Int32Type> = ["b", "a", "b"].into_iter().collect();
    let mut columns = batch(0..3).columns().to_vec();
    columns[2] = Arc::new(units);
    let fields = [("row", 0), ("local_date", 1), ("unit", 2)];
    let rows = RecordBatch::try_from_iter(fields.map(|(name, n)| (name, columns[n].clone())));
    staging.write(rows.unwrap(), 3).unwrap();
    staging.write(batch(3..5), 5).unwrap();
    staging.commit().unwrap();
    let snapshot = facts.snapshot(&TABLE).unwrap().unwrap();
    assert_eq!(numbers(&snapshot), range(0..5));
    let rows = read(&snapshot);
    let units = rows[0].column_by_name("unit").unwrap();
    assert_eq!(units.data_type(), &DataType::Utf8);
    let units: Vec<_> = units.as_string::<i32>().iter().flatten().collect();
    // In the order of a file, which is by unit.
    assert_eq!(units, ["a", "b", "b", "shop-03", "shop-04"]);
}
