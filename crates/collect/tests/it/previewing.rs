//! Dry runs.

use serde_json::json;

use crate::support::{Place, visit};

#[test]
fn a_preview_shows_rows_and_problems_and_stores_nothing() {
    let place = Place::new();
    let text = "shop,at,nps,spent\nsneek,2026-01-01,9,1.5\nutrecht,2026-01-01,3,\nleeuwarden,2026-01-02,,2\n";
    let mapping = visit("[[item]]\nid = \"spent\"\ncolumn = \"spent\"\n");
    let shown = place
        .preview("a.csv", text.as_bytes(), &mapping)
        .expect("read");
    assert_eq!(shown.table, "responses_visit");
    assert_eq!(
        (
            shown.counts.rows_read,
            shown.counts.rows_stored,
            shown.counts.rows_rejected
        ),
        (3, 2, 1)
    );
    assert!(shown.counts.add_up());
    assert_eq!(shown.problems.total, 1);
    assert_eq!(
        shown.missing,
        [("nps".to_owned(), 1), ("spent".to_owned(), 1)].into()
    );
    let cells = |name: &str| -> Vec<serde_json::Value> {
        let at = shown
            .columns
            .iter()
            .position(|column| column.name == name)
            .expect("a column");
        shown.rows.iter().map(|row| row[at].clone()).collect()
    };
    assert_eq!(cells("unit"), [json!("sneek"), json!("leeuwarden")]);
    assert_eq!(cells("item_recommend"), [json!(9), json!(null)]);
    assert_eq!(cells("item_spent"), [json!(1.5), json!(2.0)]);
    assert_eq!(
        cells("local_date"),
        [json!("2026-01-01"), json!("2026-01-02")]
    );
    place.assert_empty();
}

#[test]
fn a_preview_reads_to_the_end_and_shows_few_rows() {
    let place = Place::new();
    let mut text = String::from("shop,at,nps\n");
    for _ in 0..100_000 {
        text.push_str("sneek,2026-01-01,9\n");
    }
    text.push_str("sneek,2026-01-01,99\n");
    let mapping = visit("[duplicates]\nkey = [\"nps\"]\npolicy = \"keep_last\"\n");
    let shown = place
        .preview("a.csv", text.as_bytes(), &mapping)
        .expect("read");
    assert_eq!((shown.rows.len(), shown.counts.rows_read), (1, 100_001));
    assert_eq!(shown.counts.rows_dropped_as_duplicates, 99_999);
    assert_eq!(shown.problems.listed[0].line, 100_002);
}

#[test]
fn units_that_would_be_made_and_sums_are_shown() {
    let place = Place::new();
    let mapping = "kind = \"aggregates\"\n[unit]\ncolumn = \"u\"\nunknown = \"create\"\nparent = { constant = \"north\" }\n\
        [period]\nconstant = \"2026\"\n[[aggregate]]\nsubject = \"standard:wait\"\ntotal = \"all\"\nkept = \"ok\"\ncombine = \"sum\"\n";
    let shown = place
        .preview("a.csv", b"u,all,ok\nAssen,5,4\nAssen,5,5\n", mapping)
        .expect("read");
    assert_eq!(shown.new_units.len(), 1);
    assert_eq!(shown.rows.len(), 2);
    assert_eq!(
        (shown.counts.rows_stored, shown.counts.facts_stored),
        (2, 2)
    );
    place.assert_empty();
}
