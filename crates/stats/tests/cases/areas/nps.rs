//! Net promoter scores.

use evenkeel_stats::nps::{
    Counts, adjusted_wald, nps, nps_difference, nps_difference_test, nps_paired, score_interval,
    trinomial_t, wald,
};
use evenkeel_stats::{Histogram, Interval, Undefined};
use serde_json::{Value, json};

use crate::case::{Case, counts};

pub fn limits(interval: &Result<Interval, Undefined>) -> Value {
    match interval {
        Ok(i) => json!([i.lower, i.upper]),
        Err(_) => Value::Null,
    }
}

fn level(case: &Case) -> f64 {
    case.input["conf"].as_f64().unwrap()
}

pub fn single(case: &Case) -> Value {
    let level = level(case);
    let of = |key: &str| case.input[key].as_i64().unwrap() as i32;
    let histogram = Histogram::from_counts(of("scale_min"), counts(&case.input["histogram"]));
    let all = Counts::of(&histogram, of("detractor_max"), of("promoter_min"));
    let mut answer = describe(&all, level);
    let edges = case.input["edge_cases"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let edges: Vec<Value> = edges
        .iter()
        .map(|edge| {
            let c = counts(&edge["counts_det_pass_prom"]);
            json!({
                "name": edge["name"],
                "counts_det_pass_prom": c,
                "expected": describe(&Counts::new(c[0], c[1], c[2]), level),
            })
        })
        .collect();
    answer["edge_cases"] = edges.into();
    if nps(&Counts::new(0, 0, 0), level) == Err(Undefined::NoAnswers) {
        answer["n_zero"] = json!("must be null/undefined, never 0 or NaN");
    }
    answer
}

fn describe(counts: &Counts, level: f64) -> Value {
    let n = counts.n as f64;
    let moments = counts.moments().unwrap();
    let (centre, error, interval) = adjusted_wald(counts, level).unwrap();
    json!({
        "n": counts.n,
        "detractors": counts.detractors,
        "passives": counts.passives,
        "promoters": counts.promoters,
        "nps": counts.score().unwrap(),
        "variance_n": counts.variance().unwrap(),
        "se_n": (counts.variance().unwrap() / n).sqrt(),
        "wald": limits(&wald(counts, level)),
        "adjusted_wald": {
            "centre": centre,
            "se": error,
            "ci_unclipped": limits(&Ok(interval)),
            "ci": limits(&Ok(interval.clipped(-1.0, 1.0))),
        },
        "trinomial_t": {
            "var_n_minus_1": moments.variance().ok(),
            "ci": limits(&trinomial_t(counts, level)),
        },
        "score_tango": limits(&score_interval(counts, level)),
    })
}

pub fn difference(case: &Case) -> Value {
    let level = level(case);
    let of = |key: &str| {
        let c = counts(&case.input["independent"][key]);
        Counts::new(c[0], c[1], c[2])
    };
    let (a, b) = (of("A_det_pass_prom"), of("B_det_pass_prom"));
    let score = nps_difference(&a, &b, level).unwrap();
    let (error, z, ln_p) = nps_difference_test(&a, &b).unwrap();
    let half = evenkeel_stats::distribution::z(level) * error;
    let rows = &case.input["paired"]["joint_table_rows_x_det_pass_prom_cols_y"];
    let joint = [0, 1, 2].map(|i| {
        let row = counts(&rows[i]);
        [row[0], row[1], row[2]]
    });
    let of_row = |i: usize| joint[i].iter().sum::<u64>();
    let of_column = |j: usize| joint.iter().map(|row| row[j]).sum::<u64>();
    let x = Counts::new(of_row(0), of_row(1), of_row(2));
    let y = Counts::new(of_column(0), of_column(1), of_column(2));
    let paired = nps_paired(&joint, level).unwrap();
    json!({
        "independent": {
            "nps_A": a.score().unwrap(),
            "nps_B": b.score().unwrap(),
            "diff": score.value,
            "se_wald": error,
            "z": z,
            "p_two_sided": ln_p.exp(),
            "ci_wald": [score.value - half, score.value + half],
            "ci_mover_score": limits(&score.interval),
        },
        "paired": {
            "n": paired.n,
            "nps_x": x.score().unwrap(),
            "nps_y": y.score().unwrap(),
            "diff": paired.difference,
            "se": paired.standard_error,
            "t": paired.t,
            "df": paired.df,
            "p": paired.p,
            "ci": limits(&Ok(paired.interval)),
            "wrong_if_treated_as_independent_se": nps_difference_test(&x, &y).unwrap().0,
        },
    })
}
