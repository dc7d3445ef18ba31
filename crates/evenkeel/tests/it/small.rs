//! A small organisation for tests: three shops, guests and team, one questionnaire each.

use evenkeel_testkit::Evenkeel;

pub const BINARY: &str = env!("CARGO_BIN_EXE_evenkeel");

pub const FILES: &[(&str, &str)] = &[
    (
        "organisation.toml",
        r#"name = "Three shops"
languages = ["en"]
time_zone = "Europe/Amsterdam"

[[level]]
id = "chain"
title = "Chain"

[[level]]
id = "shop"
title = "Shop"

[alignment]
internal = "happiness"
external = "nps"
"#,
    ),
    (
        "parties.toml",
        r#"[[party]]
id = "guest"
title = "Guests"
side = "external"
role = "customer"

[[party]]
id = "team"
title = "Team"
side = "internal"
role = "frontline"
"#,
    ),
    (
        "units.toml",
        r#"[[unit]]
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

[[unit]]
id = "calais"
title = "Calais"
level = "shop"
parent = "chain"
"#,
    ),
    (
        "indicators.toml",
        r#"[[indicator]]
id = "nps"
title = "Recommendation"
party = "guest"
kind = "nps"
instrument = "visit"
item = "recommend"
target = 0.2
headline = true

[[indicator]]
id = "happiness"
title = "Happiness at work"
party = "team"
kind = "mean"
instrument = "pulse"
item = "happy"
target = 7.0
headline = true
"#,
    ),
    (
        "instruments/visit.json",
        r#"{
  "title": "Your visit",
  "evenkeel": { "party": "guest" },
  "elements": [
    { "type": "rating", "name": "recommend", "title": "Would you recommend us?", "rateMin": 0, "rateMax": 10 }
  ]
}
"#,
    ),
    (
        "instruments/pulse.json",
        r#"{
  "title": "Pulse",
  "evenkeel": { "party": "team" },
  "elements": [
    { "type": "rating", "name": "happy", "title": "How happy are you at work?", "rateMin": 1, "rateMax": 10 }
  ]
}
"#,
    ),
];

pub const VISITS: &str = r#"kind = "responses"

[instrument]
id = "visit"

[party]
constant = "guest"

[unit]
column = "shop"

[time]
column = "at"
format = "%Y-%m-%d"

[[item]]
id = "recommend"
column = "score"
"#;

pub const PULSES: &str = r#"kind = "responses"

[instrument]
id = "pulse"

[party]
constant = "team"

[unit]
column = "shop"

[time]
column = "at"
format = "%Y-%m-%d"

[[item]]
id = "happy"
column = "score"
"#;

/// The organisation with its foundation applied.
pub fn three_shops() -> Evenkeel {
    let evenkeel = Evenkeel::new(BINARY);
    write_foundation(&evenkeel, |_, text| text.to_owned());
    evenkeel.ok(&["apply", "foundation", "--reason", "test"]);
    evenkeel
}

/// Writes the foundation's files, each changed by `edit(name, text)`.
pub fn write_foundation(evenkeel: &Evenkeel, edit: impl Fn(&str, &str) -> String) {
    for (name, text) in FILES {
        evenkeel.write(&format!("foundation/{name}"), edit(name, text));
    }
}

/// A CSV of visits: `rows` lines over the three shops, scores 0..=10 in turn.
pub fn visits(rows: usize) -> String {
    let mut csv = String::from("shop,at,score\n");
    for row in 0..rows {
        let shop = ["aalst", "breda", "calais"][row % 3];
        let day = 1 + row % 28;
        csv.push_str(&format!("{shop},2026-03-{day:02},{}\n", row % 11));
    }
    csv
}

/// How many answers the whole chain's recommendation is made of; 0 where it has none.
pub fn visits_stored(evenkeel: &Evenkeel) -> u64 {
    let answer = evenkeel.json(&["estimate", "nps"]);
    answer["rows"]
        .as_array()
        .and_then(|rows| rows.first())
        .and_then(|row| row["estimate"]["n"].as_u64())
        .unwrap_or(0)
}
