//! The mapping: a small TOML file that says what the columns of a file mean.
//!
//! Invariant: a [`Mapping`] that exists is consistent in itself: it names what its kind needs and
//! nothing of another kind. [`Mapping::check`] compares it with a foundation, and the columns are
//! compared with the file when it is read; every problem names file, line, key and what is
//! allowed, all of them at once. docs/IMPORT.md is the reference of every key.
//!
//! Absent on purpose: code that converts. This is what people wrote, typed.

mod aggregates;
mod check;
mod columns;
mod file;
mod items;
mod observation;
mod parse;
mod pick;
mod reader;
mod rows;
mod seen;
mod time;
mod unit;

use std::fmt;

use evenkeel_foundation::{InstrumentId, Problem};
use serde::Serialize;

pub use aggregates::{AggregateRule, Form, ItemName, Subject};
pub(crate) use check::seen_keys;
pub use file::{Decimal, Encoding, FileRule, Format, HeaderUse, Sheets};
pub use items::{ItemColumns, ItemRule};
pub(crate) use observation::CHOSEN;
pub use observation::{KeyRule, ListRule, ObservationRule, StandardRule, TimeUnit};
pub use pick::{AttributeRule, ColumnName, ColumnPick, Pick};
pub use reader::Located;
pub use rows::{DuplicatesRule, Filter, KeyPart, Policy, Test};
pub use seen::SeenRule;
pub use time::{PeriodFormat, PeriodRule, TimeRule, TimeSource, ZoneRule};
pub use unit::{Creation, IdFrom, ParentRule, PrefixRule, Transform, UnitRule, UnknownUnit};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
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
    /// Every kind with its word in files.
    pub const EVERY: [(&'static str, Self); 3] = [
        ("responses", Self::Responses),
        ("aggregates", Self::Aggregates),
        ("observations", Self::Observations),
    ];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Responses => "responses",
            Self::Aggregates => "aggregates",
            Self::Observations => "observations",
        }
    }
}

impl fmt::Display for ImportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What becomes of a file in which some rows are wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OnError {
    /// Nothing of the file is stored.
    #[default]
    Abort,
    /// The good rows are stored; the bad ones go to a file with their reasons.
    Reject,
}

/// What the columns of a file mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// The name of the mapping file, for problems.
    pub file_name: String,
    /// What the file holds.
    pub kind: ImportKind,
    /// What becomes of the file when rows are wrong, unless the request says otherwise.
    pub on_error: OnError,
    /// How the file is written.
    pub file: FileRule,
    /// Texts that mean "no value" in every column; the empty text always does.
    pub missing: Vec<String>,
    /// The unit of a row.
    pub unit: UnitRule,
    /// The party of a row; that of the instrument if none.
    pub party: Option<Pick>,
    /// The period of a row (aggregates).
    pub period: Option<PeriodRule>,
    /// The moment of a row (responses, observations).
    pub time: Option<TimeRule>,
    /// The instrument whose items are answered.
    pub instrument: Option<Located<InstrumentId>>,
    /// The wave.
    pub wave: Option<Pick>,
    /// The campaign.
    pub campaign: Option<Pick>,
    /// The channel.
    pub channel: Option<Pick>,
    /// The language.
    pub language: Option<Pick>,
    /// The design weight.
    pub weight: Option<Pick>,
    /// The primary sampling unit.
    pub psu: Option<Pick>,
    /// The stratum.
    pub stratum: Option<Pick>,
    /// The columns that together tell respondents apart; stored as a keyed hash only.
    pub respondent: Vec<ColumnName>,
    /// Declared properties of respondents, or the one segment of aggregates.
    pub attributes: Vec<AttributeRule>,
    /// The answers (responses).
    pub items: Vec<ItemRule>,
    /// Which sheet holds which item (aggregates of workbooks): (sheet, item).
    pub sheet_items: Vec<(String, Located<ItemName>)>,
    /// The numbers (aggregates).
    pub aggregates: Vec<AggregateRule>,
    /// The look (observations).
    pub observation: Option<ObservationRule>,
    /// A row is kept when every one of these holds.
    pub keep: Vec<Filter>,
    /// What becomes of rows that occur twice.
    pub duplicates: Option<DuplicatesRule>,
}

impl Mapping {
    /// Reads a mapping file. `file_name` only appears in problems; all problems are returned.
    pub fn parse(toml: &str, file_name: &str) -> Result<Self, Vec<Problem>> {
        parse::parse(toml, file_name)
    }

    /// The item whose numbers a sheet holds.
    pub(crate) fn item_of_sheet(&self, sheet: &str) -> Option<&Located<ItemName>> {
        let found = self.sheet_items.iter().find(|(name, _)| name == sheet);
        found.map(|(_, item)| item)
    }

    /// A problem at a place of this mapping.
    pub(crate) fn problem_at(
        &self,
        key: &str,
        line: u32,
        message: impl Into<String>,
        found: impl Into<String>,
        allowed: impl Into<String>,
    ) -> Problem {
        Problem {
            file: self.file_name.clone(),
            line: Some(line),
            column: None,
            key: key.to_owned(),
            message: message.into(),
            found: found.into(),
            allowed: allowed.into(),
        }
    }
}
