//! The six kinds of requirement, typed.
//!
//! Invariant: a requirement that exists can be assessed: limits are finite and ordered, lists are
//! not empty, scores lie on their scale. `parse` checks that; `assess` relies on it.
//!
//! Absent on purpose: the judging itself, which is the room `assess`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::CalendarId;
use crate::proportion::Proportion;
use crate::text::Text;

/// What exactly is required.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Requirement {
    /// Something is done within a time.
    Duration(Duration),
    /// A measured number lies between limits.
    Range(Range),
    /// Points to tick.
    Checklist(Checklist),
    /// A score on an anchored scale.
    Rubric(Rubric),
    /// Rules for a text, per language.
    Wording(Wording),
    /// Steps in an order.
    Sequence(Sequence),
}

impl Requirement {
    /// Every kind, the words in files.
    pub const EVERY: [&'static str; 6] = [
        "duration",
        "range",
        "checklist",
        "rubric",
        "wording",
        "sequence",
    ];

    /// The word in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Duration(_) => "duration",
            Self::Range(_) => "range",
            Self::Checklist(_) => "checklist",
            Self::Rubric(_) => "rubric",
            Self::Wording(_) => "wording",
            Self::Sequence(_) => "sequence",
        }
    }

    /// The limits of an observed number: seconds for a duration, the unit of measure for a range.
    /// None for the kinds that are not judged by one number.
    pub fn limits(&self) -> Option<Limits> {
        match self {
            Self::Duration(duration) => Some(duration.limits()),
            Self::Range(range) => Some(range.limits()),
            Self::Checklist(_) | Self::Rubric(_) | Self::Wording(_) | Self::Sequence(_) => None,
        }
    }
}

/// One end of what is allowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// The number at the end.
    pub value: f64,
    /// Whether the number itself is still allowed.
    pub inclusive: bool,
}

/// The numbers that are allowed; an end that is None is open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The lower end.
    pub lower: Option<Limit>,
    /// The upper end.
    pub upper: Option<Limit>,
}

impl Limits {
    /// Whether `value` is below the lower end. NaN is not.
    pub fn is_below(&self, value: f64) -> bool {
        self.lower
            .is_some_and(|l| value < l.value || (!l.inclusive && value == l.value))
    }

    /// Whether `value` is above the upper end. NaN is not.
    pub fn is_above(&self, value: f64) -> bool {
        self.upper
            .is_some_and(|l| value > l.value || (!l.inclusive && value == l.value))
    }

    /// Whether `value` is allowed. NaN never is.
    pub fn contains(&self, value: f64) -> bool {
        !value.is_nan() && !self.is_below(value) && !self.is_above(value)
    }
}

/// What an observation that has not ended yet says (METHODS §7).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Censored {
    /// Open past the limit has failed; open before it is censored.
    #[default]
    FailPastLimit,
    /// Open says nothing, however long.
    LeaveOut,
}

/// Something is done within a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Duration {
    /// The time allowed, in seconds. May be 0 (on the hour).
    pub within: f64,
    /// Whether exactly `within` is still in time.
    #[serde(default = "yes")]
    pub inclusive: bool,
    /// The event that starts the clock, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_from: Option<String>,
    /// The event that stops the clock, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_to: Option<String>,
    /// What an open observation says.
    #[serde(default)]
    pub open: Censored,
    /// The hours in which the clock runs, in the unit's zone; all hours, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<CalendarId>,
}

impl Duration {
    /// The limits in seconds: no lower one, since early is in time.
    pub fn limits(&self) -> Limits {
        Limits {
            lower: None,
            upper: Some(Limit {
                value: self.within,
                inclusive: self.inclusive,
            }),
        }
    }
}

/// A measured number lies between limits; at least one is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The smallest number allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<f64>,
    /// Whether exactly `lower` is allowed.
    #[serde(default = "yes")]
    pub lower_inclusive: bool,
    /// The largest number allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
    /// Whether exactly `upper` is allowed.
    #[serde(default = "yes")]
    pub upper_inclusive: bool,
    /// What is aimed for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nominal: Option<f64>,
    /// What the number counts: `°C`, `g`, `people`.
    pub unit_of_measure: String,
}

impl Range {
    /// The limits in the unit of measure.
    pub fn limits(&self) -> Limits {
        let limit = |value: Option<f64>, inclusive| value.map(|value| Limit { value, inclusive });
        Limits {
            lower: limit(self.lower, self.lower_inclusive),
            upper: limit(self.upper, self.upper_inclusive),
        }
    }
}

fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde calls it with a reference
fn is_off(flag: &bool) -> bool {
    !flag
}

/// Points to tick.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checklist {
    /// The weighted share of points from which it is kept.
    pub pass_at: Proportion,
    /// The points.
    pub items: Vec<ChecklistItem>,
}

/// What a point means for the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weighing {
    /// Counts with its weight.
    #[default]
    Required,
    /// Counts with its weight; without it nothing else helps.
    AutoFail,
    /// Never counts; when ticked it is an extra.
    Bonus,
}

/// One point of a checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChecklistItem {
    /// Its id within the list: a slug.
    pub id: String,
    /// What to look for.
    pub title: Text,
    /// What it means for the whole.
    #[serde(default)]
    pub counts_as: Weighing,
    /// How much it weighs; above 0. A bonus has none and is 0.
    pub weight: f64,
}

/// A score on an anchored scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rubric {
    /// The lowest score.
    pub min: i32,
    /// The highest score.
    pub max: i32,
    /// The score from which it is kept.
    pub pass_from: i32,
    /// How many people score the same thing, at least.
    pub raters: u32,
    /// What scores look like, lowest first; at least the two ends.
    pub anchors: Vec<Anchor>,
    /// What raters have to show before their scores count; nothing, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
}

/// A blind round: raters score the same things without seeing each other's scores. Until it shows
/// enough agreement, no score of this rubric is shown as a score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// The smallest ordinal alpha of Krippendorff.
    pub agreement_min: f64,
    /// How many things two people or more have to score, at least.
    pub subjects_min: u32,
}

impl Calibration {
    /// Krippendorff's own lower end for tentative conclusions (METHODS §5).
    pub const AGREEMENT_MIN: f64 = 0.667;
    /// Fewer things than this say nothing about agreement.
    pub const SUBJECTS_MIN: u32 = 10;
}

/// What one score looks like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Anchor {
    /// The score.
    pub score: i32,
    /// What it looks like.
    pub title: Text,
}

/// Rules for a text, per language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wording {
    /// The rules by language.
    pub languages: BTreeMap<String, WordingRules>,
}

/// How a reader is addressed. Files use the words of the language: `u` or `je`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// `u`, `vous`, `Sie`.
    Formal,
    /// `je`, `tu`, `du`.
    Informal,
}

impl Address {
    /// The formal and the informal word of each language that has both.
    pub const WORDS: [(&'static str, &'static str, &'static str); 3] =
        [("nl", "u", "je"), ("fr", "vous", "tu"), ("de", "Sie", "du")];

    /// The formal and the informal word of a language (`nl`, `nl-BE`), if it has both.
    pub fn words_of(language: &str) -> Option<(&'static str, &'static str)> {
        let base = language.split('-').next().unwrap_or(language);
        let found = Self::WORDS.into_iter().find(|(known, ..)| *known == base);
        found.map(|(_, formal, informal)| (formal, informal))
    }

    /// The word of this address in a language, if that has both.
    pub fn word_in(self, language: &str) -> Option<&'static str> {
        let (formal, informal) = Self::words_of(language)?;
        Some(match self {
            Self::Formal => formal,
            Self::Informal => informal,
        })
    }
}

/// What a rule says about a courtesy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Courtesy {
    /// It has to be there.
    Required,
    /// It must not be there.
    Forbidden,
}

impl Courtesy {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Forbidden => "forbidden",
        }
    }
}

/// The rules for a text in one language; at least one is given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct WordingRules {
    /// How the reader is addressed (nl, fr, de).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// The text begins with one of these.
    #[serde(default)]
    pub greeting: Vec<String>,
    /// The text begins with a greeting, whichever of the language.
    #[serde(default, skip_serializing_if = "is_off")]
    pub any_greeting: bool,
    /// The text ends with one of these; names and numbers may follow.
    #[serde(default)]
    pub closing: Vec<String>,
    /// The text ends with a closing, whichever of the language.
    #[serde(default, skip_serializing_if = "is_off")]
    pub any_closing: bool,
    /// Whether the text says sorry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apology: Option<Courtesy>,
    /// Whether the text thanks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gratitude: Option<Courtesy>,
    /// Whether the text says please.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub please: Option<Courtesy>,
    /// Whether a sentence begins with please, which sounds like an order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub please_first: Option<Courtesy>,
    /// Phrases that must appear.
    #[serde(default)]
    pub required: Vec<String>,
    /// Phrases that must not appear.
    #[serde(default)]
    pub forbidden: Vec<String>,
    /// The longest sentence, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence_words_max: Option<u32>,
    /// The lowest Flesch reading ease of that language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading_ease_min: Option<f64>,
}

impl WordingRules {
    /// The languages of which Evenkeel knows the words of courtesy and how hard they read.
    pub const WORDED: [&'static str; 4] = ["en", "nl", "fr", "de"];

    /// The first rule that needs words of the language.
    pub fn first_worded(&self) -> Option<&'static str> {
        let asked = [
            ("any_greeting", self.any_greeting),
            ("any_closing", self.any_closing),
            ("apology", self.apology.is_some()),
            ("gratitude", self.gratitude.is_some()),
            ("please", self.please.is_some()),
            ("please_first", self.please_first.is_some()),
            ("reading_ease_min", self.reading_ease_min.is_some()),
        ];
        let first = asked.into_iter().find(|(_, asked)| *asked);
        first.map(|(name, _)| name)
    }
}

/// Steps in an order; a step may occur more than once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// The steps.
    pub steps: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_know_their_ends() {
        let open_above = Limits {
            lower: Some(Limit {
                value: 63.0,
                inclusive: true,
            }),
            upper: None,
        };
        assert!(open_above.contains(63.0));
        assert!(!open_above.contains(62.9));
        assert!(open_above.contains(f64::INFINITY));
        assert!(!open_above.contains(f64::NAN));
        let exclusive = Limits {
            lower: None,
            upper: Some(Limit {
                value: 900.0,
                inclusive: false,
            }),
        };
        assert!(!exclusive.contains(900.0));
        assert!(exclusive.contains(899.999));
        assert!(exclusive.contains(-60.0));
    }
}
