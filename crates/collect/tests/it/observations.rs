//! Looks at delivery, judged on arrival.

use evenkeel_facts::Table;
use evenkeel_registry::StandardVersion;

use crate::support::{Place, Row, column, row_problems};

fn mapping(lines: &str) -> String {
    format!(
        "kind = \"observations\"\n[unit]\ncolumn = \"shop\"\n[time]\ncolumn = \"at\"\n[observation]\nchosen = \"census\"\n{lines}\n"
    )
}

fn stored(text: &str, mapping: &str) -> Vec<Row> {
    let place = Place::new();
    place
        .import("looks.csv", text.as_bytes(), mapping)
        .expect("stored");
    place.rows(&Table::Observations)
}

const WAITS: &str = "shop,at,minutes,open\nsneek,2026-01-01 12:00,14.9,\nsneek,2026-01-01 12:05,15,\n\
    sneek,2026-01-01 12:10,-2,\nsneek,2026-01-01 12:15,,\nsneek,2026-01-01 12:20,,20\nsneek,2026-01-01 12:25,,5\n";

#[test]
fn durations_are_judged_in_seconds() {
    let rows = stored(
        WAITS,
        &mapping(
            "standard = \"wait\"\nvalue = \"minutes\"\nopen_for = \"open\"\nunit_of_value = \"minutes\"",
        ),
    );
    assert_eq!(
        column(&rows, "value"),
        ["894.0", "900.0", "-120.0", "·", "·", "·"]
    );
    // Exactly the limit is too long here; what has not ended fails past the limit.
    assert_eq!(
        column(&rows, "kept"),
        ["true", "false", "true", "·", "false", "·"]
    );
    assert_eq!(
        column(&rows, "deviations"),
        [
            "·",
            "[{\"kind\":\"over_time\",\"by_seconds\":0.0}]",
            "·",
            "·",
            "[{\"kind\":\"still_open\",\"by_seconds\":300.0}]",
            "·"
        ]
    );
    assert_eq!(column(&rows, "standard_version"), ["1"; 6]);
    assert_eq!(column(&rows, "chosen"), ["census"; 6]);
    assert_eq!(column(&rows, "source"), ["looks.csv"; 6]);
    let ids = column(&rows, "observation_id");
    assert!(ids[0].ends_with("-1") && ids[5].ends_with("-6"), "{ids:?}");
}

#[test]
fn ranges_are_judged_in_their_own_unit() {
    let rows = stored(
        "shop,at,t\nsneek,2026-01-01,63\nsneek,2026-01-01,60.5\n",
        &mapping("standard = \"plate\"\nvalue = \"t\""),
    );
    assert_eq!(column(&rows, "kept"), ["true", "false"]);
    assert_eq!(
        column(&rows, "deviations")[1],
        "[{\"kind\":\"too_low\",\"by\":2.5}]"
    );
}

#[test]
fn what_no_number_says_the_file_has_to() {
    let text = "shop,at,ok,what,more,who,why,how,case\n\
        sneek,2026-01-01,Goed,,coffee; a word,Anna,,random,T-1\nsneek,2026-01-01,Fout,not thanked,,,unclear,random,T-2\n";
    let rows = stored(
        text,
        "kind = \"observations\"\n[unit]\ncolumn = \"shop\"\n[time]\ncolumn = \"at\"\n[party]\nconstant = \"team\"\n\
         [channel]\nconstant = \"shop\"\n[observation]\nstandard = \"greeting\"\n\
         kept = { column = \"ok\", map = { Goed = true, Fout = false } }\ndeviations = \"what\"\n\
         extras = { column = \"more\", split = \";\" }\nlooked_by = { column = \"who\" }\nreason = { column = \"why\" }\n\
         source = { constant = \"rounds\" }\nchosen_from = { column = \"how\" }\nkey = [\"shop\", \"case\"]\ndetail = [\"case\"]\n",
    );
    assert_eq!(column(&rows, "kept"), ["true", "false"]);
    assert_eq!(column(&rows, "deviations"), ["·", "[\"not thanked\"]"]);
    assert_eq!(column(&rows, "extras"), ["[\"coffee\",\"a word\"]", "·"]);
    assert_eq!(column(&rows, "looked_by"), ["Anna", "·"]);
    assert_eq!(column(&rows, "reason"), ["·", "unclear"]);
    assert_eq!(column(&rows, "source"), ["rounds"; 2]);
    assert_eq!(column(&rows, "party"), ["team"; 2]);
    assert_eq!(
        column(&rows, "observation_id"),
        ["greeting:sneek|T-1", "greeting:sneek|T-2"]
    );
    assert_eq!(
        column(&rows, "detail"),
        [
            "{\"case\":\"T-1\",\"seen\":{\"kept\":true}}",
            "{\"case\":\"T-2\",\"seen\":{\"kept\":false}}"
        ]
    );
}

#[test]
fn the_standard_may_stand_in_the_file() {
    let place = Place::new();
    let text = "shop,at,what,n\nsneek,2026-01-01,Wait,60\nsneek,2026-01-01,T,70\nsneek,2026-01-01,greeting,1\n,2026-01-01,wiat,1\n";
    let mapping =
        mapping("standard_column = \"what\"\nstandard_map = { T = \"plate\" }\nvalue = \"n\"");
    let found = row_problems(place.import("looks.csv", text.as_bytes(), &mapping));
    assert_eq!(
        found,
        [
            "line 4 (value): a sequence is not judged by a number (found 1; allowed: steps or kept)",
            "line 5, column shop (unit): every row needs a unit",
            "line 5, column what (standard): this is not in the list; did you mean `wait`? (found wiat; allowed: T, \
             greeting, plate, wait)",
        ]
    );
    let rows = stored(
        text.split_at(text.find("sneek,2026-01-01,greeting").expect("there"))
            .0,
        &mapping,
    );
    // Rows of one standard lie together, so that a question about one reads few of them.
    assert_eq!(column(&rows, "standard"), ["plate", "wait"]);
    assert_eq!(column(&rows, "kept"), ["true", "true"]);
}

/// The wait was twenty minutes until March.
fn two_versions(place: &mut Place) {
    let versions = place
        .agreed
        .standards
        .get_mut("wait")
        .expect("the standard");
    let mut first = versions[0].standard.clone();
    let mut json = serde_json::to_value(&first.requirement).expect("json");
    json["within"] = 1200.0.into();
    first.requirement = serde_json::from_value(json).expect("a requirement");
    let from = |day: &str| Some(day.parse().expect("a day"));
    let second = versions[0].standard.clone();
    *versions = vec![
        StandardVersion {
            version: 1,
            standard: first,
            valid_from: from("2026-01-01"),
            retired: false,
        },
        StandardVersion {
            version: 2,
            standard: second,
            valid_from: from("2026-03-01"),
            retired: false,
        },
    ];
}

#[test]
fn each_row_is_judged_by_the_version_of_its_day() {
    let mut place = Place::new();
    two_versions(&mut place);
    let text = "shop,at,m\nsneek,2026-02-28,18\nsneek,2026-03-01,18\n";
    let mapping = mapping("standard = \"wait\"\nvalue = \"m\"\nunit_of_value = \"minutes\"");
    place
        .import("looks.csv", text.as_bytes(), &mapping)
        .expect("stored");
    let rows = place.rows(&Table::Observations);
    assert_eq!(column(&rows, "standard_version"), ["1", "2"]);
    assert_eq!(column(&rows, "kept"), ["true", "false"]);
    let found =
        row_problems(place.import("b.csv", b"shop,at,m\nleeuwarden,2025-12-31,18\n", &mapping));
    assert_eq!(
        found,
        [
            "line 2 (standard): standard wait is not in force that day (found 2025-12-31; allowed: from 2026-01-01; or a \
             standard with an earlier valid_from)",
        ]
    );
}

#[test]
fn a_mapping_that_cannot_be_judged_is_refused_before_reading() {
    let place = Place::new();
    let mapping = mapping("standard = \"greeting\"\nvalue = \"n\"\nunit_of_value = \"minutes\"");
    let found = crate::support::mapping_problems(place.import("a.csv", b"shop\n", &mapping));
    assert_eq!(
        found,
        [
            "mapping.toml:8: observation.standard: a sequence is not judged by this (found value; allowed: steps, or kept)",
            "mapping.toml:8: observation.standard: a sequence has its own unit of measure (found unit_of_value; \
             allowed: no unit_of_value)",
        ]
    );
}
