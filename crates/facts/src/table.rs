//! Which tables there are, and what a commit is called.
//!
//! Invariant: a table's name is its folder's name, and parses back to the same [`Table`].

use std::fmt;

use evenkeel_foundation::InstrumentId;

use crate::error::{FactsError, Result};

const RESPONSES_PREFIX: &str = "responses_";

/// One Delta table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Answers to one instrument: one row a response, one column an item.
    Responses(InstrumentId),
    /// Looks at delivery: one row an event; of several events with the same key the latest counts.
    Observations,
    /// Results by unit and period from elsewhere, long: one row a figure.
    Aggregates,
    /// What people wrote, apart from scores.
    Comments,
}

impl Table {
    /// Folder name: `responses_INSTRUMENT`, `observations`, `aggregates`, `comments`.
    pub fn name(&self) -> String {
        match self {
            Self::Responses(instrument) => format!("{RESPONSES_PREFIX}{instrument}"),
            Self::Observations => "observations".to_owned(),
            Self::Aggregates => "aggregates".to_owned(),
            Self::Comments => "comments".to_owned(),
        }
    }

    /// The table of a folder name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "observations" => Ok(Self::Observations),
            "aggregates" => Ok(Self::Aggregates),
            "comments" => Ok(Self::Comments),
            _ => name
                .strip_prefix(RESPONSES_PREFIX)
                .and_then(|id| InstrumentId::parse(id).ok())
                .map(Self::Responses)
                .ok_or_else(|| FactsError::UnknownTable {
                    name: name.to_owned(),
                }),
        }
    }

    /// The only columns whose smallest and largest values enter the log: the day (of aggregates
    /// the period's first day) and the unit. A log keeps its lines long after rows are erased, so
    /// nothing about a person may stand in it.
    pub fn statistics_columns(&self) -> [&'static str; 2] {
        match self {
            Self::Aggregates => ["period_start", "unit"],
            Self::Responses(_) | Self::Observations | Self::Comments => ["local_date", "unit"],
        }
    }

    /// Columns by which the rows of a row group are sorted. Responses keep the order of their source,
    /// mostly time: questions about all units by month read them faster that way.
    pub(crate) fn order(&self) -> &'static [&'static str] {
        match self {
            Self::Observations => &["unit", "standard", "local_date"],
            Self::Responses(_) | Self::Aggregates | Self::Comments => &[],
        }
    }

    /// The column of ids that may come again, and then replace what was stored before.
    pub(crate) fn repeatable_id(&self) -> Option<&'static str> {
        matches!(self, Self::Observations).then_some("observation_id")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

/// The name of a commit, by which a retry is recognised (Delta's `SetTransaction`).
///
/// Of one name, versions only rise: a commit whose version is not above the stored one is skipped.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AppId {
    name: String,
    version: i64,
}

impl AppId {
    /// Any name and version.
    pub fn new(name: impl Into<String>, version: i64) -> Self {
        Self {
            name: name.into(),
            version,
        }
    }

    /// The import of one file with one mapping; it happens once.
    pub fn import(file_hash: &str, mapping_hash: &str) -> Self {
        Self::new(format!("import/{file_hash}/{mapping_hash}"), 1)
    }

    /// A batch of live answers; `sequence` rises with every batch.
    pub fn inbox(table: &Table, sequence: i64) -> Self {
        Self::new(format!("inbox/{table}"), sequence)
    }

    /// The name without the version.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version under this name.
    pub fn version(&self) -> i64 {
        self.version
    }
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_parse_back() {
        let guest = InstrumentId::parse("guest-2026").unwrap();
        for table in [
            Table::Responses(guest),
            Table::Observations,
            Table::Aggregates,
            Table::Comments,
        ] {
            assert_eq!(Table::parse(&table.name()).unwrap(), table);
        }
    }

    #[test]
    fn other_names_are_refused() {
        for name in ["", "responses_", "responses_A B", "_staging", "observation"] {
            let error = Table::parse(name).unwrap_err();
            assert!(error.to_string().contains("allowed: responses_"), "{error}");
        }
    }
}
