//! What was seen, by kind, and what one has to know to judge it.

use std::collections::BTreeMap;

use evenkeel_foundation::{Latitude, OpenHours};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A point of a checklist, looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tick {
    /// It is there.
    Yes,
    /// It is not.
    No,
    /// It does not apply here; it counts for nothing.
    NotApplicable,
}

impl Tick {
    /// The words in files.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("yes", Self::Yes),
        ("no", Self::No),
        ("not_applicable", Self::NotApplicable),
    ];
}

/// One rater's score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// Who scored.
    pub rater: String,
    /// The score, a whole number of the scale.
    pub score: f64,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq)]
pub enum Observed {
    /// A number: seconds that count for a duration, the unit of measure for a range, the score of
    /// the only rater for a rubric. A negative duration is early, and so in time.
    Number(f64),
    /// Something that has not ended yet, and for how many seconds it has been going on.
    OpenForSeconds(f64),
    /// Something with a beginning and an end.
    Between {
        /// When it began.
        from: Timestamp,
        /// When it ended.
        to: Timestamp,
    },
    /// Something with a beginning that has not ended at [`Context::now`].
    OpenSince(Timestamp),
    /// The points of a checklist that were looked at.
    Ticks(BTreeMap<String, Tick>),
    /// The scores that several people gave to the same thing.
    Scores(Vec<Scored>),
    /// A text.
    Text {
        /// The text.
        text: String,
        /// Its language; needed where the standard has rules for several.
        language: Option<String>,
    },
    /// What was done, in order.
    Steps(Vec<String>),
}

impl Observed {
    /// What it is, for messages.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Number(_) => "a number",
            Self::OpenForSeconds(_) | Self::OpenSince(_) => "something that is still open",
            Self::Between { .. } => "two moments",
            Self::Ticks(_) => "ticked points",
            Self::Scores(_) => "scores",
            Self::Text { .. } => "a text",
            Self::Steps(_) => "steps",
        }
    }
}

/// What a blind round of raters has shown (computed elsewhere, METHODS §5).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Krippendorff's ordinal alpha; None where nothing varied.
    pub alpha: Option<f64>,
    /// How many things two or more people have scored.
    pub subjects: u32,
}

/// What one has to know besides what was seen.
#[derive(Debug, Clone)]
pub struct Context<'c> {
    /// Which extras are welcome.
    pub latitude: &'c Latitude,
    /// The hours of the unit, where the requirement names a calendar.
    pub hours: Option<&'c OpenHours>,
    /// The unit's zone.
    pub zone: &'c TimeZone,
    /// The moment at which what is open is looked at.
    pub now: Option<Timestamp>,
    /// What the last blind round of raters has shown, where there was one.
    pub agreement: Option<Agreement>,
}
