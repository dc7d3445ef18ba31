//! Calendars, and the working days that standards promise.

use evenkeel_foundation::{Requirement, export, parse};
use rstest::rstest;

use crate::small::{Files, check, edited, listed, parsed, with};

const WAITING: &str = "standards/waiting.toml";

const OFFICE: &str = r#"[[calendar]]
id = "office"
title = "Office hours"
monday = ["09:00-12:00", "13:00-18:00"]
tuesday = ["09:00-17:00"]
holidays = [2026-12-25]
units = [{ unit = "north", monday = ["06:00-10:00"] }]
"#;

fn within(text: &str, calendars: &str) -> Files {
    let text = edited(WAITING, "within = \"5min\"", text);
    with(&[(WAITING, &text), ("calendars.toml", calendars)])
}

fn seconds(files: &Files) -> f64 {
    let foundation = parsed(files);
    let Requirement::Duration(duration) = &foundation.standards["waiting"].requirement else {
        panic!("waiting is a duration");
    };
    duration.within
}

#[test]
fn a_working_day_is_as_long_as_the_calendar_says() {
    let day = "within = \"1 working day\"\nhours = \"office\"";
    assert_eq!(seconds(&within(day, OFFICE)), 8.0 * 3600.0);
    let shorter = OFFICE.replace("09:00-17:00", "09:00-13:00");
    let said = format!("{shorter}working_day = \"7h 30min\"\n");
    assert_eq!(seconds(&within(day, &said)), 7.5 * 3600.0);
    let days = "within = \"2.5 working days\"\nhours = \"office\"";
    assert_eq!(seconds(&within(days, OFFICE)), 20.0 * 3600.0);
}

#[test]
fn a_unit_has_the_hours_of_the_nearest_above_it() {
    let foundation = parsed(&with(&[("calendars.toml", OFFICE)]));
    let tree = foundation.tree();
    let office = &foundation.calendars["office"];
    let monday = |unit: &str| {
        let unit = unit.parse().expect("an id");
        office.hours_of(&unit, &tree).monday.clone()
    };
    assert_eq!(monday("corner").len(), 2);
    assert_eq!(monday("north")[0].to_string(), "06:00-10:00");
    let day = jiff::civil::date(2026, 12, 25);
    assert!(office.hours.on(day).is_empty());
    assert_eq!(office.hours.on(jiff::civil::date(2026, 12, 28)).len(), 2);
}

#[test]
fn the_text_of_a_calendar() {
    let day = "within = \"1 working day\"\nhours = \"office\"";
    let files = export(&parsed(&within(day, OFFICE)));
    let text = |path: &str| String::from_utf8(files[path].clone()).expect("text");
    assert_eq!(
        text("calendars.toml"),
        OFFICE
            .replace("units = [{ ", "units = [\n    { ")
            .replace(" }]", " },\n]")
    );
    assert!(text(WAITING).contains("within = \"8h\"\nhours = \"office\"\n"));
}

#[rstest]
#[case::no_calendar(
    "within = \"8h\"\nhours = \"offices\"",
    OFFICE,
    12,
    "hours",
    "did you mean `office`?"
)]
#[case::working_days_of_nobody(
    "within = \"1 working day\"",
    OFFICE,
    11,
    "within",
    "working days are those of a calendar"
)]
#[case::working_days_of_no_calendar(
    "within = \"1 working day\"\nhours = \"office\"",
    "",
    12,
    "hours",
    "no calendar is defined yet"
)]
#[case::days_that_differ(
    "within = \"1 working day\"\nhours = \"office\"",
    "[[calendar]]\nid = \"office\"\ntitle = \"O\"\nmonday = [\"09:00-17:00\"]\nfriday = [\"09:00-12:00\"]\n",
    11,
    "within",
    "are not equally long"
)]
fn a_promise_by_a_calendar(
    #[case] text: &str,
    #[case] calendars: &str,
    #[case] line: u32,
    #[case] key: &str,
    #[case] part: &str,
) {
    let place = format!("{WAITING}:{line}");
    let key = format!("standard.waiting.requirement.{key}");
    check(&within(text, calendars), &[(&place, &key, part)]);
}

#[test]
fn every_problem_of_a_calendar_at_once() {
    let wrong = r#"[[calendar]]
id = "office"
title = "Office hours"
monday = ["09:00-12:00", "11:00-18:00"]
tuesday = ["22:00-06:00"]
holidays = ["2026-02-30"]
working_day = "25h"
units = [{ unit = "nord" }]
"#;
    let problems = parse(&with(&[("calendars.toml", wrong)])).expect_err("problems");
    let listed = listed(&problems);
    for part in [
        "calendars.toml:5: calendar.office.tuesday[1]: not the hours of a day (found \"22:00-06:00\"; allowed: two times of one day",
        "calendars.toml:6: calendar.office.holidays[1]: a day is needed",
    ] {
        assert!(listed.contains(part), "{part}\n{listed}");
    }
    let mended = wrong
        .replace("22:00-06:00", "22:00-24:00")
        .replace("02-30", "02-28");
    check(
        &with(&[("calendars.toml", &mended)]),
        &[
            (
                "calendars.toml:4",
                "calendar.office.monday[2]",
                "(found 11:00-18:00; allowed: hours after 09:00-12:00)",
            ),
            (
                "calendars.toml:7",
                "calendar.office.working_day",
                "at most 24h",
            ),
            (
                "calendars.toml:8",
                "calendar.office.units[1]",
                "nobody ever works by these hours",
            ),
            (
                "calendars.toml:8",
                "calendar.office.units[1].unit",
                "there is no unit `nord` (found \"nord\"; allowed: corner, north)",
            ),
        ],
    );
}
