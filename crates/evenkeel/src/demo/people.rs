//! The demo's people: one for every role, so that a visitor can look as each of them.
//!
//! Invariant: they come to be through the API, as anybody's accounts do; none has a password, and
//! only a demo lets somebody be one of them without.

use serde_json::{Value, json};

/// Name and grants. The first is whom a visitor is at first, so she may do everything that a page
/// shows.
const PEOPLE: [(&str, &[(&str, &str)]); 7] = [
    (
        "Mara Peeters",
        &[
            ("administrator", ""),
            ("designer", "guest-experience"),
            ("designer", "kitchen-craft"),
        ],
    ),
    ("Jonas Vogel", &[("designer", "kitchen-craft")]),
    ("Nadia El Amrani", &[("lead", "north")]),
    ("Tom Claes", &[("lead", "amsterdam-pakhuisplein")]),
    ("Inès Laurent", &[("member", "amsterdam-pakhuisplein")]),
    ("Sofie Brandt", &[("analyst", "")]),
    ("Pieter de Wit", &[("works_council", "")]),
];

/// Bodies of `POST /accounts`.
pub fn accounts() -> impl Iterator<Item = Value> {
    PEOPLE.iter().map(|(name, grants)| {
        let grants: Vec<Value> = grants
            .iter()
            .map(|(role, place)| match *role {
                "designer" => json!({ "role": role, "team": place }),
                "lead" | "member" => json!({ "role": role, "unit": place }),
                _ => json!({ "role": role }),
            })
            .collect();
        json!({ "name": name, "grants": grants })
    })
}
