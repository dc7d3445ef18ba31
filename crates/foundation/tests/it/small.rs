//! A small organisation whose files the tests change.

use std::collections::BTreeMap;

use evenkeel_foundation::{Foundation, Problem, parse};

const FILES: [(&str, &str); 9] = [
    (
        "organisation.toml",
        r#"name = "Corner"
languages = ["en", "nl"]
time_zone = "Europe/Amsterdam"
[[level]]
id = "chain"
title = "Chain"
[[level]]
id = "shop"
title = "Shop"
"#,
    ),
    (
        "parties.toml",
        r#"[[party]]
id = "customer"
title = { en = "Customers", nl = "Klanten" }
side = "external"
role = "customer"
[[party]]
id = "staff"
title = "Staff"
side = "internal"
"#,
    ),
    (
        "units.toml",
        r#"[[unit]]
id = "corner"
title = "Corner"
level = "chain"
[[unit]]
id = "north"
title = "North"
level = "shop"
parent = "corner"
"#,
    ),
    (
        "teams.toml",
        "[[team]]\nid = \"floor\"\ntitle = \"Floor\"\n",
    ),
    (
        "touchpoints.toml",
        r#"[[touchpoint]]
id = "counter"
title = "Counter"
parties = ["customer", "staff"]
"#,
    ),
    (
        "standards/waiting.toml",
        r#"id = "waiting"
title = "Helped within 5 minutes"
dimension = "speed"
touchpoint = "counter"
owner = "floor"
owed_by = "staff"
owed_to = "customer"
target = 0.9
[requirement]
kind = "duration"
within = "5min"
"#,
    ),
    (
        "instruments/visit.json",
        r#"{
  "evenkeel": { "party": "customer" },
  "elements": [
    { "type": "rating", "name": "nps", "rateMin": 0, "rateMax": 10 },
    { "type": "rating", "name": "mood" },
    { "type": "radiogroup", "name": "again", "choices": ["yes", "no"] },
    { "type": "comment", "name": "remark" }
  ]
}
"#,
    ),
    (
        "instruments/pulse.json",
        r#"{
  "evenkeel": { "party": "staff" },
  "elements": [{ "type": "rating", "name": "enps", "rateMin": 0, "rateMax": 10 }]
}
"#,
    ),
    (
        "indicators.toml",
        r#"[[indicator]]
id = "nps"
title = "NPS"
kind = "nps"
instrument = "visit"
item = "nps"
"#,
    ),
];

/// Files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The small organisation's files.
pub fn files() -> Files {
    FILES
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.into()))
        .collect()
}

/// The small organisation's files, some of them replaced or added.
pub fn with(changed: &[(&str, &str)]) -> Files {
    let mut files = files();
    for (path, text) in changed {
        files.insert((*path).to_owned(), (*text).into());
    }
    files
}

/// The text of one of the files with a part replaced; the part has to be there.
pub fn edited(path: &str, part: &str, by: &str) -> String {
    let bytes = files().remove(path).expect("one of the files");
    let text = String::from_utf8(bytes).expect("text");
    assert!(text.contains(part), "`{part}` is not in {path}");
    text.replacen(part, by, 1)
}

/// Parses files that have no problem.
pub fn parsed(files: &Files) -> Foundation {
    parse(files).unwrap_or_else(|problems| panic!("{}", listed(&problems)))
}

/// Problems, one a line.
pub fn listed(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// Checks that exactly these problems are found: (place, key, part of the whole message).
pub fn check(files: &Files, expected: &[(&str, &str, &str)]) {
    let problems = parse(files).err().unwrap_or_default();
    let found: Vec<(String, String)> = problems
        .iter()
        .map(|p| {
            let line = p.line.map_or(String::new(), |line| format!(":{line}"));
            (format!("{}{line}", p.file), p.key.clone())
        })
        .collect();
    let wanted: Vec<(String, String)> = expected
        .iter()
        .map(|(place, key, _)| ((*place).to_owned(), (*key).to_owned()))
        .collect();
    assert_eq!(found, wanted, "\n{}", listed(&problems));
    for (problem, (_, _, part)) in problems.iter().zip(expected) {
        let text = problem.to_string();
        assert!(text.contains(part), "`{part}` is not in `{text}`");
    }
}
