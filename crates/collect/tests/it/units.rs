//! Which unit a row belongs to.

use crate::support::{Place, column, row_problems, visit};

fn with(lines: &str) -> String {
    visit("").replace("column = \"shop\"", &format!("column = \"shop\"\n{lines}"))
}

#[test]
fn slugs_maps_and_ids() {
    let place = Place::new();
    let text = "shop,at,nps\n Sneek ,2026-01-01,1\nLWD,2026-01-01,2\nleeuwarden,2026-01-01,3\n";
    place
        .import(
            "a.csv",
            text.as_bytes(),
            &with("map = { LWD = \"leeuwarden\" }"),
        )
        .expect("stored");
    assert_eq!(
        column(&place.responses("visit"), "unit"),
        ["sneek", "leeuwarden", "leeuwarden"]
    );
    let found = row_problems(Place::new().import(
        "a.csv",
        b"shop,at,nps\nSneek,2026-01-01,1\n",
        &with("transform = \"none\""),
    ));
    assert!(
        found[0].contains("this gives no id for a unit (found Sneek"),
        "{found:?}"
    );
    let place = Place::new();
    let mapping = visit("").replace("column = \"shop\"", "constant = \"north\"");
    place
        .import("a.csv", b"shop,at,nps\n?,2026-01-01,1\n", &mapping)
        .expect("stored");
    assert_eq!(column(&place.responses("visit"), "unit"), ["north"]);
}

#[test]
fn units_exist_from_day_to_day() {
    let text = "shop,at,nps\nsneek,2025-12-31,1\nsneek,2026-01-01,1\nsneek,2026-03-31,1\nsneek,2026-04-01,1\n";
    let found = row_problems(Place::new().import("a.csv", text.as_bytes(), &visit("")));
    assert_eq!(
        found,
        [
            "line 2 (unit): unit sneek does not exist then (found 2025-12-31; allowed: from 2026-01-01 to 2026-03-31)",
            "line 5 (unit): unit sneek does not exist then (found 2026-04-01; allowed: from 2026-01-01 to 2026-03-31)",
        ]
    );
}

#[test]
fn rows_of_unknown_units_can_be_left_out() {
    let place = Place::new();
    let text = "shop,at,nps\nutrecht,not a day,x\nsneek,2026-01-01,1\n";
    let report = place
        .import("a.csv", text.as_bytes(), &with("unknown = \"skip_row\""))
        .expect("stored");
    assert_eq!(
        (
            report.counts.rows_stored,
            report.counts.filtered.unknown_unit
        ),
        (1, 1)
    );
}

#[test]
fn unknown_units_are_made_with_their_parents() {
    let place = Place::new();
    let text = "shop,at,nps,name\n01M015,2026-01-01,1,Roberto Clemente\n01M015,2026-01-02,1,Again\n\
                02X001,2026-01-01,2,\nsneek,2026-01-01,3,\n09Z999,2026-01-01,4,\n";
    let mapping = with(
        "unknown = \"create\"\nlevel = \"shop\"\nname_column = \"name\"\n\
         parent = { prefix = { column = \"shop\", len = 2, id = \"area-{}\", title = \"Area {}\" }, parent = \"acme\" }",
    );
    let mapping =
        format!("{mapping}[filter]\nkeep = [{{ column = \"shop\", not_equals = \"09Z999\" }}]\n");
    let report = place
        .import("a.csv", text.as_bytes(), &mapping)
        .expect("stored");
    let made: Vec<String> = report
        .new_units
        .iter()
        .map(|unit| {
            let parent = unit
                .parent
                .as_ref()
                .map_or("none", |parent| parent.as_str());
            format!(
                "{} ({}) at {} under {parent}",
                unit.id, unit.title, unit.level
            )
        })
        .collect();
    assert_eq!(
        made,
        [
            "area-01 (Area 01) at region under acme",
            "01m015 (Roberto Clemente) at shop under area-01",
            "area-02 (Area 02) at region under acme",
            "02x001 (02X001) at shop under area-02",
        ]
    );
    assert_eq!(*place.units.borrow(), report.new_units);
    assert_eq!(
        column(&place.responses("visit"), "unit"),
        ["01m015", "01m015", "02x001", "sneek"]
    );
}

#[test]
fn a_unit_is_not_made_for_a_row_that_is_not_stored() {
    let place = Place::new();
    let text = "shop,at,nps\nutrecht,2026-01-01,12\nassen,2026-01-01,1\n";
    let mapping = format!(
        "on_error = \"reject\"\n{}",
        with("unknown = \"create\"\nparent = { constant = \"north\" }")
    );
    let report = place
        .import("a.csv", text.as_bytes(), &mapping)
        .expect("stored");
    let made: Vec<&str> = report
        .new_units
        .iter()
        .map(|unit| unit.id.as_str())
        .collect();
    assert_eq!(made, ["assen"]);
}

#[test]
fn made_units_have_the_zone_of_their_parent_or_their_own() {
    let text = "shop,at,nps\nbuffalo,2026-01-02T02:00:00Z,1\n";
    for (lines, day) in [
        ("parent = { constant = \"overseas\" }", "2026-01-01"),
        (
            "parent = { constant = \"overseas\" }\ntime_zone = \"Asia/Tokyo\"",
            "2026-01-02",
        ),
    ] {
        let place = Place::new();
        place
            .import(
                "a.csv",
                text.as_bytes(),
                &with(&format!("unknown = \"create\"\n{lines}")),
            )
            .expect("stored");
        assert_eq!(
            column(&place.responses("visit"), "local_date"),
            [day],
            "{lines}"
        );
    }
}

#[test]
fn two_names_that_become_one_unit_are_told() {
    let place = Place::new();
    let text = "shop,at,nps\nA&B,2026-01-01,1\nA B,2026-01-01,2\n";
    let mapping = with("unknown = \"create\"\nparent = { constant = \"north\" }");
    let report = place
        .import("a.csv", text.as_bytes(), &mapping)
        .expect("stored");
    let warnings: Vec<&str> = report.warnings.keys().map(String::as_str).collect();
    assert_eq!(
        warnings,
        ["`A&B` and `A B` are one unit, a-b: a map in [unit] can keep them apart"]
    );
}
