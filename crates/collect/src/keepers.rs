//! Answers of the keepers' pulse, on their way to the tables of responses.
//!
//! Invariant: an answer is about one standard, carries the wave and no time, and names its
//! respondent by the keyed hash that imports use, so that people are counted and not answers.
//! Absent on purpose: attributes and the language. Unit and standard tell groups apart finely enough,
//! and one who reads German in a team of Dutch would be known by it.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, Float64Array, Int8Array, Int32Array, RecordBatch, StringArray,
};
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use evenkeel_facts::{item_column, responses_schema};
use evenkeel_foundation::{
    Asks, Instrument, InstrumentId, PartyId, StandardId, Text, UnitId, keepers,
};
use jiff::civil::Date;
use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::convert::{Columns, days};
use crate::hash::{ID_BYTES, Keyed, append_id};

/// The questions do not change, so neither does their version.
const VERSION: i32 = 1;

/// What one of the keepers says of one standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeeperAnswer {
    /// The instrument of the party that owes the standard.
    pub instrument: InstrumentId,
    /// That party.
    pub party: PartyId,
    /// The standard.
    pub standard: StandardId,
    /// Where the respondent works.
    pub unit: UnitId,
    /// The wave, such as `2026-11`.
    pub wave: String,
    /// The day that stands for the wave.
    pub day: Date,
    /// One of [`keepers::ANSWERS`] for each of [`Asks::EVERY`].
    pub answers: [&'static str; Asks::EVERY.len()],
}

/// A row of `responses_INSTRUMENT`, as it waits in the inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeeperRow {
    pub(crate) instrument: InstrumentId,
    party: PartyId,
    pub(crate) standard: StandardId,
    unit: UnitId,
    wave: String,
    day: Date,
    response: String,
    respondent: String,
    bucket: i8,
    answers: Vec<String>,
}

impl KeeperRow {
    /// The row of an answer; `account` is the respondent's, of which only the hash is kept.
    pub fn new(answer: &KeeperAnswer, account: &str, salt: &[u8], rng: &mut dyn Rng) -> Self {
        let hash = Keyed::new(salt).hash("respondent", std::iter::once(account.as_bytes()));
        let mut random = [0; 16];
        rng.fill_bytes(&mut random);
        Self {
            instrument: answer.instrument.clone(),
            party: answer.party.clone(),
            standard: answer.standard.clone(),
            unit: answer.unit.clone(),
            wave: answer.wave.clone(),
            day: answer.day,
            response: id(u128::from_le_bytes(random)),
            respondent: id(hash.key),
            bucket: hash.bucket,
            answers: answer.answers.map(str::to_owned).to_vec(),
        }
    }
}

fn id(bits: u128) -> String {
    let mut text = Vec::with_capacity(ID_BYTES);
    append_id(&mut text, bits);
    text.into_iter().map(char::from).collect()
}

/// Rows of one instrument as a batch, with the columns that its table needs for them: the
/// standards that the rows are about, be they still asked about or not.
pub(crate) fn batch(
    instrument: &InstrumentId,
    rows: &[&KeeperRow],
) -> Result<Option<(SchemaRef, RecordBatch)>, ArrowError> {
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let mut standards: Vec<&StandardId> = rows.iter().map(|row| &row.standard).collect();
    standards.sort();
    standards.dedup();
    let Ok(title) = Text::plain(instrument.as_str()) else {
        return Ok(None);
    };
    let asked = Instrument {
        id: instrument.clone(),
        items: standards
            .iter()
            .flat_map(|standard| keepers::items(standard, &title).into_iter().flatten())
            .collect(),
        title,
        party: first.party.clone(),
        definition: serde_json::Value::Null,
    };
    let schema = responses_schema(&asked, &[]);
    let mut columns = Columns::default();
    let text = |of: fn(&KeeperRow) -> &str| -> ArrayRef {
        Arc::new(
            rows.iter()
                .map(|row| Some(of(row)))
                .collect::<StringArray>(),
        )
    };
    columns.add("response_id", text(|row| &row.response));
    columns.add("respondent_key", text(|row| &row.respondent));
    columns.add("wave", text(|row| &row.wave));
    columns.add("import_id", text(|_| "inbox"));
    columns.add("unit", text(|row| row.unit.as_str()));
    columns.add("party", text(|row| row.party.as_str()));
    columns.add("channel", text(|_| "pulse"));
    columns.add(
        "instrument_version",
        Arc::new(Int32Array::from(vec![VERSION; rows.len()])),
    );
    let dates = rows.iter().map(|row| days(row.day));
    columns.add("local_date", Arc::new(Date32Array::from_iter_values(dates)));
    columns.add(
        "base_weight",
        Arc::new(Float64Array::from(vec![1.0; rows.len()])),
    );
    let buckets = rows.iter().map(|row| row.bucket);
    columns.add("bucket", Arc::new(Int8Array::from_iter_values(buckets)));
    for standard in standards {
        for (place, asks) in Asks::EVERY.into_iter().enumerate() {
            let Some(item) = asks.item(standard) else {
                continue;
            };
            let answers = rows.iter().map(|row| {
                let answer = row.answers.get(place).map(String::as_str);
                answer.filter(|_| row.standard == *standard)
            });
            columns.add(
                &item_column(item.as_str()),
                Arc::new(answers.collect::<StringArray>()),
            );
        }
    }
    let rows = columns.filtered(&schema, &vec![true; rows.len()])?;
    Ok(Some((schema, rows)))
}
