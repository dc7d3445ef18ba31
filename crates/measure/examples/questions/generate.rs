//! The three tables, from fixed seeds.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int8Array, Int32Array,
    RecordBatch, StringArray, TimestampMicrosecondArray,
};
use arrow::datatypes::{Field, Int32Type, Schema};
use evenkeel_facts::{AppId, Facts, Table, observations_schema, responses_schema};
use evenkeel_foundation::InstrumentId;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::Result;
use crate::organisation::{
    CHANNELS, ITEMS, ROLES, SEGMENTS, STANDARDS, TENURES, UNITS, foundation, limit_seconds,
    standard, unit,
};

/// 2024-01-01 to 2025-12-31.
const FIRST_DAY: i32 = 19_723;
const DAYS: usize = 731;
const BATCH_ROWS: usize = 1 << 17;
const DAY_MICROSECONDS: i64 = 86_400_000_000;

/// Writes all tables; those that are there already are left as they are.
pub fn all(dir: &Path, scale: f64) -> Result<()> {
    let facts = Facts::open(dir)?;
    let rows = |millions: f64| 0..(millions * 1e6 * scale).round() as usize;
    responses(&facts, "guest", rows(10.0), customer)?;
    responses(&facts, "pulse", rows(1.0), employee)?;
    observations(&facts, rows(20.0))
}

/// Adds a hundredth to each table, dated on its last days.
pub fn append(facts: &Facts) -> Result<()> {
    let next = |table: &Table| -> Result<Range<usize>> {
        let rows = facts.row_count(table)? as usize;
        Ok(rows..rows + rows / 100)
    };
    let guest = next(&Table::Responses(InstrumentId::parse("guest")?))?;
    responses(facts, "guest", guest, customer)?;
    let pulse = next(&Table::Responses(InstrumentId::parse("pulse")?))?;
    responses(facts, "pulse", pulse, employee)?;
    observations(facts, next(&Table::Observations)?)
}

/// Rows come in order of time, as imports mostly do; appended ones are of the last day.
fn day(row: usize, rows: &Range<usize>) -> i32 {
    let place = if rows.start == 0 {
        row * DAYS / rows.end
    } else {
        DAYS - 1
    };
    FIRST_DAY + place as i32
}

type Columns = Vec<(String, ArrayRef)>;

fn batch(columns: Columns) -> Result<RecordBatch> {
    let fields = columns.iter().map(|(name, column)| {
        let nullable = column.null_count() > 0;
        Field::new(name, column.data_type().clone(), nullable)
    });
    let schema = Schema::new(fields.collect::<Vec<_>>());
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    Ok(RecordBatch::try_new(Arc::new(schema), columns)?)
}

/// A column of words, as a dictionary.
fn words(words: &[String], picks: impl Iterator<Item = Option<usize>>) -> Result<ArrayRef> {
    let keys: Int32Array = picks.map(|pick| pick.map(|pick| pick as i32)).collect();
    let values = Arc::new(StringArray::from_iter_values(words));
    Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(
        keys, values,
    )?))
}

fn constant(word: &str, rows: usize) -> Result<ArrayRef> {
    words(&[word.to_owned()], std::iter::repeat_n(Some(0), rows))
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Small units have fewer rows than large ones: the square of an even pick.
fn pick_unit(rng: &mut StdRng) -> usize {
    let even: f64 = rng.random();
    (even.powf(1.5) * UNITS as f64) as usize
}

fn responses(
    facts: &Facts,
    instrument: &str,
    rows: Range<usize>,
    answers: fn(&mut StdRng, &[usize]) -> Result<Columns>,
) -> Result<()> {
    let foundation = foundation()?;
    let id = InstrumentId::parse(instrument)?;
    let attributes: Vec<_> = foundation.attributes.values().cloned().collect();
    let schema = responses_schema(&foundation.instruments[&id], &attributes);
    let table = Table::Responses(id);
    if facts.row_count(&table)? == rows.end as u64 {
        return Ok(());
    }
    let units: Vec<String> = (0..UNITS).map(unit).collect();
    let mut staging = facts.stage(table, schema, AppId::new("bench", rows.end as i64))?;
    let mut rng = StdRng::seed_from_u64(rows.end as u64 ^ 0x5eed);
    for start in rows.clone().step_by(BATCH_ROWS) {
        let batch_rows = BATCH_ROWS.min(rows.end - start);
        let of_unit: Vec<usize> = (0..batch_rows).map(|_| pick_unit(&mut rng)).collect();
        let days: Vec<i32> = (start..start + batch_rows)
            .map(|row| day(row, &rows))
            .collect();
        let ids = (start..start + batch_rows).map(|row| format!("r{:012x}", row * 2_654_435_761));
        let occurred = days.iter().map(|&day| i64::from(day) * DAY_MICROSECONDS);
        let occurred = TimestampMicrosecondArray::from_iter_values(occurred).with_timezone("UTC");
        let channels = (0..batch_rows).map(|_| Some(rng.random_range(0..CHANNELS.len())));
        let mut columns: Columns = vec![
            (
                "response_id".into(),
                Arc::new(StringArray::from_iter_values(ids)),
            ),
            (
                "instrument_version".into(),
                Arc::new(Int32Array::from_value(1, batch_rows)),
            ),
            ("import_id".into(), constant("bench", batch_rows)?),
            ("occurred_at".into(), Arc::new(occurred)),
            ("local_date".into(), Arc::new(Date32Array::from(days))),
            (
                "unit".into(),
                words(&units, of_unit.iter().map(|&unit| Some(unit)))?,
            ),
            (
                "party".into(),
                constant(
                    if instrument == "guest" {
                        "customer"
                    } else {
                        "employee"
                    },
                    batch_rows,
                )?,
            ),
            ("channel".into(), words(&owned(&CHANNELS), channels)?),
            (
                "base_weight".into(),
                Arc::new(Float64Array::from_value(1.0, batch_rows)),
            ),
        ];
        let buckets = (0..batch_rows).map(|_| rng.random_range(0..64i8));
        columns.push((
            "bucket".into(),
            Arc::new(Int8Array::from_iter_values(buckets)),
        ));
        columns.extend(answers(&mut rng, &of_unit)?);
        staging.write(batch(columns)?, (start + batch_rows - rows.start) as u64)?;
    }
    staging.commit()?;
    Ok(())
}

/// A unit is good by its number; answers follow it with noise.
fn rating(rng: &mut StdRng, unit: usize, min: i8, max: i8, missing: f64) -> Option<i8> {
    if rng.random_bool(missing) {
        return None;
    }
    let quality = 0.45 + 0.3 * ((unit * 7_919) % UNITS) as f64 / UNITS as f64;
    let noise: f64 = rng.random::<f64>() + rng.random::<f64>() - 1.0;
    let share = (quality + 0.45 * noise).clamp(0.0, 0.999);
    Some(min + (share * f64::from(max - min + 1)) as i8)
}

fn customer(rng: &mut StdRng, units: &[usize]) -> Result<Columns> {
    let segments = (0..units.len()).map(|_| Some(rng.random_range(0..SEGMENTS.len())));
    let mut columns: Columns = vec![("attr_segment".into(), words(&owned(&SEGMENTS), segments)?)];
    let mut item = |name: String, min: i8, max: i8, missing: f64| {
        let answers: Int8Array = units
            .iter()
            .map(|&unit| rating(rng, unit, min, max, missing))
            .collect();
        columns.push((name, Arc::new(answers)));
    };
    item("item_nps".into(), 0, 10, 0.1);
    item("item_overall".into(), 1, 5, 0.05);
    (1..=ITEMS).for_each(|number| item(format!("item_q{number}"), 1, 7, 0.02));
    Ok(columns)
}

fn employee(rng: &mut StdRng, units: &[usize]) -> Result<Columns> {
    let roles = (0..units.len()).map(|_| Some(rng.random_range(0..ROLES.len())));
    let roles = words(&owned(&ROLES), roles)?;
    let tenures = (0..units.len()).map(|_| Some(rng.random_range(0..TENURES.len())));
    let tenures = words(&owned(&TENURES), tenures)?;
    let happy: Int8Array = units
        .iter()
        .map(|&unit| rating(rng, unit, 1, 5, 0.08))
        .collect();
    Ok(vec![
        ("attr_role".into(), roles),
        ("attr_tenure".into(), tenures),
        ("item_happy".into(), Arc::new(happy)),
    ])
}

fn observations(facts: &Facts, rows: Range<usize>) -> Result<()> {
    if facts.row_count(&Table::Observations)? == rows.end as u64 {
        return Ok(());
    }
    let app = AppId::new("bench", rows.end as i64);
    let mut staging = facts.stage(Table::Observations, observations_schema(), app)?;
    let units: Vec<String> = (0..UNITS).map(unit).collect();
    let standards: Vec<String> = (0..STANDARDS).map(standard).collect();
    let mut rng = StdRng::seed_from_u64(rows.end as u64 ^ 0x0b5e);
    for start in rows.clone().step_by(BATCH_ROWS) {
        let batch_rows = BATCH_ROWS.min(rows.end - start);
        let of_unit: Vec<usize> = (0..batch_rows).map(|_| pick_unit(&mut rng)).collect();
        let of_standard: Vec<usize> = (0..batch_rows)
            .map(|_| rng.random_range(0..STANDARDS))
            .collect();
        let days: Vec<i32> = (start..start + batch_rows)
            .map(|row| day(row, &rows))
            .collect();
        // Whole seconds, skewed to the right, as waiting times are.
        let values: Vec<f64> = of_standard
            .iter()
            .map(|&standard| {
                let even: f64 = rng.random_range(1e-6..1.0);
                (limit_seconds(standard) * 0.45 * (1.0 - even.ln())).round()
            })
            .collect();
        let kept = values
            .iter()
            .zip(&of_standard)
            .map(|(&value, &standard)| Some(value <= limit_seconds(standard)));
        let ids = (start..start + batch_rows).map(|row| format!("o{:012x}", row * 2_654_435_761));
        let received = days.iter().map(|&day| i64::from(day) * DAY_MICROSECONDS);
        let received: TimestampMicrosecondArray = received.map(Some).collect();
        let buckets = (0..batch_rows).map(|_| rng.random_range(0..64i8));
        let columns: Columns = vec![
            (
                "observation_id".into(),
                Arc::new(StringArray::from_iter_values(ids)),
            ),
            (
                "standard".into(),
                words(&standards, of_standard.iter().map(|&s| Some(s)))?,
            ),
            (
                "standard_version".into(),
                Arc::new(Int32Array::from_value(1, batch_rows)),
            ),
            (
                "unit".into(),
                words(&units, of_unit.iter().map(|&unit| Some(unit)))?,
            ),
            (
                "received_at".into(),
                Arc::new(received.with_timezone("UTC")),
            ),
            ("local_date".into(), Arc::new(Date32Array::from(days))),
            ("kept".into(), Arc::new(kept.collect::<BooleanArray>())),
            ("value".into(), Arc::new(Float64Array::from(values))),
            ("chosen".into(), constant("census", batch_rows)?),
            ("source".into(), constant("till", batch_rows)?),
            ("import_id".into(), constant("bench", batch_rows)?),
            (
                "bucket".into(),
                Arc::new(Int8Array::from_iter_values(buckets)),
            ),
        ];
        staging.write(batch(columns)?, (start + batch_rows - rows.start) as u64)?;
    }
    staging.commit()?;
    Ok(())
}
