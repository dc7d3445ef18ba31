//! Top box shares and mean ratings.

use evenkeel_stats::mean::mean_t;
use evenkeel_stats::proportion::{
    agresti_coull, clopper_pearson, jeffreys, wilson, wilson_corrected,
};
use evenkeel_stats::{Histogram, quantile};
use serde_json::{Value, json};

use crate::areas::nps::limits;
use crate::case::{Case, counts};

pub fn top_box(case: &Case) -> Value {
    let level = case.input["conf"].as_f64().unwrap();
    let of = |key: &str| case.input[key].as_i64().unwrap() as i32;
    let (lowest, highest) = (of("scale_min"), of("scale_max"));
    let histogram = Histogram::from_counts(lowest, counts(&case.input["histogram"]));
    let moments = histogram.moments();
    let mean = mean_t(&moments, level).unwrap();
    let values: Vec<(f64, u64)> = histogram.iter().map(|(s, c)| (f64::from(s), c)).collect();
    let edges = case.input["edge_cases"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let edges: Vec<Value> = edges
        .iter()
        .map(|edge| {
            let pair = counts(edge);
            share(pair[0], pair[1], level)
        })
        .collect();
    json!({
        "top_box": share(histogram.at_least(of("top_box_min")), histogram.n(), level),
        "mean": {
            "n": mean.n,
            "mean": mean.value,
            "sd": moments.sd().ok(),
            "se": moments.standard_error().ok(),
            "ci_t": limits(&mean.interval),
            "rescaled_0_100": 100.0 * (mean.value - f64::from(lowest)) / f64::from(highest - lowest),
        },
        "median_type7": quantile::quantile_linear(&values, 0.5).unwrap(),
        "edge_cases": edges,
    })
}

fn share(k: u64, n: u64, level: f64) -> Value {
    let (hits, trials) = (k as f64, n as f64);
    json!({
        "k": k,
        "n": n,
        "p": (n > 0).then(|| hits / trials),
        "wilson": limits(&wilson(hits, trials, level)),
        "wilson_cc": limits(&wilson_corrected(hits, trials, level)),
        "clopper_pearson": limits(&clopper_pearson(k, n, level)),
        "jeffreys_raw": limits(&jeffreys(hits, trials, level)),
        "agresti_coull": limits(&agresti_coull(hits, trials, level)),
    })
}
