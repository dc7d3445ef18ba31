//! `import`: wrong input is named and nothing is stored; right input lands once.

use std::fmt::Write as _;

use evenkeel_testkit::{Evenkeel, Outcome};
use serde_json::json;

use crate::small::{VISITS, three_shops, visits, visits_stored};

fn import(evenkeel: &Evenkeel, file: &str, more: &[&str]) -> Outcome {
    evenkeel.write("visits.toml", VISITS);
    let mut arguments = vec!["import", "responses", file, "--mapping", "visits.toml"];
    arguments.extend(more);
    evenkeel.run(&arguments)
}

/// Refused with exit code 3, these words said, and not a row stored.
#[track_caller]
fn refused(evenkeel: &Evenkeel, outcome: &Outcome, words: &[&str]) {
    assert_eq!(outcome.code, Some(3), "{outcome:?}");
    for word in words {
        assert!(
            outcome.stderr.contains(word),
            "{word:?} is not said: {}",
            outcome.stderr
        );
    }
    assert_eq!(visits_stored(evenkeel), 0, "nothing is stored");
}

#[test]
fn a_file_lands_once() {
    let evenkeel = three_shops();
    evenkeel.write("visits.csv", visits(1_100));
    let first = import(&evenkeel, "visits.csv", &[]);
    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(
        first.stdout.contains("1100 rows read, 1100 stored"),
        "{first:?}"
    );
    let again = import(&evenkeel, "visits.csv", &[]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert!(again.stdout.contains("Already stored"), "{again:?}");
    assert_eq!(visits_stored(&evenkeel), 1_100);
}

#[test]
fn a_dry_run_shows_rows_and_stores_nothing() {
    let evenkeel = three_shops();
    evenkeel.write("visits.csv", visits(50));
    let outcome = import(&evenkeel, "visits.csv", &["--dry-run"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.stdout.contains("aalst"), "{outcome:?}");
    assert!(
        outcome.stdout.contains("50 rows checked, 0 problems"),
        "{outcome:?}"
    );
    assert_eq!(visits_stored(&evenkeel), 0);
}

#[test]
fn a_wrong_type_on_line_70_001_is_named() {
    let evenkeel = three_shops();
    let mut csv = visits(80_000);
    let line_start = csv
        .match_indices('\n')
        .nth(69_999)
        .map(|(at, _)| at + 1)
        .unwrap();
    let line_end = line_start + csv[line_start..].find('\n').unwrap();
    csv.replace_range(line_start..line_end, "aalst,2026-03-02,ten");
    evenkeel.write("visits.csv", csv);
    let outcome = import(&evenkeel, "visits.csv", &[]);
    refused(&evenkeel, &outcome, &["70001", "score", "ten"]);
}

#[test]
fn rejected_rows_go_to_a_file_and_the_rest_is_stored() {
    let evenkeel = three_shops();
    let mut csv = visits(30);
    csv.push_str("aalst,2026-03-02,ten\nzwolle,2026-03-02,9\n");
    evenkeel.write("visits.csv", csv);
    let outcome = evenkeel_json(&evenkeel, &["--on-error", "reject"]);
    assert_eq!(outcome["rows_read"], 32);
    assert_eq!(outcome["rows_stored"], 30);
    assert_eq!(outcome["rows_rejected"], 2);
    let rejected = outcome["report"]["reject_file"]
        .as_str()
        .expect("a file of rejected rows");
    let text = std::fs::read_to_string(evenkeel.data_directory().join("imports").join(rejected))
        .expect("read the rejected rows");
    assert!(text.contains("ten") && text.contains("zwolle"), "{text}");
    assert_eq!(visits_stored(&evenkeel), 30);
}

fn evenkeel_json(evenkeel: &Evenkeel, more: &[&str]) -> serde_json::Value {
    evenkeel.write("visits.toml", VISITS);
    let mut arguments = vec![
        "import",
        "responses",
        "visits.csv",
        "--mapping",
        "visits.toml",
    ];
    arguments.extend(more);
    evenkeel.json(&arguments)
}

#[test]
fn an_unknown_column_is_named_with_the_ones_there_are() {
    let evenkeel = three_shops();
    evenkeel.write("visits.csv", visits(5).replace("score", "points"));
    let outcome = import(&evenkeel, "visits.csv", &[]);
    refused(&evenkeel, &outcome, &["score", "points"]);
}

#[test]
fn an_empty_file_and_a_truncated_parquet_file_are_refused() {
    let evenkeel = three_shops();
    evenkeel.write("empty.csv", "");
    let outcome = import(&evenkeel, "empty.csv", &[]);
    refused(&evenkeel, &outcome, &["empty"]);

    // The magic number at the start, and nothing of the footer.
    evenkeel.write("cut.parquet", b"PAR1\x15\x04\x15\x10");
    let outcome = import(&evenkeel, "cut.parquet", &[]);
    refused(&evenkeel, &outcome, &["cut.parquet"]);
}

#[test]
fn a_mapping_with_an_unknown_key_names_line_and_allowed_keys() {
    let evenkeel = three_shops();
    evenkeel.write("visits.csv", visits(5));
    evenkeel.write("wrong.toml", VISITS.replace("[instrument]", "[instrumnt]"));
    let outcome = evenkeel.run(&[
        "import",
        "responses",
        "visits.csv",
        "--mapping",
        "wrong.toml",
    ]);
    refused(
        &evenkeel,
        &outcome,
        &["wrong.toml:3", "instrumnt", "instrument"],
    );
}

#[test]
fn small_groups_of_employees_are_hidden_without_a_number() {
    let evenkeel = three_shops();
    let mut csv = String::from("shop,at,score\n");
    for shop in ["aalst", "breda"] {
        for score in 3..8 {
            writeln!(csv, "{shop},2026-03-02,{score}").unwrap();
        }
    }
    for score in 1..5 {
        writeln!(csv, "calais,2026-03-02,{score}").unwrap();
    }
    evenkeel.write("pulse.csv", csv);
    evenkeel.write("pulse.toml", crate::small::PULSES);
    evenkeel.ok(&[
        "import",
        "responses",
        "pulse.csv",
        "--mapping",
        "pulse.toml",
    ]);
    let answer = evenkeel.json(&["estimate", "happiness", "--by", "unit:shop"]);
    let rows = answer["rows"].as_array().expect("rows");
    let of = |reason: &str| -> Vec<&str> {
        let hidden = rows
            .iter()
            .filter(|row| row["estimate"]["reason"]["reason"] == reason);
        hidden.filter_map(|row| row["unit"].as_str()).collect()
    };
    assert_eq!(of("below_minimum_n"), ["calais"]);
    // All less the two others would be the four of Calais: one of them is hidden with it.
    assert_eq!(of("subtractable").len(), 1, "{answer:#}");
    for row in rows {
        let estimate = &row["estimate"];
        if estimate["status"] == "hidden" {
            assert!(
                estimate.get("n").is_none() && estimate.get("value").is_none(),
                "{estimate}"
            );
        } else {
            assert_eq!(
                (&estimate["value"], &estimate["n"]),
                (&json!(5.0), &json!(5))
            );
        }
    }
}
