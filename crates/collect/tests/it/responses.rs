//! Answers of respondents: scales, envelope, comments.

use evenkeel_facts::Table;
use rstest::rstest;

use crate::support::{Place, Row, column, row_problems, visit};

/// The rows that one item's cells become, or what is wrong with them.
fn answers(item: &str, lines: &str, cells: &[&str]) -> Result<Vec<String>, Vec<String>> {
    let place = Place::new();
    let mut text = String::from("shop,at,nps,x,y,z\n");
    for cell in cells {
        text.push_str(&format!("sneek,2026-01-01,1,{cell}\n"));
    }
    let mapping = visit(&format!("[[item]]\nid = \"{item}\"\n{lines}\n"));
    match place.import("a.csv", text.as_bytes(), &mapping) {
        Ok(_) => {
            let rows = place.responses("visit");
            Ok(column(&rows, &format!("item_{item}"))
                .into_iter()
                .map(str::to_owned)
                .collect())
        }
        error => {
            let tail = |problem: &String| {
                problem
                    .split_once("): ")
                    .map_or(problem.clone(), |(_, tail)| tail.to_owned())
            };
            Err(row_problems(error).iter().map(tail).collect())
        }
    }
}

#[rstest]
#[case("satisfied", "column = \"x\"", &["5,,", "1.0,,", ",,"], &["5", "1", "·"])]
#[case("satisfied", "column = \"x\"\nmap = { \"Very good\" = 5, Bad = 1 }", &["Very  good,,", "Bad,,", "3,,"], &["5", "1", "3"])]
#[case("satisfied", "column = \"x\"\nmissing = [\"99\", \"n/a\"]", &["99,,", "n/a,,", "2,,"], &["·", "·", "2"])]
#[case("satisfied", "column = \"x\"\nscale_factor = 0.04\noffset = 1", &["0,,", "50,,", "100,,"], &["1", "3", "5"])]
#[case("satisfied", "column = \"x\"\nscale_factor = -1\noffset = 6", &["1,,", "5,,"], &["5", "1"])]
#[case("goal", "column = \"x\"\nmap = { \"1\" = \"buy\" }", &["1,,", "ask,,", ",,"], &["buy", "ask", "·"])]
#[case("again", "column = \"x\"\nmap = { zeker = true }", &["Yes,,", "0,,", "zeker,,", "FALSE,,", ",,"], &["true", "false", "true", "false", "·"])]
#[case("spent", "column = \"x\"", &["12.5,,", "0,,", ",,"], &["12.5", "0.0", "·"])]
#[case("postcode", "column = \"x\"", &["8601 AB,,", ",,"], &["8601 AB", "·"])]
#[case("seen", "column = \"x\"\nsplit = \";\"", &["wine;bread,,", "cheese,,", ",,"], &["[\"bread\",\"wine\"]", "[\"cheese\"]", "·"])]
#[case("seen", "columns = { bread = \"x\", cheese = \"y\", wine = \"z\" }", &["1,0,yes", "Bread,,", "0,0,0", ",,"], &["[\"bread\",\"wine\"]", "[\"bread\"]", "[]", "·"])]
#[case("order", "column = \"x\"\nsplit = \">\"", &["wine>bread,,"], &["[\"wine\",\"bread\"]"])]
#[case("order", "columns = { bread = \"x\", cheese = \"y\", wine = \"z\" }", &["2,3,1", ",1,", ",,"], &["[\"wine\",\"bread\",\"cheese\"]", "[\"cheese\"]", "·"])]
fn scales(
    #[case] item: &str,
    #[case] lines: &str,
    #[case] cells: &[&str],
    #[case] expected: &[&str],
) {
    assert_eq!(answers(item, lines, cells).expect("right"), expected);
}

#[rstest]
#[case(
    "satisfied",
    "column = \"x\"",
    "6,,",
    "this is no answer to the item (found 6; allowed: a rating from 1 to 5)"
)]
#[case(
    "satisfied",
    "column = \"x\"",
    "2.5,,",
    "this is no answer to the item (found 2.5; allowed: a rating from 1 to 5)"
)]
#[case(
    "satisfied",
    "column = \"x\"\nmap = { Bad = 1 }",
    "Good,,",
    "this is no number (found Good; allowed: a rating from 1 to 5; Bad)"
)]
#[case(
    "goal",
    "column = \"x\"",
    "buyy,,",
    "this is not in the list; did you mean `buy`? (found buyy; allowed: buy, return, ask)"
)]
#[case(
    "again",
    "column = \"x\"",
    "perhaps,,",
    "this is neither yes nor no (found perhaps; allowed: true, false, yes, no, 1, 0)"
)]
#[case(
    "spent",
    "column = \"x\"",
    "-1,,",
    "this is no answer to the item (found -1; allowed: a number from 0)"
)]
#[case(
    "seen",
    "column = \"x\"\nsplit = \";\"",
    "bread;beer,,",
    "`beer` is not in the list (found bread;beer; allowed: any of bread, cheese, wine)"
)]
#[case(
    "order",
    "columns = { bread = \"x\", cheese = \"y\" }",
    "1,1,",
    "two values have the same place (found 1; allowed: an order of bread, cheese, wine)"
)]
#[case(
    "order",
    "column = \"x\"\nsplit = \">\"",
    "wine>wine,,",
    "`wine` stands twice (found wine>wine; allowed: an order of bread, cheese, wine)"
)]
fn off_the_scale(
    #[case] item: &str,
    #[case] lines: &str,
    #[case] cell: &str,
    #[case] expected: &str,
) {
    let problems = answers(item, lines, &[cell]).expect_err("wrong");
    assert!(
        problems.iter().any(|problem| problem == expected),
        "{problems:#?}"
    );
}

const ENVELOPE: &str = "kind = \"responses\"\n[instrument]\nid = \"pulse\"\n[unit]\ncolumn = \"shop\"\n[time]\ncolumn = \"at\"\n\
    [wave]\nconstant = \"2026-spring\"\n[campaign]\nconstant = \"c1\"\n[channel]\ncolumn = \"via\"\nmap = { M = \"mail\" }\n\
    [language]\ncolumn = \"lang\"\n[weight]\ncolumn = \"w\"\n[psu]\ncolumn = \"shift\"\n[stratum]\nconstant = \"s\"\n\
    [attributes.role]\ncolumn = \"job\"\nmap = { Kassa = \"till\" }\n\
    [[item]]\nid = \"happy\"\ncolumn = \"score\"\n[[item]]\nid = \"open\"\ncolumn = \"text\"\n";

const PEOPLE: &str = "who,shop,at,via,lang,w,shift,job,score,text\n\
    7,sneek,2026-01-02,M,nl,1.5,early,Kassa,4,Prima\n7,sneek,2026-01-03,web,,2,early,Floor,1,\n8,sneek,2026-01-03,web,,2,late,,2,Te druk\n";

fn of(place: &Place) -> Vec<Row> {
    place.responses("pulse")
}

#[test]
fn the_envelope() {
    let place = Place::new();
    let mapping = format!("{ENVELOPE}[respondent]\ncolumns = [\"shop\", \"who\"]\n");
    let report = place
        .import("people.csv", PEOPLE.as_bytes(), &mapping)
        .expect("stored");
    let rows = of(&place);
    assert_eq!(column(&rows, "channel"), ["mail", "web", "web"]);
    assert_eq!(column(&rows, "language"), ["nl", "·", "·"]);
    assert_eq!(column(&rows, "base_weight"), ["1.5", "2.0", "2.0"]);
    assert_eq!(column(&rows, "attr_role"), ["till", "floor", "·"]);
    assert_eq!(column(&rows, "party"), ["team"; 3]);
    assert_eq!(column(&rows, "instrument_version"), ["1"; 3]);
    assert_eq!(column(&rows, "item_happy"), ["4", "1", "2"]);
    for (name, value) in [
        ("wave", "2026-spring"),
        ("campaign", "c1"),
        ("stratum", "s"),
        ("import_id", &report.import_id),
    ] {
        assert_eq!(column(&rows, name), [value; 3]);
    }
    assert_eq!(column(&rows, "received_at"), ["2026-04-01T12:00:00Z"; 3]);
    // The same person has the same key, and it is not what stands in the file.
    let keys = column(&rows, "respondent_key");
    assert!(
        keys[0] == keys[1] && keys[0] != keys[2] && keys[0].len() == 26,
        "{keys:?}"
    );
    // Who works one shift is in one replicate.
    let buckets = column(&rows, "bucket");
    assert_eq!(buckets[0], buckets[1]);
    let ids = column(&rows, "response_id");
    assert!(
        ids[0] != ids[1] && ids.iter().all(|id| id.len() == 26),
        "{ids:?}"
    );
    assert_eq!(report.missing["lang"], 2);
}

#[test]
fn comments_are_stored_apart() {
    let place = Place::new();
    let mapping = format!("{ENVELOPE}[respondent]\ncolumns = [\"shop\", \"who\"]\n");
    place
        .import("people.csv", PEOPLE.as_bytes(), &mapping)
        .expect("stored");
    let comments = place.rows(&Table::Comments);
    assert_eq!(column(&comments, "text"), ["Prima", "Te druk"]);
    assert_eq!(column(&comments, "item"), ["open"; 2]);
    assert_eq!(column(&comments, "unit"), ["sneek"; 2]);
    // Respondents are told apart anyway, so the way back stays.
    let rows = of(&place);
    let ids = column(&rows, "response_id");
    assert_eq!(column(&comments, "response_id"), [ids[0], ids[2]]);
    assert!(!rows[0].contains_key("item_open"));
}

#[test]
fn what_anonymous_employees_wrote_has_no_way_back() {
    let place = Place::new();
    place
        .import("people.csv", PEOPLE.as_bytes(), ENVELOPE)
        .expect("stored");
    let comments = place.rows(&Table::Comments);
    assert_eq!(column(&comments, "response_id"), ["·"; 2]);
    assert_eq!(column(&comments, "occurred_at"), ["·"; 2]);
    assert_eq!(column(&of(&place), "respondent_key"), ["·"; 3]);
    // A customer's words stay with the customer's marks.
    let place = Place::new();
    let mapping = visit("[[item]]\nid = \"why\"\ncolumn = \"why\"\n");
    place
        .import(
            "a.csv",
            b"shop,at,nps,why\nsneek,2026-01-01,9,Lekker\n",
            &mapping,
        )
        .expect("stored");
    let rows = place.responses("visit");
    assert_eq!(
        column(&place.rows(&Table::Comments), "response_id"),
        column(&rows, "response_id")
    );
}

#[test]
fn weights_and_attributes_that_cannot_be() {
    let place = Place::new();
    let text = PEOPLE
        .replace(",1.5,", ",0,")
        .replace("Floor", "Boss")
        .replace("late,,2", "late,,9");
    let found = row_problems(place.import("people.csv", text.as_bytes(), ENVELOPE));
    assert_eq!(
        found,
        [
            "line 2, column w (weight): this is no weight (found 0; allowed: a number above 0)",
            "line 3, column job (attributes.role): this is not in the list (found Boss; allowed: Kassa, till, floor)",
            "line 4, column score (item:happy): this is no answer to the item (found 9; allowed: a rating from 1 to 4)",
        ]
    );
}
