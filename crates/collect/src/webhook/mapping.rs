//! The mapping of a webhook, as TOML.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::observation::Incoming;

/// Where in another program's JSON an observation is.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookMapping {
    /// The other program, such as `zendesk`.
    pub source: String,
    /// JSON pointer to what makes a call unique.
    pub event: String,
    /// Only calls where each of these pointers has one of its words; others are passed over.
    #[serde(default)]
    pub when: BTreeMap<String, Vec<Value>>,
    /// Fields of an observation.
    pub observation: BTreeMap<String, FieldFrom>,
}

/// Where a field comes from: exactly one of `value` and `at`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldFrom {
    /// Always this.
    pub value: Option<Value>,
    /// JSON pointer; a call without it has no such field.
    pub at: Option<String>,
    /// What their words are here; a word that is not named is a problem.
    pub words: Option<BTreeMap<String, Value>>,
    /// How a number is read: `milliseconds` (of a duration), `epoch_milliseconds`,
    /// `epoch_seconds` (of a moment).
    pub read_as: Option<ReadAs>,
    /// The field is there only when each of these pointers has one of its words.
    #[serde(default)]
    pub when: BTreeMap<String, Vec<Value>>,
}

/// How a number is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// Of a duration; becomes seconds.
    Milliseconds,
    /// Of a moment, since 1970.
    EpochMilliseconds,
    /// Of a moment, since 1970.
    EpochSeconds,
}

/// Why a mapping is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// It is no TOML, or not of this shape.
    #[error("{rendered}")]
    Toml {
        /// What is wrong.
        message: String,
        /// The same with its line of text.
        rendered: String,
        /// Where, from 1.
        line: Option<u64>,
    },
    /// A field that an observation does not have.
    #[error("observation.{field}: no such field (allowed: {allowed})")]
    Field {
        /// What was found.
        field: String,
        /// What an observation has.
        allowed: String,
    },
    /// Neither or both ways.
    #[error("observation.{field}: give `value` or `at`, one of both")]
    OneOfBoth {
        /// The field.
        field: String,
    },
    /// A pointer that is none.
    #[error(
        "{place}: `{found}` is no JSON pointer (allowed: text that begins with /, such as /detail/id)"
    )]
    Pointer {
        /// Where it stands.
        place: String,
        /// What was found.
        found: String,
    },
    /// An empty name.
    #[error("source: this is needed (allowed: a word for the other program, such as zendesk)")]
    Source,
}

impl WebhookError {
    /// The line of the mapping's text that it is about, from 1; none where something is missing.
    pub fn line(&self, text: &str) -> Option<u64> {
        let of = |is: &dyn Fn(&str) -> bool| {
            let found = text.lines().position(|line| is(line.trim_start()));
            found.map(|line| line as u64 + 1)
        };
        let key = |line: &str, key: &str| {
            let rest = line.strip_prefix(key);
            rest.is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
        };
        match self {
            Self::Toml { line, .. } => *line,
            Self::Field { field, .. } | Self::OneOfBoth { field } => {
                of(&|line| key(line, field) || line.starts_with(&format!("[observation.{field}]")))
            }
            Self::Pointer { found, .. } => of(&|line| line.contains(&format!("\"{found}\""))),
            Self::Source => of(&|line| key(line, "source")),
        }
    }

    /// The field that it is about.
    pub fn field(&self) -> String {
        match self {
            Self::Toml { .. } => String::new(),
            Self::Field { field, .. } | Self::OneOfBoth { field } => format!("observation.{field}"),
            Self::Pointer { place, .. } => place.clone(),
            Self::Source => "source".to_owned(),
        }
    }
}

/// The line of a byte, from 1.
fn line_at(text: &str, byte: usize) -> u64 {
    let before = text.as_bytes().iter().take(byte);
    before.filter(|byte| **byte == b'\n').count() as u64 + 1
}

/// What every observation has to say.
const NEEDED: [&str; 3] = ["standard", "unit", "chosen"];

impl WebhookMapping {
    /// Reads and checks a mapping.
    pub fn parse(text: &str) -> Result<Self, WebhookError> {
        let mapping: Self = toml::from_str(text).map_err(|error| WebhookError::Toml {
            message: error.message().to_owned(),
            rendered: error.to_string(),
            line: error.span().map(|span| line_at(text, span.start)),
        })?;
        if mapping.source.trim().is_empty() {
            return Err(WebhookError::Source);
        }
        pointer("event", &mapping.event)?;
        for place in mapping.when.keys() {
            pointer("when", place)?;
        }
        let known = fields();
        for (name, from) in &mapping.observation {
            if !known.contains(name) {
                return Err(WebhookError::Field {
                    field: name.clone(),
                    allowed: known.join(", "),
                });
            }
            if from.value.is_some() == from.at.is_some() {
                return Err(WebhookError::OneOfBoth {
                    field: name.clone(),
                });
            }
            if let Some(at) = &from.at {
                pointer(&format!("observation.{name}.at"), at)?;
            }
            for place in from.when.keys() {
                pointer(&format!("observation.{name}.when"), place)?;
            }
        }
        for needed in NEEDED {
            if !mapping.observation.contains_key(needed) {
                return Err(WebhookError::OneOfBoth {
                    field: needed.to_owned(),
                });
            }
        }
        Ok(mapping)
    }
}

fn pointer(place: &str, text: &str) -> Result<(), WebhookError> {
    if text.is_empty() || text.starts_with('/') {
        return Ok(());
    }
    Err(WebhookError::Pointer {
        place: place.to_owned(),
        found: text.to_owned(),
    })
}

/// The fields of an observation, by asking one with all of them to write itself.
fn fields() -> Vec<String> {
    let full = Incoming {
        key: Some(String::new()),
        party: Some(String::new()),
        at: Some(String::new()),
        value: Some(0.0),
        from: Some(String::new()),
        to: Some(String::new()),
        open_for: Some(0.0),
        items: BTreeMap::from([(String::new(), crate::observation::IncomingTick::Flag(true))]),
        ticked: Some(Vec::new()),
        scores: vec![evenkeel_assess::Scored {
            rater: String::new(),
            score: 0.0,
        }],
        text: Some(String::new()),
        language: Some(String::new()),
        steps: Some(Vec::new()),
        kept: Some(true),
        extras: vec![String::new()],
        reason: Some(String::new()),
        looked_by: Some(String::new()),
        subject: Some(String::new()),
        source: Some(String::new()),
        channel: Some(String::new()),
        detail: serde_json::Map::from_iter([(String::new(), Value::Null)]),
        ..Incoming::default()
    };
    match serde_json::to_value(full) {
        Ok(Value::Object(fields)) => fields.into_iter().map(|(name, _)| name).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"source = "till"
event = "/id"
[observation]
standard = { value = "in-line" }
unit = { at = "/shop" }
chosen = { value = "census" }
"#;

    fn line_of(text: &str) -> Option<u64> {
        WebhookMapping::parse(text).unwrap_err().line(text)
    }

    #[test]
    fn a_problem_is_at_its_line() {
        assert!(WebhookMapping::parse(SOUND).is_ok());
        assert_eq!(line_of("source = \"till\"\nevent = /id\n"), Some(2));
        assert_eq!(
            line_of(&SOUND.replace("at = \"/shop\"", "at = \"shop\"")),
            Some(5)
        );
        assert_eq!(line_of(&SOUND.replace("unit =", "shop =")), Some(5));
        let both = SOUND.replace(
            "{ value = \"census\" }",
            "{ value = \"census\", at = \"/x\" }",
        );
        assert_eq!(line_of(&both), Some(6));
        assert_eq!(line_of(&SOUND.replace("\"till\"", "\" \"")), Some(1));
        // What is missing is on no line.
        assert_eq!(
            line_of(&SOUND.replace("unit = { at = \"/shop\" }\n", "")),
            None
        );
    }
}
