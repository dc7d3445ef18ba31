//! The people behind the cells, against counting every row by hand.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, Float64Array, Int8Array, Int32Array, RecordBatch, StringArray,
};
use arrow::datatypes::{Field, Schema};
use evenkeel_facts::{AppId, Facts, Table, responses_schema};
use evenkeel_foundation::{Foundation, Granularity, IndicatorId, InstrumentId, LevelId};
use evenkeel_measure::{By, Cell, Measure, Question};
use evenkeel_stats::Clusters;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// 2026-03-01.
const FIRST_DAY: i32 = 20_513;
const TEAMS: usize = 4;

#[derive(Debug, Clone, PartialEq)]
struct Row {
    who: Option<String>,
    team: usize,
    day: i32,
    recommend: Option<i8>,
    hours: Option<f64>,
    weight: f64,
}

fn keyed(objects: &[Value]) -> Value {
    let named = objects
        .iter()
        .map(|o| (o["id"].as_str().unwrap_or_default().to_owned(), o.clone()));
    Value::Object(named.collect())
}

/// Two houses of two teams each.
fn foundation() -> Result<Foundation> {
    let unit = |id: &str, level: &str, parent: Option<&str>| {
        let mut unit = json!({"id": id, "title": id, "level": level});
        if let Some(parent) = parent {
            unit["parent"] = parent.into();
        }
        unit
    };
    let indicator = |id: &str, kind: &str, item: &str| {
        json!({"id": id, "title": id, "party": "employee", "minimum_n": 5, "kind": kind,
               "instrument": "pulse", "item": item})
    };
    let mut top = indicator("glad", "top_box", "recommend");
    top["from"] = 8.into();
    Ok(serde_json::from_value(json!({
        "organisation": {
            "name": "Houses", "languages": ["en"], "time_zone": "Europe/Amsterdam",
            "levels": [{"id": "house", "title": "House"}, {"id": "team", "title": "Team"}],
            "minimum_n": 5,
        },
        "parties": keyed(&[
            json!({"id": "employee", "title": "Employees", "side": "internal", "minimum_n": 5}),
        ]),
        "units": keyed(&[
            unit("h0", "house", None), unit("h1", "house", None),
            unit("t0", "team", Some("h0")), unit("t1", "team", Some("h0")),
            unit("t2", "team", Some("h1")), unit("t3", "team", Some("h1")),
        ]),
        "attributes": {}, "teams": {}, "touchpoints": {}, "covariates": {}, "mirrors": {},
        "standards": {},
        "instruments": keyed(&[json!({
            "id": "pulse", "title": "Pulse", "party": "employee", "definition": {}, "items": [
                {"id": "recommend", "title": "r", "scale": {"kind": "rating", "min": 0, "max": 10}},
                {"id": "hours", "title": "h", "scale": {"kind": "number"}},
            ],
        })]),
        "indicators": keyed(&[
            indicator("enps", "nps", "recommend"),
            indicator("liking", "mean", "recommend"),
            indicator("hours", "mean", "hours"),
            top,
            json!({"id": "both", "title": "both", "party": "employee", "minimum_n": 5,
                   "kind": "composite", "of": ["glad", "liking"]}),
        ]),
    }))?)
}

fn rows(with_keys: bool) -> Vec<Row> {
    let mut rng = StdRng::seed_from_u64(7);
    let row = |number: usize| {
        let who = rng.random_range(0..40_usize);
        Row {
            // Some rows do not say whose they are.
            who: (with_keys && !number.is_multiple_of(9)).then(|| format!("key-{who:022}")),
            // People help out in the other team of their house, and in the other house.
            team: if rng.random_bool(0.8) {
                who % TEAMS
            } else {
                rng.random_range(0..TEAMS)
            },
            day: FIRST_DAY + rng.random_range(0..60),
            recommend: rng.random_bool(0.9).then(|| rng.random_range(0..=10)),
            hours: rng.random_bool(0.9).then(|| 1e6 + rng.random::<f64>()),
            weight: f64::from(rng.random_range(0..4_u8)) / 2.0,
        }
    };
    (0..600).map(row).collect()
}

fn store(facts: &Facts, foundation: &Foundation, rows: &[Row], name: &str) -> Result<()> {
    let pulse = InstrumentId::parse("pulse")?;
    let schema = responses_schema(&foundation.instruments[&pulse], &[]);
    let mut staging = facts.stage(Table::Responses(pulse), schema, AppId::new(name, 1))?;
    let texts = |text: &dyn Fn(usize, &Row) -> String| -> ArrayRef {
        let texts = rows
            .iter()
            .enumerate()
            .map(|(number, row)| text(number, row));
        Arc::new(StringArray::from_iter_values(texts))
    };
    let keys: StringArray = rows.iter().map(|row| row.who.as_deref()).collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        (
            "response_id",
            texts(&|number, _| format!("{name}-{number}")),
        ),
        ("respondent_key", Arc::new(keys)),
        (
            "instrument_version",
            Arc::new(Int32Array::from_value(1, rows.len())),
        ),
        ("import_id", texts(&|_, _| name.to_owned())),
        (
            "local_date",
            Arc::new(
                rows.iter()
                    .map(|row| Some(row.day))
                    .collect::<Date32Array>(),
            ),
        ),
        ("unit", texts(&|_, row| format!("t{}", row.team))),
        ("party", texts(&|_, _| "employee".to_owned())),
        (
            "base_weight",
            Arc::new(Float64Array::from_iter_values(
                rows.iter().map(|r| r.weight),
            )),
        ),
        ("bucket", Arc::new(Int8Array::from_value(0, rows.len()))),
        (
            "item_recommend",
            Arc::new(rows.iter().map(|row| row.recommend).collect::<Int8Array>()),
        ),
        (
            "item_hours",
            Arc::new(rows.iter().map(|row| row.hours).collect::<Float64Array>()),
        ),
    ];
    let fields = columns.iter().map(|(name, column)| {
        Field::new(*name, column.data_type().clone(), column.null_count() > 0)
    });
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    staging.write(RecordBatch::try_new(schema, columns)?, rows.len() as u64)?;
    staging.commit()?;
    Ok(())
}

/// The value of a row for an indicator.
fn value(indicator: &str, row: &Row) -> Option<f64> {
    let score = row.recommend;
    match indicator {
        "enps" => score.map(|s| f64::from(i8::from(s >= 9) - i8::from(s <= 6))),
        "glad" => score.map(|s| f64::from(i8::from(s >= 8))),
        "liking" => score.map(f64::from),
        _ => row.hours,
    }
}

/// By person: answers and sum, counted row by row.
fn by_hand<'a>(
    indicator: &str,
    rows: impl Iterator<Item = &'a Row>,
    weighted: bool,
) -> (u64, BTreeMap<String, (f64, f64)>) {
    let (mut people, mut n) = (BTreeMap::new(), 0);
    for (number, row) in rows.enumerate() {
        let weight = if weighted { row.weight } else { 1.0 };
        if let (Some(value), true) = (value(indicator, row), weight > 0.0) {
            let person = row.who.clone().unwrap_or_else(|| format!("row {number}"));
            let entry: &mut (f64, f64) = people.entry(person).or_default();
            entry.0 += weight;
            entry.1 += weight * value;
            n += 1;
        }
    }
    (n, people)
}

#[track_caller]
fn same(cell: &Cell, n: u64, people: &BTreeMap<String, (f64, f64)>) {
    assert_eq!(cell.statistics.n(), Some(n));
    let found = cell.people.expect("rows say who answered");
    assert_eq!(found.respondents, people.len() as u64);
    assert_eq!(found.clusters.is_some(), (people.len() as u64) < n);
    let Some(clusters) = found.clusters else {
        return;
    };
    let answers: f64 = people.values().map(|p| p.0).sum();
    let mean = people.values().map(|p| p.1).sum::<f64>() / answers;
    let squares: f64 = people.values().map(|p| (p.1 - mean * p.0).powi(2)).sum();
    let k = people.len() as f64;
    let variance = k / (k - 1.0) * squares / (answers * answers);
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs();
    assert!(close(clusters.answers(), answers));
    assert!(close(clusters.mean().expect("a mean"), mean));
    assert!(close(clusters.variance().expect("a variance"), variance));
}

async fn cells(
    measure: &Measure,
    foundation: &Foundation,
    question: Question,
) -> Result<Vec<Cell>> {
    Ok(measure.ask(foundation, &question).await?.cells)
}

fn about(indicator: &str) -> Result<Question> {
    Ok(Question::indicator(IndicatorId::parse(indicator)?))
}

#[tokio::test]
async fn people_are_those_of_counting_by_hand() -> Result<()> {
    let (dir, foundation, all) = (tempfile::tempdir()?, foundation()?, rows(true));
    let facts = Arc::new(Facts::open(dir.path())?);
    // Two files, and the same people in both.
    store(&facts, &foundation, &all[..350], "first")?;
    store(&facts, &foundation, &all[350..], "second")?;
    let measure = Measure::new(facts)?;
    for indicator in ["enps", "glad", "liking", "hours"] {
        for weighted in [false, true] {
            let ask = |by: Vec<By>| -> Result<Question> {
                let mut question = about(indicator)?.by(by);
                question.weighted = weighted;
                Ok(question)
            };
            let whole = cells(&measure, &foundation, ask(vec![])?).await?;
            let (n, people) = by_hand(indicator, all.iter(), weighted);
            assert_eq!(whole.len(), 1);
            same(&whole[0], n, &people);

            // One person in two teams of a house is one person of the house.
            let by_house = By::Unit(Some(LevelId::parse("house")?));
            let houses = cells(&measure, &foundation, ask(vec![by_house])?).await?;
            assert_eq!(houses.len(), 2);
            for (house, cell) in houses.iter().enumerate() {
                let of_house = all.iter().filter(|row| row.team / 2 == house);
                let (n, people) = by_hand(indicator, of_house, weighted);
                same(cell, n, &people);
            }

            let by = vec![By::Unit(None), By::Period(Granularity::Month)];
            let months = cells(&measure, &foundation, ask(by)?).await?;
            assert_eq!(months.len(), TEAMS * 2);
            for cell in months {
                let unit = cell.unit.clone().expect("a unit").to_string();
                let period = cell.period.expect("a period");
                let rows = all.iter().filter(|row| {
                    let day = jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(row.day);
                    format!("t{}", row.team) == unit
                        && (period.start()..=period.end()).contains(&day)
                });
                let (n, people) = by_hand(indicator, rows, weighted);
                same(&cell, n, &people);
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_composite_counts_people_and_knows_what_each_adds() -> Result<()> {
    let (dir, foundation) = (tempfile::tempdir()?, foundation()?);
    let all: Vec<Row> = rows(true)
        .into_iter()
        .filter(|row| row.who.is_some())
        .collect();
    let facts = Arc::new(Facts::open(dir.path())?);
    store(&facts, &foundation, &all, "first")?;
    let measure = Measure::new(facts)?;
    let whole = cells(&measure, &foundation, about("both")?).await?;
    let people = whole[0].people.expect("rows say who answered");
    let (n, glad) = by_hand("glad", all.iter(), false);
    let (_, liking) = by_hand("liking", all.iter(), false);
    assert_eq!(people.respondents, glad.len() as u64);
    let n = n as f64;
    let mean = |part: &BTreeMap<String, (f64, f64)>| part.values().map(|p| p.1).sum::<f64>() / n;
    let (of_glad, of_liking) = (mean(&glad), mean(&liking));
    let squares: f64 = glad
        .iter()
        .map(|(who, (m, s))| {
            let (_, t) = liking[who];
            ((s - of_glad * m + t - of_liking * m) / (2.0 * n)).powi(2)
        })
        .sum();
    let k = glad.len() as f64;
    let variance = people
        .clusters
        .as_ref()
        .map(Clusters::variance)
        .expect("answered twice")?;
    assert!((variance - k / (k - 1.0) * squares).abs() <= 1e-9 * variance);
    Ok(())
}

#[tokio::test]
async fn tables_without_keys_know_answers_only() -> Result<()> {
    let (dir, foundation) = (tempfile::tempdir()?, foundation()?);
    let facts = Arc::new(Facts::open(dir.path())?);
    store(&facts, &foundation, &rows(false), "first")?;
    let measure = Measure::new(Arc::clone(&facts))?;
    let whole = cells(&measure, &foundation, about("liking")?).await?;
    assert_eq!(whole[0].people, None);
    // A later file says who answered: from then on rows without a key are people of their own.
    store(&facts, &foundation, &rows(true), "second")?;
    let whole = cells(&measure, &foundation, about("liking")?).await?;
    let both: Vec<Row> = rows(false).into_iter().chain(rows(true)).collect();
    let (n, people) = by_hand("liking", both.iter(), false);
    same(&whole[0], n, &people);
    Ok(())
}
