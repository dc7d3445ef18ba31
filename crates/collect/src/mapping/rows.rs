//! `[filter]` and `[duplicates]`: which rows count.

use super::pick::{self, ColumnName};
use super::reader::Table;

/// What a cell has to be for its row to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// One of these.
    Equals(Vec<String>),
    /// None of these.
    NotEquals(Vec<String>),
    /// Without a value (true), or with one (false).
    Missing(bool),
}

/// A condition under which a row is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The column.
    pub column: ColumnName,
    /// What it has to be.
    pub test: Test,
}

/// One part of the key by which duplicates are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPart {
    /// The column.
    pub column: ColumnName,
    /// Whether its day counts and its hour does not; only the column of `[time]` may say so.
    pub day_only: bool,
}

/// Which of several rows with one key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// The first.
    KeepFirst,
    /// The last.
    KeepLast,
    /// All; they are only counted.
    KeepAll,
    /// The first; the others are wrong rows.
    Reject,
}

/// What becomes of rows that occur twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicatesRule {
    /// The columns that make a row the same; all of them if none (aggregates: unit and period).
    pub key: Vec<KeyPart>,
    /// Which one is kept.
    pub policy: Policy,
}

pub(super) fn filter(table: Table<'_>) -> Vec<Filter> {
    let rules = table.tables("keep");
    if rules.is_empty() {
        table.problem(
            "keep",
            "nothing is filtered",
            "",
            "keep = [{ column = \"type\", equals = \"1\" }]",
        );
    }
    let filters = rules.into_iter().filter_map(one).collect();
    table.finish();
    filters
}

fn one(table: Table<'_>) -> Option<Filter> {
    let column = pick::column(&table, "column");
    if column.is_none() && !table.has("column") {
        table.problem("column", "this is needed", "", "a column of the file");
    }
    let equals = table.texts("equals").map(|t| Test::Equals(t.value));
    let not_equals = table.texts("not_equals").map(|t| Test::NotEquals(t.value));
    let missing = table.flag("missing").map(Test::Missing);
    let mut tests: Vec<Test> = [equals, not_equals, missing]
        .into_iter()
        .flatten()
        .collect();
    if tests.len() != 1 {
        let found = format!("{} tests", tests.len());
        table.problem(
            "",
            "a condition has one test",
            found,
            "equals, not_equals or missing",
        );
    }
    table.finish();
    Some(Filter {
        column: column?,
        test: tests.pop()?,
    })
}

pub(super) fn duplicates(table: Table<'_>) -> Option<DuplicatesRule> {
    let key = pick::columns(&table, "key").into_iter().map(|mut column| {
        let day = column.names[0].strip_suffix(":date").map(str::to_owned);
        let day_only = day.is_some();
        if let Some(name) = day {
            column.names[0] = name;
        }
        KeyPart { column, day_only }
    });
    let key = key.collect();
    let policy = table.word(
        "policy",
        &[
            ("keep_first", Policy::KeepFirst),
            ("keep_last", Policy::KeepLast),
            ("keep_all", Policy::KeepAll),
            ("reject", Policy::Reject),
        ],
    );
    if policy.is_none() && !table.has("policy") {
        table.problem(
            "policy",
            "this is needed",
            "",
            "keep_first, keep_last, keep_all, reject",
        );
    }
    table.finish();
    Some(DuplicatesRule {
        key,
        policy: policy?,
    })
}
