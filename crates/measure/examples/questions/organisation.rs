//! The organisation of the benchmark: 1,000 units, 20 standards, two instruments.

use evenkeel_foundation::Foundation;
use serde_json::{Value, json};

pub const UNITS: usize = 1_000;
pub const STANDARDS: usize = 20;
pub const CHANNELS: [&str; 5] = ["link", "mail", "qr", "kiosk", "embed"];
pub const SEGMENTS: [&str; 4] = ["new", "returning", "member", "business"];
pub const ROLES: [&str; 6] = ["service", "kitchen", "bar", "host", "lead", "office"];
pub const TENURES: [&str; 5] = ["0-1", "1-2", "2-5", "5-10", "10-plus"];
/// Items of the customers' instrument beside `nps` and `overall`.
pub const ITEMS: usize = 8;

pub fn unit(number: usize) -> String {
    format!("unit-{number:04}")
}

pub fn standard(number: usize) -> String {
    format!("standard-{number:02}")
}

/// Seconds within which a standard wants things done.
pub fn limit_seconds(standard: usize) -> f64 {
    300.0 + 60.0 * standard as f64
}

fn rating(id: &str, min: i32, max: i32) -> Value {
    json!({"id": id, "title": id, "scale": {"kind": "rating", "min": min, "max": max}})
}

fn attribute(id: &str, values: &[&str]) -> Value {
    let values: Vec<Value> = values
        .iter()
        .map(|v| json!({"id": v, "title": v}))
        .collect();
    json!({"id": id, "title": id, "contact": false, "values": values})
}

fn keyed(objects: Vec<Value>) -> Value {
    let keyed = objects.into_iter().filter_map(|object| {
        let id = object["id"].as_str()?.to_owned();
        Some((id, object))
    });
    Value::Object(keyed.collect())
}

/// What was agreed.
pub fn foundation() -> crate::Result<Foundation> {
    let mut items = vec![rating("nps", 0, 10), rating("overall", 1, 5)];
    items.extend((1..=ITEMS).map(|item| rating(&format!("q{item}"), 1, 7)));
    let units = (0..UNITS)
        .map(|number| json!({"id": unit(number), "title": unit(number), "level": "shop"}));
    let standards = (0..STANDARDS).map(|number| {
        json!({
            "id": standard(number), "title": standard(number), "dimension": "speed",
            "touchpoint": "counter", "owner": "quality", "owed_by": "employee",
            "owed_to": "customer", "target": 0.9, "latitude": {"extras": []},
            "requirement": {"kind": "duration", "within": limit_seconds(number)},
        })
    });
    let guest = |id: &str, kind: Value| {
        let mut indicator = json!({"id": id, "title": id, "party": "customer", "minimum_n": 1});
        for (key, value) in kind.as_object().into_iter().flatten() {
            indicator[key] = value.clone();
        }
        indicator
    };
    let foundation = json!({
        "organisation": {
            "name": "Benchmark", "languages": ["en"], "time_zone": "Europe/Amsterdam",
            "levels": [{"id": "shop", "title": "Shop"}], "minimum_n": 5,
        },
        "parties": keyed(vec![
            json!({"id": "customer", "title": "Customers", "side": "external", "minimum_n": 1}),
            json!({"id": "employee", "title": "Employees", "side": "internal", "minimum_n": 5}),
        ]),
        "attributes": keyed(vec![
            attribute("segment", &SEGMENTS),
            attribute("role", &ROLES),
            attribute("tenure", &TENURES),
        ]),
        "units": keyed(units.collect()),
        "teams": {}, "touchpoints": {}, "covariates": {}, "mirrors": {},
        "standards": keyed(standards.collect()),
        "instruments": keyed(vec![
            json!({"id": "guest", "title": "Guest", "party": "customer", "definition": {}, "items": items}),
            json!({"id": "pulse", "title": "Pulse", "party": "employee", "definition": {},
                   "items": [rating("happy", 1, 5)]}),
        ]),
        "indicators": keyed(vec![
            guest("nps", json!({"kind": "nps", "instrument": "guest", "item": "nps"})),
            guest("satisfied", json!({"kind": "top_box", "instrument": "guest", "item": "overall", "from": 4})),
            guest("happy", json!({"kind": "mean", "instrument": "pulse", "item": "happy", "party": "employee"})),
            guest("on-time", json!({"kind": "conformance", "standard": standard(3)})),
        ]),
    });
    Ok(serde_json::from_value(foundation)?)
}
