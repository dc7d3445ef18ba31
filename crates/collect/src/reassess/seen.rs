//! What was seen, from what is stored of it.
//!
//! Invariant: nothing is guessed. Where the row does not say what was seen it says which kind of
//! thing is missing; a text that nobody asked to keep was never stored.
//!
//! A duration of which only the seconds are stored is judged by those seconds: by whose hours they
//! were counted is not known any more. Rows whose moments are noted are counted anew.

use std::collections::BTreeMap;

use evenkeel_assess::{Observed, Tick};
use evenkeel_foundation::Requirement;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::counts::NotJudged;
use super::stored::StoredLook;
use crate::observation::Noted;

/// What is stored of what was seen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeenAgain {
    pub observed: Observed,
    /// At which moment something open was looked at.
    pub now: Timestamp,
    /// Nobody but this program can have judged a row that has it.
    pub is_noted: bool,
}

/// A row's `detail`.
pub(super) fn detail(look: &StoredLook<'_>) -> Map<String, Value> {
    let read = look.detail.map(serde_json::from_str::<Value>);
    match read {
        Some(Ok(Value::Object(detail))) => detail,
        _ => Map::new(),
    }
}

/// What was seen, for a kind of requirement; of a rubric the row's own score.
pub(super) fn seen(
    look: &StoredLook<'_>,
    detail: &Map<String, Value>,
    noted: &Noted,
    requirement: &Requirement,
) -> Result<SeenAgain, NotJudged> {
    let number = || look.value.map(Observed::Number);
    let (observed, is_noted) = match requirement {
        Requirement::Duration(_) => match timed(noted) {
            Some(observed) => (Some(observed), true),
            None => (number(), false),
        },
        Requirement::Range(_) | Requirement::Rubric(_) => (number(), false),
        Requirement::Checklist(_) => (ticks(detail), true),
        Requirement::Sequence(_) => (steps(detail), true),
        Requirement::Wording(_) => {
            let text = detail.get("text").and_then(Value::as_str);
            let language = detail.get("language").and_then(Value::as_str);
            let text = text.ok_or(NotJudged::TextNotStored)?;
            let observed = Observed::Text {
                text: text.to_owned(),
                language: language.map(str::to_owned),
            };
            (Some(observed), true)
        }
    };
    Ok(SeenAgain {
        observed: observed.ok_or(NotJudged::NotStored)?,
        now: noted.as_of.unwrap_or(look.received_at),
        is_noted,
    })
}

fn timed(noted: &Noted) -> Option<Observed> {
    match (noted.from, noted.to, noted.open_for) {
        (Some(from), Some(to), _) => Some(Observed::Between { from, to }),
        (Some(from), None, _) => Some(Observed::OpenSince(from)),
        (None, _, Some(seconds)) => Some(Observed::OpenForSeconds(seconds)),
        _ => None,
    }
}

fn ticks(detail: &Map<String, Value>) -> Option<Observed> {
    let items = detail.get("items")?.clone();
    let ticks: BTreeMap<String, Tick> = serde_json::from_value(items).ok()?;
    (!ticks.is_empty()).then_some(Observed::Ticks(ticks))
}

fn steps(detail: &Map<String, Value>) -> Option<Observed> {
    let steps = detail.get("steps")?.clone();
    serde_json::from_value(steps).ok().map(Observed::Steps)
}

/// Points that the list had when somebody looked and has no more are not asked any more.
pub(super) fn only_asked(observed: Observed, then: &Requirement, now: &Requirement) -> Observed {
    match (observed, then, now) {
        (Observed::Ticks(mut ticks), Requirement::Checklist(then), Requirement::Checklist(now)) => {
            let has = |list: &evenkeel_foundation::requirement::Checklist, id: &str| {
                list.items.iter().any(|item| item.id == id)
            };
            ticks.retain(|id, _| has(now, id) || !has(then, id));
            Observed::Ticks(ticks)
        }
        (observed, ..) => observed,
    }
}
