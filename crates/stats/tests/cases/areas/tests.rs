//! Comparisons of groups, many tests at once.

use evenkeel_stats::contingency::{chi_squared, fisher};
use evenkeel_stats::effect::{cohen_d, hedges_g, welch_anova};
use evenkeel_stats::mean::welch;
use evenkeel_stats::multiplicity::{Adjustment, adjust};
use evenkeel_stats::ordinal::{jonckheere, kruskal, linear_by_linear, mann_whitney};
use evenkeel_stats::{Histogram, Moments};
use serde_json::{Value, json};

use crate::areas::nps::limits;
use crate::case::{Case, counts, numbers};

pub fn multiplicity(case: &Case) -> Value {
    let p = numbers(&case.input["p"]);
    let alpha = case.input["alpha"].as_f64().unwrap();
    let of = |adjustment| adjust(&p, adjustment);
    let rejected = |adjustment| of(adjustment).iter().filter(|p| **p <= alpha).count();
    json!({
        "bh": of(Adjustment::BenjaminiHochberg),
        "by": of(Adjustment::BenjaminiYekutieli),
        "holm": of(Adjustment::Holm),
        "bonferroni": of(Adjustment::Bonferroni),
        "rejected_bh_05": rejected(Adjustment::BenjaminiHochberg),
        "rejected_bonferroni_05": rejected(Adjustment::Bonferroni),
    })
}

pub fn ordinal(case: &Case) -> Value {
    let scores: Vec<i32> = numbers(&case.input["scores"])
        .iter()
        .map(|s| *s as i32)
        .collect();
    let table: Vec<Vec<u64>> = case.input["table_rows_groups_cols_scores"]
        .as_array()
        .unwrap()
        .iter()
        .map(counts)
        .collect();
    let groups: Vec<Histogram> = table
        .iter()
        .map(|row| scores.iter().copied().zip(row.iter().copied()).collect())
        .collect();
    let moments: Vec<Moments> = groups.iter().map(Histogram::moments).collect();
    let (first, last) = (&groups[0], &groups[groups.len() - 1]);
    let (a, b) = (&moments[0], &moments[moments.len() - 1]);
    let chi2 = chi_squared(&table, false).unwrap();
    let u = mann_whitney(first, last).unwrap();
    let (h, df, h_ln_p) = kruskal(&groups).unwrap();
    let (m2, m2_ln_p) = linear_by_linear(&groups).unwrap();
    let t = welch(a, b, 0.95).unwrap();
    let anova = welch_anova(&moments).unwrap();
    json!({
        "chi2": {
            "stat": chi2.statistic,
            "df": chi2.df,
            "p": chi2.ln_p.exp(),
            "cramers_v": chi2.cramers_v,
            "min_expected": chi2.expected_min,
            "std_residuals": chi2.standardised_residuals,
        },
        "mann_whitney": {
            "U_first": u.u,
            "p_no_cc": u.ln_p.exp(),
            "p_cc": u.ln_p_corrected.exp(),
            "prob_superiority": u.superiority,
            "cliffs_delta": u.cliffs_delta,
        },
        "kruskal": { "H": h, "df": df, "p": h_ln_p.exp() },
        "linear_by_linear": { "M2": m2, "p": m2_ln_p.exp() },
        "jonckheere_J": jonckheere(&groups),
        "welch": {
            "t": t.t,
            "df": t.df,
            "p": t.p,
            "diff": t.value,
            "ci": limits(&Ok(t.interval)),
        },
        "welch_anova": {
            "F": anova.f,
            "df1": anova.df1,
            "df2": anova.df2,
            "p": anova.ln_p.exp(),
        },
        "cohen_d_pooled": cohen_d(a, b).unwrap(),
        "hedges_g_exact": hedges_g(a, b).unwrap(),
        "pairwise": pairwise(&moments),
        "fisher": exact(case),
    })
}

fn pairwise(moments: &[Moments]) -> Value {
    let (mut pairs, mut raw) = (Vec::new(), Vec::new());
    for i in 0..moments.len() {
        for j in i + 1..moments.len() {
            pairs.push(format!("{}-{}", i + 1, j + 1));
            raw.push(welch(&moments[i], &moments[j], 0.95).unwrap().p);
        }
    }
    json!({
        "pairs": pairs,
        "p_raw": raw,
        "holm": adjust(&raw, Adjustment::Holm),
        "bh": adjust(&raw, Adjustment::BenjaminiHochberg),
    })
}

fn exact(case: &Case) -> Value {
    let rows: Vec<Vec<u64>> = case.input["fisher_2x2"]
        .as_array()
        .unwrap()
        .iter()
        .map(counts)
        .collect();
    let result = fisher([[rows[0][0], rows[0][1]], [rows[1][0], rows[1][1]]], 0.95).unwrap();
    let p = |corrected| chi_squared(&rows, corrected).unwrap().ln_p.exp();
    json!({
        "p": result.p,
        "cond_mle_or": result.odds_ratio,
        "ci": result.interval.map(|i| [i.lower, i.upper]),
        "chi2_yates_p": p(true),
        "chi2_p": p(false),
    })
}
