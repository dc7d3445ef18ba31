//! The one registry of identifiers.
//!
//! Invariant: an id is a slug (`^[a-z0-9][a-z0-9_-]{0,63}$`), immutable and never reused, so it
//! may stand in a file name, a URL and a column name unescaped. Each kind of thing has its own
//! type, so that a standard cannot be looked up by a team's id.
//!
//! Absent on purpose: random ids. What people agree on has a name that people chose.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest id, in bytes.
pub const ID_LENGTH_MAX: usize = 64;

/// What every id may look like, for messages.
pub const ID_ALLOWED: &str = "1 to 64 of a-z, 0-9, `_` and `-`, beginning with a letter or digit";

/// A text that is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not an id (allowed: {ID_ALLOWED})")]
pub struct IdError {
    /// The text as it was found.
    pub found: String,
}

/// Whether `text` is a slug.
pub fn is_slug(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(first) = bytes.first() else {
        return false;
    };
    bytes.len() <= ID_LENGTH_MAX
        && (first.is_ascii_lowercase() || first.is_ascii_digit())
        && bytes
            .iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_' || *b == b'-')
}

/// Makes a slug of any text: lower case, the common Latin accents dropped, every run of other
/// characters one `-`, cut at 64 bytes. A text without any letter or digit of a–z, 0–9 gives an
/// empty string, which is no id: the caller has to say so.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(ID_LENGTH_MAX));
    for c in text.chars().flat_map(char::to_lowercase) {
        match unaccented(c) {
            Some(plain) => slug.push_str(plain),
            None if c.is_ascii_lowercase() || c.is_ascii_digit() => slug.push(c),
            None if c == '_' && !slug.is_empty() => slug.push('_'),
            None if slug.is_empty() || slug.ends_with('-') => {}
            None => slug.push('-'),
        }
    }
    slug.truncate(ID_LENGTH_MAX);
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The plain spelling of the accented letters that European file exports contain.
fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ţ' | 'ť' => "t",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        // Lower-casing `İ` leaves a combining dot; apostrophes bind ("king's" is "kings").
        '\u{307}' | '\'' | '’' => "",
        _ => return None,
    })
}

/// Writes one id type.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads an id; anything that is no slug is an error.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                if is_slug(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(IdError { found: text.to_owned() })
                }
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        // Maps by id can be searched with a plain text; `Ord` and `Hash` are those of the text.
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                if is_slug(&text) { Ok(Self(text)) } else { Err(IdError { found: text }) }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::try_from(text).map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// A group with a stake: `customer`, `frontline`, `back_office`, …
    PartyId
);
id!(
    /// A node of the organisation's tree.
    UnitId
);
id!(
    /// A team that owns things.
    TeamId
);
id!(
    /// A step in the customer's journey.
    TouchpointId
);
id!(
    /// A standard: what someone may expect.
    StandardId
);
id!(
    /// A questionnaire.
    InstrumentId
);
id!(
    /// One question of a questionnaire; for ever bound to one scale.
    ItemId
);
id!(
    /// A named measure of one party or standard.
    IndicatorId
);
id!(
    /// A number from outside without n or interval.
    CovariateId
);
id!(
    /// A calendar: when an organisation works.
    CalendarId
);
id!(
    /// One construct asked of two parties.
    MirrorId
);
id!(
    /// A declared property of a respondent, such as role or tenure.
    AttributeId
);
id!(
    /// A level of the unit tree, such as region.
    LevelId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_slugs_are_ids() {
        for good in ["a", "0", "back_office", "house-burger", &"x".repeat(64)] {
            assert!(UnitId::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "-a",
            "_a",
            "A",
            "é",
            "a b",
            "a.b",
            "a/b",
            &"x".repeat(65),
        ] {
            assert!(UnitId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_error_says_what_is_allowed() {
        let error = PartyId::parse("Front Line").expect_err("a blank is not allowed");
        assert_eq!(
            error.to_string(),
            "`Front Line` is not an id (allowed: 1 to 64 of a-z, 0-9, `_` and `-`, beginning with a letter or digit)"
        );
    }

    #[test]
    fn slugify_makes_ids_of_names_in_files() {
        assert_eq!(
            slugify("P.S. 015 Roberto Clemente"),
            "p-s-015-roberto-clemente"
        );
        assert_eq!(slugify("  Köln – Süd "), "koeln-sued");
        assert_eq!(slugify("'s-Hertogenbosch"), "s-hertogenbosch");
        assert_eq!(slugify("King's Cross"), "kings-cross");
        assert_eq!(slugify("__x__y"), "x__y");
        assert_eq!(slugify("日本"), "");
        assert!(is_slug(&slugify(&"é-".repeat(80))));
    }

    #[test]
    fn json_refuses_what_is_no_slug() {
        assert_eq!(
            serde_json::from_str::<ItemId>("\"nps\"").expect("a slug"),
            ItemId::parse("nps").expect("a slug")
        );
        assert!(serde_json::from_str::<ItemId>("\"N P S\"").is_err());
    }
}
