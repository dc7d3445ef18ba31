//! The statistics themselves: `measure` reduces the rows, `stats` judges.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use evenkeel_facts::Facts;
use evenkeel_foundation::{AttributeId, Foundation, IndicatorId, InstrumentId, ItemId, StandardId};
use evenkeel_measure::{History, Measure, ReplicateProducts, Variable, Window};
use evenkeel_stats::drivers::{key_drivers, relative_weights};
use evenkeel_stats::jackknife::{JackknifedAll, jackknife_all, merged};
use evenkeel_stats::raters::{Metric, krippendorff, krippendorff_alpha};
use evenkeel_stats::reliability::{alpha, scale_reliability};
use evenkeel_stats::weighting::{Calibrated, Cell, PsuCell, rake};
use futures::future::BoxFuture;
use serde_json::{Value, json};

use crate::Result;
use crate::organisation::{ATTRIBUTES, ITEMS, RATINGS, foundation, item, margin, value};

/// Every statistic by name.
const STATISTICS: [&str; 7] = [
    "raking",
    "drivers",
    "drivers_page",
    "krippendorff",
    "krippendorff_interval",
    "cronbach",
    "cronbach_page",
];
/// Of intervals; no answer that is compared depends on it.
const LEVEL: f64 = 0.95;
/// Of the random predictor that a page compares drivers with.
const SEED: u64 = 1;

/// Times all statistics; a JSON object by name, and what the peers need: files and margins.
pub async fn all(facts: &Arc<Facts>, runs: usize) -> Result<Value> {
    let foundation = foundation()?;
    let measure = Measure::new(Arc::clone(facts))?;
    let margins: HashMap<&str, Vec<f64>> = ATTRIBUTES
        .iter()
        .map(|(id, values)| (*id, margin(*values)))
        .collect();
    let mut report = json!({"statistics": {}, "margins": margins, "files": files(facts)?});
    for name in STATISTICS {
        // What a server does once after its start: footers.
        run(&measure, &foundation, name).await?;
        let (mut seconds, mut answer) = (Vec::new(), Value::Null);
        let cpu = cpu_seconds();
        for _ in 0..runs {
            measure.forget();
            let begun = Instant::now();
            answer = run(&measure, &foundation, name).await?;
            seconds.push(begun.elapsed().as_secs_f64());
        }
        let cpu = (cpu_seconds() - cpu) / runs as f64;
        report["statistics"][name] =
            json!({"seconds": seconds, "cpu_seconds": cpu, "answer": answer});
    }
    Ok(report)
}

/// Seconds that all threads have computed so far, in steps of 10 ms; 0 where that is not told.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = behind_name.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
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
    Ok(files)
}

fn run<'a>(
    measure: &'a Measure,
    foundation: &'a Foundation,
    name: &'a str,
) -> BoxFuture<'a, Result<Value>> {
    Box::pin(async move {
        match name {
            "raking" => raking(measure, foundation).await,
            "drivers" => {
                let products = products(measure, foundation, 0).await?;
                let predictors: Vec<usize> = (1..=ITEMS).collect();
                let found = jackknife_all(&products.parts, |rest| {
                    relative_weights(&merged(rest)?, 0, &predictors)
                })?;
                figures(&found)
            }
            "drivers_page" => {
                let products = products(measure, foundation, 0).await?;
                let predictors: Vec<usize> = (1..=ITEMS).collect();
                let found = key_drivers(&products.parts, 0, &predictors, LEVEL, SEED)?;
                Ok(json!({"n": found.n, "r2": found.r2.value}))
            }
            "krippendorff" => {
                let (values, subjects) = subjects(measure, foundation).await?;
                let found = krippendorff(&values, &subjects, Metric::Ordinal)?;
                Ok(json!({"values": [found]}))
            }
            "krippendorff_interval" => {
                let (values, subjects) = subjects(measure, foundation).await?;
                let found = krippendorff_alpha(&values, &subjects, Metric::Ordinal, LEVEL)?;
                let interval = found.alpha.interval?;
                Ok(json!({
                    "n": found.alpha.n, "values": [found.alpha.value],
                    "interval": [interval.lower, interval.upper],
                }))
            }
            "cronbach" => {
                let products = products(measure, foundation, 1).await?;
                let found =
                    jackknife_all(&products.parts, |rest| Ok(vec![alpha(&merged(rest)?)?.raw]))?;
                figures(&found)
            }
            "cronbach_page" => {
                let products = products(measure, foundation, 1).await?;
                let found = scale_reliability(&products.parts, LEVEL)?;
                Ok(json!({"n": found.n, "omega": found.omega?.value}))
            }
            _ => Err(format!("{name} is no statistic").into()),
        }
    })
}

/// Values and standard errors.
fn figures(found: &JackknifedAll) -> Result<Value> {
    let errors: std::result::Result<Vec<f64>, _> = (0..found.values.len())
        .map(|place| found.of(place, LEVEL).map(|one| one.standard_error))
        .collect();
    Ok(json!({"parts": found.parts, "values": found.values, "standard_errors": errors?}))
}

/// Co-moments of the items from the `first` one on, by bucket.
async fn products(
    measure: &Measure,
    foundation: &Foundation,
    first: usize,
) -> Result<ReplicateProducts> {
    let items: std::result::Result<Vec<Variable>, _> = (first..=ITEMS)
        .map(|number| ItemId::parse(&item(number)).map(Variable::Item))
        .collect();
    let guest = InstrumentId::parse("guest")?;
    let history = History::of(foundation);
    let found = measure
        .replicates(foundation, &history, &guest, &items?, &Window::default())
        .await?;
    Ok(found)
}

/// The mean of an indicator raked to five margins.
async fn raking(measure: &Measure, foundation: &Foundation) -> Result<Value> {
    let attributes: std::result::Result<Vec<AttributeId>, _> = ATTRIBUTES
        .iter()
        .map(|(id, _)| AttributeId::parse(id))
        .collect();
    let history = History::of(foundation);
    let overall = IndicatorId::parse("overall")?;
    let sample = measure
        .sample(
            foundation,
            &history,
            &overall,
            &attributes?,
            &Window::default(),
        )
        .await?;
    let places: Vec<HashMap<String, usize>> = ATTRIBUTES
        .iter()
        .map(|(id, values)| (0..*values).map(|n| (value(id, n), n)).collect())
        .collect();
    let cells: Vec<Cell> = sample
        .cells
        .iter()
        .map(|cell| Cell {
            categories: places
                .iter()
                .zip(&cell.values)
                .map(|(places, value)| places[value])
                .collect(),
            weight: cell.weight,
        })
        .collect();
    let margins: Vec<Vec<f64>> = ATTRIBUTES
        .iter()
        .map(|(_, values)| margin(*values))
        .collect();
    let totals: Vec<PsuCell> = sample
        .totals
        .iter()
        .map(|total| PsuCell {
            psu: total.psu,
            stratum: total.stratum,
            cell: total.cell,
            weight: total.weight,
            weighted_sum: total.weighted_sum,
        })
        .collect();
    let factors = rake(&cells, &margins)?;
    let categories = ATTRIBUTES.map(|(_, values)| values);
    let mean = Calibrated {
        cells: &cells,
        categories: &categories,
        factors: &factors,
        totals: &totals,
    }
    .mean()?;
    Ok(json!({
        "n": sample.n, "cells": cells.len(),
        "values": [mean.value], "standard_errors": [mean.standard_error],
    }))
}

/// Ratings counted by subject and value.
async fn subjects(measure: &Measure, foundation: &Foundation) -> Result<(Vec<f64>, Vec<Vec<u64>>)> {
    let values: Vec<f64> = (RATINGS.0..=RATINGS.1).map(f64::from).collect();
    let history = History::of(foundation);
    let greeting = StandardId::parse("greeting")?;
    let ratings = measure
        .ratings(&history, &greeting, &Window::default())
        .await?;
    let subjects = ratings.subjects.iter().map(|rated| {
        let mut counts = vec![0; values.len()];
        for rating in &rated.ratings {
            if let Ok(place) = values.binary_search_by(|value| value.total_cmp(rating)) {
                counts[place] += 1;
            }
        }
        counts
    });
    let subjects = subjects.collect();
    Ok((values, subjects))
}
