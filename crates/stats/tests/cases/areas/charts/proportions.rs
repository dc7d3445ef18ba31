//! p charts and Laney's p′.

use evenkeel_stats::chart::proportions::{
    D2_TABLE, Proportions, Spread, overdispersion, proportions,
};
use serde_json::{Value, json};

use super::{SEVEN, places};
use crate::case::{Case, numbers};

pub fn laney(case: &Case) -> Value {
    let juice = &case.input["orangejuice"];
    let counts_of = numbers(&juice["D"]);
    let sizes = numbers(&juice["size"]);
    let all: Vec<(f64, f64)> = counts_of
        .iter()
        .copied()
        .zip(sizes.iter().copied())
        .collect();
    let phase_1 = numbers(&juice["phase1"]).len();
    let excluded = numbers(&juice["phase1_excluding"]);
    let is_kept = |i: usize| !excluded.contains(&((i + 1) as f64));
    let first = all[..phase_1].to_vec();
    let kept: Vec<(f64, f64)> = (0..phase_1)
        .filter(|i| is_kept(*i))
        .map(|i| all[i])
        .collect();
    let mut revised = kept.clone();
    revised.extend(&all[phase_1..]);
    let before = proportions(&first, Spread::Binomial, D2_TABLE).unwrap();
    let after = proportions(&kept, Spread::Binomial, D2_TABLE).unwrap();
    let mut one = limits_by_point(&before, &first, false);
    name_each(&mut one, "beyond", &outside(&before, &first, false));
    let mut two = limits_by_point(&after, &revised, false);
    name_each(&mut two, "beyond_in_new", &outside(&after, &revised, false));
    let sides: Vec<f64> = revised.iter().map(|(d, n)| d / n - after.centre).collect();
    name_each(
        &mut two,
        "violating_runs",
        &places(&SEVEN.windows_ending(&sides)),
    );
    let (d, n): (Vec<f64>, Vec<f64>) = first.iter().copied().unzip();
    let (ratio, statistic, ln_p) = overdispersion(&d, &n).unwrap();
    let nhs: Vec<(f64, f64)> = numbers(&case.input["nhs"]["r"])
        .into_iter()
        .zip(numbers(&case.input["nhs"]["n"]))
        .collect();
    let table = proportions(&nhs, Spread::Binomial, D2_TABLE).unwrap();
    let exact = proportions(&nhs, Spread::Binomial, 2.0 / std::f64::consts::PI.sqrt()).unwrap();
    let chart = |laney: bool| {
        let mut shown = limits_by_point(&table, &nhs, laney);
        shown["n_signals"] = outside(&table, &nhs, laney).len().into();
        shown["cl"] = table.centre.into();
        shown
    };
    let mut prime = chart(true);
    prime["sigma_z_1.128"] = table.sigma_z.into();
    prime["sigma_z_exact_d2"] = exact.sigma_z.into();
    json!({
        "oj_phase1": one,
        "oj_revised": two,
        "oj_overdispersion": { "ratio": ratio, "stat": statistic, "p": ln_p.exp() },
        "nhs_p": chart(false),
        "nhs_p_prime": prime,
    })
}

fn limits_by_point(chart: &Proportions, periods: &[(f64, f64)], laney: bool) -> Value {
    let (lower, upper): (Vec<f64>, Vec<f64>) =
        periods.iter().map(|p| chart.limits(p.1, laney)).unzip();
    json!({ "center": chart.centre, "lcl": lower, "ucl": upper })
}

fn outside(chart: &Proportions, periods: &[(f64, f64)], laney: bool) -> Vec<usize> {
    (0..periods.len())
        .filter(|&i| {
            let (hits, n) = periods[i];
            let (lower, upper) = chart.limits(n, laney);
            hits / n < lower || hits / n > upper
        })
        .map(|i| i + 1)
        .collect()
}

/// R's `c(name = list)`: `name1`, `name2`, … or `name` alone.
fn name_each(value: &mut Value, name: &str, found: &[usize]) {
    for (i, place) in found.iter().enumerate() {
        let key = if found.len() == 1 {
            name.to_owned()
        } else {
            format!("{name}{}", i + 1)
        };
        value[key] = (*place).into();
    }
}
