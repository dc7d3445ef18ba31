//! Rows of `responses_INSTRUMENT` and of `comments`.
//!
//! Invariant: a respondent is stored as a keyed hash, never as in the file. What employees wrote is
//! stored without a way back to their scores unless the file tells respondents apart anyway.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int8Array, RecordBatch, StringArray, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::SchemaRef;
use evenkeel_facts::{attribute_column, comments_schema, responses_schema};
use evenkeel_foundation::{Attribute, Instrument, InstrumentId, PartyId, Side};
use rand::Rng;

use super::answers::Answers;
use super::rows::{Missing, Rows};
use super::table::{self, Columns};
use super::units::{UnitPlaces, Units};
use super::when::When;
use super::words::{self, Label};
use crate::agreed::Agreed;
use crate::hash::{ID_BYTES, Keyed, append_id, bucket};
use crate::mapping::{ColumnName, ColumnPick, Mapping, Pick};

/// Turns rows into responses.
#[derive(Debug)]
pub(crate) struct Responses<'m> {
    mapping: &'m Mapping,
    instrument: &'m Instrument,
    version: i32,
    import_id: String,
    pub schema: SchemaRef,
    party: Label<'m>,
    wave: Label<'m>,
    campaign: Label<'m>,
    channel: Label<'m>,
    language: Label<'m>,
    stratum: Label<'m>,
    psu: Label<'m>,
    attributes: Vec<(String, Label<'m>)>,
    answers: Vec<Answers<'m>>,
    keyed: Keyed,
    /// Whether comments keep a way back to the response.
    linked: bool,
    missing: Missing,
}

/// The columns of one batch, before wrong rows are left out.
pub(crate) struct ResponseColumns {
    columns: Columns,
    comments: Vec<(String, Vec<(usize, String)>)>,
}

impl<'m> Responses<'m> {
    pub(crate) fn new(
        mapping: &'m Mapping,
        agreed: &'m Agreed,
        import_id: &str,
        salt: &[u8],
    ) -> Option<Self> {
        let foundation = &agreed.foundation;
        let instrument = foundation.instrument(&mapping.instrument.as_ref()?.value)?;
        let attributes: Vec<Attribute> = foundation.attributes.values().cloned().collect();
        let schema = responses_schema(instrument, &attributes);
        let everywhere = &mapping.missing;
        let parties = foundation.parties.keys().map(|id| id.as_str().to_owned());
        let label = |field, pick| Label::new(field, pick, everywhere);
        let answers = mapping.items.iter().filter_map(|rule| {
            let item = instrument.item(rule.id.value.as_str())?;
            let column = evenkeel_facts::item_column(item.id.as_str());
            let stored_as = schema
                .field_with_name(&column)
                .ok()
                .map(|f| f.data_type().clone());
            Some(Answers::new(rule, item, everywhere, stored_as))
        });
        let attributes = mapping.attributes.iter().filter_map(|rule| {
            let attribute = foundation.attribute(&rule.id.value)?;
            let values = attribute.values.iter().map(|value| value.id.clone());
            let field = format!("attributes.{}", attribute.id);
            let label = Label::closed(&field, Some(&rule.pick), everywhere, values.collect());
            Some((attribute_column(attribute.id.as_str()), label))
        });
        let party = |id: &PartyId| foundation.party(id).map(|party| party.side);
        let internal = party(&instrument.party) == Some(Side::Internal);
        Some(Self {
            answers: answers.collect(),
            attributes: attributes.collect(),
            version: agreed.instruments.get(&instrument.id).copied().unwrap_or(1),
            import_id: import_id.to_owned(),
            party: Label::closed(
                "party",
                mapping.party.as_ref(),
                everywhere,
                parties.collect(),
            ),
            wave: label("wave", mapping.wave.as_ref()),
            campaign: label("campaign", mapping.campaign.as_ref()),
            channel: label("channel", mapping.channel.as_ref()),
            language: label("language", mapping.language.as_ref()),
            stratum: label("stratum", mapping.stratum.as_ref()),
            psu: label("psu", mapping.psu.as_ref()),
            keyed: Keyed::new(salt),
            linked: !internal || !mapping.respondent.is_empty(),
            missing: Missing::new(everywhere, &[]),
            schema,
            instrument,
            mapping,
        })
    }

    /// The instrument whose table the rows go to.
    pub(crate) fn instrument_id(&self) -> &InstrumentId {
        &self.instrument.id
    }

    /// Whether the mapping has comments, and so the second table.
    pub(crate) fn has_comments(&self) -> bool {
        self.answers.iter().any(Answers::is_comment)
    }

    /// Reads the rows of a batch.
    pub(crate) fn read(
        &mut self,
        rows: &mut Rows<'_>,
        units: &Units<'_>,
        places: &UnitPlaces,
        when: &When,
        received_at: i64,
        rng: &mut dyn Rng,
    ) -> ResponseColumns {
        let count = rows.len();
        let mut columns = Columns::default();
        let (keys, hashed) = self.respondents(rows);
        columns.add("response_id", random_ids(count, rng));
        columns.add_some("respondent_key", keys);
        columns.add("instrument_version", table::int32(self.version, count));
        columns.add_some("campaign", self.campaign.array(rows));
        columns.add_some("wave", self.wave.array(rows));
        columns.add("import_id", words::constant(&self.import_id, count));
        columns.add("occurred_at", when.instant_array());
        columns.add("received_at", table::instant(received_at, count));
        columns.add("local_date", when.day_array());
        columns.add("unit", units.array(places.clone()));
        let party = self.party.required(rows);
        let own = || words::constant(self.instrument.party.as_str(), count);
        columns.add("party", party.unwrap_or_else(own));
        columns.add_some("channel", self.channel.array(rows));
        columns.add_some("language", self.language.array(rows));
        for (name, label) in &mut self.attributes {
            columns.add_some(name, label.array(rows));
        }
        columns.add("base_weight", self.weights(rows));
        let psu = self.psu.array(rows);
        columns.add("bucket", self.buckets(rows, hashed, rng));
        columns.add_some("psu", psu);
        columns.add_some("stratum", self.stratum.array(rows));
        let mut comments = Vec::new();
        for answers in &mut self.answers {
            if answers.is_comment() {
                let item = answers.field.trim_start_matches("item:").to_owned();
                comments.push((item, answers.comments(rows)));
            } else {
                let array = answers.array(rows);
                columns.add(&answers.column, array);
            }
        }
        ResponseColumns { columns, comments }
    }

    /// The batches of the rows that are kept: responses, and comments where there are any.
    pub(crate) fn finish(
        &self,
        read: ResponseColumns,
        keep: &[bool],
        rng: &mut dyn Rng,
    ) -> Result<(RecordBatch, Option<RecordBatch>), arrow::error::ArrowError> {
        let comments = self.comment_rows(&read, keep, rng)?;
        let responses = read.columns.filtered(&self.schema, keep)?;
        Ok((responses, comments))
    }

    /// Keyed hashes of the respondents as ids, and the bucket of each.
    fn respondents(&self, rows: &mut Rows<'_>) -> (Option<ArrayRef>, Option<Vec<Option<i8>>>) {
        if self.mapping.respondent.is_empty() {
            return (None, None);
        }
        let columns: Vec<_> = self
            .mapping
            .respondent
            .iter()
            .map(|column| rows.texts(column))
            .collect();
        let mut bytes = Vec::with_capacity(rows.len() * ID_BYTES);
        let mut ends: Vec<Option<usize>> = Vec::with_capacity(rows.len());
        let mut buckets = Vec::with_capacity(rows.len());
        for row in 0..rows.len() {
            if columns
                .iter()
                .all(|texts| self.missing.text(texts.get(row)))
            {
                ends.push(None);
                buckets.push(None);
                continue;
            }
            let parts = columns.iter().map(|texts| texts.get(row).as_bytes());
            let hash = self.keyed.hash("respondent", parts);
            append_id(&mut bytes, hash.key);
            ends.push(Some(bytes.len()));
            buckets.push(Some(hash.bucket));
        }
        let absent = ends.iter().filter(|end| end.is_none()).count() as u64;
        for texts in &columns {
            rows.count_missing(texts.at, texts.name, absent);
        }
        let text = std::str::from_utf8(&bytes).expect("ids are ASCII");
        let keys = ends
            .iter()
            .map(|end| end.map(|end| &text[end - ID_BYTES..end]));
        (Some(Arc::new(keys.collect::<StringArray>())), Some(buckets))
    }

    /// The replicate of a row: that of its sampling unit, else of its respondent, else drawn.
    fn buckets(
        &self,
        rows: &Rows<'_>,
        hashed: Option<Vec<Option<i8>>>,
        rng: &mut dyn Rng,
    ) -> ArrayRef {
        let mut drawn = vec![0; rows.len()];
        rng.fill_bytes(&mut drawn);
        let mut buckets: Vec<i8> = drawn.into_iter().map(bucket).collect();
        for (bucket, hashed) in buckets.iter_mut().zip(hashed.into_iter().flatten()) {
            if let Some(hashed) = hashed {
                *bucket = hashed;
            }
        }
        if let Some(Pick::Column(pick)) = &self.mapping.psu {
            let texts = rows.texts(&pick.column);
            for (row, bucket) in buckets.iter_mut().enumerate() {
                let text = texts.get(row);
                if !self.missing.text(text) {
                    *bucket = self
                        .keyed
                        .hash("psu", std::iter::once(text.as_bytes()))
                        .bucket;
                }
            }
        }
        Arc::new(Int8Array::from(buckets))
    }

    fn weights(&self, rows: &mut Rows<'_>) -> ArrayRef {
        let weights = match &self.mapping.weight {
            None => vec![1.0; rows.len()],
            Some(Pick::Constant(weight)) => vec![weight.value.parse().unwrap_or(1.0); rows.len()],
            Some(Pick::Column(pick)) => weights_of(rows, pick, &self.mapping.missing),
        };
        Arc::new(Float64Array::from(weights))
    }

    fn comment_rows(
        &self,
        read: &ResponseColumns,
        keep: &[bool],
        rng: &mut dyn Rng,
    ) -> Result<Option<RecordBatch>, arrow::error::ArrowError> {
        let mut places: Vec<u32> = Vec::new();
        let mut items: Vec<&str> = Vec::new();
        let mut texts: Vec<&str> = Vec::new();
        for (item, comments) in &read.comments {
            for (row, text) in comments.iter().filter(|(row, _)| keep[*row]) {
                places.push(*row as u32);
                items.push(item);
                texts.push(text);
            }
        }
        if texts.is_empty() {
            return Ok(None);
        }
        if !self.linked {
            shuffle(&mut places, &mut items, &mut texts, rng);
        }
        let count = texts.len();
        let mut columns = Columns::default();
        columns.add("comment_id", random_ids(count, rng));
        columns.add(
            "instrument",
            words::constant(self.instrument.id.as_str(), count),
        );
        columns.add("item", Arc::new(StringArray::from(items)));
        columns.add("text", Arc::new(StringArray::from(texts)));
        let places = UInt32Array::from(places);
        let shared = [
            "language",
            "campaign",
            "wave",
            "import_id",
            "received_at",
            "local_date",
            "unit",
            "party",
            "channel",
        ];
        let linked = if self.linked {
            ["response_id", "occurred_at"].as_slice()
        } else {
            &[]
        };
        for name in shared.iter().chain(linked) {
            if let Some(array) = read.columns.get(name) {
                columns.add(name, take(array, &places, None)?);
            }
        }
        columns
            .filtered(&comments_schema(), &vec![true; count])
            .map(Some)
    }
}

fn weights_of(rows: &mut Rows<'_>, pick: &ColumnPick, everywhere: &[String]) -> Vec<f64> {
    let missing = Missing::new(everywhere, &pick.missing);
    let (_, name, _) = rows.column(&pick.column);
    let weights = rows.numbers(&pick.column, "weight", &missing, false);
    let mut read = Vec::with_capacity(weights.len());
    for (row, weight) in weights.into_iter().enumerate() {
        match weight {
            Some(weight) if weight > 0.0 => read.push(weight),
            Some(weight) => {
                rows.fault(
                    row,
                    Some(name),
                    "weight",
                    "this is no weight",
                    &weight.to_string(),
                    "a number above 0",
                );
                read.push(1.0);
            }
            None => {
                if !rows.is_bad(row) {
                    rows.fault(
                        row,
                        Some(name),
                        "weight",
                        "every row needs its weight",
                        "",
                        "a number above 0",
                    );
                }
                read.push(1.0);
            }
        }
    }
    read
}

/// Random ids of 26 characters.
pub(super) fn random_ids(count: usize, rng: &mut dyn Rng) -> ArrayRef {
    let mut random = vec![0; count * 16];
    rng.fill_bytes(&mut random);
    let mut text = Vec::with_capacity(count * ID_BYTES);
    for bits in random.as_chunks::<16>().0 {
        append_id(&mut text, u128::from_le_bytes(*bits));
    }
    Arc::new(table::fixed_texts(text, ID_BYTES))
}

/// The keyed hash of a column's text needs its text, so a column that is not wanted is never asked.
pub(super) fn texts_of<'b>(rows: &Rows<'b>, columns: &[ColumnName]) -> Vec<super::rows::Texts<'b>> {
    columns.iter().map(|column| rows.texts(column)).collect()
}

/// Puts comments into an order that says nothing about the rows they come from.
fn shuffle(places: &mut [u32], items: &mut [&str], texts: &mut [&str], rng: &mut dyn Rng) {
    for last in (1..places.len()).rev() {
        // The bias of a remainder of 64 random bits is below 1 in 10¹⁴.
        let other = (rng.next_u64() % (last as u64 + 1)) as usize;
        places.swap(last, other);
        items.swap(last, other);
        texts.swap(last, other);
    }
}
