//! The minimum n counts people: however often a few of them answer, they stay hidden.

use std::fmt::Write as _;

use evenkeel_testkit::Evenkeel;
use serde_json::Value;

use crate::small::{PULSES, three_shops};

/// Votes of employees: (shop, day, employee, score).
fn stored(votes: &[(&str, &str, &str, i32)]) -> Evenkeel {
    let evenkeel = three_shops();
    let mut csv = String::from("shop,at,who,score\n");
    for (shop, day, who, score) in votes {
        writeln!(csv, "{shop},{day},{who},{score}").expect("a line");
    }
    evenkeel.write("votes.csv", csv);
    let mapping = PULSES.replace("[[item]]", "[respondent]\ncolumns = [\"who\"]\n\n[[item]]");
    evenkeel.write("votes.toml", mapping);
    evenkeel.ok(&[
        "import",
        "responses",
        "votes.csv",
        "--mapping",
        "votes.toml",
    ]);
    evenkeel
}

fn estimate(evenkeel: &Evenkeel, by: &str, unit: &str) -> Value {
    let answer = evenkeel.json(&["estimate", "happiness", "--by", by]);
    let rows = answer["rows"].as_array().expect("rows");
    let row = rows
        .iter()
        .find(|row| row["unit"] == unit)
        .expect("the unit");
    row["estimate"].clone()
}

#[test]
fn six_answers_of_three_people_stay_hidden() {
    let mut votes = Vec::new();
    for (who, score) in [("ann", 3), ("bob", 5), ("cas", 8)] {
        votes.push(("aalst", "2026-03-02", who, score));
        votes.push(("aalst", "2026-03-03", who, score + 1));
    }
    // Three more in Breda, two of whom also work in Aalst: four people in the whole chain.
    for who in ["ann", "bob", "dre"] {
        votes.push(("breda", "2026-03-04", who, 6));
    }
    let few = stored(&votes);
    for (by, unit) in [
        ("unit:shop", "aalst"),
        ("unit:shop", "breda"),
        ("unit:chain", "chain"),
    ] {
        let hidden = estimate(&few, by, unit);
        assert_eq!(hidden["status"], "hidden", "{unit}: {hidden}");
        for number in ["n", "value", "interval", "respondents"] {
            assert!(hidden.get(number).is_none(), "{unit}: {hidden}");
        }
    }

    // A fifth person, elsewhere: the chain has five people, each shop still too few.
    votes.push(("calais", "2026-03-05", "eva", 7));
    let enough = stored(&votes);
    let shown = estimate(&enough, "unit:chain", "chain");
    assert_eq!(shown["status"], "estimate", "{shown}");
    assert_eq!(shown["n"], 10, "answers");
    assert_eq!(shown["interval"]["method"], "clustered_t");
    assert_eq!(estimate(&enough, "unit:shop", "aalst")["status"], "hidden");
}
