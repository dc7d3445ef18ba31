//! Text for people, in one or more languages.
//!
//! Invariant: at least one language, no empty text. A text without a language is stored under
//! [`UNDETERMINED`] and stands for the organisation's first language.
//!
//! Absent on purpose: translation and formatting; the pages' own words live in their catalogue.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The key of a text whose language nobody named (BCP 47 `und`).
pub const UNDETERMINED: &str = "und";

/// A localised text. In TOML and JSON either `"text"` or `{ en = "text", nl = "tekst" }`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(BTreeMap<String, String>);

/// A text that cannot be shown to anyone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// No language at all.
    #[error("a text needs at least one language")]
    NoLanguage,
    /// A language with nothing but blanks.
    #[error("the text in `{language}` is empty")]
    Empty {
        /// The language of the empty text.
        language: String,
    },
}

impl Text {
    /// A text whose language nobody named.
    pub fn plain(text: &str) -> Result<Self, TextError> {
        Self::localised([(UNDETERMINED.to_owned(), text.to_owned())])
    }

    /// A text in several languages: (language, text).
    pub fn localised(texts: impl IntoIterator<Item = (String, String)>) -> Result<Self, TextError> {
        let texts: BTreeMap<String, String> = texts.into_iter().collect();
        if texts.is_empty() {
            return Err(TextError::NoLanguage);
        }
        if let Some((language, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(TextError::Empty {
                language: language.clone(),
            });
        }
        Ok(Self(texts))
    }

    /// The text for a reader of `language` (`nl`, `nl-BE`). First that language, then the same
    /// without its region, then the text without a language, then English, then any.
    pub fn get(&self, language: &str) -> &str {
        self.get_in(language, &[])
    }

    /// As [`Text::get`], but before any other language those of `order`: the organisation's.
    pub fn get_in(&self, language: &str, order: &[String]) -> &str {
        let base = language.split(['-', '_']).next().unwrap_or(language);
        [language, base, UNDETERMINED]
            .into_iter()
            .chain(order.iter().map(String::as_str))
            .chain(["en"])
            .find_map(|key| self.0.get(key))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// Every language with its text, in order of the language.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// The text without a language, when it is the only one.
    pub fn as_plain(&self) -> Option<&str> {
        match self.0.get(UNDETERMINED) {
            Some(text) if self.0.len() == 1 => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get(UNDETERMINED))
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_plain() {
            Some(text) => serializer.serialize_str(text),
            None => self.0.serialize(serializer),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Plain(String),
    Localised(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Plain(text) => Self::plain(&text),
            Written::Localised(texts) => Self::localised(texts),
        }
        .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(pairs: &[(&str, &str)]) -> Text {
        Text::localised(
            pairs
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned())),
        )
        .expect("texts of these tests are not empty")
    }

    #[test]
    fn the_fallback_chain() {
        let both = text(&[("en", "Kitchen"), ("nl", "Keuken")]);
        assert_eq!(both.get("nl"), "Keuken");
        assert_eq!(both.get("nl-BE"), "Keuken");
        assert_eq!(both.get("fr"), "Kitchen");
        assert_eq!(
            both.get_in("fr", &["nl".to_owned(), "en".to_owned()]),
            "Keuken"
        );
        assert_eq!(text(&[("de", "Küche")]).get("en"), "Küche");
        assert_eq!(
            text(&[("und", "Cuisine"), ("nl", "Keuken")]).get("en"),
            "Cuisine"
        );
    }

    #[test]
    fn empty_texts_are_refused() {
        assert_eq!(Text::localised([]), Err(TextError::NoLanguage));
        assert!(Text::plain("  ").is_err());
    }

    #[test]
    fn json_is_short_where_it_can_be() {
        let plain = Text::plain("Kitchen").expect("not empty");
        assert_eq!(serde_json::to_string(&plain).expect("json"), "\"Kitchen\"");
        let both = text(&[("en", "Kitchen"), ("nl", "Keuken")]);
        let json = serde_json::to_string(&both).expect("json");
        assert_eq!(json, r#"{"en":"Kitchen","nl":"Keuken"}"#);
        assert_eq!(serde_json::from_str::<Text>(&json).expect("a text"), both);
    }
}
