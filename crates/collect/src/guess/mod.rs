//! A first mapping for a file that nobody has described yet.
//!
//! Invariant: a guess is written to be corrected: every column of the file stands in it, used or
//! in a comment with samples, and what is needed and was not found stands there as a comment too.
//! Where everything needed was found, the mapping parses.
//!
//! Absent on purpose: certainty. Confidences are for ordering, not for believing.

mod dates;
mod likert;
mod plan;
mod profile;
mod sniff;
mod targets;
mod write;

use std::path::Path;

use evenkeel_foundation::Foundation;
use serde::Serialize;

use crate::mapping::{FileRule, ImportKind};
use crate::source::{Opening, ReadError};

/// How many rows are looked at.
const ROWS_LOOKED_AT: u64 = 2000;

/// A mapping to correct.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Guess {
    /// What the file seems to hold.
    pub kind: ImportKind,
    /// The mapping.
    pub mapping_toml: String,
    /// Every column and what it seems to be.
    pub columns: Vec<GuessedColumn>,
}

/// One column of the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GuessedColumn {
    /// Its name.
    pub name: String,
    /// Some of its values.
    pub samples: Vec<String>,
    /// What it seems to be: `unit`, `time`, `item:recommend`, …
    pub target: Option<String>,
    /// From 0 to 1.
    pub confidence: f64,
}

/// How a file is written, as far as its name does not say it.
pub(crate) fn sniffed(opening: Opening) -> Result<Opening, ReadError> {
    sniff::sniff(opening).map(|sniffed| sniffed.opening)
}

/// Looks at the beginning of a file and at the foundation, and writes a first mapping.
pub fn guess(
    source: &Path,
    file_name: &str,
    kind: Option<ImportKind>,
    foundation: &Foundation,
) -> Result<Guess, ReadError> {
    let opening = Opening {
        path: source.to_owned(),
        file_name: file_name.to_owned(),
        rule: FileRule::default(),
    };
    let sniffed = sniff::sniff(opening)?;
    let profiles = profile::read(&sniffed.opening, ROWS_LOOKED_AT)?;
    let plan = plan::make(kind, &profiles, foundation);
    let mapping_toml = write::write(&plan, &sniffed, &profiles, foundation);
    let columns = profiles
        .iter()
        .enumerate()
        .map(|(at, profile)| {
            let (target, confidence) = plan.target_of(at);
            GuessedColumn {
                name: profile.name.clone(),
                samples: profile.samples.clone(),
                target,
                confidence,
            }
        })
        .collect();
    Ok(Guess {
        kind: plan.kind,
        mapping_toml,
        columns,
    })
}
