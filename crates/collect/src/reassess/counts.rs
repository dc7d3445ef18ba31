//! What changed, counted.
//!
//! Invariant: every look that is meant is in exactly one of `unchanged`, `changes` and `not_judged`.
//! Looks chosen for convenience are judged again as all others, and are in no conformance.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::judge::Outcome;
use super::stored::StoredLook;

/// Why a look stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotJudged {
    /// A person judged it.
    Person,
    /// A number is stored and a judgement that does not follow from it: who judged is not known.
    WhoNotKnown,
    /// It was taken to find out how well raters agree.
    Calibration,
    /// No version is in force on its day.
    NoVersion,
    /// The text is not stored.
    TextNotStored,
    /// What was seen is not stored.
    NotStored,
    /// Fewer people have scored than the version asks for.
    TooFewRaters,
    /// What was seen then is not what the version asks for.
    DoesNotFit,
}

/// How judgements change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Changes {
    /// Was kept, is not.
    pub kept_to_not_kept: u64,
    /// Was not kept, is.
    pub not_kept_to_kept: u64,
    /// Was not known, is kept.
    pub unknown_to_kept: u64,
    /// Was not known, is not kept.
    pub unknown_to_not_kept: u64,
    /// Was kept, is not known.
    pub kept_to_unknown: u64,
    /// Was not kept, is not known.
    pub not_kept_to_unknown: u64,
    /// As kept as before; how it deviates, what comes on top, the number or the version changes.
    pub otherwise: u64,
}

impl Changes {
    /// All of them.
    pub fn all(&self) -> u64 {
        self.kept_to_not_kept
            + self.not_kept_to_kept
            + self.unknown_to_kept
            + self.unknown_to_not_kept
            + self.kept_to_unknown
            + self.not_kept_to_unknown
            + self.otherwise
    }

    fn count(&mut self, then: Option<bool>, now: Option<bool>) {
        let line = match (then, now) {
            (Some(true), Some(false)) => &mut self.kept_to_not_kept,
            (Some(false), Some(true)) => &mut self.not_kept_to_kept,
            (None, Some(true)) => &mut self.unknown_to_kept,
            (None, Some(false)) => &mut self.unknown_to_not_kept,
            (Some(true), None) => &mut self.kept_to_unknown,
            (Some(false), None) => &mut self.not_kept_to_unknown,
            (None, None) | (Some(true), Some(true)) | (Some(false), Some(false)) => {
                &mut self.otherwise
            }
        };
        *line += 1;
    }
}

/// Looks of one version then and one now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionCount {
    /// The version by which they were judged.
    pub then: i64,
    /// The version by which they are judged now.
    pub now: i64,
    /// Looks.
    pub looks: u64,
    /// Those of them whose judgement changes.
    pub changed: u64,
}

/// Looks that speak for all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conformance {
    /// Kept.
    pub kept: u64,
    /// Kept or not.
    pub n: u64,
    /// Of which nobody knows.
    pub not_known: u64,
}

impl Conformance {
    fn count(&mut self, kept: Option<bool>) {
        match kept {
            Some(kept) => {
                self.n += 1;
                self.kept += u64::from(kept);
            }
            None => self.not_known += 1,
        }
    }
}

/// Looks judged again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JudgedAgain {
    /// Looks. Of a thing that several people scored it is one.
    pub looks: u64,
    /// Judged again with the same result.
    pub unchanged: u64,
    /// Judged again with another one: these are appended.
    pub changes: Changes,
    /// Left as they are.
    pub not_judged: BTreeMap<NotJudged, u64>,
    /// By version then and now, of those judged again.
    pub versions: BTreeMap<(i32, i32), (u64, u64)>,
    /// Before.
    pub before: Conformance,
    /// After.
    pub after: Conformance,
    /// Chosen for convenience: in neither.
    pub convenience: u64,
    /// Durations judged by the seconds that were counted then, though the standard counts the hours
    /// of a calendar: their moments are not stored.
    pub not_recounted: u64,
}

impl JudgedAgain {
    /// The counts by version, in their order.
    pub fn version_counts(&self) -> Vec<VersionCount> {
        let counts = self.versions.iter();
        counts
            .map(|((then, now), (looks, changed))| VersionCount {
                then: i64::from(*then),
                now: i64::from(*now),
                looks: *looks,
                changed: *changed,
            })
            .collect()
    }

    pub(super) fn count(&mut self, look: &StoredLook<'_>, outcome: &Outcome) {
        let now = match outcome {
            // Another row carries the judgement of this thing.
            Outcome::Beside => return,
            Outcome::Stays(reason) => {
                *self.not_judged.entry(*reason).or_default() += 1;
                look.kept
            }
            Outcome::Same { version, recounted } => {
                self.unchanged += 1;
                self.version(look.version, *version, false);
                self.not_recounted += u64::from(!recounted);
                look.kept
            }
            Outcome::Changed(new) => {
                self.changes.count(look.kept, new.kept);
                self.version(look.version, new.version, true);
                self.not_recounted += u64::from(!new.recounted);
                new.kept
            }
        };
        self.looks += 1;
        if matches!(look.chosen, "census" | "random") {
            self.before.count(look.kept);
            self.after.count(now);
        } else {
            self.convenience += 1;
        }
    }

    fn version(&mut self, then: i32, now: i32, is_changed: bool) {
        let (looks, changed) = self.versions.entry((then, now)).or_default();
        *looks += 1;
        *changed += u64::from(is_changed);
    }
}
