//! Looks of every kind of standard, from files.

use evenkeel_collect::Agreed;
use evenkeel_facts::Table;
use evenkeel_foundation::{export, parse};

use crate::support::{Place, Row, column, foundation, row_problems};

/// The small organisation with a standard of every kind.
pub fn place() -> Place {
    let mut files = export(&foundation());
    let standard = |id: &str, requirement: &str| {
        let text = format!(
            "id = \"{id}\"\ntitle = \"{id}\"\ndimension = \"quality\"\ntouchpoint = \"counter\"\nowner = \"service\"\n\
             owed_by = \"team\"\nowed_to = \"customer\"\ntarget = 0.9\n{requirement}\n"
        );
        (format!("standards/{id}.toml"), text.into_bytes())
    };
    files.extend([
        (
            "calendars.toml".to_owned(),
            b"[[calendar]]\nid = \"office\"\ntitle = \"Office\"\nmonday = [\"09:00-17:00\"]\ntuesday = [\"09:00-17:00\"]\n\
              units = [{ unit = \"overseas\", monday = [\"06:00-14:00\"] }]\n"
                .to_vec(),
        ),
        standard(
            "answer",
            "[requirement]\nkind = \"duration\"\nwithin = \"1 working day\"\nhours = \"office\"",
        ),
        standard(
            "table",
            "[requirement]\nkind = \"checklist\"\nitems = [{ id = \"clean\", title = \"Clean\", counts_as = \"auto_fail\" }, \
             { id = \"menu\", title = \"Menu\" }, { id = \"flowers\", title = \"Flowers\", counts_as = \"bonus\" }]",
        ),
        standard(
            "mail",
            "[requirement]\nkind = \"wording\"\n[requirement.languages.nl]\naddress = \"u\"\n[requirement.languages.en]\n\
             gratitude = \"required\"",
        ),
        standard(
            "welcome",
            "[requirement]\nkind = \"rubric\"\npass_from = 3\nraters = 2\nanchors = [{ score = 1, title = \"No\" }, \
             { score = 5, title = \"Yes\" }]",
        ),
        standard(
            "burger",
            "[requirement]\nkind = \"sequence\"\nsteps = [\"bun\", \"patty\", \"bun\"]\n[latitude]\nextras = [\"bacon\"]",
        ),
    ]);
    let parsed = parse(&files).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut place = Place::new();
    place.agreed = Agreed::first_versions(parsed);
    place
}

fn mapping(lines: &str) -> String {
    format!(
        "kind = \"observations\"\n[unit]\ncolumn = \"shop\"\n[time]\ncolumn = \"at\"\n[observation]\nchosen = \"census\"\n{lines}\n"
    )
}

fn stored(text: &str, lines: &str) -> Vec<Row> {
    let place = place();
    place
        .import("looks.csv", text.as_bytes(), &mapping(lines))
        .expect("stored");
    place.rows(&Table::Observations)
}

#[test]
fn times_are_counted_by_the_hours_of_the_unit() {
    // 2026-02-02 is a Monday. Albany's Monday ends at 14:00 on its own clock.
    let text = "shop,at,done\nsneek,2026-02-02 16:00,2026-02-03 16:00\nsneek,2026-02-02 16:00,2026-02-09 09:30\n\
        albany,2026-02-02 13:00,2026-02-09 07:00\nsneek,2026-02-02 16:00,\nsneek,2026-02-09 16:00,\n";
    let rows = stored(
        text,
        "standard = \"answer\"\nfrom = \"at\"\nto = \"done\"\nas_of = { constant = \"2026-02-10T10:00\" }\nkey = [\"shop\", \"at\", \"done\"]",
    );
    let mut seen: Vec<(&str, &str, &str)> = Vec::new();
    for (at, id) in column(&rows, "observation_id").into_iter().enumerate() {
        seen.push((id, column(&rows, "kept")[at], column(&rows, "value")[at]));
    }
    seen.sort_unstable();
    assert_eq!(
        seen,
        [
            (
                "answer:albany|2026-02-02 13:00|2026-02-09 07:00",
                "true",
                "7200.0"
            ),
            ("answer:sneek|2026-02-02 16:00|", "false", "·"),
            (
                "answer:sneek|2026-02-02 16:00|2026-02-03 16:00",
                "true",
                "28800.0"
            ),
            (
                "answer:sneek|2026-02-02 16:00|2026-02-09 09:30",
                "false",
                "34200.0"
            ),
            ("answer:sneek|2026-02-09 16:00|", "·", "·"),
        ]
    );
}

#[test]
fn points_are_ticked_in_columns_or_in_a_list() {
    let columns = stored(
        "shop,at,c,m,f\nsneek,2026-01-01,ja,yes,1\nsneek,2026-01-02,nee,yes,\nsneek,2026-01-03,ja,n/a,0\n",
        "standard = \"table\"\nitems = { clean = \"c\", menu = \"m\", flowers = \"f\" }\nitem_map = { ja = true, nee = \"no\" }",
    );
    assert_eq!(column(&columns, "kept"), ["true", "false", "true"]);
    assert_eq!(column(&columns, "value"), ["1.0", "0.5", "1.0"]);
    assert_eq!(column(&columns, "extras"), ["[\"flowers\"]", "·", "·"]);
    let missed = "[{\"kind\":\"item_missed\",\"item\":\"clean\",\"auto_fail\":true},{\"kind\":\"share_too_low\",\"share\":0.5,\"pass_at\":1.0}]";
    assert_eq!(column(&columns, "deviations")[1], missed);
    let list = stored(
        "shop,at,there,more\nsneek,2026-01-01,clean; menu;flowers,a card\nsneek,2026-01-02,menu,\n",
        "standard = \"table\"\nticked = \"there\"\nextras = \"more\"",
    );
    assert_eq!(column(&list, "kept"), ["true", "false"]);
    assert_eq!(column(&list, "extras"), ["[\"flowers\",\"a card\"]", "·"]);
    let found = row_problems(place().import(
        "looks.csv",
        b"shop,at,there\nsneek,2026-01-01,menu;candles\n",
        &mapping("standard = \"table\"\nticked = \"there\""),
    ));
    assert_eq!(
        found,
        [
            "line 2, column there (ticked): the checklist has no point `candles` (allowed: clean, menu, flowers)"
        ]
    );
}

#[test]
fn texts_are_judged_and_not_stored() {
    let rows = stored(
        "shop,at,body,lang\nsneek,2026-01-01,Kunt u bellen?,nl\nsneek,2026-01-02,Kun je bellen?,nl-NL\n\
         sneek,2026-01-03,Call me.,en\nsneek,2026-01-04,Bel.,nl\n",
        "standard = \"mail\"\ntext = \"body\"\nlanguage = { column = \"lang\" }",
    );
    assert_eq!(column(&rows, "kept"), ["true", "false", "false", "·"]);
    let deviations = column(&rows, "deviations");
    assert_eq!(
        deviations[1],
        "[{\"kind\":\"wrong_address\",\"word\":\"je\",\"wanted\":\"u\",\"start\":4,\"end\":6}]"
    );
    assert_eq!(deviations[2], "[{\"kind\":\"gratitude_missing\"}]");
    for row in &rows {
        assert!(row.values().all(|cell| !cell.contains("bellen")), "{row:?}");
    }
    let kept = stored(
        "shop,at,body\nsneek,2026-01-01,Kunt u bellen?\n",
        "standard = \"mail\"\ntext = \"body\"\nlanguage = { constant = \"nl\" }\ndetail = [\"body\"]",
    );
    assert_eq!(
        column(&kept, "detail"),
        ["{\"body\":\"Kunt u bellen?\",\"language\":\"nl\"}"]
    );
}

#[test]
fn steps_are_aligned() {
    let rows = stored(
        "shop,at,made,why\nsneek,2026-01-01,bun>patty>bun,\nsneek,2026-01-02,bun>patty>bacon>bun,\nsneek,2026-01-03,bun>bun,could_not\n",
        "standard = \"burger\"\nsteps = { column = \"made\", split = \">\" }\nreason = { column = \"why\" }",
    );
    assert_eq!(column(&rows, "kept"), ["true", "true", "false"]);
    assert_eq!(column(&rows, "extras"), ["·", "[\"bacon\"]", "·"]);
    assert_eq!(column(&rows, "reason"), ["·", "·", "could_not"]);
    assert_eq!(
        column(&rows, "deviations")[2],
        "[{\"kind\":\"step_missing\",\"step\":\"patty\",\"at\":2}]"
    );
    let found = row_problems(place().import(
        "looks.csv",
        b"shop,at,made,why\nsneek,2026-01-01,,busy\n",
        &mapping("standard = \"burger\"\nsteps = \"made\"\nreason = { column = \"why\" }"),
    ));
    assert!(
        found
            .iter()
            .any(|p| p.contains("(reason): this is not in the list") && p.contains("could_not")),
        "{found:?}"
    );
}

#[test]
fn a_rubric_waits_for_its_raters_and_is_judged_once() {
    let text = "shop,at,guest,who,score,how\nsneek,2026-01-01,a,An,4,\nsneek,2026-01-01,a,Bo,1,\nsneek,2026-01-01,a,Cy,5,\n\
        sneek,2026-01-01,b,An,5,\nsneek,2026-01-01,c,An,5,calibration\nsneek,2026-01-01,c,Bo,5,calibration\nsneek,2026-01-01,d,An,3,\nsneek,2026-01-01,d,Bo,4,\n";
    let place = place();
    let mapping = mapping(
        "standard = \"welcome\"\nvalue = \"score\"\nsubject = [\"guest\"]\nlooked_by = { column = \"who\" }\nkey = [\"guest\", \"who\"]\n\
         [channel]\ncolumn = \"how\"",
    );
    place
        .import("looks.csv", text.as_bytes(), &mapping)
        .expect("stored");
    let rows = place.rows(&Table::Observations);
    let kept: Vec<(&str, &str)> = column(&rows, "observation_id")
        .into_iter()
        .zip(column(&rows, "kept"))
        .filter(|(_, kept)| *kept != "·")
        .collect();
    assert_eq!(kept, [("welcome:a|Bo", "false"), ("welcome:d|Bo", "true")]);
    assert_eq!(
        column(&rows, "value"),
        ["4.0", "1.0", "5.0", "5.0", "5.0", "5.0", "3.0", "4.0"]
    );
}
