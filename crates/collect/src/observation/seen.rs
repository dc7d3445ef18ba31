//! What was seen, from the fields that a kind of requirement has.
//!
//! Invariant: fields of another kind are wrong, not passed over: whoever sent steps for a
//! checklist would not learn that nobody looked at them.

use std::collections::BTreeMap;

use evenkeel_assess::{Observed, Scored, Tick};
use evenkeel_foundation::Requirement;
use jiff::tz::TimeZone;

use super::fields::Fields;
use super::incoming::Incoming;

/// The first field that a kind is judged from.
pub(super) fn field(requirement: &Requirement) -> &'static str {
    offered(requirement)[0]
}

/// The fields that a kind is judged from.
fn offered(requirement: &Requirement) -> &'static [&'static str] {
    match requirement {
        Requirement::Duration(_) => &["value", "from", "to", "open_for"],
        Requirement::Range(_) => &["value"],
        Requirement::Checklist(_) => &["items", "ticked"],
        Requirement::Rubric(_) => &["scores", "value"],
        Requirement::Wording(_) => &["text", "language", "keep_text"],
        Requirement::Sequence(_) => &["steps"],
    }
}

/// What may be sent, for messages.
pub(super) fn allowed(requirement: &Requirement) -> String {
    format!("{}, or kept", offered(requirement).join(", "))
}

/// What was seen; None when nothing was, or something is wrong with it.
pub(super) fn observed(
    incoming: &Incoming,
    requirement: &Requirement,
    zone: &TimeZone,
    fields: &mut Fields,
) -> Option<Observed> {
    refuse_others(incoming, requirement, fields);
    match requirement {
        Requirement::Duration(_) => timed(incoming, zone, fields),
        Requirement::Range(_) => incoming.value.map(Observed::Number),
        Requirement::Checklist(list) => {
            let every = || list.items.iter().map(|item| item.id.as_str());
            ticks(incoming, every, fields)
        }
        Requirement::Rubric(_) => scores(incoming, fields),
        Requirement::Wording(_) => incoming.text.as_ref().map(|text| Observed::Text {
            text: text.clone(),
            language: incoming.language.clone(),
        }),
        Requirement::Sequence(_) => incoming.steps.clone().map(Observed::Steps),
    }
}

fn refuse_others(incoming: &Incoming, requirement: &Requirement, fields: &mut Fields) {
    let sent = [
        ("value", incoming.value.is_some()),
        ("from", incoming.from.is_some()),
        ("to", incoming.to.is_some()),
        ("open_for", incoming.open_for.is_some()),
        ("items", !incoming.items.is_empty()),
        ("ticked", incoming.ticked.is_some()),
        ("scores", !incoming.scores.is_empty()),
        ("text", incoming.text.is_some()),
        ("steps", incoming.steps.is_some()),
    ];
    for (field, is_sent) in sent {
        if is_sent && !offered(requirement).contains(&field) {
            let message = format!("a {} is not judged from this", requirement.as_str());
            fields.wrong(field, &message, "", &allowed(requirement));
        }
    }
}

fn timed(incoming: &Incoming, zone: &TimeZone, fields: &mut Fields) -> Option<Observed> {
    let from = incoming.from.as_deref();
    let numbers = [incoming.value, incoming.open_for];
    let ways = numbers.iter().flatten().count() + usize::from(from.is_some());
    if ways > 1 {
        let message = "how long it took is said twice";
        fields.wrong("value", message, "", "one of value, open_for, from with to");
        return None;
    }
    if let Some(to) = &incoming.to
        && from.is_none()
    {
        fields.wrong("to", "its beginning is missing", to, "from beside it");
        return None;
    }
    match (incoming.value, incoming.open_for, from) {
        (Some(seconds), ..) => Some(Observed::Number(seconds)),
        (_, Some(seconds), _) => Some(Observed::OpenForSeconds(seconds)),
        (.., Some(from)) => {
            let from = fields.timed("from", from, zone);
            let Some(to) = &incoming.to else {
                return from.map(Observed::OpenSince);
            };
            let to = fields.timed("to", to, zone);
            Some(Observed::Between {
                from: from?,
                to: to?,
            })
        }
        _ => None,
    }
}

fn ticks<'l, I: Iterator<Item = &'l str>>(
    incoming: &Incoming,
    every: impl Fn() -> I,
    fields: &mut Fields,
) -> Option<Observed> {
    let Some(ticked) = &incoming.ticked else {
        let ticks = incoming
            .items
            .iter()
            .map(|(id, tick)| (id.clone(), tick.tick()));
        let ticks: BTreeMap<String, Tick> = ticks.collect();
        return (!ticks.is_empty()).then_some(Observed::Ticks(ticks));
    };
    if !incoming.items.is_empty() {
        fields.wrong("ticked", "the points are said twice", "", "items or ticked");
        return None;
    }
    Some(listed(ticked.iter().map(String::as_str), every()))
}

/// The points of a list of those that are there; all others of the checklist are not.
pub(crate) fn listed<'t, 'l>(
    ticked: impl Iterator<Item = &'t str>,
    every: impl Iterator<Item = &'l str>,
) -> Observed {
    let mut ticks: BTreeMap<String, Tick> = every.map(|id| (id.to_owned(), Tick::No)).collect();
    // One that the list does not have is refused when it is judged, with those that it has.
    ticks.extend(ticked.map(|id| (id.trim().to_owned(), Tick::Yes)));
    Observed::Ticks(ticks)
}

fn scores(incoming: &Incoming, fields: &mut Fields) -> Option<Observed> {
    match (incoming.value, incoming.scores.is_empty()) {
        (Some(_), false) => {
            fields.wrong("value", "the score is said twice", "", "value or scores");
            None
        }
        (Some(score), true) => {
            let rater = incoming.looked_by.clone().unwrap_or_default();
            Some(Observed::Scores(vec![Scored { rater, score }]))
        }
        (None, false) => Some(Observed::Scores(incoming.scores.clone())),
        (None, true) => None,
    }
}
