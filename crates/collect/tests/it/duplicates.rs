//! Rows that occur twice.

use rstest::rstest;

use crate::support::{Place, column, row_problems, visit};

/// Somebody answers twice on one day, once in the very same words, and once the day after.
const TWICE: &str = "who,shop,at,nps\n7,sneek,2026-01-01 09:00,1\n7,sneek,2026-01-01 09:00,1\n\
    7,sneek,2026-01-01 17:00,2\n7,sneek,2026-01-02 09:00,3\n8,sneek,2026-01-01 09:00,4\n,sneek,2026-01-01 09:00,5\n";

fn with(policy: &str) -> String {
    visit(&format!(
        "[duplicates]\nkey = [\"who\", \"at:date\"]\npolicy = \"{policy}\"\n"
    ))
}

#[rstest]
#[case("keep_first", &["1", "3", "4", "5"])]
#[case("keep_last", &["2", "3", "4", "5"])]
#[case("keep_all", &["1", "1", "2", "3", "4", "5"])]
fn policies(#[case] policy: &str, #[case] kept: &[&str]) {
    let place = Place::new();
    let report = place
        .import("a.csv", TWICE.as_bytes(), &with(policy))
        .expect("stored");
    assert_eq!(column(&place.responses("visit"), "item_recommend"), kept);
    assert_eq!((report.duplicates.exact, report.duplicates.by_key), (1, 1));
    assert_eq!(
        report.counts.rows_dropped_as_duplicates as usize,
        6 - kept.len()
    );
}

#[test]
fn duplicates_can_be_wrong() {
    let found = row_problems(Place::new().import("a.csv", TWICE.as_bytes(), &with("reject")));
    assert_eq!(
        found,
        [
            "line 3 (duplicates): an earlier row has the same key (allowed: one row a key)",
            "line 4 (duplicates): an earlier row has the same key (allowed: one row a key)",
        ]
    );
}

#[test]
fn a_wrong_row_is_nobodys_first() {
    let place = Place::new();
    let text = "who,shop,at,nps\n7,sneek,2026-01-01,12\n7,sneek,2026-01-01,1\n";
    let mapping = format!("on_error = \"reject\"\n{}", with("keep_first"));
    let report = place
        .import("a.csv", text.as_bytes(), &mapping)
        .expect("stored");
    assert_eq!(
        (report.counts.rows_stored, report.counts.rows_rejected),
        (1, 1)
    );
    assert_eq!(column(&place.responses("visit"), "item_recommend"), ["1"]);
}

#[test]
fn without_a_key_the_whole_row_counts() {
    let place = Place::new();
    let mapping = visit("[duplicates]\npolicy = \"keep_first\"\n");
    let report = place
        .import("a.csv", TWICE.as_bytes(), &mapping)
        .expect("stored");
    assert_eq!((report.duplicates.exact, report.duplicates.by_key), (1, 0));
    assert_eq!(
        column(&place.responses("visit"), "item_recommend"),
        ["1", "2", "3", "4", "5"]
    );
}

#[test]
fn duplicates_are_found_across_batches() {
    let mut text = String::from("who,shop,at,nps\n");
    for row in 0..140_000 {
        text.push_str(&format!(
            "{},sneek,2026-01-01,{}\n",
            row % 100_000,
            row / 100_000
        ));
    }
    for (policy, last_of_the_first) in [("keep_first", "0"), ("keep_last", "1")] {
        let place = Place::new();
        let report = place
            .import("a.csv", text.as_bytes(), &with(policy))
            .expect("stored");
        assert_eq!(
            (
                report.counts.rows_stored,
                report.counts.rows_dropped_as_duplicates
            ),
            (100_000, 40_000)
        );
        assert_eq!(report.duplicates.by_key, 40_000);
        let rows = place.responses("visit");
        let ones = rows
            .iter()
            .filter(|row| row["item_recommend"] == "1")
            .count();
        assert_eq!(
            ones,
            if last_of_the_first == "1" { 40_000 } else { 0 },
            "{policy}"
        );
    }
}
