//! One call of a webhook, read by its mapping.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::mapping::{FieldFrom, ReadAs, WebhookMapping};
use crate::observation::Incoming;

/// What a call says.
#[derive(Debug, Clone, PartialEq)]
pub enum Called {
    /// An observation, and what the other program calls this event.
    Observation {
        /// What makes the call unique.
        event: String,
        /// The observation.
        incoming: Box<Incoming>,
    },
    /// Nothing for us: the mapping's `when` does not hold.
    PassedOver,
}

/// Why a call cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The event has no name.
    #[error("{pointer} has no text or number, which makes the call unique")]
    NoEvent {
        /// Where it was looked for.
        pointer: String,
    },
    /// A word that the mapping does not know.
    #[error(
        "{pointer} is `{found}`, which the mapping's words for {field} do not name (there are: {allowed})"
    )]
    Word {
        /// The field of the observation.
        field: String,
        /// Where the word stands.
        pointer: String,
        /// The word.
        found: String,
        /// The words that the mapping names.
        allowed: String,
    },
    /// A number that is none, or no moment.
    #[error("{pointer} is `{found}`, which cannot be read as {wanted} for {field}")]
    Number {
        /// The field of the observation.
        field: String,
        /// Where it stands.
        pointer: String,
        /// What was found.
        found: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// What came out is no observation.
    #[error("what the mapping makes of the call is no observation: {0}")]
    Shape(String),
}

impl WebhookMapping {
    /// Reads one call.
    pub fn read(&self, call: &Value) -> Result<Called, CallError> {
        if !holds(&self.when, call) {
            return Ok(Called::PassedOver);
        }
        let event = call
            .pointer(&self.event)
            .and_then(word)
            .ok_or_else(|| CallError::NoEvent {
                pointer: self.event.clone(),
            })?;
        let mut fields = Map::new();
        for (name, from) in &self.observation {
            if let Some(value) = from.read(name, call)? {
                fields.insert(name.clone(), value);
            }
        }
        let source = Value::from(self.source.clone());
        fields.entry("source").or_insert(source);
        let incoming = serde_json::from_value(Value::Object(fields))
            .map_err(|error| CallError::Shape(error.to_string()))?;
        Ok(Called::Observation {
            event,
            incoming: Box::new(incoming),
        })
    }
}

impl FieldFrom {
    fn read(&self, field: &str, call: &Value) -> Result<Option<Value>, CallError> {
        if !holds(&self.when, call) {
            return Ok(None);
        }
        if let Some(value) = &self.value {
            return Ok(Some(value.clone()));
        }
        let pointer = self.at.as_deref().unwrap_or_default();
        let found = match call.pointer(pointer) {
            None | Some(Value::Null) => return Ok(None),
            Some(found) => found,
        };
        if let Some(words) = &self.words {
            let said = word(found).unwrap_or_default();
            return words
                .get(&said)
                .cloned()
                .map(Some)
                .ok_or_else(|| CallError::Word {
                    field: field.to_owned(),
                    pointer: pointer.to_owned(),
                    found: said,
                    allowed: words.keys().cloned().collect::<Vec<_>>().join(", "),
                });
        }
        if let Some(read_as) = self.read_as {
            return number(field, pointer, found, read_as).map(Some);
        }
        // Ids are often numbers there and texts here.
        let is_text = matches!(
            field,
            "key" | "unit" | "standard" | "subject" | "looked_by" | "channel"
        );
        Ok(Some(if is_text && found.is_number() {
            Value::from(found.to_string())
        } else {
            found.clone()
        }))
    }
}

fn number(field: &str, pointer: &str, found: &Value, read_as: ReadAs) -> Result<Value, CallError> {
    let wanted = match read_as {
        ReadAs::Milliseconds => "milliseconds",
        ReadAs::EpochMilliseconds => "milliseconds since 1970",
        ReadAs::EpochSeconds => "seconds since 1970",
    };
    let moment = |at: Result<Timestamp, jiff::Error>| at.ok().map(|at| Value::from(at.to_string()));
    let read = match read_as {
        ReadAs::Milliseconds => found.as_f64().map(|millis| Value::from(millis / 1000.0)),
        ReadAs::EpochMilliseconds => found
            .as_i64()
            .and_then(|at| moment(Timestamp::from_millisecond(at))),
        ReadAs::EpochSeconds => found
            .as_i64()
            .and_then(|at| moment(Timestamp::from_second(at))),
    };
    read.ok_or_else(|| CallError::Number {
        field: field.to_owned(),
        pointer: pointer.to_owned(),
        found: found.to_string(),
        wanted,
    })
}

fn holds(when: &BTreeMap<String, Vec<Value>>, call: &Value) -> bool {
    when.iter().all(|(pointer, words)| {
        call.pointer(pointer)
            .is_some_and(|found| words.contains(found))
    })
}

/// A text or a number, as text.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::webhook::WebhookError;

    /// The fields that Zendesk documents for `ticket.status_changed`.
    fn zendesk(status: &str) -> Value {
        json!({
            "account_id": 22_129_848,
            "type": "zen:event-type:ticket.status_changed",
            "id": "2b24ef10-19d3-4740-93cf-8f98ec4776c0",
            "time": "2026-03-02T15:33:18Z",
            "zendesk_event_version": "2022-11-06",
            "subject": "zen:ticket:5158",
            "detail": {
                "id": "5158",
                "group_id": "8447320465790",
                "created_at": "2026-03-02T10:12:07Z",
                "updated_at": "2026-03-02T15:33:18Z",
                "status": status,
                "priority": "LOW",
                "via": { "channel": "web_service" }
            },
            "event": { "current": status, "previous": "OPEN" }
        })
    }

    const DESK: &str = r#"
source = "zendesk"
event = "/id"
[when]
"/type" = ["zen:event-type:ticket.status_changed"]
[observation]
standard = { value = "mail-answered" }
unit = { at = "/detail/group_id", words = { "8447320465790" = "office" } }
key = { at = "/detail/id" }
from = { at = "/detail/created_at" }
to = { at = "/time", when = { "/event/current" = ["SOLVED", "CLOSED"] } }
channel = { at = "/detail/via/channel" }
chosen = { value = "census" }
"#;

    #[test]
    fn a_solved_ticket_is_an_observation_with_an_end() {
        let mapping = WebhookMapping::parse(DESK).unwrap();
        let Called::Observation { event, incoming } = mapping.read(&zendesk("SOLVED")).unwrap()
        else {
            panic!("passed over");
        };
        assert_eq!(event, "2b24ef10-19d3-4740-93cf-8f98ec4776c0");
        assert_eq!(
            (incoming.unit.as_str(), incoming.key.as_deref()),
            ("office", Some("5158"))
        );
        assert_eq!(incoming.from.as_deref(), Some("2026-03-02T10:12:07Z"));
        assert_eq!(incoming.to.as_deref(), Some("2026-03-02T15:33:18Z"));
        assert_eq!(incoming.source.as_deref(), Some("zendesk"));
        // Still open: the same ticket without an end.
        let Called::Observation { incoming, .. } = mapping.read(&zendesk("PENDING")).unwrap()
        else {
            panic!("passed over");
        };
        assert_eq!(incoming.to, None);
        let mut other = zendesk("SOLVED");
        other["type"] = json!("zen:event-type:ticket.tags_changed");
        assert_eq!(mapping.read(&other).unwrap(), Called::PassedOver);
    }

    /// The fields that Genesys Cloud documents for the end of an ACD segment.
    #[test]
    fn a_conversation_that_was_answered_is_a_time() {
        let mapping = WebhookMapping::parse(
            r#"
source = "genesys"
event = "/eventBody/sessionId"
[when]
"/eventBody/acdOutcome" = ["Answered"]
[observation]
standard = { value = "phone-answered" }
unit = { at = "/eventBody/queueId", words = { "9a1f" = "office" } }
key = { at = "/eventBody/conversationId" }
at = { at = "/eventBody/eventTime", read_as = "epoch_milliseconds" }
value = { at = "/eventBody/connectedDurationMs", read_as = "milliseconds" }
chosen = { value = "census" }
"#,
        )
        .unwrap();
        let call = json!({
            "topicName": "v2.detail.events.conversation.0b64.acd.end",
            "eventBody": {
                "eventTime": 1_772_464_398_000_i64,
                "conversationId": "0b64",
                "participantId": "77aa",
                "sessionId": "c0de",
                "mediaType": "VOICE",
                "direction": "INBOUND",
                "queueId": "9a1f",
                "acdOutcome": "Answered",
                "connectedDurationMs": 18_500
            }
        });
        let Called::Observation { incoming, .. } = mapping.read(&call).unwrap() else {
            panic!("passed over");
        };
        assert_eq!(incoming.value, Some(18.5));
        assert_eq!(incoming.at.as_deref(), Some("2026-03-02T15:13:18Z"));
        let mut foreign = call;
        foreign["eventBody"]["queueId"] = json!("ffff");
        let error = mapping.read(&foreign).unwrap_err().to_string();
        assert_eq!(
            error,
            "/eventBody/queueId is `ffff`, which the mapping's words for unit do not name \
             (there are: 9a1f)"
        );
    }

    #[test]
    fn a_mapping_that_cannot_work_says_where() {
        let wrong =
            |from: &str, to: &str| WebhookMapping::parse(&DESK.replace(from, to)).unwrap_err();
        assert!(matches!(
            wrong("key =", "kee ="),
            WebhookError::Field { field, .. } if field == "kee"
        ));
        assert!(matches!(
            wrong("\"/detail/id\"", "\"detail.id\""),
            WebhookError::Pointer { place, .. } if place == "observation.key.at"
        ));
        assert!(matches!(
            wrong("chosen = { value = \"census\" }", ""),
            WebhookError::OneOfBoth { field } if field == "chosen"
        ));
        assert!(matches!(
            wrong("event =", "event"),
            WebhookError::Toml { .. }
        ));
    }
}
