//! Control charts: XmR with NHS rules, run rules.

use evenkeel_stats::Moments;
use evenkeel_stats::chart::capability::capability;
use evenkeel_stats::chart::drift::{
    cusum, cusum_run_length, ewma, ewma_run_length, shewhart_run_length,
};
use evenkeel_stats::chart::proportions::{
    D2_TABLE, Proportions, Spread, overdispersion, proportions,
};
use evenkeel_stats::chart::subgroups::{Limits, Subgroups, xbar_r, xbar_s};
use evenkeel_stats::chart::{
    MovingRangeConstant, NELSON, NHS, Rule, Xmr, anhoej, xmr as limits_of,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use crate::case::{Case, numbers};

/// Places (1-based) where a signal is.
fn places(signals: &[i8]) -> Vec<usize> {
    signals
        .iter()
        .enumerate()
        .filter(|(_, s)| **s != 0)
        .map(|(i, _)| i + 1)
        .collect()
}

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

/// Phase I subgroups and all of them: means, ranges, moments.
struct Rings {
    all: Vec<Moments>,
    ranges: Vec<f64>,
    phase_1: usize,
}

impl Rings {
    fn of(case: &Case) -> Self {
        let table = case.only_csv();
        let mut groups: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
        for (sample, x) in table
            .numbers("sample")
            .iter()
            .zip(table.numbers("diameter"))
        {
            groups.entry(*sample as u64).or_default().push(x);
        }
        let extreme = |g: &[f64], f: fn(f64, f64) -> f64| g.iter().copied().reduce(f).unwrap();
        Self {
            all: groups
                .values()
                .map(|g| g.iter().copied().collect())
                .collect(),
            ranges: groups
                .values()
                .map(|g| extreme(g, f64::max) - extreme(g, f64::min))
                .collect(),
            phase_1: numbers(&case.input["phase1_samples"]).len(),
        }
    }

    fn means(&self) -> Vec<f64> {
        self.all.iter().map(|g| g.mean().unwrap()).collect()
    }

    fn first(&self) -> (&[Moments], &[f64]) {
        (&self.all[..self.phase_1], &self.ranges[..self.phase_1])
    }
}

/// Standardised distances of values from a centre, the limits being at ±3.
fn standardised(values: &[f64], limits: &Limits) -> Vec<f64> {
    let sigma = (limits.upper - limits.centre) / 3.0;
    values.iter().map(|v| (v - limits.centre) / sigma).collect()
}

const BEYOND: Rule = Rule::Beyond { sigmas: 3.0 };
const SEVEN: Rule = Rule::OneSide { points: 7 };

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

pub fn drifts(case: &Case) -> Value {
    let rings = Rings::of(case);
    let (groups, ranges) = rings.first();
    let chart = xbar_r(groups, ranges).unwrap();
    let error = chart.sigma / (groups[0].n() as f64).sqrt();
    let of = |key: &str| case.input[key].as_f64().unwrap();
    let z: Vec<f64> = rings
        .means()
        .iter()
        .map(|m| (m - chart.means.centre) / error)
        .collect();
    let (high, low) = cusum(&z, of("se_shift") / 2.0);
    let limit = of("decision_interval");
    let beyond = |values: &[f64], f: &dyn Fn(f64) -> bool| -> Vec<usize> {
        values
            .iter()
            .enumerate()
            .filter(|(_, v)| f(**v))
            .map(|(i, _)| i + 1)
            .collect()
    };
    let smoothed = ewma(
        &rings.means(),
        chart.means.centre,
        error,
        of("lambda"),
        of("nsigmas"),
    )
    .unwrap();
    let outside: Vec<usize> = smoothed
        .iter()
        .enumerate()
        .filter(|(_, p)| p.value > p.upper || p.value < p.lower)
        .map(|(i, _)| i + 1)
        .collect();
    json!({
        "center": chart.means.centre,
        "std_dev": chart.sigma,
        "cusum_pos": high,
        "cusum_neg": low,
        "cusum_violations": {
            "lower": beyond(&low, &|v| v < -limit),
            "upper": beyond(&high, &|v| v > limit),
        },
        "ewma": smoothed.iter().map(|p| p.value).collect::<Vec<_>>(),
        "ewma_lcl": smoothed.iter().map(|p| p.lower).collect::<Vec<_>>(),
        "ewma_ucl": smoothed.iter().map(|p| p.upper).collect::<Vec<_>>(),
        "ewma_violations": outside,
        "arl": {
            "ewma_l0.2_L2.962_mu0": ewma_run_length(0.2, 2.962, 0.0).unwrap(),
            "ewma_mu1": ewma_run_length(0.2, 2.962, 1.0).unwrap(),
            "cusum_k.5_h5_two_mu0": cusum_run_length(0.5, 5.0, 0.0).unwrap(),
            "cusum_mu1": cusum_run_length(0.5, 5.0, 1.0).unwrap(),
            "shewhart3sigma_mu0": shewhart_run_length(3.0, 0.0),
        },
    })
}

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
