//! One observation that comes in by itself: over HTTP, from a form, from a webhook.
//!
//! Purpose: the same judging as for a file, for one JSON object. docs/OBSERVATIONS.md is the
//! reference of its fields.
//!
//! Invariant: all that is wrong with it is said at once, each with its field, what was found and
//! what is allowed. What comes out are rows that the table takes as they are: one, or one a rater
//! where several scored the same thing.
//!
//! Absent on purpose: HTTP, who may send it, and the writing.

mod alone;
mod fields;
mod incoming;
mod noted;
mod row;
mod seen;

use evenkeel_assess::{Assessment, Observed};
use evenkeel_foundation::{Requirement, UnitId};
use evenkeel_registry::{StandardVersion, standard_version_in_force};
use jiff::Timestamp;
use jiff::civil::Date;
use rand::Rng;
use serde_json::{Map, Value, json};

pub use alone::judge_alone;
pub use fields::Fault;
pub(crate) use fields::instant;
pub use incoming::{CALIBRATION, Incoming, IncomingTick, REASONS};
pub(crate) use noted::{NOTED, Noted, note_by_name};
pub use row::{Row, batch};
pub(crate) use seen::listed as listed_ticks;

use crate::agreed::Agreed;
use crate::hash::{Keyed, append_id, bucket};
use crate::judging::Bench;
use fields::Fields;

/// How an observation arrives.
pub struct Arrival<'a> {
    /// When.
    pub received_at: Timestamp,
    /// What brought it in; stored as `import_id`.
    pub import_id: &'a str,
    /// Where it comes from, unless it says so itself.
    pub source: &'a str,
    /// The salt of the installation.
    pub salt: &'a [u8],
    /// Where ids and buckets come from.
    pub rng: &'a mut dyn Rng,
}

/// An observation, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    /// What is stored.
    pub rows: Vec<Row>,
    /// The judgement.
    pub assessment: Assessment,
    /// The version of the standard by which it was judged.
    pub version: i64,
    /// The day it belongs to, on the unit's calendar.
    pub day: Date,
}

/// Judges one observation as a file's would be.
pub fn judge_incoming(
    incoming: &Incoming,
    agreed: &Agreed,
    arrival: Arrival<'_>,
) -> Result<Looked, Vec<Fault>> {
    let mut bench = Bench::new(agreed);
    let mut fields = Fields::default();
    let Some(place) = fields.place(incoming, agreed, &mut bench, arrival.received_at) else {
        return Err(fields.into_faults());
    };
    let Some(version) = in_force(&place, agreed, &mut fields) else {
        return Err(fields.into_faults());
    };
    let requirement = &version.standard.requirement;
    let observed = seen::observed(incoming, requirement, &place.zone, &mut fields);
    if incoming.detail.contains_key(NOTED) {
        let message = "this name is for what Evenkeel notes itself";
        fields.wrong("detail", message, NOTED, "another name");
    }
    let now = arrival.received_at;
    let assessment = judged(
        incoming,
        version,
        &place.unit,
        observed.as_ref(),
        &mut bench,
        now,
        &mut fields,
    );
    let faults = fields.into_faults();
    match assessment {
        Some(assessment) if faults.is_empty() => {
            let rows = rows(
                incoming,
                &place,
                version,
                observed.as_ref(),
                &assessment,
                arrival,
            );
            Ok(Looked {
                rows,
                assessment,
                version: version.version,
                day: place.day,
            })
        }
        _ => Err(faults),
    }
}

/// The version by which it is judged.
fn in_force<'a>(
    place: &fields::Place,
    agreed: &'a Agreed,
    fields: &mut Fields,
) -> Option<&'a StandardVersion> {
    let versions = agreed.standards.get(&place.standard)?;
    let version = standard_version_in_force(versions, place.day);
    if version.is_none() {
        let first = versions.iter().filter_map(|v| v.valid_from).min();
        let allowed = first.map_or_else(String::new, |day| format!("from {day}"));
        let message = format!("standard {} is not in force that day", place.standard);
        fields.wrong("at", &message, &place.day.to_string(), &allowed);
    }
    version
}

/// The judgement; None where something is wrong.
fn judged(
    incoming: &Incoming,
    version: &StandardVersion,
    unit: &UnitId,
    observed: Option<&Observed>,
    bench: &mut Bench<'_>,
    now: Timestamp,
    fields: &mut Fields,
) -> Option<Assessment> {
    let mut assessment = match (incoming.kept, observed) {
        // A person's word stands where nothing was seen that can be judged.
        (Some(kept), None) => Assessment {
            kept: Some(kept),
            ..Assessment::default()
        },
        (Some(kept), Some(_)) => {
            let message = "whether it was kept follows from what was seen";
            fields.wrong("kept", message, &kept.to_string(), "one of both");
            return None;
        }
        (None, None) => {
            if fields.is_empty() {
                let message = "nothing was seen";
                let allowed = seen::allowed(&version.standard.requirement);
                fields.wrong(
                    seen::field(&version.standard.requirement),
                    message,
                    "",
                    &allowed,
                );
            }
            return None;
        }
        (None, Some(observed)) => match bench.judge(version, unit, observed, now) {
            Ok(assessment) => assessment,
            Err(error) => {
                let field = seen::field(&version.standard.requirement);
                fields.wrong(field, &error.to_string(), "", "");
                return None;
            }
        },
    };
    for extra in &incoming.extras {
        let extra = extra.trim();
        if !extra.is_empty() && !assessment.extras.iter().any(|known| known == extra) {
            assessment.extras.push(extra.to_owned());
        }
    }
    if incoming.is_calibration() {
        assessment = Assessment {
            value: assessment.value,
            ..Assessment::default()
        };
    }
    Some(assessment)
}

/// What is stored of it.
fn rows(
    incoming: &Incoming,
    place: &fields::Place,
    version: &StandardVersion,
    observed: Option<&Observed>,
    assessment: &Assessment,
    arrival: Arrival<'_>,
) -> Vec<Row> {
    let (key, bucket) = key(incoming, arrival.salt, arrival.rng);
    let source = incoming.source.clone();
    let mut noted = noted(incoming, observed, arrival.received_at);
    let row = Row {
        observation_id: format!("{}:{key}", place.standard),
        standard: place.standard.to_string(),
        standard_version: version.version as i32,
        unit: place.unit.to_string(),
        party: incoming.party.clone(),
        occurred_at: place.occurred_at,
        received_at: arrival.received_at,
        local_date: place.day,
        value: assessment.value.or(incoming.value),
        detail: detail(incoming, observed, &noted),
        kept: assessment.kept,
        deviations: list(&assessment.deviations),
        extras: list(&assessment.extras),
        chosen: incoming.chosen.clone(),
        looked_by: incoming.looked_by.clone(),
        subject: incoming.subject.clone(),
        source: source.unwrap_or_else(|| arrival.source.to_owned()),
        channel: incoming.channel.clone(),
        reason: incoming.reason.clone(),
        import_id: arrival.import_id.to_owned(),
        bucket,
    };
    let Some(Observed::Scores(scores)) = observed else {
        return vec![row];
    };
    if !matches!(version.standard.requirement, Requirement::Rubric(_)) {
        return vec![row];
    }
    // One row a rater, so that their agreement can be computed; the last carries the judgement,
    // so that the thing that was scored counts once.
    let last = scores.len().saturating_sub(1);
    let each = scores.iter().enumerate().map(|(at, scored)| {
        let mut one = row.clone();
        one.observation_id = format!("{}|{}", row.observation_id, scored.rater);
        one.looked_by = Some(scored.rater.clone()).filter(|rater| !rater.is_empty());
        one.subject = Some(incoming.subject.clone().unwrap_or_else(|| key.clone()));
        one.value = Some(scored.score);
        if at < last {
            one.kept = None;
            one.deviations = None;
            one.extras = None;
        } else if scores.len() > 1 && !incoming.is_calibration() {
            noted.scores = scores.iter().map(|scored| scored.score).collect();
            one.detail = detail(incoming, observed, &noted);
        }
        one
    });
    each.collect()
}

/// The key of an observation and its bucket: its own, or drawn.
fn key(incoming: &Incoming, salt: &[u8], rng: &mut dyn Rng) -> (String, i8) {
    if let Some(key) = &incoming.key {
        let hash = Keyed::new(salt).hash("observation", std::iter::once(key.as_bytes()));
        return (key.clone(), hash.bucket);
    }
    let mut drawn = [0; 17];
    rng.fill_bytes(&mut drawn);
    let mut bits = [0; 16];
    bits.copy_from_slice(&drawn[..16]);
    let mut text = Vec::new();
    append_id(&mut text, u128::from_be_bytes(bits));
    (
        String::from_utf8_lossy(&text).into_owned(),
        bucket(drawn[16]),
    )
}

/// What was seen, where a number does not say it, beside what the sender wants to keep. A text is
/// kept only where the sender says so: it may be about people.
fn detail(incoming: &Incoming, observed: Option<&Observed>, noted: &Noted) -> Option<String> {
    let mut detail: Map<String, Value> = incoming.detail.clone();
    note_by_name(observed, &mut detail);
    if let Some(Observed::Text { text, .. }) = observed
        && incoming.keep_text
    {
        detail.insert("text".to_owned(), json!(text));
    }
    noted.write(&mut detail);
    (!detail.is_empty()).then(|| Value::Object(detail).to_string())
}

/// What has to be noted so that it can be judged again.
fn noted(incoming: &Incoming, observed: Option<&Observed>, now: Timestamp) -> Noted {
    let mut noted = incoming
        .kept
        .map_or_else(|| Noted::of(observed, Some(now)), Noted::told);
    // Only of these do extras follow from what was seen; elsewhere all of them are said.
    if let Some(Observed::Steps(_) | Observed::Ticks(_)) = observed {
        let said = incoming.extras.iter().map(|extra| extra.trim());
        noted.extras = said
            .filter(|extra| !extra.is_empty())
            .map(str::to_owned)
            .collect();
    }
    noted
}

/// A list as JSON; None when it is empty.
pub(crate) fn list<T: serde::Serialize>(list: &[T]) -> Option<String> {
    (!list.is_empty()).then(|| serde_json::to_string(list).unwrap_or_default())
}
