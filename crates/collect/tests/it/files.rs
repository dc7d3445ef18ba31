//! Every way in which a file may be written.

use std::io::Write as _;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, DictionaryArray, Float32Array, Int16Array, LargeStringArray, RecordBatch,
    StringArray, StructArray, TimestampMicrosecondArray, TimestampNanosecondArray,
};
use arrow::datatypes::{DataType, Field, Fields, Int32Type};
use parquet::arrow::ArrowWriter;
use rust_xlsxwriter::{Format, Workbook};

use crate::support::{Place, column, row_problems, visit};

fn scores(place: &Place) -> Vec<String> {
    let rows = place.responses("visit");
    column(&rows, "item_recommend")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

pub fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
    bytes
}

const LINES: &str = "shop,at,nps\nsneek,2026-01-01,9\nleeuwarden,2026-01-02,3\n";

#[test]
fn csv_tsv_and_packed_ones() {
    for (name, bytes) in [
        ("a.csv", LINES.as_bytes().to_vec()),
        ("a.csv.gz", gz(LINES.as_bytes())),
        ("a.tsv", LINES.replace(',', "\t").into_bytes()),
        ("a.txt", LINES.replace(',', "\t").into_bytes()),
        ("crlf.csv", LINES.replace('\n', "\r\n").into_bytes()),
        ("mac.csv", LINES.replace('\n', "\r").into_bytes()),
        (
            "quoted.csv",
            LINES.replace("sneek", "\"sneek\"").into_bytes(),
        ),
        (
            "bom.csv",
            [b"\xef\xbb\xbf".as_slice(), LINES.as_bytes()].concat(),
        ),
    ] {
        let place = Place::new();
        place.import(name, &bytes, &visit("")).expect(name);
        assert_eq!(scores(&place), ["9", "3"], "{name}");
    }
}

#[test]
fn delimiters_header_rows_and_lines_before_them() {
    let place = Place::new();
    let text = "Export of our survey\n\nshop;;score\n;at;nps\nsneek;2026-01-01;9\n";
    let mapping = visit("[file]\ndelimiter = \";\"\nskip_rows = 2\nheader_rows = 2\n")
        .replace("\"nps\"", "\"score / nps\"");
    place
        .import("a.csv", text.as_bytes(), &mapping)
        .expect("stored");
    assert_eq!(scores(&place), ["9"]);

    let place = Place::new();
    let mapping = visit(
        "[file]\ndelimiter = \";\"\nheader_row = 3\nheader_rows = 2\nheader_use = \"last\"\n",
    )
    .replace("column = \"shop\"", "column = \"column 1\"");
    place
        .import("a.csv", text.as_bytes(), &mapping)
        .expect("stored");
    assert_eq!(scores(&place), ["9"]);
}

#[test]
fn windows_1252_with_a_mark_of_utf_8() {
    let place = Place::new();
    let text = b"\xef\xbb\xbfshop,at,nps,caf\xe9\nsneek,2026-01-01,9,na\xefve \x80\n";
    let mapping = visit(
        "[file]\nencoding = \"windows-1252\"\n[[item]]\nid = \"postcode\"\ncolumn = \"café\"\n",
    );
    place.import("a.csv", text, &mapping).expect("stored");
    assert_eq!(
        column(&place.responses("visit"), "item_postcode"),
        ["naïve €"]
    );
}

#[test]
fn latin_1_and_utf_16() {
    let mapping = |more: &str| {
        visit(&format!(
            "{more}\n[[item]]\nid = \"postcode\"\ncolumn = \"plaats\"\n"
        ))
    };
    let place = Place::new();
    let text = b"shop,at,nps,plaats\nsneek,2026-01-01,9,Frysl\xe2n\n";
    place
        .import("a.csv", text, &mapping("[file]\nencoding = \"latin-1\""))
        .expect("stored");
    assert_eq!(
        column(&place.responses("visit"), "item_postcode"),
        ["Fryslân"]
    );

    let place = Place::new();
    let text = "\u{feff}shop,at,nps,plaats\nsneek,2026-01-01,9,Fryslân\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    place.import("a.csv", &utf16, &mapping("")).expect("stored");
    assert_eq!(
        column(&place.responses("visit"), "item_postcode"),
        ["Fryslân"]
    );
}

#[test]
fn decimal_commas_thousands_and_percents() {
    let place = Place::new();
    let text = "shop;at;nps;spent\nsneek;2026-01-01;9;\"1.234,50\"\nsneek;2026-01-02;3;12 %\n";
    let mapping = visit(
        "[file]\ndelimiter = \";\"\ndecimal = \",\"\n[[item]]\nid = \"spent\"\ncolumn = \"spent\"\n",
    );
    place
        .import("a.csv", text.as_bytes(), &mapping)
        .expect("stored");
    assert_eq!(
        column(&place.responses("visit"), "item_spent"),
        ["1234.5", "0.12"]
    );
}

#[test]
fn footnotes_below_a_table() {
    let place = Place::new();
    let text = "shop,at,nps\nsneek,2026-01-01,9\n\n,,\nsneek,2026-01-02,3\n\nSource: ourselves\n";
    place
        .import("a.csv", text.as_bytes(), &visit(""))
        .expect("stored");
    assert_eq!(scores(&place), ["9", "3"]);

    let place = Place::new();
    let text = "shop,at,nps\nsneek,2026-01-01,9\nTotal,,1\nanything\n";
    place
        .import(
            "a.csv",
            text.as_bytes(),
            &visit("[file]\nstop_at = [\"Total\"]\n"),
        )
        .expect("stored");
    assert_eq!(scores(&place), ["9"]);
}

#[test]
fn short_rows() {
    let text = b"shop,at,nps,why\nsneek,2026-01-01,9\nsneek,2026-01-02,3,\"a,b\"\nsneek,2026-01-03,3,a,b\n";
    let found = row_problems(Place::new().import("a.csv", text, &visit("")));
    assert_eq!(
        found,
        [
            "line 2: the row has another number of fields than the header (found 3 fields; allowed: 4 fields)",
            "line 4: the row has another number of fields than the header (found 5 fields; allowed: 4 fields)",
        ]
    );
    let found =
        row_problems(Place::new().import("a.csv", text, &visit("[file]\nshort_rows = \"pad\"\n")));
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn ndjson_with_keys_in_keys() {
    let place = Place::new();
    let text = "{\"shop\":\"sneek\",\"at\":\"2026-01-01\",\"answers\":{\"nps\":9,\"seen\":[\"wine\",\"bread\"]}}\n\n\
                {\"shop\":\"sneek\",\"at\":\"2026-01-02\",\"answers\":{\"nps\":null}}\n";
    let mapping = visit("[[item]]\nid = \"seen\"\ncolumn = \"answers.seen\"\n")
        .replace("\"nps\"", "\"answers.nps\"");
    place
        .import("a.ndjson", text.as_bytes(), &mapping)
        .expect("stored");
    assert_eq!(scores(&place), ["9", "·"]);
    assert_eq!(
        column(&place.responses("visit"), "item_seen"),
        ["[\"bread\",\"wine\"]", "·"]
    );
}

#[test]
fn ndjson_that_is_none() {
    let place = Place::new();
    let text = "{\"shop\":\"sneek\",\"at\":\"2026-01-01\",\"nps\":9}\n{\"shop\":\n[1]\n";
    let found = row_problems(place.import("a.jsonl", text.as_bytes(), &visit("")));
    assert!(
        found[0].starts_with("line 2: the line is no JSON: EOF"),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|p| p.starts_with("line 3: the line is no JSON object (found [1]")),
        "{found:?}"
    );
    let error = place.import(
        "b.jsonl",
        b"{\"shop\":\"sneek\",\"at\":\"2026-01-01\",\"NPS\":9}\n",
        &visit(""),
    );
    assert_eq!(
        error.expect_err("no such key").to_string(),
        "b.jsonl: no line has the key nps (allowed: NPS, at, shop)"
    );
    place.assert_empty();
}

#[test]
fn parquet_keeps_its_types() {
    let place = Place::new();
    let day = 1_767_225_600_000_000; // 2026-01-01 in microseconds
    let shops = LargeStringArray::from(vec!["sneek", "leeuwarden"]);
    let at = TimestampMicrosecondArray::from(vec![day, day + 1]);
    let bytes = parquet(vec![
        ("shop", Arc::new(shops)),
        ("at", Arc::new(at)),
        ("nps", Arc::new(Int16Array::from(vec![Some(9), None]))),
        ("spent", Arc::new(Float32Array::from(vec![1.5, 99.0]))),
    ]);
    let mapping = visit("[[item]]\nid = \"spent\"\ncolumn = \"spent\"\nmissing = [99]\n");
    let report = place.import("a.parquet", &bytes, &mapping).expect("stored");
    assert_eq!(scores(&place), ["9", "·"]);
    assert_eq!(
        column(&place.responses("visit"), "item_spent"),
        ["1.5", "·"]
    );
    assert_eq!(
        column(&place.responses("visit"), "local_date"),
        ["2026-01-01", "2026-01-01"]
    );
    assert_eq!(
        report.missing,
        [("nps".to_owned(), 1), ("spent".to_owned(), 1)].into()
    );
}

#[test]
fn parquet_with_dictionaries_structs_and_zones() {
    let place = Place::new();
    let shops: DictionaryArray<Int32Type> = vec!["sneek", "albany"].into_iter().collect();
    let at =
        TimestampNanosecondArray::from(vec![1_767_225_600_000_000_000; 2]).with_timezone("UTC");
    let nps: ArrayRef = Arc::new(StringArray::from(vec!["9", "3"]));
    let answers = StructArray::new(
        Fields::from(vec![Field::new("nps", DataType::Utf8, true)]),
        vec![nps],
        None,
    );
    let bytes = parquet(vec![
        ("shop", Arc::new(shops)),
        ("at", Arc::new(at)),
        ("answers", Arc::new(answers)),
    ]);
    place
        .import(
            "a.parquet",
            &bytes,
            &visit("").replace("\"nps\"", "\"answers.nps\""),
        )
        .expect("stored");
    assert_eq!(scores(&place), ["9", "3"]);
    // Midnight in UTC is still the evening before in New York.
    assert_eq!(
        column(&place.responses("visit"), "local_date"),
        ["2026-01-01", "2025-12-31"]
    );
}

/// A report as agencies publish them: title, merged header, percent signs, no-break spaces, a
/// total, a blank row in the middle and footnotes.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    book.add_worksheet()
        .set_name("Index")
        .expect("named")
        .write(0, 0, "Contents")
        .expect("written");
    for (sheet, top) in [("Q1", "Strongly\u{a0}Agree"), ("Q2", "Very Good")] {
        let sheet = book.add_worksheet().set_name(sheet).expect("named");
        sheet
            .merge_range(0, 0, 0, 5, "Report by shop", &plain)
            .expect("merged");
        sheet
            .merge_range(2, 1, 2, 5, "Answers", &plain)
            .expect("merged");
        for (column, name) in [
            "Shop",
            top,
            "Agree",
            "Neither Agree\nnor Disagree",
            "Disagree",
            "Strongly Disagree",
            "Total**",
        ]
        .iter()
        .enumerate()
        {
            sheet.write(3, column as u16, *name).expect("written");
        }
        let rows: [(u32, [&str; 7]); 3] = [
            (
                4,
                [
                    "All",
                    "40.0 %\u{a0}",
                    "30.0 %\u{a0}",
                    "20.0 %\u{a0}",
                    "5.0 %\u{a0}",
                    "5.0 %\u{a0}",
                    "1,250 \u{a0}",
                ],
            ),
            (
                6,
                [
                    "Sneek", "20.0 %", "20.0 %", "20.0 %", "20.0 %", "20.0 %", "50",
                ],
            ),
            (7, ["Leeuwarden", "--", "--", "--", "--", "--", "--"]),
        ];
        for (row, cells) in rows {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write(row, column as u16, *cell).expect("written");
            }
        }
        sheet
            .merge_range(9, 0, 9, 6, "Source: ourselves", &plain)
            .expect("merged");
        sheet.write(10, 0, "**Unweighted").expect("written");
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn workbooks_with_a_sheet_an_item() {
    let place = Place::new();
    let mapping = "kind = \"aggregates\"\n[file]\nheader_row = 4\n[missing]\ncodes = [\"--\"]\n\
        [unit]\ncolumn = \"Shop\"\nmap = { All = \"acme\" }\n[period]\nconstant = \"2026\"\n\
        [[aggregate]]\nsubject = \"sheet\"\nn = \"Total**\"\n\
        [aggregate.shares]\n5 = [\"Strongly Agree\", \"Very Good\"]\n4 = \"Agree\"\n3 = \"Neither Agree nor Disagree\"\n\
        2 = \"Disagree\"\n1 = \"Strongly Disagree\"\n\
        [sheet_items]\nQ1 = \"item:visit/satisfied\"\nQ2 = \"item:visit/recommend\"\n";
    let report = place
        .import("report.xlsx", &workbook(), mapping)
        .expect("stored");
    assert_eq!(report.counts.rows_read, 6);
    assert_eq!(report.counts.filtered.without_values, 2);
    let rows = place.rows(&evenkeel_facts::Table::Aggregates);
    assert_eq!(rows.len(), 20);
    let of = |unit: &str, item: &str, answer: &str| {
        let row = rows
            .iter()
            .find(|row| row["unit"] == unit && row["subject"] == item && row["answer"] == answer);
        let row = row.expect("a row");
        (row["count"].clone(), row["n"].clone(), row["party"].clone())
    };
    assert_eq!(
        of("acme", "satisfied", "5"),
        ("500.0".to_owned(), "1250".to_owned(), "customer".to_owned())
    );
    assert_eq!(
        of("sneek", "recommend", "1"),
        ("10.0".to_owned(), "50".to_owned(), "customer".to_owned())
    );
}

#[test]
fn workbooks_with_merged_headers_dates_and_errors() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    let date = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    sheet
        .merge_range(0, 2, 0, 3, "Answers", &plain)
        .expect("merged");
    for (column, name) in ["shop", "at", "nps", "spent"].iter().enumerate() {
        sheet.write(1, column as u16, *name).expect("written");
    }
    sheet.write(2, 0, "sneek").expect("written");
    sheet
        .write_with_format(2, 1, 46_023.5, &date)
        .expect("written"); // 2026-01-01 12:00
    sheet.write(2, 2, 9).expect("written");
    sheet.write(2, 3, 2.5).expect("written");
    let good = book.save_to_buffer().expect("a workbook");
    let mapping =
        visit("[file]\nheader_rows = 2\n[[item]]\nid = \"spent\"\ncolumn = \"Answers / spent\"\n")
            .replace("\"nps\"", "\"Answers / nps\"");
    let place = Place::new();
    place.import("a.xlsx", &good, &mapping).expect("stored");
    let rows = place.responses("visit");
    assert_eq!(column(&rows, "occurred_at"), ["2026-01-01T11:00:00Z"]);
    assert_eq!(column(&rows, "item_recommend"), ["9"]);
    assert_eq!(column(&rows, "item_spent"), ["2.5"]);

    let sheet = book.worksheet_from_index(0).expect("the sheet");
    sheet.write(3, 0, "sneek").expect("written");
    sheet
        .write_with_format(3, 1, 46_024.0, &date)
        .expect("written");
    sheet
        .write_formula(
            3,
            2,
            rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"),
        )
        .expect("written");
    let bad = book.save_to_buffer().expect("a workbook");
    let place = Place::new();
    let found = row_problems(place.import("a.xlsx", &bad, &mapping));
    assert!(
        found[0].starts_with("sheet Sheet1, line 4, column Answers / nps"),
        "{found:?}"
    );
}
