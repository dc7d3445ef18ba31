//! The eight questions, their times, and their answers in a form that DuckDB can be compared with.

use std::sync::Arc;
use std::time::Instant;

use evenkeel_facts::{Facts, Table};
use evenkeel_foundation::{
    AttributeId, Foundation, Granularity, IndicatorId, InstrumentId, ItemId, UnitId,
};
use evenkeel_measure::{
    Answer, By, ItemQuestion, Measure, QuantileQuestion, Question, Settings, Window,
};
use evenkeel_stats::Statistics;
use futures::future::BoxFuture;
use jiff::civil::date;
use serde_json::{Value, json};

use crate::Result;
use crate::organisation::{ITEMS, foundation, unit};

/// Every question by name.
pub const QUESTIONS: [&str; 8] = [
    "nps_by_month",
    "nps_by_unit_month",
    "top_box_by_channel_segment",
    "alignment_by_unit_quarter",
    "weekly_conformance_of_one_unit",
    "p95_by_unit_standard",
    "cross_products_of_eight_items",
    "histogram_by_unit_role_tenure",
];

/// Times all questions; a JSON object by question, and the files for the peer.
pub async fn all(facts: &Arc<Facts>, runs: usize, only: &[&str]) -> Result<Value> {
    let foundation = foundation()?;
    let measure = Measure::new(Arc::clone(facts))?;
    // What a server does once after its start: footers, and which observations were corrected.
    let begun = Instant::now();
    run(&measure, &foundation, "weekly_conformance_of_one_unit").await?;
    let first_look = begun.elapsed().as_secs_f64();
    let mut report =
        json!({"first_look_seconds": first_look, "questions": {}, "files": files(facts)?});
    let wanted = |name: &&str| only.is_empty() || only.contains(name);
    for name in QUESTIONS.into_iter().filter(wanted) {
        let mut cold = Vec::new();
        let mut last = None;
        let cpu = cpu_seconds();
        for _ in 0..runs {
            measure.forget();
            let begun = Instant::now();
            let found = run(&measure, &foundation, name).await?;
            cold.push(begun.elapsed().as_secs_f64());
            last = Some(found);
        }
        let cpu = (cpu_seconds() - cpu) / runs as f64;
        let held = measure.held_bytes();
        let mut warm = Vec::new();
        for _ in 0..runs {
            let begun = Instant::now();
            run(&measure, &foundation, name).await?;
            warm.push(begun.elapsed().as_secs_f64());
        }
        report["questions"][name] = json!({
            "cold_seconds": cold, "cold_cpu_seconds": cpu, "known_seconds": warm, "held_bytes": held, "answer": last.map(rows),
        });
    }
    Ok(report)
}

/// What each question costs after an append, when all but the new rows were counted before.
pub async fn appended(facts: &Arc<Facts>, runs: usize) -> Result<Value> {
    let foundation = foundation()?;
    let measure = Measure::with(Arc::clone(facts), Settings::default())?;
    let mut times = json!({});
    for round in 0..=runs {
        if round > 0 {
            crate::generate::append(facts)?;
        }
        for name in QUESTIONS {
            let begun = Instant::now();
            run(&measure, &foundation, name).await?;
            let took = begun.elapsed().as_secs_f64();
            if round == 0 {
                times[name] = json!([]);
            } else if let Some(times) = times[name].as_array_mut() {
                times.push(json!(took));
            }
        }
    }
    Ok(times)
}

fn files(facts: &Facts) -> Result<Value> {
    let mut files = json!({});
    for table in facts.list_tables()? {
        if let Some(snapshot) = facts.snapshot(&table)? {
            let paths = snapshot
                .files
                .iter()
                .map(|file| file.path.display().to_string());
            files[table.name()] = json!(paths.collect::<Vec<_>>());
        }
    }
    let rows = facts.row_count(&Table::Observations)?;
    files["rows_of_observations"] = json!(rows);
    Ok(files)
}

/// Seconds that all threads have computed so far, in steps of 10 ms; 0 where that is not told.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split(' ')
        .collect();
    let ticks = |place: usize| {
        fields
            .get(place)
            .and_then(|f| f.parse().ok())
            .unwrap_or(0.0)
    };
    (ticks(12) + ticks(13)) / 100.0
}

/// What a question brings back.
enum Found {
    Answers(Vec<Answer>),
    Rows(Vec<Value>),
}

fn run<'a>(
    measure: &'a Measure,
    foundation: &'a Foundation,
    name: &'a str,
) -> BoxFuture<'a, Result<Found>> {
    Box::pin(async move {
        let indicator = |id: &str| IndicatorId::parse(id).map(Question::indicator);

        let month = By::Period(Granularity::Month);
        let quarter = By::Period(Granularity::Quarter);
        Ok(match name {
            "nps_by_month" => Found::Answers(vec![
                measure
                    .ask(foundation, &indicator("nps")?.by([month]))
                    .await?,
            ]),
            "nps_by_unit_month" => {
                let question = indicator("nps")?.by([By::Unit(None), month]);
                Found::Answers(vec![measure.ask(foundation, &question).await?])
            }
            "top_box_by_channel_segment" => {
                let segment = By::Attribute(AttributeId::parse("segment")?);
                let question = indicator("satisfied")?
                    .by([By::Channel, segment])
                    .between(date(2025, 4, 1), date(2025, 6, 30));
                Found::Answers(vec![measure.ask(foundation, &question).await?])
            }
            "alignment_by_unit_quarter" => {
                let by = [By::Unit(None), quarter];
                let outside = measure
                    .ask(foundation, &indicator("nps")?.by(by.clone()))
                    .await?;
                let inside = measure.ask(foundation, &indicator("happy")?.by(by)).await?;
                Found::Answers(vec![outside, inside])
            }
            "weekly_conformance_of_one_unit" => {
                let question = indicator("on-time")?
                    .by([By::Period(Granularity::Week)])
                    .under(UnitId::parse(&unit(40))?);
                Found::Answers(vec![measure.ask(foundation, &question).await?])
            }
            "p95_by_unit_standard" => {
                let question = QuantileQuestion {
                    standards: Vec::new(),
                    quantiles: vec![0.95],
                    window: Window::by([By::Unit(None)]),
                };
                let answer = measure.sketch_quantiles(foundation, &question).await?;
                let rows = answer.cells.iter().map(|cell| {
                    let unit = cell.unit.as_ref().map(ToString::to_string);
                    json!([unit, cell.standard.as_str(), cell.n, cell.quantiles[0]])
                });
                Found::Rows(rows.collect())
            }
            "cross_products_of_eight_items" => {
                let items: std::result::Result<Vec<ItemId>, _> = (1..=ITEMS)
                    .map(|item| ItemId::parse(&format!("q{item}")))
                    .collect();
                let guest = InstrumentId::parse("guest")?;
                let window = Window::default();
                let products = measure
                    .cross_products(foundation, &guest, &items?, &window)
                    .await?;
                let moments = products.moments;
                let pairs = (0..ITEMS).flat_map(|i| (i..ITEMS).map(move |j| (i, j)));
                let products: Vec<f64> = pairs.map(|(i, j)| moments.product(i, j)).collect();
                Found::Rows(vec![json!([moments.n(), moments.means(), products])])
            }
            "histogram_by_unit_role_tenure" => {
                let question = ItemQuestion {
                    instrument: InstrumentId::parse("pulse")?,
                    item: ItemId::parse("happy")?,
                };
                let role = By::Attribute(AttributeId::parse("role")?);
                let tenure = By::Attribute(AttributeId::parse("tenure")?);
                let window = Window::by([By::Unit(None), role, tenure]);
                Found::Answers(vec![
                    measure.distribution(foundation, &question, &window).await?,
                ])
            }
            _ => return Err(format!("{name} is no question").into()),
        })
    })
}

/// An answer as rows of plain values: unit, period, segments, counts.
fn rows(found: Found) -> Value {
    let answers = match found {
        Found::Rows(rows) => return json!([rows]),
        Found::Answers(answers) => answers,
    };
    let answers = answers.iter().map(|answer| {
        let cells = answer.cells.iter().map(|cell| {
            let mut row: Vec<Value> = Vec::new();
            row.extend(cell.unit.as_ref().map(|unit| json!(unit.as_str())));
            row.extend(
                cell.period
                    .as_ref()
                    .map(|period| json!(period.start().to_string())),
            );
            row.extend(cell.segment.iter().map(|(_, value)| json!(value)));
            match &cell.statistics {
                Statistics::Scores(histogram) => {
                    row.extend(histogram.iter().map(|(_, count)| json!(count)));
                }
                Statistics::Share { hits, n } => row.extend([json!(hits), json!(n)]),
                other => row.push(json!(format!("{other:?}"))),
            }
            Value::Array(row)
        });
        Value::Array(cells.collect())
    });
    Value::Array(answers.collect())
}
