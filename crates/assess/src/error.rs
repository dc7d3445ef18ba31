//! Observations that cannot be judged, and why.

/// An observation that cannot be judged.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AssessError {
    /// What was seen is not what the kind of requirement is judged from.
    #[error(
        "a {kind} is not judged from {found} (allowed: {needed}, or whether it was kept: column `kept`)"
    )]
    NeedsOther {
        /// The kind of requirement.
        kind: &'static str,
        /// What was seen.
        found: &'static str,
        /// What is needed.
        needed: &'static str,
    },
    /// The number is none.
    #[error("{value} is not a number that can be judged (allowed: any finite number)")]
    NotFinite {
        /// What was found.
        value: f64,
    },
    /// Only what lasts can be open.
    #[error("a {kind} cannot be open (allowed: a number)")]
    CannotBeOpen {
        /// The kind.
        kind: &'static str,
    },
    /// What is open is looked at at some moment.
    #[error("how long it has been open is not known: the moment of looking is missing")]
    NoNow,
    /// The requirement counts the hours of a calendar, and nobody said which those are.
    #[error("the hours of the calendar `{calendar}` are not known")]
    NoHours {
        /// The calendar.
        calendar: String,
    },
    /// The list has no such point.
    #[error("the checklist has no point `{item}` (allowed: {allowed})")]
    UnknownItem {
        /// What was ticked.
        item: String,
        /// The points of the list.
        allowed: String,
    },
    /// A point that counts was not looked at.
    #[error("the point `{item}` was not looked at (allowed: yes, no, not_applicable)")]
    ItemNotSeen {
        /// Its id.
        item: String,
    },
    /// The scale has no such score.
    #[error("{score} is not a score of the scale (allowed: whole numbers from {min} to {max})")]
    NotOnScale {
        /// What was found.
        score: f64,
        /// The lowest.
        min: i32,
        /// The highest.
        max: i32,
    },
    /// One person scored one thing twice.
    #[error("`{rater}` scored the same thing twice (allowed: one score a rater)")]
    RaterTwice {
        /// Who.
        rater: String,
    },
    /// There are rules for several languages, and the text does not say its own.
    #[error("the language of the text is missing (allowed: {allowed})")]
    NoLanguage {
        /// The languages with rules.
        allowed: String,
    },
}
