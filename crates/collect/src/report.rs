//! What became of a file.
//!
//! Invariant: `rows_read` = `rows_stored` + `rows_rejected` + `rows_dropped_as_duplicates` + what was
//! filtered, always.

use std::collections::BTreeMap;
use std::path::PathBuf;

use evenkeel_foundation::Unit;
use serde::Serialize;

use crate::convert::DuplicateCounts;
use crate::mapping::ImportKind;
use crate::problem::{ImportProblem, ProblemLog};

/// Rows that were left out on purpose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Filtered {
    /// A condition of `[filter]` does not hold.
    pub by_rule: u64,
    /// Their unit is unknown and such rows are skipped.
    pub unknown_unit: u64,
    /// None of their numbers has a value (aggregates).
    pub without_values: u64,
}

impl Filtered {
    /// All of them.
    pub fn total(self) -> u64 {
        self.by_rule + self.unknown_unit + self.without_values
    }
}

/// How many rows went where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Rows of the file, without headers and blank rows.
    pub rows_read: u64,
    /// Rows of the file that are stored.
    pub rows_stored: u64,
    /// Rows that are wrong.
    pub rows_rejected: u64,
    /// Rows left out by the policy for duplicates.
    pub rows_dropped_as_duplicates: u64,
    /// Rows left out on purpose.
    pub filtered: Filtered,
    /// Rows of the table; aggregates have several a row of the file.
    pub facts_stored: u64,
}

impl Counts {
    /// Whether every row is accounted for.
    pub fn add_up(&self) -> bool {
        self.rows_read
            == self.rows_stored
                + self.rows_rejected
                + self.rows_dropped_as_duplicates
                + self.filtered.total()
    }
}

/// What became of a file.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Stored with every row; follows from the file and the mapping.
    pub import_id: String,
    /// What the file holds.
    pub kind: ImportKind,
    /// The table that the rows went to.
    pub table: String,
    /// SHA-256 of the file.
    pub file_hash: String,
    /// SHA-256 of the mapping.
    pub mapping_hash: String,
    /// The same file with the same mapping was stored before; nothing was added.
    pub already_stored: bool,
    /// How many rows went where.
    #[serde(flatten)]
    pub counts: Counts,
    /// How many duplicates there were, dropped or not.
    pub duplicates: DuplicateCounts,
    /// Cells without a value, per column of the file.
    pub missing: BTreeMap<String, u64>,
    /// Units that were made.
    pub new_units: Vec<Unit>,
    /// The version of the table that has the rows; None when there was nothing to store.
    pub snapshot_version: Option<i64>,
    /// Where the rejected rows are, if there are any.
    pub reject_file: Option<PathBuf>,
    /// The first problems.
    pub problems: Vec<ImportProblem>,
    /// How many there are.
    pub problems_total: u64,
    /// How many there are per target.
    pub problems_by_field: BTreeMap<String, u64>,
    /// Things that are stored but deserve a look, and how often.
    pub warnings: BTreeMap<String, u64>,
    /// Rows of the file that an earlier attempt had staged.
    pub resumed_at: u64,
}

/// What would become of a file, and its first rows as they would be stored.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// What the file holds.
    pub kind: ImportKind,
    /// The table that the rows would go to.
    pub table: String,
    /// Its columns that the file fills.
    pub columns: Vec<PreviewColumn>,
    /// The first rows that would be stored, a value a column.
    pub rows: Vec<Vec<serde_json::Value>>,
    /// How many rows would go where.
    #[serde(flatten)]
    pub counts: Counts,
    /// How many duplicates there are, dropped or not.
    pub duplicates: DuplicateCounts,
    /// Cells without a value, per column of the file.
    pub missing: BTreeMap<String, u64>,
    /// Units that would be made.
    pub new_units: Vec<Unit>,
    /// What is wrong.
    pub problems: ProblemLog,
    /// Things that would be stored but deserve a look, and how often.
    pub warnings: BTreeMap<String, u64>,
}

/// One column of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewColumn {
    /// Its name in the table.
    pub name: String,
    /// Its type, in words.
    pub r#type: String,
}

/// What an import is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Computing the file's hash.
    Hashing,
    /// A first reading, to know the last row of every key.
    Reading,
    /// Converting rows and writing them aside.
    Staging,
    /// Making them visible.
    Committing,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// Bytes of the file read in this phase.
    pub bytes_read: u64,
    /// Bytes of the file.
    pub bytes_total: u64,
    /// Rows read.
    pub rows_read: u64,
    /// Rows that are right so far.
    pub rows_stored: u64,
}
