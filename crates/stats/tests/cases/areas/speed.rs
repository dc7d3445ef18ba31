//! Speed standards: verdicts, quantiles, open cases.

use std::collections::BTreeMap;

use evenkeel_stats::proportion::{wilson, wilson_lower, wilson_upper};
use evenkeel_stats::quantile::{quantile, quantile_interval, quantile_linear, quantile_lower_rank};
use evenkeel_stats::speed::{KaplanMeier, Moment, Verdict, verdict};
use serde_json::{Value, json};

use crate::areas::nps::limits;
use crate::case::{Case, counts, numbers};

type Quantile = fn(&[(f64, u64)], f64) -> Result<f64, evenkeel_stats::Undefined>;

pub fn speed(case: &Case) -> Value {
    let target = case.input["target"].as_f64().unwrap();
    let required = case.input["required_share"].as_f64().unwrap();
    let mut times = case.csv("times").numbers("x");
    times.retain(|t| !t.is_nan());
    times.sort_by(f64::total_cmp);
    let sorted: Vec<(f64, u64)> = times
        .chunk_by(|a, b| a == b)
        .map(|c| (c[0], c.len() as u64))
        .collect();
    let n = times.len() as u64;
    let within = times.iter().filter(|t| **t <= target).count() as u64;
    let (k, trials) = (within as f64, n as f64);
    let quantiles = numbers(&case.input["quantiles"]);
    let each =
        |f: Quantile| -> Vec<f64> { quantiles.iter().map(|&q| f(&sorted, q).unwrap()).collect() };
    let intervals: Vec<Value> = quantiles
        .iter()
        .map(|&q| {
            let result = quantile_interval(&sorted, q, 0.95).unwrap();
            json!({
                "lower_rank": result.lower_rank,
                "upper_rank": result.upper_rank,
                "ci": limits(&Ok(result.interval)),
                "coverage": result.coverage,
            })
        })
        .collect();
    let rows: Vec<Value> = case.input["verdict_rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let row = counts(row);
            let (k, n) = (row[0] as f64, row[1] as f64);
            let said = match verdict(row[0], row[1], required, 0.95) {
                Ok(Verdict::Met) => Some("met"),
                Ok(Verdict::NotMet) => Some("not met"),
                Ok(Verdict::Undecided) => Some("not shown"),
                Err(_) => None,
            };
            json!({
                "p": (n > 0.0).then(|| k / n),
                "wilson_lower_1s": wilson_lower(k, n, 0.95).ok(),
                "wilson_upper_1s": wilson_upper(k, n, 0.95).ok(),
                "verdict": said,
            })
        })
        .collect();
    json!({
        "n": n,
        "k_within": within,
        "share": {
            "p": k / trials,
            "wilson_lower_1s": wilson_lower(k, trials, 0.95).unwrap(),
            "wilson_upper_1s": wilson_upper(k, trials, 0.95).unwrap(),
            "wilson2s": limits(&wilson(k, trials, 0.95)),
        },
        "verdict_rows": rows,
        "quantile_type7": each(quantile_linear),
        "quantile_type1": each(quantile),
        "quantile_lower_rank": each(quantile_lower_rank),
        "quantile_ci": intervals,
        "km": open_cases(case),
    })
}

fn open_cases(case: &Case) -> Value {
    let table = case.csv("open_cases");
    let mut moments: BTreeMap<u64, Moment> = BTreeMap::new();
    for (time, status) in table
        .numbers("time")
        .into_iter()
        .zip(table.numbers("status"))
    {
        let moment = moments.entry(time.to_bits()).or_insert(Moment {
            time,
            done: 0,
            open: 0,
        });
        if status == 1.0 {
            moment.done += 1;
        } else {
            moment.open += 1;
        }
    }
    let moments: Vec<Moment> = moments.into_values().collect();
    let curve = KaplanMeier::new(&moments).unwrap();
    let shares = numbers(&case.expected["km"]["quantile_p"]);
    let quantiles: Vec<_> = shares
        .iter()
        .map(|&q| curve.quantile(q, 0.95).ok())
        .collect();
    let times = numbers(&case.input["km_times"]);
    let at: Vec<_> = times.iter().map(|&t| curve.done_by(t, 0.95)).collect();
    json!({
        "n": curve.n(),
        "events": curve.done(),
        "quantile_p": shares,
        "quantile": quantiles.iter().map(|q| q.map(|q| q.0)).collect::<Vec<_>>(),
        "lower": quantiles.iter().map(|q| q.and_then(|q| q.1)).collect::<Vec<_>>(),
        "upper": quantiles.iter().map(|q| q.and_then(|q| q.2)).collect::<Vec<_>>(),
        "at_times": {
            "time": times,
            "done_share": at.iter().map(|d| d.value).collect::<Vec<_>>(),
            "lower": at.iter().map(|d| d.lower).collect::<Vec<_>>(),
            "upper": at.iter().map(|d| d.upper).collect::<Vec<_>>(),
        },
    })
}
