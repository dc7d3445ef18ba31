//! The way to a value of a definition, and how values are read and shown.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::text::{Text, UNDETERMINED};

/// How much of a found text a message repeats, in characters.
const FOUND_LENGTH_MAX: usize = 60;

/// The way to a value, for machines and for people.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// `/pages/0/elements/1/rateMax`.
    pub(super) pointer: String,
    /// `instrument.guest.nps.rateMax`.
    pub(super) key: String,
}

impl Node {
    pub(super) fn root(key: &str) -> Self {
        Self {
            pointer: String::new(),
            key: key.to_owned(),
        }
    }

    /// The property `name` of this.
    pub(super) fn child(&self, name: &str) -> Self {
        Self {
            pointer: format!("{}/{name}", self.pointer),
            key: format!("{}.{name}", self.key),
        }
    }

    /// The element `index` (from 0) of this list; keys count from 1.
    pub(super) fn element(&self, index: usize) -> Self {
        Self {
            pointer: format!("{}/{index}", self.pointer),
            key: format!("{}[{}]", self.key, index + 1),
        }
    }

    /// The same place under another key.
    pub(super) fn keyed(self, key: String) -> Self {
        Self { key, ..self }
    }
}

/// A text in one or more languages; `SurveyJS` calls the language that nobody named `default`.
pub(super) fn localised(value: &Value) -> Option<Text> {
    match value {
        Value::String(text) => Text::plain(text).ok(),
        Value::Object(texts) => {
            let texts: Option<BTreeMap<String, String>> = texts
                .iter()
                .map(|(language, text)| {
                    let language = match language.as_str() {
                        "default" => UNDETERMINED,
                        language => language,
                    };
                    Some((language.to_owned(), text.as_str()?.to_owned()))
                })
                .collect();
            Text::localised(texts?).ok()
        }
        _ => None,
    }
}

/// A value for a message.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        simple => {
            let text = simple.to_string();
            match text.char_indices().nth(FOUND_LENGTH_MAX) {
                Some((cut, _)) => format!("{}…", &text[..cut]),
                None => text,
            }
        }
    }
}
