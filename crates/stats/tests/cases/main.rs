//! Reference cases: every value that trusted peers (R, Python) computed, against this crate.
//!
//! Reads every `*.json` in the folder that `EVENKEEL_CASES` names (default `../shared/cases`
//! beside the project), dispatches by the case's `area` and input, and compares every expected
//! value but `information*`. An expected key that the dispatcher does not answer is a failure,
//! and so is a case that it does not know.
//! The folder is no part of the project: without it the test says so and checks nothing; golden
//! values in the units' own tests run everywhere.
#![allow(
    clippy::unwrap_used,
    reason = "a failed unwrap in a test is a failed test"
)]

mod case;
mod compare;
mod exclusions;
mod areas {
    pub mod aggregation;
    pub mod charts;
    pub mod design;
    pub mod disclosure;
    pub mod drivers;
    pub mod linkage;
    pub mod nps;
    pub mod numerics;
    pub mod raters;
    pub mod reliability;
    pub mod speed;
    pub mod tests;
    pub mod top_box;
    pub mod understanding;
    pub mod verdicts;
}

use std::io::Write as _;
use std::path::PathBuf;

use case::Case;
use compare::{Checked, compare};

/// Prints past the capture of the test runner: the counts are part of the result.
macro_rules! say {
    ($($part:tt)*) => { writeln!(std::io::stdout(), $($part)*).unwrap() };
}

fn folder() -> PathBuf {
    std::env::var_os("EVENKEEL_CASES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases"),
        PathBuf::from,
    )
}

/// What this crate says to a case; `None` when it is of no known kind.
fn answer(case: &Case) -> Option<serde_json::Value> {
    let has = |key: &str| !case.input[key].is_null();
    match case.area_number()? {
        0 if has("t_df") => Some(areas::numerics::distributions(case)),
        0 => Some(areas::numerics::stability(case)),
        1 if has("independent") => Some(areas::nps::difference(case)),
        1 if has("top_box_min") => Some(areas::top_box::top_box(case)),
        1 => Some(areas::nps::single(case)),
        2 if has("designs") => Some(areas::design::taylor(case)),
        2 if has("margins") => Some(areas::design::raking(case)),
        3 if has("p") => Some(areas::tests::multiplicity(case)),
        3 => Some(areas::tests::ordinal(case)),
        4 => Some(areas::drivers::key_drivers(case)),
        5 if has("cohen_table") => Some(areas::raters::agreement(case)),
        5 if has("n_groups") => Some(areas::aggregation::groups(case)),
        6 if has("rebase_at_index_1based") => Some(areas::charts::xmr(case)),
        6 if has("lsl") => Some(areas::charts::subgroups(case)),
        6 if has("decision_interval") => Some(areas::charts::drifts(case)),
        6 if has("orangejuice") => Some(areas::charts::laney(case)),
        6 if has("series") => Some(areas::charts::run_rules(case)),
        6 if has("verdict_rows") => Some(areas::speed::speed(case)),
        7 if has("lag_max") => Some(areas::linkage::lead_lag(case)),
        7 if has("yi") => Some(areas::linkage::pooling(case)),
        7 if has("variables") => Some(areas::linkage::cross_lagged(case)),
        5 if has("items") => Some(areas::reliability::reliability(case)),
        8 if has("own_answer") => Some(areas::understanding::mirrored(case)),
        8 => Some(areas::understanding::polynomial(case)),
        9 if has("looks") => Some(areas::verdicts::always_valid(case)),
        9 if has("panels") => Some(areas::verdicts::noninferiority(case)),
        9 if has("treat") => Some(areas::verdicts::did(case)),
        11 if has("tables") => Some(areas::disclosure::suppression(case)),
        10 => Some(areas::understanding::gap(case)),
        _ => None,
    }
}

#[test]
fn reference_cases() {
    let folder = folder();
    if !folder.is_dir() {
        say!(
            "reference cases: SKIPPED, there is no folder {} (set EVENKEEL_CASES)",
            folder.display()
        );
        return;
    }
    let cases = Case::read_all(&folder);
    assert!(!cases.is_empty(), "no case in {}", folder.display());
    let (mut checked, mut failed, mut unknown, mut excluded) = (0, 0, Vec::new(), 0);
    for case in &cases {
        if let Some(reason) = exclusions::whole_case(&case.id) {
            say!("{:<36} excluded: {reason}", case.id);
            continue;
        }
        let Some(got) = answer(case) else {
            say!("{:<36} unknown ({})", case.id, case.area);
            unknown.push(case.id.clone());
            continue;
        };
        let Checked {
            values,
            failures,
            skipped,
        } = compare(case, &got);
        say!(
            "{:<36} checked {values:>5}  failed {:>3}  excluded {skipped}",
            case.id,
            failures.len()
        );
        for failure in failures.iter().take(12) {
            say!("    {failure}");
        }
        checked += values;
        failed += failures.len();
        excluded += skipped;
    }
    say!(
        "reference cases: {} cases, {checked} values checked, {failed} failed, {excluded} excluded by name, {} cases unknown: {}",
        cases.len(),
        unknown.len(),
        unknown.join(", ")
    );
    assert!(unknown.is_empty(), "no answer to {}", unknown.join(", "));
    assert_eq!(failed, 0, "{failed} expected values are not met");
}
