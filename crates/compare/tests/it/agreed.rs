//! A small foundation for the tests.

use std::collections::BTreeMap;

use evenkeel_compare::{Context, Passed};
use evenkeel_foundation::{
    Direction, Foundation, Indicator, IndicatorId, IndicatorKind, InstrumentId, ItemId,
};
use evenkeel_stats::Counted;

pub fn id(text: &str) -> IndicatorId {
    IndicatorId::parse(text).unwrap()
}

/// Answers of customers, which pass the gate as they are.
pub fn live<T: Clone>(counted: &T) -> Passed
where
    Counted: From<T>,
{
    let organisation = serde_json::from_value(serde_json::json!({
        "name": "Test", "languages": ["en"], "time_zone": "UTC", "minimum_n": 5,
        "levels": [{ "id": "shop", "title": { "en": "Shop" } }],
    }));
    let foundation = Foundation::empty(organisation.unwrap());
    Passed::live(&foundation, &mean("any"), Counted::from(counted.clone()))
}

pub fn item() -> (InstrumentId, ItemId) {
    (
        InstrumentId::parse("guest").unwrap(),
        ItemId::parse("q1").unwrap(),
    )
}

pub fn indicator(name: &str, kind: IndicatorKind) -> Indicator {
    Indicator {
        id: id(name),
        title: serde_json::from_value(serde_json::json!({ "en": name })).unwrap(),
        party: None,
        kind,
        direction: Direction::HigherIsBetter,
        minimum_n: 1,
        target: None,
        headline: true,
    }
}

pub fn nps(name: &str) -> Indicator {
    let (instrument, item) = item();
    indicator(name, IndicatorKind::Nps { instrument, item })
}

pub fn mean(name: &str) -> Indicator {
    let (instrument, item) = item();
    indicator(name, IndicatorKind::Mean { instrument, item })
}

pub fn top_box(name: &str, from: i32) -> Indicator {
    let (instrument, item) = item();
    indicator(
        name,
        IndicatorKind::TopBox {
            instrument,
            item,
            from,
        },
    )
}

pub fn composite(name: &str, of: &[&str]) -> Indicator {
    indicator(
        name,
        IndicatorKind::Composite {
            of: of.iter().map(|part| id(part)).collect(),
        },
    )
}

pub fn map(indicators: &[&Indicator]) -> BTreeMap<IndicatorId, Indicator> {
    indicators
        .iter()
        .map(|i| (i.id.clone(), (*i).clone()))
        .collect()
}

pub fn context(indicators: &BTreeMap<IndicatorId, Indicator>, minimum_n: u32) -> Context<'_> {
    Context {
        indicators,
        level: 0.95,
        minimum_n,
        snapshot: "responses_guest@12",
    }
}
