//! Key drivers.

use evenkeel_stats::CoMoments;
use evenkeel_stats::drivers::{drivers, performance};
use serde_json::{Map, Value, json};

use crate::case::{Case, numbers, texts};

pub fn key_drivers(case: &Case) -> Value {
    let names = texts(&case.input["predictors"]);
    let n = case.input["n"].as_u64().unwrap();
    let means = numbers(&case.input["means"]);
    let matrix: Vec<Vec<f64>> = case.input["cov_matrix"]
        .as_array()
        .unwrap()
        .iter()
        .map(numbers)
        .collect();
    let products = (0..means.len())
        .flat_map(|i| (i..means.len()).map(move |j| (i, j)))
        .map(|(i, j)| matrix[i][j] * (n - 1) as f64)
        .collect();
    let moments = CoMoments::from_parts(n, means.clone(), products).unwrap();
    let predictors: Vec<usize> = (1..=names.len()).collect();
    let result = drivers(&moments, 0, &predictors).unwrap();
    let named = |values: &[f64]| -> Map<String, Value> {
        names
            .iter()
            .cloned()
            .zip(values.iter().map(|v| json!(v)))
            .collect()
    };
    let with_intercept = |values: &[f64], intercept: f64| {
        let mut map = named(values);
        map.insert("(Intercept)".to_owned(), json!(intercept));
        map
    };
    let fit = &result.fit;
    let shares: Vec<f64> = result.johnson.iter().map(|j| 100.0 * j / fit.r2).collect();
    let scale = numbers(&case.input["scale"]);
    let performance = (scale.len() == 2).then(|| {
        let on_scale: Vec<f64> = means[1..]
            .iter()
            .map(|m| 100.0 * performance(*m, scale[0], scale[1]).unwrap())
            .collect();
        named(&on_scale)
    });
    json!({
        "r2": fit.r2,
        "adj_r2": fit.adjusted_r2(),
        "coef": with_intercept(&fit.slopes, fit.intercept),
        "se": with_intercept(&fit.errors, fit.intercept_error),
        "std_beta": named(&fit.standardised),
        "vif": named(&result.vif),
        "lmg": result.lmg.as_ref().map(|v| named(v)),
        "johnson_relative_weights": named(&result.johnson),
        "johnson_pct": named(&shares),
        "first": named(&result.first),
        "last": named(&result.last),
        "betasq": named(&result.beta_squared),
        "pratt": named(&result.pratt),
        "car": named(&result.car),
        "ipma_performance_0_100": performance,
    })
}
