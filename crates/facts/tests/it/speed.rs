//! How fast rows come in. Not a check: `cargo test -- --ignored --nocapture speed` prints it.

use std::sync::Arc;
use std::time::Instant;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int8Array, Int32Array, RecordBatch,
    StringArray, TimestampMicrosecondArray, new_null_array,
};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, SchemaRef};
use evenkeel_facts::{AppId, Facts, Table, observations_schema};

const ROWS: usize = 4_000_000;
const BATCH: usize = 32_768;

/// One column of observations: keys all different, most strings from a few values.
fn column(field: &Field, from: usize) -> ArrayRef {
    let rows = from..from + BATCH;
    let few = |values: u64| -> ArrayRef {
        let name = field.name();
        Arc::new(StringArray::from_iter_values(
            rows.clone()
                .map(|n| format!("{name}-{}", mixed(n as u64) % values)),
        ))
    };
    match (field.name().as_str(), field.data_type()) {
        ("observation_id", _) => {
            Arc::new(StringArray::from_iter_values(rows.map(|n| {
                format!("{:016x}{:016x}", mixed(n as u64), mixed(!(n as u64)))
            })))
        }
        ("unit", _) => few(300),
        ("looked_by" | "detail" | "deviations" | "extras" | "reason", kind) => {
            new_null_array(kind, BATCH)
        }
        (_, DataType::Utf8) => few(1),
        (_, DataType::Timestamp(..)) => Arc::new(
            TimestampMicrosecondArray::from_iter_values(
                rows.map(|n| n as i64 * 1_000_000 + (mixed(n as u64) % 1000) as i64),
            )
            .with_timezone("UTC"),
        ),
        (_, DataType::Date32) => Arc::new(Date32Array::from_iter_values(
            rows.map(|n| 20_000 + (n / 20_000) as i32),
        )),
        (_, DataType::Float64) => Arc::new(Float64Array::from_iter_values(
            rows.map(|n| (mixed(n as u64) % 240) as f64),
        )),
        (_, DataType::Boolean) => rows
            .map(|n| Some(!mixed(n as u64).is_multiple_of(7)))
            .collect::<BooleanArray>()
            .into_ref(),
        (_, DataType::Int8) => Arc::new(Int8Array::from_iter_values(
            rows.map(|n| (mixed(n as u64) % 64) as i8),
        )),
        (_, DataType::Int32) => Arc::new(Int32Array::from_iter_values(rows.map(|_| 1))),
        (name, kind) => panic!("no values for {name} {kind}"),
    }
}

trait IntoRef {
    fn into_ref(self) -> ArrayRef;
}

impl IntoRef for BooleanArray {
    fn into_ref(self) -> ArrayRef {
        Arc::new(self)
    }
}

/// Digits without a pattern, as random ids have them (splitmix64).
fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}

/// The most memory that this process had, as Linux says it.
fn memory_most() -> String {
    std::fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .map_or_else(|| "unknown".to_owned(), |size| size.trim().to_owned())
}

fn batches(schema: &SchemaRef) -> Vec<RecordBatch> {
    (0..16)
        .map(|n| {
            let columns = schema.fields().iter().map(|field| column(field, n * BATCH));
            RecordBatch::try_new(schema.clone(), columns.collect()).unwrap()
        })
        .collect()
}

/// The same rows with every string that repeats as a dictionary.
fn as_dictionaries(rows: &RecordBatch) -> RecordBatch {
    let kind = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let columns = rows.schema_ref().fields().iter().zip(rows.columns());
    RecordBatch::try_from_iter_with_nullable(columns.map(|(field, column)| {
        let is_few = *field.data_type() == DataType::Utf8 && field.name() != "observation_id";
        let column = if is_few {
            cast(column, &kind).unwrap()
        } else {
            column.clone()
        };
        (field.name(), column, field.is_nullable())
    }))
    .unwrap()
}

#[test]
#[ignore = "measures"]
fn speed_of_staging_observations() {
    let schema = observations_schema();
    let plain = batches(&schema);
    let dictionaries: Vec<_> = plain.iter().map(as_dictionaries).collect();
    for (what, batches) in [("strings", plain), ("dictionaries", dictionaries)] {
        let dir = tempfile::tempdir().unwrap();
        let facts = Facts::open(dir.path()).unwrap();
        let begin = Instant::now();
        let mut staging = facts
            .stage(Table::Observations, schema.clone(), AppId::new("speed", 1))
            .unwrap();
        let mut rows = 0;
        for batch in batches.iter().cycle() {
            rows += batch.num_rows();
            staging.write(batch.clone(), rows as u64).unwrap();
            if rows >= ROWS {
                break;
            }
        }
        let written = begin.elapsed();
        staging.commit().unwrap();
        let all = begin.elapsed();
        let snapshot = facts.snapshot(&Table::Observations).unwrap().unwrap();
        let bytes: u64 = snapshot.files.iter().map(|file| file.bytes).sum();
        println!(
            "{what}: {rows} rows, {} columns: {:.0} rows/s ({:.2} s, the end of it {:.2} s), \
             {:.1} bytes/row, memory {}",
            snapshot.schema.fields().len(),
            rows as f64 / all.as_secs_f64(),
            all.as_secs_f64(),
            all.as_secs_f64() - written.as_secs_f64(),
            bytes as f64 / rows as f64,
            memory_most(),
        );
    }
}
