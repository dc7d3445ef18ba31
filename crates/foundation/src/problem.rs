//! Problems: what is wrong in a file, written for the person who can mend it.
//!
//! Invariant: a problem names its file, the line where it can, the key, what was found and what is
//! allowed. Reading never stops at the first.

use std::fmt;

use serde::Serialize;

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, relative to the directory that was read.
    pub file: String,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
    /// The way to the value: `indicator.nps.item`. Empty for the file as a whole.
    pub key: String,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What was found there; empty when nothing was.
    pub found: String,
    /// What may stand there; empty when the message says it all.
    pub allowed: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        f.write_str(": ")?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.message)?;
        match (self.found.as_str(), self.allowed.as_str()) {
            ("", "") => Ok(()),
            (found, "") => write!(f, " (found {found})"),
            ("", allowed) => write!(f, " (allowed: {allowed})"),
            (found, allowed) => write!(f, " (found {found}; allowed: {allowed})"),
        }
    }
}
