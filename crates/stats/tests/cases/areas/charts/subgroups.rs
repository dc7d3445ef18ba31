//! Charts of subgroup means and spreads, and capability.

use evenkeel_stats::Moments;
use evenkeel_stats::chart::Rule;
use evenkeel_stats::chart::capability::capability;
use evenkeel_stats::chart::subgroups::{Limits, Subgroups, xbar_r, xbar_s};
use serde_json::{Value, json};

use super::rings::Rings;
use super::{SEVEN, places};
use crate::case::Case;

const BEYOND: Rule = Rule::Beyond { sigmas: 3.0 };

/// Standardised distances of values from a centre, the limits being at ±3.
fn standardised(values: &[f64], limits: &Limits) -> Vec<f64> {
    let sigma = (limits.upper - limits.centre) / 3.0;
    values.iter().map(|v| (v - limits.centre) / sigma).collect()
}

pub fn subgroups(case: &Case) -> Value {
    let rings = Rings::of(case);
    let (groups, ranges) = rings.first();
    let (s, r) = (xbar_s(groups).unwrap(), xbar_r(groups, ranges).unwrap());
    let means = |chart: &Subgroups, runs: &str| {
        let z = standardised(&rings.means(), &chart.means);
        let mut shown = json!({
            "center": chart.means.centre,
            "sigma": chart.sigma,
            "lcl": chart.means.lower,
            "ucl": chart.means.upper,
            "beyond_limits": places(&BEYOND.members(&z)),
        });
        shown[runs] = json!(places(&SEVEN.windows_ending(&z)));
        shown
    };
    let spreads = |chart: &Subgroups| {
        let l = chart.spreads;
        json!({ "center": l.centre, "lcl": l.lower, "ucl": l.upper })
    };
    let mut overall = Moments::default();
    for group in groups {
        overall.merge(group);
    }
    let of = |key: &str| case.input[key].as_f64().unwrap();
    let specification = (of("lsl"), of("usl"));
    let target = f64::midpoint(specification.0, specification.1);
    let ask = |sigma: f64| {
        capability(
            r.means.centre,
            sigma,
            overall.n(),
            specification,
            target,
            0.95,
        )
        .unwrap()
    };
    let c = ask(r.sigma);
    let performance = ask(overall.sd().unwrap());
    let indices = [c.cp, c.cp_lower, c.cp_upper, c.cpk, c.cpm];
    json!({
        "xbar_S": means(&s, "violating_runs_gt7"),
        "xbar_R": means(&r, "violating_runs"),
        "S": spreads(&s),
        "R": spreads(&r),
        "capability_within_sigma_R": {
            "index": ["Cp", "Cp_l", "Cp_u", "Cp_k", "Cpm"],
            "value": indices.map(|i| i.value),
            "lo95": indices.map(|i| i.interval.lower),
            "hi95": indices.map(|i| i.interval.upper),
            "expected_share_lt_lsl": c.below,
            "expected_share_gt_usl": c.above,
        },
        "performance_overall": {
            "sd": overall.sd().unwrap(),
            "Pp": performance.cp.value,
            "Ppk": performance.cpk.value,
        },
    })
}
