//! Run rules: which windows and which points signal.

use evenkeel_stats::chart::{NELSON, NHS, Rule, anhoej};
use serde_json::{Map, Value, json};

use super::places;
use crate::case::{Case, numbers};

pub fn run_rules(case: &Case) -> Value {
    let centre = case.input["center"].as_f64().unwrap();
    let sigma = case.input["sigma"].as_f64().unwrap();
    let series = case.input["series"].as_object().unwrap();
    let answer: Map<String, Value> = series
        .iter()
        .map(|(name, values)| {
            let z: Vec<f64> = numbers(values)
                .iter()
                .map(|y| (y - centre) / sigma)
                .collect();
            (name.clone(), signals(&z))
        })
        .collect();
    answer.into()
}

fn signals(z: &[f64]) -> Value {
    let names = [
        "r1_beyond3",
        "r2_9_one_side",
        "r3_6_trend",
        "r4_14_alternating",
        "r5_2of3_beyond2",
        "r6_4of5_beyond1",
        "r7_15_within1",
        "r8_8_outside1",
    ];
    let mut nelson: Map<String, Value> = names
        .iter()
        .zip(NELSON)
        .map(|(name, rule)| ((*name).to_owned(), json!(places(&rule.windows_ending(z)))))
        .collect();
    let eight = Rule::OneSide { points: 8 };
    nelson.insert(
        "we_8_one_side".to_owned(),
        json!(places(&eight.windows_ending(z))),
    );
    let runs = anhoej(z, 0.0);
    let [_, trend, two_in_three, one_side] = NHS;
    json!({
        "nelson_windows_ending_at": nelson,
        "anhoej": {
            "n_useful": runs.useful,
            "longest_run": runs.longest_run,
            "longest_run_max": runs.longest_run_max,
            "n_crossings": runs.crossings,
            "n_crossings_min": runs.crossings_min,
            "signal": runs.signal,
        },
        "nhs": {
            "seven_point_one_side_window_end": places(&one_side.windows_ending(z)),
            "seven_point_one_side_member": places(&one_side.members(z)),
            "seven_point_trend_sign_window_end": trend.windows_ending(z),
            "seven_point_trend_member": places(&trend.members(z)),
            "two_in_three_member": places(&two_in_three.members(z)),
        },
    })
}
