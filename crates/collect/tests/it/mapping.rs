//! Mapping files: every problem at once, with its line and what is allowed.

use evenkeel_collect::Mapping;
use rstest::rstest;

use crate::support::{Place, mapping_problems, visit};

fn problems(toml: &str) -> Vec<String> {
    let problems = Mapping::parse(toml, "m.toml").expect_err("something is wrong");
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn all_problems_are_found_in_one_reading() {
    let found = problems(
        "kind = \"respones\"\non_error = \"abort\"\n[file]\nencodign = \"utf-8\"\nheader_rows = 0\n\
         [unit]\ncolunm = \"shop\"\n[[item]]\nid = \"Nps\"\ncolumn = \"nps\"\n",
    );
    assert_eq!(
        found,
        [
            "m.toml:1: kind: this word is not known here; did you mean `responses`? \
             (found \"respones\"; allowed: responses, aggregates, observations)",
            "m.toml:4: file.encodign: this key is not known here; did you mean `encoding`? (found encodign; allowed: \
             format, delimiter, encoding, header_rows, header_use, header_row, skip_rows, sheet, sheets, \
             stop_at_blank, stop_at, decimal, short_rows)",
            "m.toml:5: file.header_rows: this is not in range (found 0; allowed: a whole number from 1 to 10)",
            "m.toml:6: unit: this needs a value (allowed: constant or column)",
            "m.toml:7: unit.colunm: this key is not known here; did you mean `column`? (found colunm; allowed: \
             constant, column, map, missing, unknown, level, parent, name_column, time_zone, transform)",
            "m.toml:9: item[1].id: `Nps` is not an id (allowed: 1 to 64 of a-z, 0-9, `_` and `-`, beginning with a \
             letter or digit)",
        ]
    );
}

#[test]
fn a_syntax_error_names_its_line() {
    let found = problems("kind = \"responses\"\n[unit\ncolumn = \"x\"\n");
    assert!(
        found[0].starts_with("m.toml:2: this is not TOML"),
        "{found:?}"
    );
}

#[test]
fn what_each_kind_needs_and_has_not() {
    let found = problems("kind = \"aggregates\"\n[unit]\ncolumn = \"u\"\n[time]\ncolumn = \"t\"\n");
    assert_eq!(
        found,
        [
            "m.toml: period: aggregates need this (allowed: [period] with column or constant)",
            "m.toml: aggregate: aggregates need this (allowed: [[aggregate]] for every number)",
            "m.toml:4: time: aggregates have none of this",
        ]
    );
    let found = problems(
        "kind = \"observations\"\n[unit]\nconstant = \"u\"\n[time]\nconstant = \"2026-01-01\"\n",
    );
    assert_eq!(
        found,
        [
            "m.toml: observation: observations need this (allowed: [observation] with standard and what was seen: value, from, items, ticked, text, steps or kept)"
        ]
    );
}

#[rstest]
#[case(
    "[file]\ndelimiter = \"ab\"",
    "file.delimiter: this separates no fields (found \"ab\"; allowed: one ASCII character, or tab)"
)]
#[case(
    "[file]\nsheet = \"a\"\nsheets = [\"b\"]",
    "file.sheets: sheet and sheets say the same thing twice (allowed: one of them)"
)]
#[case(
    "[file]\nheader_row = 4\nskip_rows = 3",
    "file.header_row: skip_rows and header_row say the same thing twice (allowed: one of them)"
)]
#[case(
    "[wave]\nconstant = \"a\"\ncolumn = \"b\"",
    "wave.constant: constant and column say the same thing twice (allowed: one of them)"
)]
#[case(
    "[weight]\nconstant = []",
    "weight.constant: this has the wrong type (found []; allowed: one value)"
)]
#[case(
    "[filter]\nkeep = [{ column = \"a\" }]",
    "filter.keep[1]: a condition has one test (found 0 tests; allowed: equals, not_equals or missing)"
)]
#[case(
    "[duplicates]\nkey = [\"a:date\"]\npolicy = \"keep_first\"",
    "duplicates: only the column of [time] has a day (found a:date; allowed: the column of [time])"
)]
#[case(
    "[duplicates]\nkey = [\"a\"]",
    "duplicates.policy: this is needed (allowed: keep_first, keep_last, keep_all, reject)"
)]
#[case(
    "[respondent]",
    "respondent: this needs a value (allowed: column, or columns that together tell respondents apart)"
)]
#[case(
    "[missing]\ncodes = { a = 1 }",
    "missing.codes: this has the wrong type (found { a = 1 }; allowed: a text, or a list of texts)"
)]
fn single_keys(#[case] more: &str, #[case] expected: &str) {
    let found = problems(&visit(more));
    assert_eq!(found.len(), 1, "{found:?}");
    let after_line = found[0].split_once(": ").map(|(_, rest)| rest);
    assert_eq!(after_line, Some(expected));
}

#[rstest]
#[case("zone = \"Europe/Atlantis\"", "time.zone: no zone has this name")]
#[case("zones = { CET = \"1\" }", "time.zones.CET: this is no offset")]
#[case("format = \"%H %Z\"", "time.zones: %Z reads an abbreviation")]
#[case(
    "constant = \"2026-01-01\"",
    "time.constant: constant and column say the same thing twice"
)]
fn times(#[case] more: &str, #[case] expected: &str) {
    let found =
        problems(&visit("").replace("column = \"at\"", &format!("column = \"at\"\n{more}")));
    assert!(found.len() == 1 && found[0].contains(expected), "{found:?}");
}

#[rstest]
#[case(
    "subject = \"item:visit/recommend\"\nmean = \"m\"",
    "a mean without n is a covariate"
)]
#[case(
    "subject = \"item:visit/recommend\"\nmean = \"m\"\nvalue = \"v\"",
    "these are the keys of different forms (found mean, value"
)]
#[case("subject = \"standard:wait\"\ntotal = \"t\"", "a total needs its part")]
#[case(
    "subject = \"covariate:rent\"\nnumerator = \"a\"\ndenominator = \"b\"",
    "this subject has numbers of another form (found rate; allowed: value)"
)]
#[case(
    "subject = \"shop\"\nvalue = \"v\"",
    "a number cannot be about this (found shop; allowed: item:ITEM"
)]
#[case(
    "subject = \"covariate:rent\"\nvalue = \"v\"\ncombine = \"sum\"",
    "only counts can be added up"
)]
#[case(
    "subject = \"sheet\"\nmean = \"m\"\nn = \"n\"",
    "needs to know which sheet holds which item"
)]
#[case(
    "subject = \"figure:absence\"\nnumerator = \"a\"",
    "a numerator alone says nothing"
)]
fn aggregates(#[case] aggregate: &str, #[case] expected: &str) {
    let found = problems(&format!(
        "kind = \"aggregates\"\n[unit]\ncolumn = \"u\"\n[period]\nconstant = \"2026\"\n[[aggregate]]\n{aggregate}\n"
    ));
    assert!(
        found.iter().any(|problem| problem.contains(expected)),
        "{found:?}"
    );
}

#[test]
fn observations_need_to_see_something_and_to_be_chosen() {
    let found = problems(
        "kind = \"observations\"\n[unit]\ncolumn = \"u\"\n[time]\ncolumn = \"t\"\n[observation]\nstandard = \"wait\"\n",
    );
    assert_eq!(
        found,
        [
            "m.toml:6: observation: nothing was seen (allowed: value, from, items, ticked, text, steps, open_for or kept)",
            "m.toml:6: observation.chosen: this is needed: a convenience sample gets no verdict \
             (allowed: census, random, convenience)",
        ]
    );
}

#[test]
fn the_foundation_has_to_know_what_the_mapping_names() {
    let place = Place::new();
    let mapping = "kind = \"responses\"\n[instrument]\nid = \"visits\"\n[unit]\ncolumn = \"shop\"\nunknown = \"create\"\n\
         level = \"shops\"\nparent = { constant = \"nort\" }\n[time]\ncolumn = \"at\"\n[party]\nconstant = \"custmer\"\n\
         [attributes.rol]\ncolumn = \"r\"\n[[item]]\nid = \"recommend\"\ncolumn = \"nps\"\n";
    let found = mapping_problems(place.import("a.csv", b"shop\n", mapping));
    assert_eq!(
        found,
        [
            "mapping.toml:3: instrument.id: the foundation has no such instrument; did you mean `visit`? \
             (found visits; allowed: keepers-team, pulse, visit)",
            "mapping.toml:7: unit.level: the foundation has no such level; did you mean `shop`? \
             (found shops; allowed: company, region, shop)",
            "mapping.toml:8: unit.parent.constant: the foundation has no such unit; did you mean `north`? \
             (found nort; allowed: acme, albany, leeuwarden, north, overseas, sneek)",
            "mapping.toml:12: party.constant: the foundation has no such party; did you mean `customer`? \
             (found custmer; allowed: customer, team)",
            "mapping.toml:13: attributes.rol: the foundation has no such attribute; did you mean `role`? \
             (found rol; allowed: role)",
        ]
    );
}

#[test]
fn maps_lead_to_answers_of_the_item() {
    let place = Place::new();
    let mapping = visit("").replace(
        "column = \"nps\"",
        "column = \"nps\"\nmap = { \"Yes\" = 11 }\nsplit = \";\"",
    );
    let found = mapping_problems(place.import("a.csv", b"shop\n", &mapping));
    assert_eq!(
        found,
        [
            "mapping.toml:10: item[1].id: an answer on this scale is one value (found split; allowed: a rating from 0 to 10)",
            "mapping.toml:10: item[1].id: this is no answer to recommend (found 11; allowed: a rating from 0 to 10)",
        ]
    );
}

#[test]
fn a_column_that_the_file_has_not() {
    let place = Place::new();
    let found = mapping_problems(place.import(
        "votes.csv",
        b"shop,at,NPS score\na,2026-01-01,3\n",
        &visit(""),
    ));
    assert_eq!(
        found,
        [
            "mapping.toml:11: item[1].column: votes.csv has no such column; did you mean `NPS score`? \
             (found nps; allowed: shop, at, NPS score)",
        ]
    );
    place.assert_empty();
}

#[test]
fn the_first_of_several_names_that_the_file_has() {
    let place = Place::new();
    let mapping = visit("").replace("column = \"nps\"", "column = [\"score\", \"nps\"]");
    let report = place
        .import("a.csv", b"shop,at,nps\nsneek,2026-01-01,3\n", &mapping)
        .expect("stored");
    assert_eq!(report.counts.rows_stored, 1);
}

#[test]
fn the_kind_that_was_asked_for_has_to_be_that_of_the_mapping() {
    let place = Place::new();
    let mut request = place.request("a.csv", b"shop,at,nps\n", &visit(""));
    request.kind = evenkeel_collect::ImportKind::Aggregates;
    let error = place.run(&request).expect_err("refused");
    assert_eq!(
        error.to_string(),
        "the mapping is for responses; asked for was an import of aggregates"
    );
}
