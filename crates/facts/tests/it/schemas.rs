//! The columns of the tables as they lie on disk, and what the log says of the rows.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int8Array, Int16Array, Int32Array,
    RecordBatch, StringArray, TimestampMicrosecondArray, new_null_array,
};
use arrow::datatypes::{DataType, Field, SchemaRef, TimeUnit};
use evenkeel_facts::{
    AppId, Facts, Table, aggregates_schema, comments_schema, observations_schema, responses_schema,
};
use evenkeel_foundation::{
    Attribute, AttributeId, Instrument, InstrumentId, Item, ItemId, PartyId, Scale, Text,
};

use crate::rows::{log_actions, read};

fn text(text: &str) -> Text {
    Text::plain(text).unwrap()
}

fn item(id: &str, scale: Scale) -> Item {
    Item {
        id: ItemId::parse(id).unwrap(),
        title: text(id),
        scale,
        measures: None,
    }
}

fn guest() -> Instrument {
    let values = || vec!["a".to_owned(), "b".to_owned()];
    Instrument {
        id: InstrumentId::parse("guest").unwrap(),
        title: text("Guests"),
        party: PartyId::parse("customer").unwrap(),
        items: vec![
            item("nps", Scale::Rating { min: 0, max: 10 }),
            item("slider", Scale::Rating { min: 0, max: 1000 }),
            item("channel-used", Scale::Choice { values: values() }),
            item("reasons", Scale::Choices { values: values() }),
            item("again", Scale::Boolean),
            item(
                "minutes",
                Scale::Number {
                    min: None,
                    max: None,
                },
            ),
            item("name", Scale::Text),
            item("why", Scale::Comment),
            item("order", Scale::Ranking { values: values() }),
        ],
        definition: serde_json::Value::Null,
    }
}

fn guest_schema() -> SchemaRef {
    let contact = Attribute {
        id: AttributeId::parse("tenure").unwrap(),
        title: text("Tenure"),
        contact: false,
        values: Vec::new(),
    };
    responses_schema(&guest(), &[contact])
}

/// Two rows in which every column is filled.
fn filled(schema: &SchemaRef) -> RecordBatch {
    let column = |field: &Field| -> ArrayRef {
        match field.data_type() {
            DataType::Utf8 => Arc::new(StringArray::from(vec!["secret-a", "secret-b"])),
            DataType::Int8 => Arc::new(Int8Array::from(vec![-7, 7])),
            DataType::Int16 => Arc::new(Int16Array::from(vec![0, 1000])),
            DataType::Int32 => Arc::new(Int32Array::from(vec![1, 2])),
            DataType::Float64 => Arc::new(Float64Array::from(vec![0.5, f64::NAN])),
            DataType::Boolean => Arc::new(BooleanArray::from(vec![true, false])),
            DataType::Date32 => Arc::new(Date32Array::from(vec![20_525, 20_454])),
            DataType::Timestamp(TimeUnit::Microsecond, Some(_)) => Arc::new(
                TimestampMicrosecondArray::from(vec![1, 1_773_446_400_000_001])
                    .with_timezone("UTC"),
            ),
            DataType::Int64 => Arc::new(arrow::array::Int64Array::from(vec![1, i64::MAX])),
            other => new_null_array(other, 2),
        }
    };
    let columns = schema.fields().iter().map(|field| column(field)).collect();
    RecordBatch::try_new(schema.clone(), columns).unwrap()
}

fn store(facts: &Facts, table: Table, schema: &SchemaRef) {
    let mut staging = facts
        .stage(table, schema.clone(), AppId::new("x", 1))
        .unwrap();
    staging.write(filled(schema), 2).unwrap();
    staging.commit().unwrap();
}

#[test]
fn responses_have_a_column_for_every_item_but_comments() {
    let schema = guest_schema();
    let items: Vec<(&str, &DataType)> = schema
        .fields()
        .iter()
        .filter(|field| field.name().starts_with("item_"))
        .map(|field| (field.name().as_str(), field.data_type()))
        .collect();
    assert_eq!(
        items,
        [
            ("item_nps", &DataType::Int8),
            ("item_slider", &DataType::Int16),
            ("item_channel-used", &DataType::Utf8),
            ("item_reasons", &DataType::Utf8),
            ("item_again", &DataType::Boolean),
            ("item_minutes", &DataType::Float64),
            ("item_name", &DataType::Utf8),
            ("item_order", &DataType::Utf8),
        ]
    );
    let tenure = schema.field_with_name("attr_tenure").unwrap();
    assert_eq!(
        (tenure.data_type(), tenure.is_nullable()),
        (&DataType::Utf8, true)
    );
}

#[test]
fn every_table_reads_back_with_the_types_it_was_written_with() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let guest = Table::Responses(guest().id);
    let tables = [
        (guest, guest_schema()),
        (Table::Observations, observations_schema()),
        (Table::Aggregates, aggregates_schema()),
        (Table::Comments, comments_schema()),
    ];
    for (table, schema) in &tables {
        store(&facts, table.clone(), schema);
        let snapshot = facts.snapshot(table).unwrap().unwrap();
        for (stored, wanted) in snapshot.schema.fields().iter().zip(schema.fields()) {
            assert_eq!(stored.name(), wanted.name());
            assert_eq!(
                stored.data_type(),
                wanted.data_type(),
                "{table}.{}",
                wanted.name()
            );
            assert_eq!(
                stored.is_nullable(),
                wanted.is_nullable(),
                "{table}.{}",
                wanted.name()
            );
        }
        let rows = read(&snapshot);
        let expected = filled(schema);
        assert_eq!(
            format!("{:?}", rows[0].columns()),
            format!("{:?}", expected.columns())
        );
    }
    let mut names: Vec<_> = tables.into_iter().map(|(table, _)| table).collect();
    names.sort();
    assert_eq!(facts.list_tables().unwrap(), names);
}

#[test]
fn the_log_tells_days_and_units_and_nothing_else_of_the_rows() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    store(&facts, Table::Responses(guest().id), &guest_schema());
    let actions = log_actions(&dir.path().join("responses_guest"));
    let add = actions.iter().find_map(|action| action.get("add")).unwrap();
    let statistics: serde_json::Value =
        serde_json::from_str(add["stats"].as_str().unwrap()).unwrap();
    assert_eq!(
        statistics,
        serde_json::json!({
            "numRecords": 2,
            "minValues": { "local_date": "2026-01-01", "unit": "secret-a" },
            "maxValues": { "local_date": "2026-03-13", "unit": "secret-b" },
            "nullCount": { "local_date": 0, "unit": 0 },
        })
    );
    let whole = serde_json::to_string(&actions).unwrap();
    assert_eq!(
        whole.matches("secret-").count(),
        2,
        "smallest and largest unit only: {whole}"
    );
}

#[test]
fn tables_need_no_feature_that_a_plain_reader_lacks() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    store(&facts, Table::Aggregates, &aggregates_schema());
    let actions = log_actions(&dir.path().join("aggregates"));
    let protocol = actions
        .iter()
        .find_map(|action| action.get("protocol"))
        .unwrap();
    assert_eq!(protocol["minReaderVersion"], 1);
    assert_eq!(protocol["minWriterVersion"], 2);
    assert!(protocol.get("readerFeatures").is_none(), "{protocol}");
    let metadata = actions
        .iter()
        .find_map(|action| action.get("metaData"))
        .unwrap();
    assert_eq!(metadata["partitionColumns"], serde_json::json!([]));
    assert_eq!(
        metadata["configuration"],
        serde_json::json!({ "delta.dataSkippingStatsColumns": "period_start,unit" })
    );
    let one_commit = actions
        .iter()
        .filter(|action| action.get("commitInfo").is_some());
    assert_eq!(
        one_commit.count(),
        1,
        "the table and its first rows are one commit"
    );
}

#[test]
fn a_folder_may_have_any_name() {
    let dir = tempfile::tempdir().unwrap();
    let odd = dir.path().join("mijn gegevens 100% é#1/ünd");
    let facts = Facts::open(&odd).unwrap();
    store(&facts, Table::Comments, &comments_schema());
    store(&facts, Table::Observations, &observations_schema());
    let anew = Facts::open(&odd).unwrap();
    assert_eq!(anew.row_count(&Table::Comments).unwrap(), 2);
    let snapshot = anew.snapshot(&Table::Observations).unwrap().unwrap();
    assert_eq!(read(&snapshot)[0].num_rows(), 2);
}
