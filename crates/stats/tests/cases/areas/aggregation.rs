//! Reporting by unit: ICC, rwg, WABA, shrinkage; from group sums only.

use evenkeel_stats::aggregation::{anova, random_units, rwg, waba};
use evenkeel_stats::{CoMoments, Moments};
use serde_json::{Map, Value, json};

use crate::case::Case;

pub fn groups(case: &Case) -> Value {
    let table = case.csv("group_sufficient_stats");
    let names = table.text("group");
    let column = |name: &str| table.numbers(name);
    let (n, sum_x, squares_x) = (column("n"), column("sum_x"), column("sumsq_x"));
    let (sum_y, squares_y, products) = (column("sum_y"), column("sumsq_y"), column("sum_xy"));
    let mut of_y = Vec::new();
    let mut both = Vec::new();
    for i in 0..names.len() {
        let (mx, my) = (sum_x[i] / n[i], sum_y[i] / n[i]);
        of_y.push(Moments::from_parts(
            n[i] as u64,
            mx,
            squares_x[i] - n[i] * mx * mx,
        ));
        let centred = vec![
            squares_x[i] - n[i] * mx * mx,
            products[i] - n[i] * mx * my,
            squares_y[i] - n[i] * my * my,
        ];
        both.push(CoMoments::from_parts(n[i] as u64, vec![mx, my], centred).unwrap());
    }
    let result = anova(&of_y).unwrap();
    let parts = waba(&both).unwrap();
    let model = random_units(&of_y).unwrap();
    // Exactly the groups that the case shows.
    let shown = &case.expected["partial_pooling_reml"]["blup_first5"];
    let blups: Map<String, Value> = names
        .iter()
        .zip(&model.units)
        .filter(|(name, _)| !shown[name.as_str()].is_null())
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect();
    let points = case.input["scale_points"].as_u64();
    let agreement: Option<Vec<f64>> = points.map(|points| {
        of_y.iter()
            .filter_map(|unit| rwg(unit, points as u32).ok())
            .collect()
    });
    let clipped = agreement.as_ref().map(|values| {
        let mut values: Vec<f64> = values.iter().map(|v| v.max(0.0)).collect();
        values.sort_by(f64::total_cmp);
        values
    });
    let mean = |v: &Vec<f64>| v.iter().sum::<f64>() / v.len() as f64;
    let median = |v: &Vec<f64>| f64::midpoint(v[(v.len() - 1) / 2], v[v.len() / 2]);
    let negative = |v: &Vec<f64>| v.iter().filter(|r| **r < 0.0).count() as f64 / v.len() as f64;
    json!({
        "n": result.n,
        "ms_between": result.between,
        "ms_within": result.within,
        "icc1_bliese_mean_k": result.icc1(result.mean_size).unwrap(),
        "icc1_donner_k0": result.icc1(result.k0).unwrap(),
        "k0": result.k0,
        "icc2_bliese": result.icc2().unwrap(),
        "F": result.f().unwrap(),
        "rwg_mean": clipped.as_ref().map(mean),
        "rwg_median": clipped.as_ref().map(median),
        "rwg_share_negative_clipped": agreement.as_ref().map(negative),
        "rwg_j": null,
        "waba": {
            "r_raw": parts.raw,
            "eta_between_x": parts.eta_between[0],
            "eta_between_y": parts.eta_between[1],
            "r_between": parts.between,
            "eta_within_x": parts.eta_within[0],
            "eta_within_y": parts.eta_within[1],
            "r_within": parts.within,
        },
        "partial_pooling_reml": {
            "grand_mean": model.mean,
            "var_between": model.between,
            "var_within": model.within,
            "icc": model.icc(),
            "blup_first5": blups,
        },
    })
}
