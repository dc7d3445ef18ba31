//! What the bakery's shops send in: guests, teams, invitations, the line.
//!
//! Known truths: Quay is good on both sides, Arches is good for guests only, Market for
//! neither; Station's team has four people, so that its results are never shown. The
//! office is asked nothing.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::House;

const QUARTERS: [&str; 4] = ["2025-08-20", "2025-11-20", "2026-02-20", "2026-05-20"];
/// Shop, guests who recommend and who do not (of 60 a quarter), team's happiness, people.
const SHOPS: [(&str, usize, usize, u32, usize); 4] = [
    ("quay", 48, 6, 8, 12),
    ("arches", 45, 9, 4, 12),
    ("market", 6, 48, 4, 12),
    ("station", 30, 20, 7, 4),
];

pub const GUESTS_MAPPING: &str = r#"kind = "responses"
[instrument]
id = "visit"
[unit]
column = "shop"
[time]
column = "at"
format = "%Y-%m-%d"
[channel]
column = "channel"
[[item]]
id = "recommend"
column = "recommend"
"#;

pub const TEAMS_MAPPING: &str = r#"kind = "responses"
[instrument]
id = "pulse"
[unit]
column = "shop"
[time]
column = "closed_on"
format = "%Y-%m-%d"
[attributes.contact]
column = "contact"
[[item]]
id = "happy"
column = "happy"
"#;

pub const ASKED_MAPPING: &str = r#"kind = "aggregates"
[unit]
column = "shop"
[period]
column = "quarter"
format = "%Y-%m-%d"
granularity = "quarter"
[[aggregate]]
subject = "invitations:pulse"
party = "frontline"
numerator = "answered"
denominator = "asked"
"#;

pub const LINE_MAPPING: &str = r#"kind = "observations"
[unit]
column = "shop"
[time]
column = "at"
format = "%Y-%m-%dT%H:%M"
[observation]
standard = "in-line"
value = "minutes"
unit_of_value = "minutes"
chosen = "census"
key = "row"
"#;

pub fn guests() -> String {
    let mut csv = String::from("shop,at,channel,recommend\n");
    for day in QUARTERS {
        for (shop, promoters, detractors, ..) in SHOPS {
            for guest in 0..60 {
                let score = match guest {
                    guest if guest < promoters => 9 + guest % 2,
                    guest if guest < promoters + detractors => guest % 7,
                    _ => 7,
                };
                let channel = if guest % 3 == 0 { "mail" } else { "qr" };
                writeln!(csv, "{shop},{day},{channel},{score}").unwrap();
            }
        }
    }
    csv
}

/// Shops too small to be shown that nobody asked guests about: a single hidden team would drag
/// another one with it.
const SMALL: [(&str, u32, usize); 2] = [("kiosk", 7, 4), ("cart", 6, 4)];

fn staffed() -> impl Iterator<Item = (&'static str, u32, usize)> {
    let shops = SHOPS.into_iter();
    shops
        .map(|(shop, _, _, happy, people)| (shop, happy, people))
        .chain(SMALL)
}

pub fn teams() -> String {
    let mut csv = String::from("shop,closed_on,contact,happy\n");
    for day in QUARTERS {
        for (shop, happy, people) in staffed() {
            for person in 0..people {
                let contact = if person % 3 == 0 { "none" } else { "external" };
                let happy = happy + u32::try_from(person % 2).unwrap();
                writeln!(csv, "{shop},{day},{contact},{happy}").unwrap();
            }
        }
    }
    csv
}

pub fn asked() -> String {
    let mut csv = String::from("shop,quarter,asked,answered\n");
    for day in ["2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01"] {
        for (shop, _, people) in staffed() {
            writeln!(csv, "{shop},{day},{},{people}", people + 8).unwrap();
        }
    }
    csv
}

pub fn line() -> String {
    let mut csv = String::from("shop,at,minutes\n");
    for minute in 0..40 {
        let waited = if minute % 10 == 0 { 7.5 } else { 2.0 };
        writeln!(csv, "quay,2026-05-20T10:{minute:02},{waited}").unwrap();
    }
    csv
}

impl House {
    /// A bakery in which everybody was asked, and everything is in.
    pub async fn measured() -> Self {
        let house = Self::agreed().await;
        for (name, csv, mapping) in [
            ("guests.csv", guests(), GUESTS_MAPPING),
            ("teams.csv", teams(), TEAMS_MAPPING),
            ("asked.csv", asked(), ASKED_MAPPING),
            ("line.csv", line(), LINE_MAPPING),
        ] {
            let ended = house.import(name, &csv, mapping).await;
            assert_eq!(ended["status"], "done", "{name}: {ended:#}");
        }
        house
    }

    /// Writes a file beside the data directory.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Imports a file and waits until that has ended.
    pub async fn import(&self, name: &str, csv: &str, mapping: &str) -> Value {
        let path = self.write(name, csv);
        self.run(&json!({"path": path, "mapping": mapping})).await
    }

    /// Starts an import and waits until it has ended.
    pub async fn run(&self, request: &Value) -> Value {
        let started = self.post("/api/v1/imports", request).await;
        assert_eq!(
            started.status,
            202,
            "{}",
            String::from_utf8_lossy(&started.body)
        );
        self.ended(started.json()["import"].as_str().unwrap()).await
    }

    pub async fn ended(&self, import: &str) -> Value {
        loop {
            let state = self.get(&format!("/api/v1/imports/{import}")).await.ok();
            if !matches!(state["status"].as_str(), Some("queued" | "running")) {
                return state;
            }
            tokio::task::yield_now().await;
        }
    }
}
