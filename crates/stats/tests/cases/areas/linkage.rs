//! Internal against external: lead and lag, cross-lagged paths, partial pooling.

use evenkeel_stats::CoMoments;
use evenkeel_stats::alignment::lead_lag::{band, cross_correlation, differences, effective_pairs};
use evenkeel_stats::alignment::{Heterogeneity, UnitEstimate, UnitSeries, pearson, pool, rmcorr};
use evenkeel_stats::regression::{Fit, ols};
use serde_json::{Map, Value, json};

use crate::areas::nps::limits;
use crate::case::{Case, numbers};

pub fn lead_lag(case: &Case) -> Value {
    let (x, y) = (numbers(&case.input["x"]), numbers(&case.input["y"]));
    let last = case.input["lag_max"].as_i64().unwrap() as i32;
    let lags: Vec<i32> = (-last..=last).collect();
    let of = |x: &[f64], y: &[f64]| -> Vec<f64> {
        lags.iter()
            .map(|&lag| cross_correlation(x, y, lag).unwrap())
            .collect()
    };
    let transform = case.input["transform"].as_str().unwrap();
    let step = match transform {
        "first difference" => 1,
        seasonal => seasonal
            .split(|c: char| !c.is_ascii_digit())
            .find_map(|t| t.parse().ok())
            .unwrap_or_else(|| panic!("transform {seasonal}")),
    };
    let (dx, dy) = (differences(&x, step), differences(&y, step));
    let transformed = of(&dx, &dy);
    let peak = (0..lags.len())
        .max_by(|&i, &j| transformed[i].abs().total_cmp(&transformed[j].abs()))
        .unwrap();
    let raw = pearson(&x, &y, 0.95).unwrap();
    json!({
        "convention": case.expected["convention"],
        "lags": lags,
        "ccf_raw": of(&x, &y),
        "ccf_transformed": transformed,
        "peak_lag_transformed": lags[peak],
        "peak_value": transformed[peak],
        "bartlett_95_band": band(dx.len(), 1, 0.95),
        "bonferroni_band_over_lags": band(dx.len(), lags.len(), 0.95),
        "n_transformed": dx.len(),
        "neff_raw_pyper_peterman": effective_pairs(&x, &y).unwrap(),
        "r_raw": raw.value,
        "p_raw_naive": raw.p,
    })
}

pub fn cross_lagged(case: &Case) -> Value {
    let table = case.only_csv();
    let names: Vec<String> = table.columns.keys().cloned().collect();
    let waves = names.iter().filter(|n| n.starts_with('a')).count();
    let columns: Vec<Vec<f64>> = names.iter().map(|n| table.numbers(n)).collect();
    let mut moments = CoMoments::new(names.len());
    let mut units = Vec::new();
    for row in 0..columns[0].len() {
        let values: Vec<f64> = columns.iter().map(|c| c[row]).collect();
        if values.iter().any(|v| v.is_nan()) {
            continue;
        }
        assert!(moments.push(&values));
        units.push(UnitSeries::of(
            (0..waves).map(|w| (values[w], values[waves + w])),
        ));
    }
    let at = |name: &str| names.iter().position(|n| n == name).unwrap();
    let mut paths = Map::new();
    for wave in 2..=waves {
        for side in ["a", "b"] {
            let other = if side == "a" { "b" } else { "a" };
            let outcome = format!("{side}{wave}");
            let predictors = [
                format!("{side}{}", wave - 1),
                format!("{other}{}", wave - 1),
            ];
            let fit = ols(
                &moments,
                at(&outcome),
                &[at(&predictors[0]), at(&predictors[1])],
            )
            .unwrap();
            paths.insert(outcome, path(&fit, &predictors));
        }
    }
    let synchronous: Vec<f64> = (1..=waves)
        .map(|w| {
            moments
                .correlation(at(&format!("a{w}")), at(&format!("b{w}")))
                .unwrap()
        })
        .collect();
    let within = rmcorr(&units, 0.95).unwrap();
    json!({
        "clpm_ols": paths,
        "synchronous_r": synchronous,
        "fixed_effects_slope_b_on_a": within.slope,
        "rmcorr": {
            "r": within.value,
            "df": within.df,
            "p": within.p,
            "ci": limits(&within.interval),
        },
    })
}

fn path(fit: &Fit, predictors: &[String; 2]) -> Value {
    let named = |values: &[f64]| -> Map<String, Value> {
        predictors
            .iter()
            .cloned()
            .zip(values.iter().map(|v| json!(v)))
            .collect()
    };
    let mut coefficients = named(&fit.slopes);
    coefficients.insert("(Intercept)".to_owned(), fit.intercept.into());
    let mut errors = named(&fit.errors);
    errors.insert("(Intercept)".to_owned(), fit.intercept_error.into());
    json!({
        "coef": coefficients,
        "se": errors,
        "std": named(&fit.standardised),
        "r2": fit.r2,
    })
}

pub fn pooling(case: &Case) -> Value {
    let estimates: Vec<UnitEstimate> = numbers(&case.input["yi"])
        .into_iter()
        .zip(numbers(&case.input["vi"]))
        .map(|(value, variance)| UnitEstimate { value, variance })
        .collect();
    let mut answer = Map::new();
    for (name, heterogeneity) in [
        ("REML", Heterogeneity::Reml),
        ("DL", Heterogeneity::DerSimonianLaird),
        ("PM", Heterogeneity::PauleMandel),
    ] {
        let pooled = pool(&estimates, heterogeneity, 0.95).unwrap();
        let values = json!({
            "mu": pooled.mean,
            "se": pooled.standard_error,
            "tau2": pooled.tau2,
            "I2": 100.0 * pooled.i2,
            "Q": pooled.q,
            "Qp": pooled.q_ln_p.exp(),
            "blup": pooled.units.iter().map(|u| u.value).collect::<Vec<_>>(),
            "blup_se": pooled.units.iter().map(|u| u.standard_error).collect::<Vec<_>>(),
            "prediction_interval": limits(&Ok(pooled.prediction)),
        });
        answer.insert(name.to_owned(), values);
        if heterogeneity == Heterogeneity::Reml {
            let knapp_hartung = json!({
                "se": pooled.knapp_hartung_error,
                "ci": limits(&Ok(pooled.knapp_hartung)),
            });
            answer.insert("knapp_hartung".to_owned(), knapp_hartung);
        }
    }
    answer.into()
}
