//! What was seen, as it is noted in a row's `detail`, so that the row can be judged again.
//!
//! `items`, `steps`, `language` (and `text`, where its sender wants it kept) stand in `detail` by
//! their own names; the rest is together under [`NOTED`], a name that senders cannot use.
//!
//! Invariant: what a number in `value` says already is not noted twice, and no text is noted that
//! may be about people: moments, seconds and scores, without the names of those who gave them.
//! Absent on purpose: reading what programs before this noted otherwise. What they did not note
//! cannot be judged again, and is counted as that.

use evenkeel_assess::Observed;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The name in `detail` under which this program notes what was seen.
pub(crate) const NOTED: &str = "seen";

/// What was seen, where neither `value` nor another name in `detail` says it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Noted {
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
    /// When somebody looked at what had not ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// For how many seconds it had been going on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_for: Option<f64>,
    /// The scores of all raters from which a thing was judged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<f64>,
    /// What a person judged. Nobody else's judgement goes before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<bool>,
    /// What came on top by a person's word, where extras follow from what was seen too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<String>,
}

impl Noted {
    /// What has to be noted of what was seen.
    pub(crate) fn of(observed: Option<&Observed>, as_of: Option<Timestamp>) -> Self {
        match observed {
            Some(Observed::Between { from, to }) => Self {
                from: Some(*from),
                to: Some(*to),
                ..Self::default()
            },
            Some(Observed::OpenSince(from)) => Self {
                from: Some(*from),
                as_of,
                ..Self::default()
            },
            Some(Observed::OpenForSeconds(seconds)) => Self {
                open_for: Some(*seconds),
                ..Self::default()
            },
            _ => Self::default(),
        }
    }

    /// What a person judged.
    pub(crate) fn told(kept: bool) -> Self {
        Self {
            kept: Some(kept),
            ..Self::default()
        }
    }

    /// What is noted in `detail`; nothing where it is not ours.
    pub(crate) fn read(detail: &Map<String, Value>) -> Self {
        let noted = detail.get(NOTED).cloned();
        noted
            .and_then(|noted| serde_json::from_value(noted).ok())
            .unwrap_or_default()
    }

    /// Writes it into `detail`.
    pub(crate) fn write(&self, detail: &mut Map<String, Value>) {
        detail.remove(NOTED);
        if *self != Self::default() {
            detail.insert(NOTED.to_owned(), json!(self));
        }
    }
}

/// Notes what has a name of its own in `detail`.
pub(crate) fn note_by_name(observed: Option<&Observed>, detail: &mut Map<String, Value>) {
    match observed {
        Some(Observed::Steps(steps)) => {
            detail.insert("steps".to_owned(), json!(steps));
        }
        Some(Observed::Ticks(ticks)) => {
            detail.insert("items".to_owned(), json!(ticks));
        }
        Some(Observed::Text {
            language: Some(language),
            ..
        }) => {
            detail.insert("language".to_owned(), json!(language));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_noted_of_a_number() {
        let mut detail = Map::new();
        Noted::of(Some(&Observed::Number(3.0)), None).write(&mut detail);
        assert_eq!(detail, Map::new());
    }

    #[test]
    fn moments_come_back_as_they_were() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
        let observed = Observed::Between {
            from: at("2026-03-01T09:30:00.25+01:00"),
            to: at("2026-03-01T10:00+01:00"),
        };
        let noted = Noted::of(Some(&observed), None);
        let mut detail = Map::new();
        noted.write(&mut detail);
        let text = Value::Object(detail).to_string();
        let read: Map<String, Value> = serde_json::from_str(&text).expect("JSON");
        assert_eq!(Noted::read(&read), noted);
    }

    #[test]
    fn a_note_of_somebody_else_says_nothing() {
        let detail = json!({"seen": "a cat"});
        let read = Noted::read(detail.as_object().expect("an object"));
        assert_eq!(read, Noted::default());
    }
}
