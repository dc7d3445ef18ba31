//! Verdicts of changes.

use evenkeel_stats::always_valid::{Look, looks};
use evenkeel_stats::did::{Cluster, Row, by_treatment, permutation, two_way};
use evenkeel_stats::distribution::{normal_sf, z};
use evenkeel_stats::mean::welch;
use evenkeel_stats::proportion::newcombe10;
use evenkeel_stats::verdict::{Effect, Outcome, Standing, TwoShares, guardrail, outcome};
use serde_json::{Map, Value, json};

use crate::areas::design::places;
use crate::areas::nps::limits;
use crate::case::{Case, numbers};

pub fn always_valid(case: &Case) -> Value {
    let of = |key: &str| case.input[key].as_f64().unwrap();
    let (variance, level) = (of("sigma2"), 1.0 - of("alpha"));
    let asked: Vec<Look> = case.input["looks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| Look {
            n: l["n"].as_u64().unwrap(),
            mean: l["mean_diff"].as_f64().unwrap(),
        })
        .collect();
    let said = looks(&asked, variance, of("tau2"), of("theta0"), level).unwrap();
    let rows: Vec<Value> = asked
        .iter()
        .zip(said)
        .map(|(look, said)| {
            json!({
                "n": look.n,
                "lambda_": said.ln_ratio.exp(),
                "halfwidth": said.half_width,
                "ci": limits(&Ok(said.interval)),
                "fixed_n_halfwidth": z(level) * (variance / look.n as f64).sqrt(),
                "always_valid_p": said.p,
                "running_ci": said.running.map(|i| [i.lower, i.upper]),
            })
        })
        .collect();
    json!({ "looks": rows })
}

pub fn noninferiority(case: &Case) -> Value {
    let alpha = case.input["alpha_one_sided"].as_f64().unwrap();
    let rows = |key: &str| case.input[key].as_array().cloned().unwrap_or_default();
    let proportions: Vec<Value> = rows("proportions")
        .iter()
        .map(|r| shares(r, alpha))
        .collect();
    let panels: Vec<Value> = rows("panels")
        .iter()
        .map(|p| panel(p, 1.0 - alpha))
        .collect();
    json!({ "proportions": proportions, "panels": panels })
}

fn shares(row: &Value, alpha: f64) -> Value {
    let of = |key: &str| row[key].as_f64().unwrap();
    let two = TwoShares {
        hits_1: of("x1"),
        n_1: of("n1"),
        hits_2: of("x2"),
        n_2: of("n2"),
    };
    let newcombe = newcombe10(
        (two.hits_1, two.n_1 as u64),
        (two.hits_2, two.n_2 as u64),
        0.95,
    )
    .unwrap();
    let mn = two.score(-of("margin"), true).unwrap();
    let fm = two.score(-of("margin"), false).unwrap();
    json!({
        "x1": row["x1"], "n1": row["n1"], "x2": row["x2"], "n2": row["n2"], "margin": row["margin"],
        "ci95": {
            "newcomb": limits(&newcombe.interval),
            "agresti-caffo": limits(&two.agresti_caffo(0.95)),
            "wald": limits(&two.wald(0.95)),
            "miettinen_nurminen": limits(&two.miettinen_nurminen(0.95)),
        },
        "ni": {
            "diff": two.difference().unwrap(),
            "z_mn": mn,
            "p_mn": normal_sf(mn),
            "z_fm": fm,
            "p_fm": normal_sf(fm),
            "lower_90_two_sided_mn": two.miettinen_nurminen(1.0 - 2.0 * alpha).unwrap().lower,
        },
    })
}

fn panel(panel: &Value, level: f64) -> Value {
    let primary = panel["primary"].as_str().unwrap();
    let (mut rails, mut all, mut gained) = (Map::new(), Vec::new(), false);
    for (name, rail) in panel["rails"].as_object().unwrap() {
        let sign = if rail["higher_better"].as_bool() == Some(false) {
            -1.0
        } else {
            1.0
        };
        let effect = Effect {
            benefit: sign * rail["d"].as_f64().unwrap(),
            standard_error: rail["se"].as_f64().unwrap(),
            df: rail["df"].as_f64(),
            margin: rail["margin"].as_f64().unwrap(),
        };
        let judged = guardrail(&effect, level).unwrap();
        gained |= name == primary && judged.improved;
        let status = match judged.standing {
            Standing::Harm => "harm",
            Standing::WithinMargin => "no harm shown (non-inferior)",
            Standing::Undecided => "not shown",
        };
        let shown = json!({
            "benefit_scaled": effect.benefit,
            "z": judged.z,
            "p_noninferior": judged.p,
            "lower": judged.lower,
            "upper": judged.upper,
            "status": status,
            "improved": judged.improved,
            "worse_but_within_margin": judged.worse_but_within_margin,
        });
        rails.insert(name.clone(), shown);
        all.push(judged);
    }
    let (overall, p) = outcome(&all, gained).unwrap();
    let overall = match overall {
        Outcome::Harm => "collateral damage",
        Outcome::SharedGain => "clean win",
        Outcome::WithinMargin => "no harm, no gain shown",
        Outcome::Undecided => "not shown",
    };
    json!({ "rails": rails, "iut_p": p, "overall": overall })
}

pub fn did(case: &Case) -> Value {
    let table = case.csv("panel");
    let column = |key: &str| case.input[key].as_str().unwrap().to_owned();
    let (units, periods) = (table.text(&column("unit")), table.text(&column("period")));
    let (outcome, treatment) = (table.numbers(&column("y")), table.numbers(&column("treat")));
    let (of_unit, of_period) = (places(units), places(periods));
    let rows: Vec<Row> = (0..outcome.len())
        .map(|i| Row {
            unit: of_unit[i],
            period: of_period[i],
            outcome: outcome[i],
            treatment: treatment[i],
        })
        .collect();
    let fit = two_way(&rows, true).unwrap();
    let robust: Map<String, Value> = [
        ("CR0", Cluster::Cr0),
        ("CR1", Cluster::Cr1),
        ("CR1S", Cluster::Cr1s),
        ("CR2", Cluster::Cr2),
    ]
    .into_iter()
    .map(|(name, kind)| {
        let r = fit.robust(kind).unwrap();
        (
            name.to_owned(),
            json!({ "se": r.standard_error, "df_satt": r.df, "p_satt": r.p }),
        )
    })
    .collect();
    let mut answer = json!({
        "twfe": { "coef": fit.effect, "se_iid": fit.plain_error, "cr": robust },
        "first_difference_published": first_differences(&rows, case),
    });
    if !case.input["collapse"].is_null() {
        answer["collapsed"] = collapsed(&case.input["collapse"]);
    }
    answer
}

fn first_differences(rows: &[Row], case: &Case) -> Value {
    let mut sorted = rows.to_vec();
    sorted.sort_by_key(|r| (r.unit, r.period));
    let differenced: Vec<Row> = sorted
        .windows(2)
        .filter(|w| w[0].unit == w[1].unit)
        .map(|w| Row {
            unit: w[1].unit,
            period: w[1].period - 1,
            outcome: w[1].outcome - w[0].outcome,
            treatment: w[1].treatment - w[0].treatment,
        })
        .collect();
    let fit = two_way(&differenced, false).unwrap();
    let rounded = |x: f64| (1000.0 * x).round() / 1000.0;
    json!({
        "coef": fit.effect,
        "se_iid": fit.plain_error,
        "published": [rounded(fit.effect), rounded(fit.plain_error)],
        "model": case.expected["first_difference_published"]["model"],
    })
}

fn collapsed(spec: &Value) -> Value {
    let treated_units = numbers(&spec["treated"]);
    let (mut changes, mut treated) = (Vec::new(), Vec::new());
    for (unit, change) in spec["delta_by_unit"].as_object().unwrap() {
        changes.push(change.as_f64().unwrap());
        treated.push(treated_units.contains(&unit.parse().unwrap()));
    }
    let exact = permutation(&changes, &treated).unwrap();
    let (a, b) = by_treatment(&changes, &treated);
    let t = welch(&a, &b, 0.95).unwrap();
    json!({
        "did": exact.effect,
        "welch_t": t.t,
        "welch_df": t.df,
        "welch_p": t.p,
        "welch_ci": limits(&Ok(t.interval)),
        "permutation_p_two_sided_exact": exact.p,
        "permutations": exact.assignments,
        "smallest_possible_p": 1.0 / exact.assignments as f64,
    })
}
