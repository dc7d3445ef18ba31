//! Moments and days.

use rstest::rstest;

use crate::support::{Place, column, row_problems, visit};

fn times(mapping: &str, shop: &str, at: &str) -> (String, String) {
    let place = Place::new();
    let text = format!("shop,at,nps\n{shop},\"{at}\",1\n");
    place.import("a.csv", text.as_bytes(), mapping).expect(at);
    let rows = place.responses("visit");
    (
        column(&rows, "occurred_at")[0].to_owned(),
        column(&rows, "local_date")[0].to_owned(),
    )
}

fn with(lines: &str) -> String {
    visit("").replace("column = \"at\"", &format!("column = \"at\"\n{lines}"))
}

#[rstest]
#[case("", "leeuwarden", "2026-01-02", "·", "2026-01-02")]
#[case(
    "",
    "leeuwarden",
    "2026-01-02 23:30:00",
    "2026-01-02T22:30:00Z",
    "2026-01-02"
)]
#[case("", "albany", "2026-01-02 23:30", "2026-01-03T04:30:00Z", "2026-01-02")]
#[case(
    "",
    "albany",
    "2026-01-02T23:30:00Z",
    "2026-01-02T23:30:00Z",
    "2026-01-02"
)]
#[case(
    "",
    "leeuwarden",
    "2026-01-02T23:30:00Z",
    "2026-01-02T23:30:00Z",
    "2026-01-03"
)]
#[case(
    "zone = \"Europe/Amsterdam\"",
    "albany",
    "2026-01-03 02:00",
    "2026-01-03T01:00:00Z",
    "2026-01-02"
)]
#[case(
    "zone = \"UTC\"",
    "leeuwarden",
    "2026-01-02 23:30",
    "2026-01-02T23:30:00Z",
    "2026-01-03"
)]
#[case("format = \"%d/%m/%Y\"", "leeuwarden", "02/01/2026", "·", "2026-01-02")]
#[case(
    "format = [\"%d/%m/%Y %H:%M\", \"%d/%m/%Y\"]",
    "leeuwarden",
    "02/01/2026",
    "·",
    "2026-01-02"
)]
#[case(
    "format = \"%a %b %d %H:%M:%S %Z %Y\"\nzones = { CET = \"+01:00\" }",
    "leeuwarden",
    "Fri Jan 02 01:00:00 CET 2026",
    "2026-01-02T00:00:00Z",
    "2026-01-02"
)]
#[case(
    "format = \"%Y-%m-%d %H:%M %z\"",
    "leeuwarden",
    "2026-01-02 01:00 -0500",
    "2026-01-02T06:00:00Z",
    "2026-01-02"
)]
fn forms(
    #[case] lines: &str,
    #[case] shop: &str,
    #[case] at: &str,
    #[case] moment: &str,
    #[case] day: &str,
) {
    assert_eq!(
        times(&with(lines), shop, at),
        (moment.to_owned(), day.to_owned())
    );
}

#[test]
fn one_day_for_all_rows() {
    let mapping = visit("").replace("column = \"at\"", "constant = \"2026-02-01\"");
    assert_eq!(
        times(&mapping, "leeuwarden", "whatever"),
        ("·".to_owned(), "2026-02-01".to_owned())
    );
}

#[test]
fn what_is_no_time() {
    let text = "shop,at,nps\nsneek,31-01-2026,1\nsneek,,1\nsneek,Fri Jan 02 01:00:00 EST 2026,1\n";
    let found = row_problems(Place::new().import("a.csv", text.as_bytes(), &visit("")));
    assert_eq!(
        found[0],
        "line 2, column at (time): this is no date or time (found 31-01-2026; allowed: a date or time such as \
         2026-03-01 or 2026-03-01 13:45:00+01:00; or say [time] format)"
    );
    assert_eq!(found[1], "line 3, column at (time): every row needs a time");
    let mapping = with("format = \"%a %b %d %H:%M:%S %Z %Y\"\nzones = { CET = \"+01:00\" }");
    let found = row_problems(Place::new().import("a.csv", text.as_bytes(), &mapping));
    assert_eq!(
        found[2],
        "line 4, column at (time): this is no date or time (found Fri Jan 02 01:00:00 EST 2026; allowed: \
         %a %b %d %H:%M:%S %Z %Y, zones CET)"
    );
}
