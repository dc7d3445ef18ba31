//! The organisation of the statistics: one instrument with five attributes, one rubric, and what
//! is known of the population.

use evenkeel_foundation::Foundation;
use serde_json::{Value, json};

/// Attributes of respondents, with the number of values of each.
pub const ATTRIBUTES: [(&str, usize); 5] = [
    ("age", 6),
    ("region", 12),
    ("gender", 2),
    ("education", 4),
    ("household", 5),
];
/// Items beside the outcome.
pub const ITEMS: usize = 15;
/// Lowest and highest answer to an item.
pub const ANSWERS: (i8, i8) = (1, 7);
/// Lowest and highest rating of the rubric.
pub const RATINGS: (i8, i8) = (1, 5);
/// People in the population.
const POPULATION: f64 = 10_000_000.0;

/// Id of a value of an attribute.
pub fn value(attribute: &str, number: usize) -> String {
    format!("{attribute}-{number:02}")
}

/// Id of an item; 0 is the outcome.
pub fn item(number: usize) -> String {
    if number == 0 {
        "overall".to_owned()
    } else {
        format!("q{number:02}")
    }
}

/// How many in the population have each value of an attribute: the later ones are fewer.
pub fn margin(values: usize) -> Vec<f64> {
    let share = |number: usize| (values + 1 - number / 2) as f64;
    let sum: f64 = (0..values).map(share).sum();
    (0..values)
        .map(|number| POPULATION * share(number) / sum)
        .collect()
}

fn keyed(objects: impl Iterator<Item = Value>) -> Value {
    let keyed = objects.filter_map(|object| {
        let id = object["id"].as_str()?.to_owned();
        Some((id, object))
    });
    Value::Object(keyed.collect())
}

/// What was agreed.
pub fn foundation() -> crate::Result<Foundation> {
    let items = (0..=ITEMS).map(|number| {
        let scale = json!({"kind": "rating", "min": ANSWERS.0, "max": ANSWERS.1});
        json!({"id": item(number), "title": item(number), "scale": scale})
    });
    let attributes = ATTRIBUTES.iter().map(|(id, values)| {
        let values = (0..*values).map(|number| {
            let id = value(id, number);
            json!({"id": id, "title": id})
        });
        json!({"id": id, "title": id, "contact": false, "values": values.collect::<Vec<_>>()})
    });
    let anchors =
        (RATINGS.0..=RATINGS.1).map(|score| json!({"score": score, "title": score.to_string()}));
    let foundation = json!({
        "organisation": {
            "name": "Benchmark", "languages": ["en"], "time_zone": "Europe/Amsterdam",
            "levels": [{"id": "shop", "title": "Shop"}], "minimum_n": 5,
        },
        "parties": {
            "customer": {"id": "customer", "title": "Customers", "side": "external", "minimum_n": 1},
            "employee": {"id": "employee", "title": "Employees", "side": "internal", "minimum_n": 5},
        },
        "attributes": keyed(attributes),
        "units": {"shop": {"id": "shop", "title": "Shop", "level": "shop"}},
        "teams": {}, "touchpoints": {}, "covariates": {}, "mirrors": {},
        "standards": {"greeting": {
            "id": "greeting", "title": "Greeting", "dimension": "tone", "touchpoint": "counter",
            "owner": "quality", "owed_by": "employee", "owed_to": "customer", "target": 0.9,
            "latitude": {"extras": []},
            "requirement": {
                "kind": "rubric", "min": RATINGS.0, "max": RATINGS.1, "pass_from": 4,
                "raters": 2, "anchors": anchors.collect::<Vec<_>>(),
            },
        }},
        "instruments": {"guest": {
            "id": "guest", "title": "Guest", "party": "customer", "definition": {},
            "items": items.collect::<Vec<_>>(),
        }},
        "indicators": {"overall": {
            "id": "overall", "title": "Overall", "party": "customer", "minimum_n": 1,
            "kind": "mean", "instrument": "guest", "item": item(0),
        }},
    });
    Ok(serde_json::from_value(foundation)?)
}
