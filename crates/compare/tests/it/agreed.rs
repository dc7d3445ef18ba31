//! A small foundation for the tests.

use std::collections::BTreeMap;

use evenkeel_compare::Context;
use evenkeel_foundation::{Direction, Indicator, IndicatorId, IndicatorKind, InstrumentId, ItemId};

pub fn id(text: &str) -> IndicatorId {
    IndicatorId::parse(text).unwrap()
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
