//! Questions beyond one indicator by cell, through the binary: comparisons, weights, drivers,
//! reliability, raters; and what of them employees' answers allow.

use std::fmt::Write as _;

use evenkeel_testkit::Evenkeel;
use serde_json::Value;

use crate::small::BINARY;

const ORGANISATION: &str = r#"name = "Two shops"
languages = ["en"]
time_zone = "UTC"

[[level]]
id = "chain"
title = "Chain"

[[level]]
id = "shop"
title = "Shop"
"#;

const PARTIES: &str = r#"[[party]]
id = "guest"
title = "Guests"
side = "external"
role = "customer"

[[party]]
id = "team"
title = "Team"
side = "internal"
role = "frontline"
"#;

const UNITS: &str = r#"[[unit]]
id = "chain"
title = "The chain"
level = "chain"

[[unit]]
id = "aalst"
title = "Aalst"
level = "shop"
parent = "chain"

[[unit]]
id = "breda"
title = "Breda"
level = "shop"
parent = "chain"
"#;

const ATTRIBUTES: &str = r#"[[attribute]]
id = "age"
title = "Age"
values = [{ id = "young", title = "Young" }, { id = "old", title = "Old" }, { id = "other", title = "Other" }]
"#;

const TOUCHPOINTS: &str = r#"[[touchpoint]]
id = "counter"
title = "At the counter"
parties = ["guest", "team"]
order = 1
"#;

const TEAMS: &str = r#"[[team]]
id = "quality"
title = "Quality"
members = ["quality@example.org"]
"#;

const WELCOME: &str = r#"id = "welcome"
dimension = "tone"
touchpoint = "counter"
owner = "quality"
owed_by = "team"
owed_to = "guest"
title = "A warm welcome"
target = 0.8
valid_from = "2025-01-01"

[requirement]
kind = "rubric"
raters = 2
pass_from = 3

[[requirement.anchors]]
score = 1
title = "Cold"

[[requirement.anchors]]
score = 2
title = "Cool"

[[requirement.anchors]]
score = 3
title = "Warm"
"#;

/// Overall, and what may go with it: `quick` does, `noise` does not, `again` repeats `quick`.
const ITEMS: [&str; 4] = ["overall", "quick", "noise", "again"];

fn instrument(party: &str) -> String {
    let items = ITEMS.map(|item| {
        format!(
            r#"{{ "type": "rating", "name": "{item}", "title": "{item}", "rateMin": 1, "rateMax": 9 }}"#
        )
    });
    format!(
        r#"{{ "title": "Marks", "evenkeel": {{ "party": "{party}" }}, "elements": [{}] }}"#,
        items.join(", ")
    )
}

fn indicators() -> String {
    let mut text = String::from(
        "[[indicator]]\nid = \"welcome-kept\"\ntitle = \"Welcomed warmly\"\nkind = \"conformance\"\nstandard = \"welcome\"\n\n",
    );
    for (prefix, party, instrument) in [("", "guest", "visit"), ("team-", "team", "pulse")] {
        for item in ITEMS {
            writeln!(
                text,
                "[[indicator]]\nid = \"{prefix}{item}\"\ntitle = \"{item}\"\nparty = \"{party}\"\nkind = \"mean\"\ninstrument = \"{instrument}\"\nitem = \"{item}\"\n"
            )
            .expect("a line");
        }
        writeln!(
            text,
            "[[indicator]]\nid = \"{prefix}scale\"\ntitle = \"Scale\"\nparty = \"{party}\"\nkind = \"composite\"\nof = [\"{prefix}overall\", \"{prefix}quick\", \"{prefix}noise\"]\n"
        )
        .expect("a line");
    }
    text
}

fn mapping(instrument: &str) -> String {
    let mut text = format!(
        r#"kind = "responses"

[instrument]
id = "{instrument}"

[unit]
column = "shop"

[time]
column = "at"

[respondent]
column = "who"

[attributes.age]
column = "age"
"#
    );
    for item in ITEMS {
        writeln!(text, "\n[[item]]\nid = \"{item}\"\ncolumn = \"{item}\"").expect("a line");
    }
    text
}

/// One respondent's answers.
#[derive(Debug, Clone)]
struct Row {
    shop: &'static str,
    age: &'static str,
    day: String,
    marks: [i32; 4],
}

/// The same rows every time: a shared part moves `overall` and `quick`, noise is noise.
fn rows(count: usize) -> Vec<Row> {
    let mut state = 7_u64;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below) as i32
    };
    (0..count)
        .map(|row| {
            let shared = draw(5);
            let quick = 1 + shared + draw(4);
            let shop = ["aalst", "breda"][row % 2];
            Row {
                shop,
                age: if row % 4 == 0 { "young" } else { "old" },
                day: format!("2026-{:02}-15", 1 + row % 6),
                marks: [
                    1 + shared + draw(4) + i32::from(shop == "aalst"),
                    quick,
                    1 + draw(9),
                    quick,
                ]
                .map(|mark| mark.min(9)),
            }
        })
        .collect()
}

fn csv(rows: &[Row]) -> String {
    let mut csv = String::from("who,shop,at,age,overall,quick,noise,again\n");
    for (who, row) in rows.iter().enumerate() {
        let [overall, quick, noise, again] = row.marks;
        writeln!(
            csv,
            "p{who},{},{},{},{overall},{quick},{noise},{again}",
            row.shop, row.day, row.age
        )
        .expect("a line");
    }
    csv
}

fn stored(instrument_of: &str, rows: &[Row]) -> Evenkeel {
    let evenkeel = Evenkeel::new(BINARY);
    for (name, text) in [
        ("organisation.toml", ORGANISATION),
        ("parties.toml", PARTIES),
        ("units.toml", UNITS),
        ("attributes.toml", ATTRIBUTES),
        ("touchpoints.toml", TOUCHPOINTS),
        ("teams.toml", TEAMS),
        ("standards/welcome.toml", WELCOME),
        ("indicators.toml", &indicators()),
        ("instruments/visit.json", &instrument("guest")),
        ("instruments/pulse.json", &instrument("team")),
    ] {
        evenkeel.write(&format!("foundation/{name}"), text);
    }
    evenkeel.ok(&["apply", "foundation", "--reason", "test"]);
    evenkeel.write("answers.csv", csv(rows));
    evenkeel.write("answers.toml", mapping(instrument_of));
    evenkeel.ok(&[
        "import",
        "responses",
        "answers.csv",
        "--mapping",
        "answers.toml",
    ]);
    evenkeel
}

fn close(found: &Value, expected: f64) {
    let found_number = found
        .as_f64()
        .unwrap_or_else(|| panic!("no number: {found}"));
    assert!(
        (found_number - expected).abs() < 1e-9,
        "{found} is not {expected}"
    );
}

fn mean<'a>(rows: impl IntoIterator<Item = &'a Row>, item: usize) -> f64 {
    let marks: Vec<f64> = rows
        .into_iter()
        .map(|row| f64::from(row.marks[item]))
        .collect();
    marks.iter().sum::<f64>() / marks.len() as f64
}

#[test]
fn an_estimate_stands_beside_that_of_another_time() {
    let rows = rows(480);
    let evenkeel = stored("visit", &rows);
    let answer = evenkeel.json(&[
        "estimate",
        "overall",
        "--by",
        "unit:shop",
        "--from",
        "2026-04-01",
        "--to",
        "2026-06-30",
        "--compare-to",
        "2026-q1",
    ]);
    let cells = answer["rows"].as_array().expect("rows");
    assert_eq!(cells.len(), 2);
    for cell in cells {
        let shop = cell["unit"].as_str().expect("a unit");
        let month = |row: &&Row| row.day[5..7].parse::<u32>().expect("a month");
        let now = mean(rows.iter().filter(|r| r.shop == shop && month(r) > 3), 0);
        let then = mean(rows.iter().filter(|r| r.shop == shop && month(r) <= 3), 0);
        close(&cell["estimate"]["value"], now);
        let compared = &cell["compared"];
        close(&compared["before"]["value"], then);
        close(&compared["difference"]["value"], now - then);
        assert_eq!(compared["difference"]["interval"]["method"], "welch");
        assert_eq!(compared["effect"]["method"], "hedges_g");
        assert_eq!(compared["test"]["method"], "welch");
        let p = compared["test"]["p"].as_f64().expect("a p");
        let interval = &compared["difference"]["interval"];
        let holds_zero =
            interval["lower"].as_f64() < Some(0.0) && interval["upper"].as_f64() > Some(0.0);
        assert_eq!(holds_zero, p > 0.05, "p and interval say the same");
    }
    // The same days on both sides, and periods told apart, are refused.
    for (arguments, says) in [
        (
            ["--from", "2026-03-01", "--compare-to", "2026-q1"],
            "shares days",
        ),
        (["--by", "month", "--compare-to", "2025"], "has no period"),
    ] {
        let mut all = vec!["estimate", "overall"];
        all.extend(arguments);
        let refused = evenkeel.run(&all);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.stderr.contains(says), "{}", refused.stderr);
    }
}

#[test]
fn weights_bring_the_sample_in_line() {
    let rows = rows(480);
    let evenkeel = stored("visit", &rows);
    evenkeel.write("half.toml", "[margins.age]\nyoung = 0.5\nold = 0.5\n");
    let answer = evenkeel.json(&["estimate", "overall", "--weights", "half.toml"]);
    let of = |age: &str| mean(rows.iter().filter(|row| row.age == age), 0);
    close(
        &answer["weighted"]["value"],
        f64::midpoint(of("young"), of("old")),
    );
    close(&answer["unweighted"]["value"], mean(&rows, 0));
    let weights = &answer["weights"];
    // 120 young with weight 2, 360 old with weight ⅔.
    close(&weights["largest"], 2.0);
    close(&weights["smallest"], 2.0 / 3.0);
    close(&weights["effective_n"], 360.0);
    close(&weights["design_effect"], 480.0 / 360.0);
    assert_eq!(
        (&weights["n"], &weights["left_out"]),
        (&480.into(), &0.into())
    );
    // Post-stratification: each stratum's variance over its size, half by half.
    let interval = &answer["weighted"]["interval"];
    assert_eq!(interval["method"], "linearised");
    let variance = |age: &str| {
        let marks: Vec<f64> = rows
            .iter()
            .filter(|row| row.age == age)
            .map(|row| f64::from(row.marks[0]))
            .collect();
        let n = marks.len() as f64;
        let centre = marks.iter().sum::<f64>() / n;
        marks
            .iter()
            .map(|mark| (mark - centre).powi(2))
            .sum::<f64>()
            / n
            / n
    };
    let error = (480.0 / 479.0 * 0.25 * (variance("young") + variance("old"))).sqrt();
    let width =
        interval["upper"].as_f64().expect("upper") - interval["lower"].as_f64().expect("lower");
    assert!(
        (width / (2.0 * 1.964_93 * error) - 1.0).abs() < 1e-4,
        "{interval} {error}"
    );
    // Again: the same version.
    let again = evenkeel.json(&["estimate", "overall", "--weights", "half.toml"]);
    assert_eq!(again["weights"]["version"], weights["version"]);

    evenkeel.write(
        "other.toml",
        "[margins.age]\nyoung = 0.4\nold = 0.4\nother = 0.2\n",
    );
    let empty = evenkeel.run(&["estimate", "overall", "--weights", "other.toml"]);
    assert_eq!(empty.code, Some(3), "{empty:?}");
    assert!(
        empty.stderr.contains("value other: nobody in the sample"),
        "{}",
        empty.stderr
    );
    evenkeel.write("typo.toml", "[margins.age]\nyuong = 1.0\n");
    let unknown = evenkeel.run(&["estimate", "overall", "--weights", "typo.toml"]);
    assert_eq!(unknown.code, Some(4), "{unknown:?}");
}

#[test]
fn drivers_are_shares_with_intervals_ranks_and_chance() {
    let evenkeel = stored("visit", &rows(480));
    let answer = evenkeel.json(&["drivers", "overall", "--items", "quick,noise"]);
    assert_eq!(answer["claim"], "association");
    let result = &answer["result"];
    assert_eq!(
        (&result["status"], &result["n"]),
        (&"drivers".into(), &480.into())
    );
    assert_eq!(result["r2"]["interval"]["method"], "jackknife");
    let drivers = result["drivers"].as_array().expect("drivers");
    let share = |driver: &Value| driver["importance"]["value"].as_f64().expect("a share");
    assert!((drivers.iter().map(share).sum::<f64>() - 1.0).abs() < 1e-9);
    let [quick, noise] = [&drivers[0], &drivers[1]];
    assert_eq!(
        (&quick["item"]["id"], &quick["rank"]["value"]),
        (&"quick".into(), &1.into())
    );
    assert_eq!(
        (&quick["above_random"], &noise["above_random"]),
        (&"above".into(), &"not_above".into())
    );
    assert_eq!(
        (&quick["sign"], &quick["rank"]["worst"]),
        (&1.into(), &1.into())
    );
    assert!(quick["vif"].as_f64() >= Some(1.0));

    // `again` repeats `quick`: refused, and named.
    let singular = &evenkeel.json(&["drivers", "overall"])["result"];
    assert_eq!(singular["status"], "undefined");
    assert_eq!(singular["reason"]["reason"], "singular");
    let named: Vec<&str> = singular["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter_map(|item| item["id"].as_str())
        .collect();
    assert!(
        named.contains(&"again") || named.contains(&"quick"),
        "{named:?}"
    );
    let wrong = evenkeel.run(&["drivers", "overall", "--items", "nois"]);
    assert_eq!(wrong.code, Some(4), "{wrong:?}");
}

#[test]
fn reliability_is_that_of_the_answers() {
    let rows = rows(300);
    let evenkeel = stored("visit", &rows);
    let answer = evenkeel.json(&["reliability", "visit"]);
    let scale = answer["scales"]
        .as_array()
        .and_then(|scales| scales.iter().find(|scale| scale["id"] == "scale"))
        .expect("the composite");
    let column =
        |item: usize| -> Vec<f64> { rows.iter().map(|row| f64::from(row.marks[item])).collect() };
    let variance = |values: &[f64]| {
        let centre = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|v| (v - centre).powi(2)).sum::<f64>()
    };
    let own: f64 = (0..3).map(|item| variance(&column(item))).sum();
    let sums: Vec<f64> = rows
        .iter()
        .map(|row| f64::from(row.marks[..3].iter().sum::<i32>()))
        .collect();
    close(
        &scale["alpha"]["value"],
        1.5 * (1.0 - own / variance(&sums)),
    );
    assert_eq!(
        (&scale["alpha"]["n"], &scale["origin"]),
        (&300.into(), &"composite".into())
    );
    // Below 320 people each is left out in turn.
    assert_eq!(scale["alpha"]["interval"]["method"], "jackknife");
    assert_eq!(scale["items"].as_array().map(Vec::len), Some(3));
    assert_eq!(scale["units"]["gate"]["verdict"], "warn");
    // All four items share a scale.
    assert_eq!(answer["scales"][1]["id"], "rating-1-9");
    assert_eq!(answer["items"].as_array().map(Vec::len), Some(4));
    assert_eq!(answer["items"][0]["units"]["units"], 2);
}

#[test]
fn raters_who_do_not_agree_give_no_score() {
    let evenkeel = stored("visit", &rows(10));
    let mapping = r#"kind = "observations"

[unit]
constant = "aalst"

[time]
constant = "2026-03-01"

[observation]
standard = "welcome"
value = "score"
kept = { column = "score", map = { "1" = false, "2" = false, "3" = true } }
chosen = "random"
key = ["case", "rater"]
subject = ["case"]
looked_by = { column = "rater" }
"#;
    evenkeel.write("looks.toml", mapping);
    // Ten cases: two raters agree on nine of them; a third says the opposite of the first.
    let mut agree = String::from("case,rater,score\n");
    for case in 0..10 {
        let score = 1 + case % 3;
        let other = if case < 9 { score } else { 1 + (case + 1) % 3 };
        writeln!(agree, "{case},ann,{score}\n{case},bob,{other}").expect("a line");
    }
    evenkeel.write("agree.csv", &agree);
    evenkeel.ok(&[
        "import",
        "observations",
        "agree.csv",
        "--mapping",
        "looks.toml",
    ]);
    let raters = &evenkeel.json(&["reliability", "welcome"])["raters"];
    assert_eq!(
        (&raters["subjects"], &raters["ratings"]),
        (&10.into(), &20.into())
    );
    assert_eq!(
        (&raters["raters"], &raters["raters_required"]),
        (&2.into(), &2.into())
    );
    close(&raters["agreement"]["value"], 0.9);
    assert_eq!(raters["verdict"], "use");
    let kept = |by: &[&str]| evenkeel.json(&[&["estimate", "welcome-kept"], by].concat());
    let shown = kept(&[])["rows"][0]["estimate"].clone();
    assert_eq!(shown["status"], "estimate", "{shown}");

    let mut third = String::from("case,rater,score\n");
    for case in 0..10 {
        writeln!(third, "{case},cas,{}", 3 - case % 3).expect("a line");
    }
    evenkeel.write("third.csv", &third);
    evenkeel.ok(&[
        "import",
        "observations",
        "third.csv",
        "--mapping",
        "looks.toml",
    ]);
    let raters = &evenkeel.json(&["reliability", "welcome"])["raters"];
    assert_eq!(
        (&raters["raters"], &raters["ratings"]),
        (&3.into(), &30.into())
    );
    assert_eq!(raters["verdict"], "not_a_score");
    let said = evenkeel.ok(&["reliability", "welcome"]);
    assert!(said.contains("not to be shown as a score"), "{said}");
    // No answer has the score any more, however it is asked for.
    for by in [&[][..], &["--by", "unit:shop"]] {
        let answer = kept(by);
        let rows = answer["rows"].as_array().expect("rows");
        assert!(!rows.is_empty(), "{answer}");
        for row in rows {
            let found = &row["estimate"];
            assert_eq!(found["status"], "not_reliable", "{found}");
            assert_eq!(found["alpha"], raters["alpha_ordinal"]["value"]);
            assert_eq!(found["interval"], raters["alpha_ordinal"]["interval"]);
            assert_eq!(found["n"], 10);
            assert!(found.get("value").is_none(), "{found}");
        }
    }
    let said = evenkeel.ok(&["estimate", "welcome-kept"]);
    assert!(said.contains("raters agree too little"), "{said}");
}

#[test]
fn of_employees_only_what_is_released_is_analysed() {
    // Four people in all: nothing, not even n.
    let few = stored("pulse", &rows(4));
    let result = few.json(&["drivers", "team-overall"])["result"].clone();
    assert_eq!(result["status"], "hidden", "{result}");
    assert!(result.get("n").is_none(), "{result}");
    let answer = few.json(&["reliability", "pulse"]);
    for scale in answer["scales"].as_array().expect("scales") {
        assert_eq!(scale["alpha"]["status"], "hidden", "{scale}");
        assert_eq!(scale["units"]["icc1"]["status"], "hidden", "{scale}");
        assert!(scale["items"][0]["item_rest"].is_null(), "{scale}");
    }

    let many = stored("pulse", &rows(60));
    let answer = many.json(&["reliability", "pulse"]);
    let scale = &answer["scales"][0];
    assert_eq!(scale["alpha"]["status"], "estimate", "{scale}");
    assert_eq!(scale["units"]["units"], 2, "{scale}");
    // `again` repeats `quick`, so the regression is singular: that may be said of 60 people.
    let result = many.json(&["drivers", "team-overall"])["result"].clone();
    assert_eq!(result["reason"]["reason"], "singular", "{result}");
    // Cuts of one's own could be subtracted from each other.
    for arguments in [
        ["drivers", "team-overall", "--items", "quick"],
        ["drivers", "team-overall", "--from", "2026-02-03"],
        ["reliability", "pulse", "--from", "2026-02-03"],
    ] {
        let refused = many.run(&arguments);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(
            refused.stderr.contains("not released"),
            "{}",
            refused.stderr
        );
    }
    many.write("half.toml", "[margins.age]\nyoung = 0.5\nold = 0.5\n");
    let weighted = many.json(&["estimate", "team-overall", "--weights", "half.toml"]);
    assert_eq!(weighted["weighted"]["status"], "hidden", "{weighted}");
    assert!(weighted["weights"].is_null(), "{weighted}");
}
