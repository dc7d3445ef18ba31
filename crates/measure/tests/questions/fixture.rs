//! An organisation of two regions and four shops, and random rows in its tables.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int8Array, Int32Array, Int64Array,
    RecordBatch, StringArray, TimestampMicrosecondArray,
};
use arrow::datatypes::{Field, Schema, SchemaRef};
use evenkeel_facts::{
    AppId, Facts, Table, aggregates_schema, observations_schema, responses_schema,
};
use evenkeel_foundation::{Foundation, IndicatorId, InstrumentId};
use evenkeel_measure::{Answer, Measure, Question, Settings};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;

/// 2026-01-01.
pub const FIRST_DAY: i32 = 20_454;
pub const SHOPS: [&str; 4] = ["shop-a", "shop-b", "shop-c", "shop-d"];
pub const SEGMENTS: [&str; 2] = ["new", "member"];
pub const CHANNELS: [&str; 2] = ["qr", "mail"];
pub const REASONS: [&str; 3] = ["food", "staff", "place"];

/// Region of a shop.
pub fn region(shop: usize) -> &'static str {
    if shop < 2 { "north" } else { "south" }
}

/// One response.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub shop: usize,
    pub day: i32,
    pub channel: Option<usize>,
    pub segment: Option<usize>,
    pub weight: f64,
    pub recommend: Option<i8>,
    pub overall: Option<i8>,
    pub reason: Option<usize>,
    pub tags: Option<Vec<usize>>,
    pub again: Option<bool>,
    pub spend: Option<f64>,
}

pub fn random_rows(seed: u64, count: usize) -> Vec<Row> {
    let mut rng = StdRng::seed_from_u64(seed);
    (0..count)
        .map(|_| Row {
            shop: rng.random_range(0..SHOPS.len()),
            day: FIRST_DAY + rng.random_range(0..200),
            channel: rng.random_bool(0.9).then(|| rng.random_range(0..2)),
            segment: rng.random_bool(0.8).then(|| rng.random_range(0..2)),
            weight: f64::from(rng.random_range(0..8u8)) / 4.0,
            recommend: rng.random_bool(0.8).then(|| rng.random_range(0..=10)),
            overall: rng.random_bool(0.9).then(|| rng.random_range(1..=5)),
            reason: rng.random_bool(0.7).then(|| rng.random_range(0..3)),
            tags: rng
                .random_bool(0.7)
                .then(|| (0..3).filter(|_| rng.random_bool(0.4)).collect()),
            again: rng.random_bool(0.8).then(|| rng.random_bool(0.6)),
            spend: rng.random_bool(0.8).then(|| 1e9 + rng.random::<f64>()),
        })
        .collect()
}

fn keyed(objects: Vec<Value>) -> Value {
    let keyed = objects.into_iter().map(|object| {
        let id = object["id"].as_str().unwrap().to_owned();
        (id, object)
    });
    Value::Object(keyed.collect())
}

fn item(id: &str, scale: Value) -> Value {
    json!({"id": id, "title": id, "scale": scale})
}

fn indicator(id: &str, rest: Value) -> Value {
    let mut whole = json!({"id": id, "title": id, "minimum_n": 1, "instrument": "guest"});
    for (key, value) in rest.as_object().unwrap() {
        whole[key] = value.clone();
    }
    whole
}

pub fn foundation() -> Foundation {
    let unit = |id: &str, level: &str, parent: Option<&str>| {
        let mut unit = json!({"id": id, "title": id, "level": level});
        if let Some(parent) = parent {
            unit["parent"] = parent.into();
        }
        unit
    };
    let mut units = vec![
        unit("chain", "chain", None),
        unit("north", "region", Some("chain")),
        unit("south", "region", Some("chain")),
    ];
    units.extend((0..4).map(|shop| unit(SHOPS[shop], "shop", Some(region(shop)))));
    let level = |id: &str| json!({"id": id, "title": id});
    let party = |id: &str, side: &str| json!({"id": id, "title": id, "side": side, "minimum_n": 5});
    let words = |values: &[&str]| -> Vec<Value> {
        values
            .iter()
            .map(|v| json!({"id": v, "title": v}))
            .collect()
    };
    let rating = |min: i32, max: i32| json!({"kind": "rating", "min": min, "max": max});
    let standard = |id: &str, requirement: Value| {
        json!({"id": id, "title": id, "dimension": "speed", "touchpoint": "counter", "owner": "quality",
               "owed_by": "employee", "owed_to": "customer", "target": 0.9,
               "latitude": {"extras": []}, "requirement": requirement})
    };
    let foundation = json!({
        "organisation": {"name": "Shops", "languages": ["en"], "time_zone": "Europe/Amsterdam",
            "levels": [level("chain"), level("region"), level("shop")], "minimum_n": 5},
        "parties": keyed(vec![party("customer", "external"), party("employee", "internal")]),
        "attributes": keyed(vec![
            json!({"id": "segment", "title": "Segment", "contact": false, "values": words(&SEGMENTS)})]),
        "units": keyed(units),
        "teams": {}, "touchpoints": {}, "mirrors": {},
        "covariates": keyed(vec![json!({"id": "sales", "title": "Sales"})]),
        "standards": keyed(vec![
            standard("quick", json!({"kind": "duration", "within": 300.0})),
            standard("warm", json!({"kind": "range", "lower": 60.0, "upper": 80.0, "unit_of_measure": "°C"})),
            standard("polite", json!({"kind": "checklist", "pass_at": 1.0, "items": [
                {"id": "greets", "title": "Greets", "weight": 1.0}]}))]),
        "instruments": keyed(vec![
            json!({"id": "guest", "title": "Guest", "party": "customer", "definition": {}, "items": [
                item("recommend", rating(0, 10)), item("overall", rating(1, 5)),
                item("reason", json!({"kind": "choice", "values": REASONS})),
                item("tags", json!({"kind": "choices", "values": REASONS})),
                item("again", json!({"kind": "boolean"})), item("spend", json!({"kind": "number"}))]}),
            json!({"id": "pulse", "title": "Pulse", "party": "employee", "definition": {},
                   "items": [item("happy", rating(1, 5))]})]),
        "indicators": keyed(vec![
            indicator("nps", json!({"kind": "nps", "item": "recommend"})),
            indicator("satisfied", json!({"kind": "top_box", "item": "overall", "from": 4})),
            indicator("overall", json!({"kind": "mean", "item": "overall"})),
            indicator("spend", json!({"kind": "mean", "item": "spend"})),
            indicator("food", json!({"kind": "share", "item": "reason", "values": ["food"]})),
            indicator("tagged", json!({"kind": "share", "item": "tags", "values": ["food", "staff"]})),
            indicator("again", json!({"kind": "share", "item": "again", "values": ["true"]})),
            indicator("middle", json!({"kind": "share", "item": "overall", "values": ["3"]})),
            indicator("happy", json!({"kind": "mean", "instrument": "pulse", "item": "happy"})),
            indicator("absence", json!({"kind": "rate", "figure": "absence"})),
            indicator("kept", json!({"kind": "conformance", "standard": "quick"})),
            indicator("in-time", json!({"kind": "within_target", "standard": "quick"})),
            indicator("tone", json!({"kind": "within_target", "standard": "polite"})),
            indicator("both", json!({"kind": "composite", "of": ["nps", "satisfied"]})),
            indicator("mixed", json!({"kind": "composite", "of": ["nps", "happy"]})),
            indicator("words", json!({"kind": "mean", "item": "reason"}))]),
    });
    serde_json::from_value(foundation).unwrap()
}

/// Tables in a directory of their own, and a room that measures them.
pub struct House {
    pub foundation: Foundation,
    pub facts: Arc<Facts>,
    pub measure: Measure,
    commits: i64,
    _dir: TempDir,
}

type Columns = Vec<(&'static str, ArrayRef)>;

impl House {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let facts = Arc::new(Facts::open(dir.path()).unwrap());
        let settings = Settings {
            threads: 2,
            ..Settings::default()
        };
        Self {
            foundation: foundation(),
            measure: Measure::with(Arc::clone(&facts), settings).unwrap(),
            facts,
            commits: 0,
            _dir: dir,
        }
    }

    pub async fn ask(&self, question: &Question) -> Answer {
        self.measure.ask(&self.foundation, question).await.unwrap()
    }

    fn commit(&mut self, table: Table, schema: SchemaRef, columns: Columns) {
        self.commits += 1;
        let rows = columns[0].1.len() as u64;
        let app = AppId::new(format!("test-{}", self.commits), 1);
        let mut staging = self.facts.stage(table, schema, app).unwrap();
        staging.write(batch(columns), rows).unwrap();
        staging.commit().unwrap();
    }

    /// Commits responses; `without` leaves item columns out, as an older instrument would.
    pub fn respond(&mut self, rows: &[Row], without: &[&str]) {
        let guest = InstrumentId::parse("guest").unwrap();
        let mut instrument = self.foundation.instruments[&guest].clone();
        instrument
            .items
            .retain(|item| !without.contains(&item.id.as_str()));
        let attributes: Vec<_> = self.foundation.attributes.values().cloned().collect();
        let schema = responses_schema(&instrument, &attributes);
        let mut columns = responses(rows, self.commits);
        columns.retain(|(name, _)| !without.iter().any(|item| *name == format!("item_{item}")));
        self.commit(Table::Responses(guest), schema, columns);
    }

    pub fn observe(&mut self, looks: &[Look]) {
        let received = looks.iter().map(|look| look.received_at);
        let received = TimestampMicrosecondArray::from_iter_values(received).with_timezone("UTC");
        let text = |value: fn(&Look) -> String| -> ArrayRef {
            Arc::new(StringArray::from_iter_values(looks.iter().map(value)))
        };
        let said = |value: fn(&Look) -> Option<&'static str>| -> ArrayRef {
            Arc::new(looks.iter().map(value).collect::<StringArray>())
        };
        let occurred = looks.iter().map(|look| look.occurred_at);
        let columns: Columns = vec![
            ("observation_id", text(|look| look.id.clone())),
            ("standard", text(|look| look.standard.to_owned())),
            (
                "standard_version",
                Arc::new(looks.iter().map(|l| l.version).collect::<Int32Array>()),
            ),
            (
                "occurred_at",
                Arc::new(
                    occurred
                        .collect::<TimestampMicrosecondArray>()
                        .with_timezone("UTC"),
                ),
            ),
            ("deviations", said(|look| look.deviations)),
            ("extras", said(|look| look.extras)),
            ("reason", said(|look| look.reason)),
            ("unit", text(|look| SHOPS[look.shop].to_owned())),
            ("received_at", Arc::new(received)),
            (
                "local_date",
                Arc::new(Date32Array::from_iter_values(looks.iter().map(|l| l.day))),
            ),
            (
                "value",
                Arc::new(looks.iter().map(|l| l.value).collect::<Float64Array>()),
            ),
            (
                "kept",
                Arc::new(looks.iter().map(|l| l.kept).collect::<BooleanArray>()),
            ),
            ("chosen", text(|look| look.chosen.to_owned())),
            ("source", text(|_| "till".to_owned())),
            ("import_id", text(|_| "test".to_owned())),
            ("bucket", Arc::new(Int8Array::from_value(0, looks.len()))),
        ];
        self.commit(Table::Observations, observations_schema(), columns);
    }

    pub fn figures(&mut self, figures: &[Figure]) {
        let of = |value: fn(&Figure) -> Option<f64>| -> ArrayRef {
            Arc::new(figures.iter().map(value).collect::<Float64Array>())
        };
        let text = |value: fn(&Figure) -> Option<&'static str>| -> ArrayRef {
            Arc::new(figures.iter().map(value).collect::<StringArray>())
        };
        let received =
            TimestampMicrosecondArray::from_iter_values(figures.iter().map(|f| f.received_at));
        let days = |value: fn(&Figure) -> i32| -> ArrayRef {
            Arc::new(Date32Array::from_iter_values(figures.iter().map(value)))
        };
        let columns: Columns = vec![
            ("import_id", text(|_| Some("test"))),
            ("received_at", Arc::new(received.with_timezone("UTC"))),
            ("subject_kind", text(|f| Some(f.kind))),
            ("instrument", text(|f| f.instrument)),
            ("subject", text(|f| Some(f.subject))),
            ("unit", text(|f| Some(f.unit))),
            ("granularity", text(|_| Some("month"))),
            ("period_start", days(|f| f.days.0)),
            ("period_end", days(|f| f.days.1)),
            ("attribute", text(|f| f.segment.map(|_| "segment"))),
            ("attribute_value", text(|f| f.segment)),
            ("form", text(|f| Some(f.form))),
            (
                "answer",
                Arc::new(figures.iter().map(|f| f.answer).collect::<Int32Array>()),
            ),
            ("count", of(|f| f.count)),
            (
                "n",
                Arc::new(figures.iter().map(|f| f.n).collect::<Int64Array>()),
            ),
            ("mean", of(|f| f.mean)),
            ("sd", of(|f| f.sd)),
            ("numerator", of(|f| f.numerator)),
            ("denominator", of(|f| f.denominator)),
            ("value", of(|f| f.value)),
            ("weight", of(|f| f.weight)),
        ];
        self.commit(Table::Aggregates, aggregates_schema(), columns);
    }
}

fn batch(columns: Columns) -> RecordBatch {
    let fields = columns.iter().map(|(name, column)| {
        Field::new(*name, column.data_type().clone(), column.null_count() > 0)
    });
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    RecordBatch::try_new(schema, columns.into_iter().map(|(_, c)| c).collect()).unwrap()
}

fn responses(rows: &[Row], commit: i64) -> Columns {
    let words = |values: &'static [&'static str], pick: fn(&Row) -> Option<usize>| -> ArrayRef {
        let words = rows.iter().map(|row| pick(row).map(|pick| values[pick]));
        Arc::new(words.collect::<StringArray>())
    };
    let tags = rows.iter().map(|row| {
        let tags = row.tags.as_ref()?;
        let tags: Vec<&str> = tags.iter().map(|&tag| REASONS[tag]).collect();
        Some(serde_json::to_string(&tags).unwrap())
    });
    let ids = (0..rows.len()).map(|row| format!("{commit}-{row}"));
    vec![
        ("response_id", Arc::new(StringArray::from_iter_values(ids))),
        (
            "instrument_version",
            Arc::new(Int32Array::from_value(1, rows.len())),
        ),
        (
            "import_id",
            Arc::new(StringArray::from_iter_values(rows.iter().map(|_| "test"))),
        ),
        (
            "local_date",
            Arc::new(Date32Array::from_iter_values(
                rows.iter().map(|row| row.day),
            )),
        ),
        ("unit", words(&SHOPS, |row| Some(row.shop))),
        (
            "party",
            Arc::new(StringArray::from_iter_values(
                rows.iter().map(|_| "customer"),
            )),
        ),
        ("channel", words(&CHANNELS, |row| row.channel)),
        ("attr_segment", words(&SEGMENTS, |row| row.segment)),
        (
            "base_weight",
            Arc::new(Float64Array::from_iter_values(
                rows.iter().map(|row| row.weight),
            )),
        ),
        ("bucket", Arc::new(Int8Array::from_value(0, rows.len()))),
        (
            "item_recommend",
            Arc::new(rows.iter().map(|r| r.recommend).collect::<Int8Array>()),
        ),
        (
            "item_overall",
            Arc::new(rows.iter().map(|r| r.overall).collect::<Int8Array>()),
        ),
        ("item_reason", words(&REASONS, |row| row.reason)),
        ("item_tags", Arc::new(tags.collect::<StringArray>())),
        (
            "item_again",
            Arc::new(rows.iter().map(|r| r.again).collect::<BooleanArray>()),
        ),
        (
            "item_spend",
            Arc::new(rows.iter().map(|r| r.spend).collect::<Float64Array>()),
        ),
    ]
}

/// One observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    pub id: String,
    pub standard: &'static str,
    pub shop: usize,
    pub day: i32,
    pub received_at: i64,
    pub value: Option<f64>,
    pub kept: Option<bool>,
    pub version: i32,
    pub chosen: &'static str,
    /// Microseconds.
    pub occurred_at: Option<i64>,
    pub deviations: Option<&'static str>,
    pub extras: Option<&'static str>,
    pub reason: Option<&'static str>,
}

/// One row of figures from outside.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figure {
    pub kind: &'static str,
    pub instrument: Option<&'static str>,
    pub subject: &'static str,
    pub unit: &'static str,
    pub days: (i32, i32),
    pub received_at: i64,
    pub segment: Option<&'static str>,
    pub form: &'static str,
    pub answer: Option<i32>,
    pub count: Option<f64>,
    pub n: Option<i64>,
    pub mean: Option<f64>,
    pub sd: Option<f64>,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    pub value: Option<f64>,
    pub weight: Option<f64>,
}

pub fn question(id: &str) -> Question {
    Question::indicator(IndicatorId::parse(id).unwrap())
}
