//! Foundations of a small made-up chain for the cases.

use evenkeel_foundation::{Foundation, Object, ObjectKind, Plan, Standard, Unit, UnitId, plan};
use evenkeel_registry::{ApplyMeta, Registry, Result};
use jiff::{Timestamp, civil::Date};
use serde_json::json;

/// Two levels, one region, two parties, one standard: answered within four hours.
pub fn chain() -> Foundation {
    let mut chain: Foundation = serde_json::from_value(json!({
        "organisation": {
            "name": { "en": "Harbour Grill", "nl": "De Havengrill" },
            "languages": ["en", "nl"],
            "time_zone": "Pacific/Auckland",
            "levels": [
                { "id": "region", "title": "Region" },
                { "id": "shop", "title": "Shop" },
            ],
            "minimum_n": 5,
        },
        "parties": {
            "customer": {
                "id": "customer", "title": "Guests", "side": "external",
                "role": "customer", "minimum_n": 1,
            },
            "frontline": {
                "id": "frontline", "title": "Crew", "side": "internal",
                "role": "frontline", "minimum_n": 5,
            },
        },
        "attributes": {},
        "units": {},
        "teams": { "care": { "id": "care", "title": "Guest care", "members": ["Ann"] } },
        "touchpoints": {
            "reply": {
                "id": "reply", "title": "Reply to a message",
                "parties": ["customer", "frontline"], "order": 1,
            },
        },
        "standards": {},
        "instruments": {},
        "indicators": {},
        "covariates": {},
        "mirrors": {},
    }))
    .unwrap();
    add_unit(&mut chain, unit("north", "region", None));
    let standard = four_hours(0.9);
    chain.standards.insert(standard.id.clone(), standard);
    with_question(&chain, "would-return", 10)
}

/// The same with the questionnaire `guest`, which asks one item, rated from 0 to `max`.
pub fn with_question(foundation: &Foundation, item: &str, max: i32) -> Foundation {
    let mut objects = foundation.objects();
    objects.retain(|object| object.kind != ObjectKind::Instrument);
    objects.push(Object {
        kind: ObjectKind::Instrument,
        id: "guest".to_owned(),
        owner: None,
        content: json!({
            "title": "Your visit",
            "evenkeel": { "party": "customer" },
            "pages": [{ "name": "visit", "elements": [{
                "type": "rating", "name": item, "title": "?", "rateMin": 0, "rateMax": max,
            }] }],
        }),
    });
    Foundation::from_objects(objects).unwrap()
}

/// The standard `four-hours` with a target.
pub fn four_hours(target: f64) -> Standard {
    serde_json::from_value(json!({
        "id": "four-hours",
        "title": "Answered within four hours",
        "dimension": "speed",
        "touchpoint": "reply",
        "owner": "care",
        "owed_by": "frontline",
        "owed_to": "customer",
        "target": target,
        "requirement": { "kind": "duration", "within": 14400.0 },
    }))
    .unwrap()
}

pub fn unit(id: &str, level: &str, parent: Option<&str>) -> Unit {
    serde_json::from_value(json!({
        "id": id, "title": id.to_uppercase(), "level": level, "parent": parent,
    }))
    .unwrap()
}

pub fn add_unit(foundation: &mut Foundation, unit: Unit) {
    foundation.units.insert(unit.id.clone(), unit);
}

pub fn remove_unit(foundation: &mut Foundation, id: &str) {
    foundation.units.remove(&UnitId::parse(id).unwrap());
}

/// Ten in the morning in Auckland on `day`, which is the evening before in UTC.
pub fn morning_of(day: Date) -> Timestamp {
    let zone = day.at(10, 0, 0, 0).in_tz("Pacific/Auckland").unwrap();
    zone.timestamp()
}

pub fn meta(expected_version: i64) -> ApplyMeta {
    ApplyMeta {
        author: "ann".to_owned(),
        reason: "guests asked".to_owned(),
        valid_from: None,
        at: morning_of(jiff::civil::date(2026, 3, 2)),
        expected_version,
    }
}

/// The plan from what the registry holds to `next`.
pub async fn plan_to(registry: &Registry, next: &Foundation) -> Plan {
    match registry.find_foundation().await.unwrap() {
        Some((_, current)) => plan(&current, next),
        None => plan(&Foundation::empty(next.organisation.clone()), next),
    }
}

/// Plans and applies `next` as the successor of what the registry holds.
pub async fn apply(registry: &Registry, next: &Foundation) -> Result<i64> {
    let version = registry.foundation_version().await?;
    let plan = plan_to(registry, next).await;
    registry.apply(next, &plan, &meta(version)).await
}
