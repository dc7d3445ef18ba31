//! What is wrong with rows.
//!
//! Invariant: every problem names the line, the column and the target, what was found and what is
//! allowed. All are counted; the first [`PROBLEMS_LISTED_MAX`] are kept in full, so that a file
//! with ten million wrong cells takes no more memory than one with a hundred.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// How many problems are kept in full.
pub const PROBLEMS_LISTED_MAX: usize = 100;

/// One wrong cell or row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportProblem {
    /// The sheet, in workbooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The line in the file, from 1 (Parquet: the row).
    pub line: u64,
    /// The column in the file, where one is to blame.
    pub column: Option<String>,
    /// What it was read for: `item:safety`, `unit`, `time`.
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// What was found.
    pub found: String,
    /// What is allowed.
    pub allowed: String,
}

impl fmt::Display for ImportProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            write!(f, "sheet {sheet}, ")?;
        }
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        if !self.field.is_empty() {
            write!(f, " ({})", self.field)?;
        }
        write!(f, ": {}", self.message)?;
        match (self.found.as_str(), self.allowed.as_str()) {
            ("", "") => Ok(()),
            (found, "") => write!(f, " (found {found})"),
            ("", allowed) => write!(f, " (allowed: {allowed})"),
            (found, allowed) => write!(f, " (found {found}; allowed: {allowed})"),
        }
    }
}

/// The problems of a whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProblemLog {
    /// The first ones.
    pub listed: Vec<ImportProblem>,
    /// How many there are.
    pub total: u64,
    /// How many there are per target.
    pub by_field: BTreeMap<String, u64>,
}

impl ProblemLog {
    /// Adds a problem; `make` is only called while there is room.
    pub(crate) fn add(&mut self, field: &str, make: impl FnOnce() -> ImportProblem) {
        self.total += 1;
        match self.by_field.get_mut(field) {
            Some(times) => *times += 1,
            None => {
                self.by_field.insert(field.to_owned(), 1);
            }
        }
        if self.listed.len() < PROBLEMS_LISTED_MAX {
            self.listed.push(make());
        }
    }

    /// Puts the problems from place `first` on in the order of their lines: they were found column
    /// by column.
    pub(crate) fn sort_from(&mut self, first: usize) {
        self.listed[first..].sort_by_key(|problem| problem.line);
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(line: u64) -> ImportProblem {
        ImportProblem {
            sheet: None,
            line,
            column: Some("saf_p_11".to_owned()),
            field: "item:safety".to_owned(),
            message: "this is no number".to_owned(),
            found: "abc".to_owned(),
            allowed: "a rating from 0 to 10".to_owned(),
        }
    }

    #[test]
    fn a_problem_says_where_what_and_what_else() {
        assert_eq!(
            problem(70_001).to_string(),
            "line 70001, column saf_p_11 (item:safety): this is no number (found abc; allowed: a rating from 0 to 10)"
        );
    }

    #[test]
    fn all_are_counted_and_the_first_hundred_kept() {
        let mut log = ProblemLog::default();
        for line in 0..1000 {
            log.add("item:safety", || problem(line));
        }
        assert_eq!(
            (log.total, log.listed.len(), log.by_field["item:safety"]),
            (1000, 100, 1000)
        );
    }
}
