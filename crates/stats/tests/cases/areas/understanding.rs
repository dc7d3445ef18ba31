//! Mirrored questions, polynomial regression, expectation and perception.

use evenkeel_stats::CoMoments;
use evenkeel_stats::distribution::t_p_two_sided;
use evenkeel_stats::regression::ols;
use evenkeel_stats::reliability::{of_columns, of_difference};
use evenkeel_stats::surface::{nested, row, surface};
use evenkeel_stats::understanding::{
    agreement, bias_and_error, components, lin_interval, profile_similarity, truth_and_bias,
};
use serde_json::{Value, json};

use crate::areas::nps::limits;
use crate::case::{Case, numbers, texts};

fn matrix(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

/// Co-moments of complete rows.
pub fn moments(columns: &[Vec<f64>]) -> CoMoments {
    let mut moments = CoMoments::new(columns.len());
    for row in 0..columns[0].len() {
        let values: Vec<f64> = columns.iter().map(|c| c[row]).collect();
        if values.iter().all(|v| !v.is_nan()) {
            assert!(moments.push(&values));
        }
    }
    moments
}

pub fn mirrored(case: &Case) -> Value {
    let [p, o, own] = ["P", "O", "own_answer"].map(|key| matrix(&case.input[key]));
    let flat = |m: &[Vec<f64>]| -> Vec<f64> { m.iter().flatten().copied().collect() };
    let rows = moments(&[flat(&p), flat(&o), flat(&own)]);
    let pairs = moments(&[flat(&p), flat(&o)]);
    let (bias, mse) = bias_and_error(&pairs).unwrap();
    let both: Vec<(f64, f64)> = flat(&p).into_iter().zip(flat(&o)).collect();
    let share = |within: f64| {
        both.iter().filter(|(p, o)| (p - o).abs() <= within).count() as f64 / both.len() as f64
    };
    let parts = components(&p, &o).unwrap();
    let a = agreement(&pairs).ok();
    let truth = truth_and_bias(&rows).ok();
    let (profile, undefined) = profile_similarity(&p, &o, false).unwrap();
    let (distinctive, _) = profile_similarity(&p, &o, true).unwrap();
    json!({
        "mean_P": pairs.means()[0],
        "mean_O": pairs.means()[1],
        "bias": bias,
        "mse": mse,
        "cronbach": {
            "elevation": parts.elevation,
            "differential_elevation": parts.differential_elevation,
            "stereotype_accuracy": parts.stereotype_accuracy,
            "differential_accuracy": parts.differential_accuracy,
            "r_elevation": parts.r_elevation,
            "r_stereotype": parts.r_stereotype,
            "r_differential": parts.r_differential,
        },
        "r": a.map(|a| a.correlation),
        "ccc": {
            "est": a.map(|a| a.concordance),
            "epiR_est": a.map(|a| a.concordance),
            "epiR_ci_z": a.map(|a| limits(&lin_interval(&a, 0.95))),
            "bias_correction_Cb": a.map(|a| a.bias_correction),
            "location_shift": a.map(|a| a.location_shift),
            "scale_shift": a.map(|a| a.scale_shift),
            "one_minus_mse_over_chance": a.map(|a| a.concordance),
        },
        "skill_vs_mean": a.map(|a| a.skill),
        "murphy_check": a.map(|a| {
            // Murphy (1988): r² − (r − s)² − (bias/sd of the truth)², s the ratio of spreads.
            let ratio = a.scale_shift.recip();
            let shift = a.bias * a.bias * pairs.n() as f64 / pairs.product(1, 1);
            a.correlation.powi(2) - (a.correlation - ratio).powi(2) - shift
        }),
        "truth_bias": {
            "directional_bias_intercept": truth.map(|t| t.directional_bias),
            "truth_slope": truth.map(|t| t.truth),
            "with_projection": {
                "intercept": truth.map(|t| t.bias_beside_projection),
                "truth": truth.map(|t| t.truth_beside_projection),
                "projection": truth.map(|t| t.projection),
            },
        },
        "exact_agreement": share(0.0),
        "within_one": share(1.0),
        "profile_r_mean": profile,
        "profile_r_undefined": undefined,
        "distinctive_r_mean": distinctive,
    })
}

pub fn polynomial(case: &Case) -> Value {
    let table = case.only_csv();
    let [x, y, outcome] =
        ["x", "y", "z"].map(|key| table.numbers(case.input[key].as_str().unwrap()));
    let complete: Vec<(f64, f64, f64)> = (0..x.len())
        .map(|i| (x[i], y[i], outcome[i]))
        .filter(|r| !(r.0 + r.1 + r.2).is_nan())
        .collect();
    let mut rows = CoMoments::new(6);
    for (x, y, z) in &complete {
        assert!(rows.push(&row(*x, *y, *z)));
    }
    let result = surface(&rows).unwrap();
    let fit = &result.fit;
    let r2 = |f: &dyn Fn(f64, f64) -> f64| {
        let mut one = CoMoments::new(2);
        for (x, y, z) in &complete {
            assert!(one.push(&[*z, f(*x, *y)]));
        }
        ols(&one, 0, &[1]).unwrap().r2
    };
    let squared = r2(&|x, y| (x - y).powi(2));
    let (f, df1, df2, ln_p) = nested(fit, squared, 4);
    let mut coefficients = vec![fit.intercept];
    coefficients.extend(&fit.slopes);
    let mut errors = vec![fit.intercept_error];
    errors.extend(&fit.errors);
    let feature = |i: usize| {
        let c = result.features[i];
        json!({ "est": c.value, "se": c.standard_error, "t": c.t, "p": c.p })
    };
    json!({
        "n": fit.n,
        "coef": coefficients,
        "se": errors,
        "r2": fit.r2,
        "adj_r2": fit.adjusted_r2(),
        "surface": {
            "a1": feature(0),
            "a2": feature(1),
            "a3": feature(2),
            "a4": feature(3),
            "a5": feature(4),
        },
        "stationary_point": result.stationary.map(|(x, y)| [x, y]),
        "first_principal_axis": result
            .principal_axis
            .map(|(slope, intercept)| json!({ "slope": slope, "intercept": intercept })),
        "r2_difference": r2(&|x, y| x - y),
        "r2_absolute": r2(&|x, y| (x - y).abs()),
        "r2_squared_difference": squared,
        "F_full_vs_squared_difference": { "F": f, "df1": df1, "df2": df2, "p": ln_p.exp() },
    })
}

pub fn gap(case: &Case) -> Value {
    let table = case.only_csv();
    let expectation = texts(&case.input["expectation_items"]);
    let perception = texts(&case.input["perception_items"]);
    let columns =
        |names: &[String]| -> Vec<Vec<f64>> { names.iter().map(|n| table.numbers(n)).collect() };
    let (e, p) = (columns(&expectation), columns(&perception));
    let outcome = table.numbers(case.input["outcome"].as_str().unwrap());
    let rows = outcome.len();
    let mean_of = |items: &[Vec<f64>]| -> Vec<f64> {
        (0..rows)
            .map(|i| items.iter().map(|c| c[i]).sum::<f64>() / items.len() as f64)
            .collect()
    };
    let (of_e, of_p) = (mean_of(&e), mean_of(&p));
    let gap: Vec<f64> = of_p.iter().zip(&of_e).map(|(p, e)| p - e).collect();
    // Columns: outcome, expectation, perception, gap.
    let all = moments(&[outcome, of_e, of_p, gap]);
    let n = all.n() as f64;
    let sd = |i: usize| all.covariance(i, i).unwrap().sqrt();
    let alpha = |items: &[Vec<f64>]| {
        of_columns(&moments(items), &(0..items.len()).collect::<Vec<_>>()).unwrap()
    };
    let (of_expectation, of_perception) = (alpha(&e), alpha(&p));
    let r = |i: usize, j: usize| all.correlation(i, j).unwrap();
    let t = all.means()[3] / (sd(3) / n.sqrt());
    let high = (0..rows)
        .filter(|i| e.iter().map(|c| c[*i]).sum::<f64>() / e.len() as f64 >= 9.0)
        .count();
    json!({
        "mean_gap": all.means()[3],
        "sd_gap": sd(3),
        "gap_t": t,
        "gap_p": t_p_two_sided(t, n - 1.0),
        "alpha_expectation": of_expectation,
        "alpha_perception": of_perception,
        "r_E_P": r(1, 2),
        "reliability_of_difference":
            of_difference((sd(2), of_perception), (sd(1), of_expectation), r(1, 2)).unwrap(),
        "r_gap_outcome": r(3, 0),
        "r_perception_outcome": r(2, 0),
        "r2_gap": r(3, 0).powi(2),
        "r2_perception_only": r(2, 0).powi(2),
        "r2_both": ols(&all, 0, &[1, 2]).unwrap().r2,
        "ceiling_share_expectation_ge9": high as f64 / rows as f64,
    })
}
