//! The two tables, from fixed seeds.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, DictionaryArray, Float64Array, Int8Array, Int32Array, RecordBatch,
    StringArray, TimestampMicrosecondArray,
};
use arrow::datatypes::{Field, Int32Type, Schema};
use evenkeel_facts::{
    AppId, Facts, Table, attribute_column, item_column, observations_schema, responses_schema,
};
use evenkeel_foundation::InstrumentId;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::Result;
use crate::organisation::{ANSWERS, ATTRIBUTES, ITEMS, RATINGS, foundation, item, value};

/// 2025-06-02.
const DAY: i32 = 20_241;
const DAY_MICROSECONDS: i64 = 86_400_000_000;
const BATCH_ROWS: usize = 1 << 17;
const BUCKETS: i8 = 64;
/// Ratings of one subject, at least and at most.
const RATERS: (usize, usize) = (2, 6);

type Columns = Vec<(String, ArrayRef)>;

/// Writes both tables; those that are there already are left as they are.
pub fn all(dir: &Path, rows: usize) -> Result<()> {
    let facts = Facts::open(dir)?;
    responses(&facts, rows)?;
    ratings(&facts, rows)
}

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
fn words(words: &[String], picks: impl Iterator<Item = usize>) -> Result<ArrayRef> {
    let keys: Int32Array = picks.map(|pick| Some(pick as i32)).collect();
    let values = Arc::new(StringArray::from_iter_values(words));
    Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(
        keys, values,
    )?))
}

fn constant(word: &str, rows: usize) -> Result<ArrayRef> {
    words(&[word.to_owned()], std::iter::repeat_n(0, rows))
}

fn texts(rows: impl Iterator<Item = String>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(rows))
}

fn instants(rows: usize) -> ArrayRef {
    let instant = i64::from(DAY) * DAY_MICROSECONDS;
    Arc::new(TimestampMicrosecondArray::from_value(instant, rows).with_timezone("UTC"))
}

fn buckets(rng: &mut StdRng, rows: usize) -> ArrayRef {
    let drawn = (0..rows).map(|_| rng.random_range(0..BUCKETS));
    Arc::new(Int8Array::from_iter_values(drawn))
}

/// About normal, mean 0 and variance 1.
fn noise(rng: &mut StdRng) -> f64 {
    (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0
}

/// The whole number of a scale that is nearest.
fn answer(at: f64, (min, max): (i8, i8)) -> i8 {
    (at.round() as i8).clamp(min, max)
}

fn responses(facts: &Facts, rows: usize) -> Result<()> {
    let foundation = foundation()?;
    let id = InstrumentId::parse("guest")?;
    let attributes: Vec<_> = foundation.attributes.values().cloned().collect();
    let schema = responses_schema(&foundation.instruments[&id], &attributes);
    let table = Table::Responses(id);
    if facts.row_count(&table)? == rows as u64 {
        return Ok(());
    }
    let mut staging = facts.stage(table, schema, AppId::new("bench", rows as i64))?;
    let mut rng = StdRng::seed_from_u64(0x5eed);
    for start in (0..rows).step_by(BATCH_ROWS) {
        let batch_rows = BATCH_ROWS.min(rows - start);
        let ids = (start..start + batch_rows).map(|row| format!("r{row:012}"));
        // Who is asked more often than others counts less: weights between one half and two.
        let weights = (0..batch_rows).map(|_| 0.5 * 4_f64.powf(rng.random()));
        let mut columns: Columns = vec![
            ("response_id".into(), texts(ids)),
            (
                "instrument_version".into(),
                Arc::new(Int32Array::from_value(1, batch_rows)),
            ),
            ("import_id".into(), constant("bench", batch_rows)?),
            ("occurred_at".into(), instants(batch_rows)),
            (
                "local_date".into(),
                Arc::new(Date32Array::from_value(DAY, batch_rows)),
            ),
            ("unit".into(), constant("shop", batch_rows)?),
            ("party".into(), constant("customer", batch_rows)?),
            (
                "base_weight".into(),
                Arc::new(Float64Array::from_iter_values(weights)),
            ),
        ];
        columns.push(("bucket".into(), buckets(&mut rng, batch_rows)));
        columns.extend(people(&mut rng, batch_rows)?);
        staging.write(batch(columns)?, (start + batch_rows) as u64)?;
    }
    staging.commit()?;
    Ok(())
}

/// Attributes and answers. Items share what a person thinks of everything; the outcome goes with
/// the earlier items more than with the later ones, and with the person's attributes a little, so
/// that weights matter.
fn people(rng: &mut StdRng, rows: usize) -> Result<Columns> {
    let mut columns = Columns::new();
    let mut leaning = vec![0.0; rows];
    for (id, values) in ATTRIBUTES {
        let ids: Vec<String> = (0..values).map(|number| value(id, number)).collect();
        let picks: Vec<usize> = (0..rows)
            .map(|_| (rng.random::<f64>().powf(0.8) * values as f64) as usize)
            .collect();
        for (leaning, pick) in leaning.iter_mut().zip(&picks) {
            *leaning += 0.4 * (*pick as f64 / values as f64 - 0.5);
        }
        columns.push((attribute_column(id), words(&ids, picks.into_iter())?));
    }
    let mut answers: Vec<Vec<i8>> = (0..=ITEMS).map(|_| Vec::with_capacity(rows)).collect();
    for leaning in leaning {
        let general = leaning + noise(rng);
        let mut outcome = 4.5 + 0.3 * general + noise(rng);
        for (place, answers) in answers[1..].iter_mut().enumerate() {
            let own = noise(rng);
            let shared = 0.4 + 0.04 * place as f64;
            answers.push(answer(4.0 + 1.3 * (shared * general + 0.8 * own), ANSWERS));
            outcome += 0.9 * own / (place + 2) as f64;
        }
        answers[0].push(answer(outcome, ANSWERS));
    }
    columns.extend(answers.into_iter().enumerate().map(|(number, answers)| {
        let column: ArrayRef = Arc::new(Int8Array::from(answers));
        (item_column(&item(number)), column)
    }));
    Ok(columns)
}

/// Each subject is rated by two to six people, who see its quality with an error of their own.
fn ratings(facts: &Facts, rows: usize) -> Result<()> {
    if facts.row_count(&Table::Observations)? == rows as u64 {
        return Ok(());
    }
    let app = AppId::new("bench", rows as i64);
    let mut staging = facts.stage(Table::Observations, observations_schema(), app)?;
    let mut rng = StdRng::seed_from_u64(0x0b5e);
    let (mut subject, mut left, mut rater, mut quality) = (0_usize, 0_usize, 0_usize, 0.0);
    for start in (0..rows).step_by(BATCH_ROWS) {
        let batch_rows = BATCH_ROWS.min(rows - start);
        let (mut subjects, mut raters) = (Vec::new(), Vec::new());
        let mut values: Vec<f64> = Vec::with_capacity(batch_rows);
        for _ in 0..batch_rows {
            if left == 0 {
                subject += 1;
                left = rng.random_range(RATERS.0..=RATERS.1);
                quality = noise(&mut rng);
            }
            left -= 1;
            rater += 1;
            let seen = 3.2 + 1.1 * quality + 0.5 * noise(&mut rng);
            subjects.push(format!("subject-{subject:07}"));
            raters.push(format!("rater-{:02}", rater % 60));
            values.push(f64::from(answer(seen, RATINGS)));
        }
        let ids = (start..start + batch_rows).map(|row| format!("o{row:012}"));
        let columns: Columns = vec![
            ("observation_id".into(), texts(ids)),
            ("standard".into(), constant("greeting", batch_rows)?),
            (
                "standard_version".into(),
                Arc::new(Int32Array::from_value(1, batch_rows)),
            ),
            ("unit".into(), constant("shop", batch_rows)?),
            ("received_at".into(), instants(batch_rows)),
            (
                "local_date".into(),
                Arc::new(Date32Array::from_value(DAY, batch_rows)),
            ),
            ("value".into(), Arc::new(Float64Array::from(values))),
            ("chosen".into(), constant("census", batch_rows)?),
            ("looked_by".into(), texts(raters.into_iter())),
            ("subject".into(), texts(subjects.into_iter())),
            ("source".into(), constant("visit", batch_rows)?),
            ("import_id".into(), constant("bench", batch_rows)?),
            ("bucket".into(), buckets(&mut rng, batch_rows)),
        ];
        staging.write(batch(columns)?, (start + batch_rows) as u64)?;
    }
    staging.commit()?;
    Ok(())
}
