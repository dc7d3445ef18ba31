//! What the API says about an import.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::problem::{InputProblem, Problem};
use crate::api::view::Text;

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// One row a respondent.
    Responses,
    /// One row a unit and period.
    Aggregates,
    /// One row a look at delivery.
    Observations,
}

impl ImportKind {
    /// The word in mappings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Responses => "responses",
            Self::Aggregates => "aggregates",
            Self::Observations => "observations",
        }
    }
}

/// What a bad row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnError {
    /// Nothing is stored.
    Abort,
    /// Good rows are stored, bad ones go to a file beside the report.
    Reject,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    Queued,
    Running,
    /// Stored, in one commit.
    Done,
    /// Nothing was stored; `error` says why.
    Failed,
    /// The same file with the same mapping was stored before; nothing was added.
    AlreadyStored,
}

impl ImportStatus {
    /// Nothing more will happen.
    pub fn is_final(self) -> bool {
        match self {
            Self::Queued | Self::Running => false,
            Self::Done | Self::Failed | Self::AlreadyStored => true,
        }
    }
}

/// One import, as far as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportView {
    /// Its id.
    pub import: String,
    pub kind: ImportKind,
    pub file_name: String,
    pub status: ImportStatus,
    /// What it is doing: `waiting`, `hashing`, `reading`, `staging`, `committing`, `ended`.
    pub phase: String,
    #[schema(value_type = String, format = DateTime)]
    pub started_at: jiff::Timestamp,
    #[schema(required = true, value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<jiff::Timestamp>,
    pub bytes_read: u64,
    /// 0 while unknown.
    pub bytes_total: u64,
    pub rows_read: u64,
    pub rows_stored: u64,
    pub rows_rejected: u64,
    pub rows_dropped_as_duplicates: u64,
    #[schema(required = true)]
    pub report: Option<ImportReport>,
    /// Why it failed.
    #[schema(required = true)]
    pub error: Option<Problem>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportReport {
    /// Kept with every row; follows from the file and the mapping.
    pub import_id: String,
    /// The table that took the rows.
    pub table: String,
    /// Its version after the commit, such as `responses_guest@12`; `null` when there was
    /// nothing to store.
    #[schema(required = true)]
    pub snapshot: Option<String>,
    /// Rows of the file: stored, rejected, dropped as duplicates and filtered add up to it.
    pub rows_read: u64,
    pub rows_stored: u64,
    pub rows_rejected: u64,
    pub rows_dropped_as_duplicates: u64,
    pub rows_filtered: FilteredCounts,
    /// Rows of the table; aggregates have several a row of the file.
    pub facts_stored: u64,
    /// Rows that an earlier, interrupted attempt had read.
    pub resumed_at: u64,
    pub duplicates: DuplicateCounts,
    /// Cells without a value, by column of the file.
    pub missing: Vec<Counted>,
    /// Things that are stored but deserve a look.
    pub warnings: Vec<Counted>,
    pub new_units: Vec<NewUnit>,
    /// Name of the file with the rejected rows, in `imports/` of the data directory.
    #[schema(required = true)]
    pub reject_file: Option<String>,
    /// The first 100.
    pub problems: Vec<ImportProblem>,
    pub problems_total: u64,
    pub problems_by_field: Vec<Counted>,
}

/// Rows that were left out on purpose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FilteredCounts {
    /// A condition of `[filter]` does not hold.
    pub by_rule: u64,
    /// Their unit is unknown and such rows are skipped.
    pub unknown_unit: u64,
    /// None of their numbers has a value (aggregates).
    pub without_values: u64,
}

/// Rows that came more than once, dropped or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DuplicateCounts {
    /// The same in every column.
    pub exact: u64,
    /// The same in the key of the duplicates policy alone.
    pub by_key: u64,
}

/// How often something occurred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counted {
    /// A column, a field or a word.
    pub name: String,
    pub count: u64,
}

/// A unit that the file brings and nobody had written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewUnit {
    pub id: String,
    pub title: Text,
    pub level: String,
    #[schema(required = true)]
    pub parent: Option<String>,
}

/// One problem in a file that comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportProblem {
    /// The sheet, in workbooks.
    #[schema(required = true)]
    pub sheet: Option<String>,
    /// 1-based line (of a workbook: row) of the file.
    #[schema(required = true)]
    pub line: Option<u64>,
    /// The file's column.
    #[schema(required = true)]
    pub column: Option<String>,
    /// What it was to become.
    pub field: String,
    pub found: String,
    pub allowed: String,
    /// The whole of it in English.
    pub message: String,
}

impl From<ImportProblem> for InputProblem {
    fn from(problem: ImportProblem) -> Self {
        Self {
            file: problem.sheet.unwrap_or_default(),
            line: problem.line,
            column: problem.column,
            field: problem.field,
            found: problem.found,
            allowed: problem.allowed,
            message: problem.message,
        }
    }
}

/// One cell as it would be stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum CellValue {
    Number(f64),
    Flag(bool),
    Text(String),
}

/// A column as it would be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ColumnType {
    pub name: String,
    /// `text`, `whole number`, `number`, `true or false`, `day` or `moment`.
    #[serde(rename = "type")]
    pub kind: String,
}
