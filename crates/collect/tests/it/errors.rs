//! Files that cannot be stored: a clear word, and nothing is.

use std::fmt::Write as _;
use std::sync::Arc;

use arrow::array::{Int32Array, StringArray};

use crate::files::parquet;
use crate::support::{Place, column, row_problems, visit};

#[test]
fn a_file_of_no_bytes() {
    for name in ["a.csv", "a.parquet", "a.xlsx", "a.ndjson"] {
        let place = Place::new();
        let error = place.import(name, b"", &visit("")).expect_err("refused");
        assert_eq!(
            error.to_string(),
            format!("{name}: the file is empty (0 bytes)")
        );
        place.assert_empty();
    }
}

#[test]
fn a_truncated_parquet_file() {
    let shops = StringArray::from(vec!["sneek"; 1000]);
    let bytes = parquet(vec![
        ("shop", Arc::new(shops)),
        ("nps", Arc::new(Int32Array::from(vec![1; 1000]))),
    ]);
    for length in [4, bytes.len() / 2, bytes.len() - 1] {
        let place = Place::new();
        let error = place
            .import("a.parquet", &bytes[..length], &visit(""))
            .expect_err("refused")
            .to_string();
        assert!(
            error.starts_with(
                "a.parquet: it cannot be read as Parquet; it is damaged or incomplete"
            ),
            "{error}"
        );
        assert!(
            error.ends_with("(allowed: a whole Parquet file)"),
            "{error}"
        );
        place.assert_empty();
    }
}

#[test]
fn truncated_packed_files_and_workbooks() {
    use std::io::Write as _;
    let mut text = String::from("shop,at,nps\n");
    for day in 0..20_000 {
        let _ = writeln!(
            text,
            "sneek,2026-01-{:02},{}",
            day % 28 + 1,
            day * 7919 % 11
        );
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes()).expect("packed");
    let packed = packed.finish().expect("packed");
    let place = Place::new();
    let error = place
        .import("a.csv.gz", &packed[..packed.len() - 100], &visit(""))
        .expect_err("refused");
    assert_eq!(
        error.to_string(),
        "a.csv.gz: it ends too early: the rest is missing"
    );
    let error = place
        .import("a.xlsx", b"PK\x03\x04 and then nothing", &visit(""))
        .expect_err("refused");
    assert!(
        error
            .to_string()
            .starts_with("a.xlsx: it cannot be read as a workbook"),
        "{error}"
    );
    place.assert_empty();
}

#[test]
fn a_name_that_says_nothing() {
    let error = Place::new()
        .import("answers", b"shop,at,nps\n", &visit(""))
        .expect_err("refused");
    assert_eq!(
        error.to_string(),
        "answers: its name does not say how it is written (allowed: a name ending in csv, tsv, txt, xlsx, ndjson, \
         jsonl or parquet (.gz allowed), or [file] format)"
    );
}

#[test]
fn a_wrong_type_on_line_70_001() {
    let mut text = String::from("shop,at,nps\n");
    for row in 2..=150_000 {
        let nps = if row == 70_001 {
            "nine".to_owned()
        } else {
            (row % 11).to_string()
        };
        let _ = writeln!(text, "sneek,2026-01-{:02},{nps}", row % 28 + 1);
    }
    let place = Place::new();
    let found = row_problems(place.import("a.csv", text.as_bytes(), &visit("")));
    assert_eq!(
        found,
        [
            "line 70001, column nps (item:recommend): this is no number (found nine; allowed: a rating from 0 to 10)",
        ]
    );
    place.assert_empty();
}

#[test]
fn all_problems_of_a_row_are_told_and_all_are_counted() {
    let mut text = String::from("shop,at,nps\n");
    for _ in 0..150 {
        text.push_str("utrecht,yesterday,11\n");
    }
    let error = Place::new()
        .import("a.csv", text.as_bytes(), &visit(""))
        .expect_err("refused");
    assert_eq!(
        error.to_string(),
        "150 of 150 rows are wrong, so nothing was stored (on_error = \"abort\")"
    );
    let evenkeel_collect::ImportError::Rows { problems, .. } = error else {
        panic!("rows are wrong");
    };
    assert_eq!((problems.total, problems.listed.len()), (450, 100));
    let by_field: Vec<(&str, u64)> = problems
        .by_field
        .iter()
        .map(|(k, v)| (k.as_str(), *v))
        .collect();
    assert_eq!(
        by_field,
        [("item:recommend", 150), ("time", 150), ("unit", 150)]
    );
    assert_eq!(
        problems.listed[0].to_string(),
        "line 2, column shop (unit): the foundation has no unit utrecht (found utrecht; allowed: acme, albany, \
         leeuwarden, north, overseas, sneek; or unknown = \"create\")"
    );
}

#[test]
fn lines_are_counted_past_blank_lines_and_line_breaks_in_cells() {
    let text = "shop,at,nps,why\nsneek,2026-01-01,1,\"a\nb\nc\"\n\n\nsneek,2026-01-01,x,\nsneek,2026-01-01,y,\"\n\"\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let found = row_problems(Place::new().import("a.csv", text.as_bytes(), &visit("")));
        let lines: Vec<&str> = found
            .iter()
            .filter_map(|problem| problem.split(',').next())
            .collect();
        assert_eq!(lines, ["line 7", "line 8"], "{text:?}");
    }
}

#[test]
fn bytes_that_are_no_characters() {
    let place = Place::new();
    let found = row_problems(place.import(
        "a.csv",
        b"shop,at,nps,x\nsneek,2026-01-01,\xe9,\xe9\n",
        &visit(""),
    ));
    assert_eq!(
        found[0],
        "line 2, column nps: byte 0xE9 is no UTF-8 character here (found \u{fffd}; allowed: UTF-8; for a file from \
         Excel try [file] encoding = \"windows-1252\")"
    );
    // A column that nobody reads may hold anything.
    place
        .import(
            "a.csv",
            b"shop,at,nps,x\nsneek,2026-01-01,3,\xe9\n",
            &visit(""),
        )
        .expect("stored");
}

#[test]
fn rejected_rows_go_to_a_file_with_their_reasons() {
    let place = Place::new();
    let text = b"shop,at,nps,note\nsneek,2026-01-01,9,fine\nsneek,2026-01-02,12,\"too, much\"\nutrecht,x,3,where?\n";
    let mapping = format!("on_error = \"reject\"\n{}", visit(""));
    let report = place.import("a.csv", text, &mapping).expect("stored");
    assert_eq!(
        (report.counts.rows_stored, report.counts.rows_rejected),
        (1, 2)
    );
    assert_eq!(report.problems_total, 3);
    assert_eq!(column(&place.responses("visit"), "item_recommend"), ["9"]);
    let rejected = std::fs::read_to_string(report.reject_file.expect("a file")).expect("readable");
    assert_eq!(
        rejected,
        "sheet,line,problem,shop,at,nps,note\n\
         ,3,\"line 3, column nps (item:recommend): this is no answer to the item (found 12; allowed: a rating from 0 to 10)\",\
         sneek,2026-01-02,12,\"too, much\"\n\
         ,4,\"line 4, column shop (unit): the foundation has no unit utrecht (found utrecht; allowed: acme, albany, leeuwarden, \
         north, overseas, sneek; or unknown = \"\"create\"\"); line 4, column at (time): this is no date or time (found x; \
         allowed: a date or time such as 2026-03-01 or 2026-03-01 13:45:00+01:00; or say [time] format)\",\
         utrecht,x,3,where?\n"
    );
    let place = Place::new();
    let report = place
        .import("a.csv", b"shop,at,nps\nsneek,2026-01-01,9\n", &mapping)
        .expect("stored");
    assert_eq!(report.reject_file, None);
}

#[test]
fn a_header_and_nothing_else() {
    let place = Place::new();
    let report = place
        .import("a.csv", b"shop,at,nps\n", &visit(""))
        .expect("nothing to store");
    assert_eq!(
        (report.counts.rows_read, report.snapshot_version),
        (0, None)
    );
    place.assert_empty();
}
