//! Agreement of raters.

use evenkeel_stats::Interval;
use evenkeel_stats::raters::{KappaWeights, Metric, cohen, fleiss, krippendorff, rater_icc};
use serde_json::{Map, Value, json};

use crate::areas::nps::limits;
use crate::case::{Case, counts, numbers};

pub fn agreement(case: &Case) -> Value {
    let rows = |key: &str| case.input[key].as_array().unwrap().clone();
    let table: Vec<Vec<u64>> = rows("cohen_table").iter().map(counts).collect();
    let kappas: Map<String, Value> = [
        ("unweighted", KappaWeights::Unweighted),
        ("linear", KappaWeights::Linear),
        ("quadratic", KappaWeights::Quadratic),
    ]
    .into_iter()
    .map(|(name, weights)| {
        let kappa = cohen(&table, weights, 0.95).unwrap();
        let value = json!({
            "kappa": kappa.value,
            "se": kappa.standard_error,
            "se0": kappa.null_error,
            "ci": limits(&Ok(kappa.interval)),
        });
        (name.to_owned(), value)
    })
    .collect();
    let subjects: Vec<Vec<u64>> = rows("fleiss_counts").iter().map(counts).collect();
    let several = fleiss(&subjects).unwrap();
    let ratings: Vec<Vec<f64>> = rows("krippendorff_raters_x_units")
        .iter()
        .map(numbers)
        .collect();
    let mut values: Vec<f64> = ratings
        .iter()
        .flatten()
        .copied()
        .filter(|v| !v.is_nan())
        .collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let units: Vec<Vec<u64>> = (0..ratings[0].len())
        .map(|u| {
            values
                .iter()
                .map(|v| ratings.iter().filter(|r| r[u] == *v).count() as u64)
                .collect()
        })
        .collect();
    let alpha = |metric| krippendorff(&values, &units, metric).ok();
    let targets: Vec<Vec<f64>> = rows("icc_targets_x_raters").iter().map(numbers).collect();
    let icc = rater_icc(&targets, 0.95).unwrap();
    let shown =
        |(value, interval): (f64, Interval)| json!({ "icc": value, "ci": limits(&Ok(interval)) });
    json!({
        "cohen": kappas,
        "fleiss": {
            "fleiss": several.fleiss,
            "randolph": several.randolph,
            "se0_fleiss1979": several.null_error,
            "z": several.fleiss / several.null_error,
        },
        "krippendorff": {
            "nominal": alpha(Metric::Nominal),
            "ordinal": alpha(Metric::Ordinal),
            "interval": alpha(Metric::Interval),
            "ratio": alpha(Metric::Ratio),
        },
        "icc": {
            "ICC(1,1)": shown(icc.one),
            "ICC(A,1)": shown(icc.agreement),
            "ICC(C,1)": shown(icc.consistency),
            "ICC(1,k)": shown(icc.one_mean),
            "ICC(A,k)": shown(icc.agreement_mean),
            "ICC(C,k)": shown(icc.consistency_mean),
        },
    })
}
