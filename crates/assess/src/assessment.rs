//! What an assessment says.
//!
//! Invariant: the serialised form of [`Deviation`] is stored in every observation and read by
//! other rooms. Kinds and fields are added, never renamed.

use serde::{Deserialize, Serialize};

/// How an observation departs from its requirement. Spans (`start`, `end`) count characters
/// (Unicode scalar values) of the text from 0, `end` not included. Places of steps (`at`) count
/// from 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Deviation {
    /// It took longer than allowed; 0 where exactly the limit is too long.
    OverTime {
        /// By how many seconds, of the hours that count.
        by_seconds: f64,
    },
    /// It has not ended yet and is longer than allowed already.
    StillOpen {
        /// By how many seconds so far.
        by_seconds: f64,
    },
    /// The number is below the lower limit; 0 where the limit itself is too low.
    TooLow {
        /// By how much, in the unit of measure.
        by: f64,
    },
    /// The number is above the upper limit; 0 where the limit itself is too high.
    TooHigh {
        /// By how much, in the unit of measure.
        by: f64,
    },
    /// A point of a checklist was not there.
    ItemMissed {
        /// Its id.
        item: String,
        /// Whether nothing else helps without it.
        auto_fail: bool,
    },
    /// Too few of a checklist's points were there, by weight.
    ShareTooLow {
        /// The weighted share of points that apply.
        share: f64,
        /// The share from which it is kept.
        pass_at: f64,
    },
    /// The raters' score is too low.
    ScoreTooLow {
        /// The median of the scores.
        score: f64,
        /// The score from which it is kept.
        pass_from: f64,
    },
    /// A required phrase is not in the text.
    PhraseMissing {
        /// The phrase.
        phrase: String,
    },
    /// A forbidden phrase is in the text.
    PhraseForbidden {
        /// The phrase as the text has it.
        phrase: String,
        /// Its first character.
        start: usize,
        /// The first after it.
        end: usize,
    },
    /// The reader is addressed in the other form.
    WrongAddress {
        /// The word as the text has it.
        word: String,
        /// The word of the form that is wanted: `u`, `tu`.
        wanted: String,
        /// Its first character.
        start: usize,
        /// The first after it.
        end: usize,
    },
    /// The text does not begin with a greeting.
    GreetingMissing,
    /// The text does not end with a closing.
    ClosingMissing,
    /// The text does not say sorry.
    ApologyMissing,
    /// The text does not thank.
    GratitudeMissing,
    /// A sentence is too long.
    SentenceTooLong {
        /// Its words.
        words: u32,
        /// The most that are allowed.
        max: u32,
        /// Its first character.
        start: usize,
        /// The first after it.
        end: usize,
    },
    /// The text is hard to read.
    HardToRead {
        /// Its reading ease.
        ease: f64,
        /// The lowest that is allowed.
        min: f64,
    },
    /// A required step was not done.
    StepMissing {
        /// The step.
        step: String,
        /// Its place among the required steps.
        at: usize,
    },
    /// A step was done that is neither required nor welcome.
    StepAdded {
        /// The step.
        step: String,
        /// Its place among the observed steps.
        at: usize,
    },
    /// Two neighbours were done in the other order.
    StepsSwapped {
        /// The one that is required first.
        first: String,
        /// The one that is required second.
        second: String,
        /// The place of the first among the required steps.
        at: usize,
    },
}

impl Deviation {
    /// The word of the kind, as it is stored.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::OverTime { .. } => "over_time",
            Self::StillOpen { .. } => "still_open",
            Self::TooLow { .. } => "too_low",
            Self::TooHigh { .. } => "too_high",
            Self::ItemMissed { .. } => "item_missed",
            Self::ShareTooLow { .. } => "share_too_low",
            Self::ScoreTooLow { .. } => "score_too_low",
            Self::PhraseMissing { .. } => "phrase_missing",
            Self::PhraseForbidden { .. } => "phrase_forbidden",
            Self::WrongAddress { .. } => "wrong_address",
            Self::GreetingMissing => "greeting_missing",
            Self::ClosingMissing => "closing_missing",
            Self::ApologyMissing => "apology_missing",
            Self::GratitudeMissing => "gratitude_missing",
            Self::SentenceTooLong { .. } => "sentence_too_long",
            Self::HardToRead { .. } => "hard_to_read",
            Self::StepMissing { .. } => "step_missing",
            Self::StepAdded { .. } => "step_added",
            Self::StepsSwapped { .. } => "steps_swapped",
        }
    }

    /// Where it stands in the text: characters from, to.
    pub fn span(&self) -> Option<(usize, usize)> {
        match self {
            Self::PhraseForbidden { start, end, .. }
            | Self::WrongAddress { start, end, .. }
            | Self::SentenceTooLong { start, end, .. } => Some((*start, *end)),
            _ => None,
        }
    }
}

/// Why nobody can say whether a standard was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Unknown {
    /// It has not ended and its time is not over.
    StillOpen,
    /// It has not ended, and the standard leaves such observations out.
    LeftOut,
    /// No point of the checklist applied.
    NothingApplies,
    /// Fewer people have scored than the standard asks for.
    TooFewRaters {
        /// How many have.
        raters: u32,
        /// How many are needed.
        needed: u32,
    },
    /// The raters have not scored enough things blindly yet.
    NotCalibrated {
        /// How many things two or more of them have scored.
        subjects: u32,
        /// How many are needed.
        subjects_min: u32,
    },
    /// The raters do not agree enough for a score.
    AgreementTooLow {
        /// Krippendorff's ordinal alpha; None where it is undefined, since nothing varied.
        agreement: Option<f64>,
        /// The lowest that is allowed.
        agreement_min: f64,
    },
    /// The text is in a language for which there are no rules.
    NoRules {
        /// The language.
        language: String,
    },
    /// There is no word in the text.
    NoWords,
    /// The reader is not addressed, so the form of address cannot be told.
    AddressNotKnown,
}

/// The judgement on one observation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// Whether the standard was kept; None while nobody can know.
    pub kept: Option<bool>,
    /// How it departs from what is required. Only a checklist whose pass mark is below 1 can be
    /// kept with some.
    pub deviations: Vec<Deviation>,
    /// What came on top. Never weighed against deviations.
    pub extras: Vec<String>,
    /// The number that was made of what was seen, if it was none: seconds that count, the share
    /// of points, the median score, the reading ease where only that is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Why `kept` is None.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Unknown>,
}

impl Assessment {
    /// Kept exactly when nothing deviates.
    pub(crate) fn of(deviations: Vec<Deviation>) -> Self {
        Self {
            kept: Some(deviations.is_empty()),
            deviations,
            ..Self::default()
        }
    }

    /// Kept, with nothing on top.
    pub(crate) fn kept() -> Self {
        Self::of(Vec::new())
    }

    /// Not kept, in this way.
    pub(crate) fn deviated(deviation: Deviation) -> Self {
        Self::of(vec![deviation])
    }

    /// Not known, for this reason.
    pub(crate) fn unknown(why: Unknown) -> Self {
        Self {
            unknown: Some(why),
            ..Self::default()
        }
    }

    /// The same, with the number that was judged.
    pub(crate) fn with_value(mut self, value: f64) -> Self {
        self.value = Some(value);
        self
    }

    /// The same, with what came on top.
    pub(crate) fn with_extras(mut self, extras: Vec<String>) -> Self {
        self.extras = extras;
        self
    }
}
