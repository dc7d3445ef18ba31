//! CUSUM and EWMA.

use evenkeel_stats::chart::drift::{
    cusum, cusum_run_length, ewma, ewma_run_length, shewhart_run_length,
};
use evenkeel_stats::chart::subgroups::xbar_r;
use serde_json::{Value, json};

use super::rings::Rings;
use crate::case::Case;

pub fn drifts(case: &Case) -> Value {
    let rings = Rings::of(case);
    let (groups, ranges) = rings.first();
    let chart = xbar_r(groups, ranges).unwrap();
    let error = chart.sigma / (groups[0].n() as f64).sqrt();
    let of = |key: &str| case.input[key].as_f64().unwrap();
    let z: Vec<f64> = rings
        .means()
        .iter()
        .map(|m| (m - chart.means.centre) / error)
        .collect();
    let (high, low) = cusum(&z, of("se_shift") / 2.0);
    let limit = of("decision_interval");
    let beyond = |values: &[f64], f: &dyn Fn(f64) -> bool| -> Vec<usize> {
        values
            .iter()
            .enumerate()
            .filter(|(_, v)| f(**v))
            .map(|(i, _)| i + 1)
            .collect()
    };
    let smoothed = ewma(
        &rings.means(),
        chart.means.centre,
        error,
        of("lambda"),
        of("nsigmas"),
    )
    .unwrap();
    let outside: Vec<usize> = smoothed
        .iter()
        .enumerate()
        .filter(|(_, p)| p.value > p.upper || p.value < p.lower)
        .map(|(i, _)| i + 1)
        .collect();
    json!({
        "center": chart.means.centre,
        "std_dev": chart.sigma,
        "cusum_pos": high,
        "cusum_neg": low,
        "cusum_violations": {
            "lower": beyond(&low, &|v| v < -limit),
            "upper": beyond(&high, &|v| v > limit),
        },
        "ewma": smoothed.iter().map(|p| p.value).collect::<Vec<_>>(),
        "ewma_lcl": smoothed.iter().map(|p| p.lower).collect::<Vec<_>>(),
        "ewma_ucl": smoothed.iter().map(|p| p.upper).collect::<Vec<_>>(),
        "ewma_violations": outside,
        "arl": {
            "ewma_l0.2_L2.962_mu0": ewma_run_length(0.2, 2.962, 0.0).unwrap(),
            "ewma_mu1": ewma_run_length(0.2, 2.962, 1.0).unwrap(),
            "cusum_k.5_h5_two_mu0": cusum_run_length(0.5, 5.0, 0.0).unwrap(),
            "cusum_mu1": cusum_run_length(0.5, 5.0, 1.0).unwrap(),
            "shewhart3sigma_mu0": shewhart_run_length(3.0, 0.0),
        },
    })
}
