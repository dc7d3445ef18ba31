//! Reliability of instruments.

use evenkeel_stats::alignment::{attenuation_corrected, pearson};
use evenkeel_stats::reliability::{alpha, of_columns, one_factor};
use serde_json::{Map, Value, json};

use crate::areas::understanding::moments;
use crate::case::{Case, Table, numbers, texts};

/// Items, reversed where the case says so: low + high − answer.
fn items(table: &Table, names: &[String], reversed: &[String], scale: &[f64]) -> Vec<Vec<f64>> {
    names
        .iter()
        .map(|name| {
            let answers = table.numbers(name);
            if reversed.contains(name) {
                answers.iter().map(|x| scale[0] + scale[1] - x).collect()
            } else {
                answers
            }
        })
        .collect()
}

pub fn reliability(case: &Case) -> Value {
    let table = case.csv("items");
    let scale = numbers(&case.input["scale"]);
    let of = |names: &str, reversed: &str| {
        items(
            &table,
            &texts(&case.input[names]),
            &texts(&case.input[reversed]),
            &scale,
        )
    };
    let names = texts(&case.input["items"]);
    let x = of("items", "reversed");
    let all = moments(&x);
    let result = alpha(&all).unwrap();
    let factor = one_factor(&all).unwrap();
    let named =
        |values: Vec<Value>| -> Map<String, Value> { names.iter().cloned().zip(values).collect() };
    let of_options = |values: &[Option<f64>]| named(values.iter().map(|v| json!(v)).collect());
    let mut answer = json!({
        "n": result.n,
        "raw_alpha": result.raw,
        "std_alpha": result.standardised,
        "avg_interitem_r": result.mean_correlation,
        "item_total_corrected": of_options(&result.item_rest),
        "alpha_if_deleted": of_options(&result.without_item),
        "omega_unidim_cfa_ml": factor.omega,
        "loadings": named(factor.loadings.iter().map(|v| json!(v)).collect()),
        "fit": {
            "chisq": factor.chi_squared,
            "df": factor.df,
            "cfi": factor.cfi,
            "rmsea": factor.rmsea,
            "srmr": factor.srmr,
        },
    });
    let y = of("items_y", "reversed_y");
    if !y.is_empty() {
        answer["attenuation"] = attenuation(&x, &y);
    }
    answer
}

fn attenuation(x: &[Vec<f64>], y: &[Vec<f64>]) -> Value {
    let complete: Vec<usize> = (0..x[0].len())
        .filter(|&i| x.iter().chain(y).all(|c| !c[i].is_nan()))
        .collect();
    let kept = |columns: &[Vec<f64>]| -> Vec<Vec<f64>> {
        columns
            .iter()
            .map(|c| complete.iter().map(|&i| c[i]).collect())
            .collect()
    };
    let score = |columns: &[Vec<f64>]| -> Vec<f64> {
        complete
            .iter()
            .map(|&i| columns.iter().map(|c| c[i]).sum::<f64>() / columns.len() as f64)
            .collect()
    };
    let of = |columns: &[Vec<f64>]| {
        of_columns(
            &moments(&kept(columns)),
            &(0..columns.len()).collect::<Vec<_>>(),
        )
        .unwrap()
    };
    let (of_x, of_y) = (of(x), of(y));
    let r = pearson(&score(x), &score(y), 0.95).unwrap();
    let interval = r.interval.unwrap();
    let corrected = |r: f64| attenuation_corrected(r, of_x, of_y).unwrap();
    json!({
        "n": r.n,
        "r_xy": r.value,
        "alpha_x": of_x,
        "alpha_y": of_y,
        "r_disattenuated": corrected(r.value),
        "ci_disattenuated_fixed_reliability": [corrected(interval.lower), corrected(interval.upper)],
    })
}
