//! First mappings.

use std::fmt::Write as _;
use std::sync::Arc;

use arrow::array::{Int64Array, LargeStringArray, TimestampMicrosecondArray};
use evenkeel_collect::{Guess, ImportKind, Mapping, guess};
use rust_xlsxwriter::Workbook;

use crate::files::parquet;
use crate::support::{Place, foundation};

fn guessed(place: &Place, name: &str, bytes: &[u8], kind: Option<ImportKind>) -> Guess {
    let path = place.file(name, bytes);
    guess(&path, name, kind, &foundation()).expect("guessed")
}

fn targets(guess: &Guess) -> Vec<(&str, &str)> {
    guess
        .columns
        .iter()
        .map(|c| (c.name.as_str(), c.target.as_deref().unwrap_or("·")))
        .collect()
}

#[test]
fn answers_are_recognised_and_the_guess_can_be_imported() {
    let place = Place::new();
    let mut text = String::from(
        "Respondent ID;Shop;Submitted;recommend;How satisfied are you?;Opmerking;Taal\r\n",
    );
    for row in 0..60 {
        let shop = ["Leeuwarden", "Albany"][row % 2];
        let words = ["Very Good", "Good", "Fair", "Poor", "Very Poor"][row % 5];
        let _ = write!(
            text,
            "r{row};{shop};{:02}/02/2026 13:45;{};{words};n\u{e9}e;nl\r\n",
            row % 28 + 1,
            row % 11
        );
    }
    let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let guess = guessed(&place, "export.csv", &bytes, None);
    assert_eq!(guess.kind, ImportKind::Responses);
    assert_eq!(
        targets(&guess),
        [
            ("Respondent ID", "respondent"),
            ("Shop", "unit"),
            ("Submitted", "time"),
            ("recommend", "item:recommend"),
            ("How satisfied are you?", "item:satisfied"),
            ("Opmerking", "·"),
            ("Taal", "language"),
        ]
    );
    assert_eq!(guess.columns[1].samples, ["Leeuwarden", "Albany"]);
    let toml = &guess.mapping_toml;
    for line in [
        "encoding = \"windows-1252\"",
        "delimiter = \";\"",
        "format = \"%d/%m/%Y %H:%M\"",
        "map = { \"Very Poor\" = 1, \"Poor\" = 2, \"Fair\" = 3, \"Good\" = 4, \"Very Good\" = 5 }",
        "#   \"Opmerking\": \"née\"",
    ] {
        assert!(toml.contains(line), "{line}\n{toml}");
    }
    let report = place
        .import("export.csv", &bytes, toml)
        .expect("stored as guessed");
    assert_eq!(report.counts.rows_stored, 60);
}

#[test]
fn observations_in_parquet() {
    let place = Place::new();
    let day = 1_767_225_600_000_000;
    let bytes = parquet(vec![
        (
            "date",
            Arc::new(TimestampMicrosecondArray::from(vec![day; 10])),
        ),
        (
            "wait",
            Arc::new(Int64Array::from((0..10).collect::<Vec<i64>>())),
        ),
        ("store", Arc::new(LargeStringArray::from(vec!["sneek"; 10]))),
    ]);
    let guess = guessed(&place, "waits.parquet", &bytes, None);
    assert_eq!(guess.kind, ImportKind::Observations);
    assert_eq!(
        targets(&guess),
        [("date", "time"), ("wait", "value"), ("store", "unit")]
    );
    assert!(
        guess.mapping_toml.contains("standard = \"wait\""),
        "{}",
        guess.mapping_toml
    );
    place
        .import("waits.parquet", &bytes, &guess.mapping_toml)
        .expect("stored as guessed");
}

#[test]
fn aggregates_with_missing_codes() {
    let place = Place::new();
    let mut text = String::from("School,Year,satisfied,respondents,rent\n");
    for (row, shop) in ["leeuwarden", "albany", "north"].iter().enumerate() {
        let _ = writeln!(text, "{shop},2026,{}.5,{},NA", row + 2, row * 10 + 12);
    }
    let guess = guessed(&place, "scores.csv", text.as_bytes(), None);
    assert_eq!(guess.kind, ImportKind::Aggregates);
    let found = targets(&guess);
    assert_eq!(
        found[..4],
        [
            ("School", "unit"),
            ("Year", "period"),
            ("satisfied", "item:satisfied"),
            ("respondents", "n")
        ]
    );
    assert!(
        guess.mapping_toml.contains("codes = [\"NA\"]"),
        "{}",
        guess.mapping_toml
    );
    place
        .import("scores.csv", text.as_bytes(), &guess.mapping_toml)
        .expect("stored as guessed");
}

#[test]
fn the_header_of_a_sheet_is_found_below_its_title() {
    let place = Place::new();
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("Contents")
        .expect("named")
        .write(0, 0, "Contents")
        .expect("written");
    let sheet = book.add_worksheet().set_name("Scores").expect("named");
    sheet
        .merge_range(
            0,
            0,
            0,
            3,
            "Report by shop",
            &rust_xlsxwriter::Format::new(),
        )
        .expect("merged");
    for (column, name) in ["Shop", "Year", "satisfied", "n"].iter().enumerate() {
        sheet.write(3, column as u16, *name).expect("written");
    }
    sheet.write(4, 0, "Sneek").expect("written");
    sheet.write(4, 1, 2026).expect("written");
    sheet.write(4, 2, 4.5).expect("written");
    sheet.write(4, 3, 12).expect("written");
    let bytes = book.save_to_buffer().expect("a workbook");
    let guess = guessed(&place, "report.xlsx", &bytes, Some(ImportKind::Aggregates));
    assert!(
        guess.mapping_toml.contains("sheet = \"Scores\""),
        "{}",
        guess.mapping_toml
    );
    assert!(
        guess.mapping_toml.contains("header_row = 4"),
        "{}",
        guess.mapping_toml
    );
    place
        .import("report.xlsx", &bytes, &guess.mapping_toml)
        .expect("stored as guessed");
}

#[test]
fn what_is_not_found_is_asked_for() {
    let place = Place::new();
    let guess = guessed(
        &place,
        "x.csv",
        b"foo,bar\n1,2\n",
        Some(ImportKind::Responses),
    );
    for needed in ["# [unit]", "# [time]", "# [[item]]", "#   \"foo\": \"1\""] {
        assert!(
            guess.mapping_toml.contains(needed),
            "{needed}\n{}",
            guess.mapping_toml
        );
    }
    assert!(Mapping::parse(&guess.mapping_toml, "guess").is_err());
}
