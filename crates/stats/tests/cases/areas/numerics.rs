//! Distribution functions and numerical stability.

use std::f64::consts::LN_10;

use evenkeel_stats::distribution::{
    beta_quantile, chi_squared_ln_sf, f_ln_sf, normal_ln_sf, normal_quantile, t_ln_sf, t_quantile,
};
use evenkeel_stats::regression::ols;
use evenkeel_stats::{CoMoments, Moments};
use serde_json::{Value, json};

use crate::case::{Case, numbers, texts};

pub fn distributions(case: &Case) -> Value {
    let input = &case.input;
    let list = |key: &str, f: &dyn Fn(f64) -> f64| -> Vec<f64> {
        numbers(&input[key]).into_iter().map(f).collect()
    };
    let rows = |key: &str, f: &dyn Fn(&[f64]) -> Value| -> Vec<Value> {
        input[key]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| f(&numbers(row)))
            .collect()
    };
    let p = input["t_p"].as_f64().unwrap();
    let tails = numbers(&input["beta_p"]);
    json!({
        "t_quantile": list("t_df", &|df| t_quantile(p, df)),
        "t_log10_sf_at_6": list("t_df", &|df| t_ln_sf(6.0, df) / LN_10),
        "beta_quantile": rows("beta_ab", &|ab| {
            tails.iter().map(|&p| beta_quantile(ab[0], ab[1], p)).collect::<Vec<_>>().into()
        }),
        "chi2_log10_sf": rows("chi2", &|x| (chi_squared_ln_sf(x[0], x[1]) / LN_10).into()),
        "f_log10_sf": rows("f", &|x| (f_ln_sf(x[0], x[1], x[2]) / LN_10).into()),
        "normal_log10_sf": list("normal_z", &|z| normal_ln_sf(z) / LN_10),
        "normal_quantile": list("normal_p", &normal_quantile),
    })
}

pub fn stability(case: &Case) -> Value {
    let spec = &case.input["numacc4"];
    let repeat = numbers(&spec["then_repeat"]);
    let n = spec["n"].as_u64().unwrap() as usize;
    let mut values = vec![spec["first"].as_f64().unwrap()];
    values.extend((0..n - 1).map(|i| repeat[i % repeat.len()]));
    let mut rest = values.as_slice();
    let mut merged = Moments::default();
    for size in numbers(&spec["merge_chunks"]) {
        let (chunk, after) = rest.split_at(size as usize);
        merged.merge(&chunk.iter().copied().collect());
        rest = after;
    }
    let columns = texts(&case.input["longley_columns"]);
    let table = case.csv("longley");
    let by_column: Vec<Vec<f64>> = columns.iter().map(|c| table.numbers(c)).collect();
    // In two halves, merged: the result may not depend on how the rows were cut.
    let rows = by_column[0].len();
    let half = |range: std::ops::Range<usize>| {
        let mut moments = CoMoments::new(columns.len());
        for i in range {
            let row: Vec<f64> = by_column.iter().map(|c| c[i]).collect();
            assert!(moments.push(&row));
        }
        moments
    };
    let mut moments = half(0..rows / 2);
    assert!(moments.merge(&half(rows / 2..rows)));
    let predictors: Vec<usize> = (1..columns.len()).collect();
    let fit = ols(&moments, 0, &predictors).unwrap();
    let mut coefficients = vec![fit.intercept];
    coefficients.extend(&fit.slopes);
    json!({
        "numacc4": { "mean": merged.mean().unwrap(), "sd": merged.sd().unwrap() },
        "longley": { "coef": coefficients, "r2": fit.r2, "resid_sd": fit.residual_variance.sqrt() },
    })
}
