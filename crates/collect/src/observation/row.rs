//! One row of `observations`.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int8Array, Int32Array, RecordBatch,
    StringArray, TimestampMicrosecondArray,
};
use arrow::error::ArrowError;
use evenkeel_facts::observations_schema;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::convert::{Columns, days};

/// One row of `observations`, as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What makes it the same observation when it comes again.
    pub observation_id: String,
    /// The standard.
    pub standard: String,
    /// The version by which it was judged.
    pub standard_version: i32,
    /// The unit.
    pub unit: String,
    /// Who owed it.
    pub party: Option<String>,
    /// When; None where only the day is known.
    pub occurred_at: Option<Timestamp>,
    /// When it came in.
    pub received_at: Timestamp,
    /// The day in the unit's zone.
    pub local_date: Date,
    /// The number.
    pub value: Option<f64>,
    /// What else is kept, a JSON object.
    pub detail: Option<String>,
    /// Whether it was kept.
    pub kept: Option<bool>,
    /// How it deviated, a JSON array.
    pub deviations: Option<String>,
    /// What came on top, a JSON array of texts.
    pub extras: Option<String>,
    /// How the look was chosen.
    pub chosen: String,
    /// Who looked.
    pub looked_by: Option<String>,
    /// What was looked at.
    pub subject: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// By which way.
    pub channel: Option<String>,
    /// Why it deviated.
    pub reason: Option<String>,
    /// What brought it in.
    pub import_id: String,
    /// The bucket of its replicates.
    pub bucket: i8,
}

/// Rows as a batch that the table takes.
pub fn batch(rows: &[&Row]) -> Result<RecordBatch, ArrowError> {
    let mut columns = Columns::default();
    let mut text = |name: &str, of: fn(&Row) -> &str| {
        let array = rows
            .iter()
            .map(|row| Some(of(row)))
            .collect::<StringArray>();
        columns.add(name, Arc::new(array));
    };
    text("observation_id", |row| &row.observation_id);
    text("standard", |row| &row.standard);
    text("unit", |row| &row.unit);
    text("chosen", |row| &row.chosen);
    text("source", |row| &row.source);
    text("import_id", |row| &row.import_id);
    let mut maybe = |name: &str, of: fn(&Row) -> Option<&String>| {
        if rows.iter().any(|row| of(row).is_some()) {
            let array = rows.iter().map(|row| of(row)).collect::<StringArray>();
            columns.add(name, Arc::new(array));
        }
    };
    maybe("party", |row| row.party.as_ref());
    maybe("detail", |row| row.detail.as_ref());
    maybe("deviations", |row| row.deviations.as_ref());
    maybe("extras", |row| row.extras.as_ref());
    maybe("looked_by", |row| row.looked_by.as_ref());
    maybe("subject", |row| row.subject.as_ref());
    maybe("channel", |row| row.channel.as_ref());
    maybe("reason", |row| row.reason.as_ref());
    let instants = |of: fn(&Row) -> Option<Timestamp>| -> ArrayRef {
        let micros = rows
            .iter()
            .map(|row| of(row).map(Timestamp::as_microsecond));
        Arc::new(
            micros
                .collect::<TimestampMicrosecondArray>()
                .with_timezone("UTC"),
        )
    };
    columns.add("occurred_at", instants(|row| row.occurred_at));
    columns.add("received_at", instants(|row| Some(row.received_at)));
    let versions = rows.iter().map(|row| row.standard_version);
    columns.add(
        "standard_version",
        Arc::new(Int32Array::from_iter_values(versions)),
    );
    let dates = rows.iter().map(|row| days(row.local_date));
    columns.add("local_date", Arc::new(Date32Array::from_iter_values(dates)));
    let values = rows.iter().map(|row| row.value);
    columns.add("value", Arc::new(values.collect::<Float64Array>()));
    let kept = rows.iter().map(|row| row.kept);
    columns.add("kept", Arc::new(kept.collect::<BooleanArray>()));
    let buckets = rows.iter().map(|row| row.bucket);
    columns.add("bucket", Arc::new(Int8Array::from_iter_values(buckets)));
    columns.filtered(&observations_schema(), &vec![true; rows.len()])
}
