//! `[observation]`: one look at delivery a row.

use std::collections::BTreeMap;

use evenkeel_foundation::StandardId;

use super::pick::{self, ColumnName, ColumnPick, Pick};
use super::reader::{Located, Table};
use super::seen::{self, SEEN, SeenRule};
use crate::observation::{NOTED, REASONS};

/// The unit in which a duration is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
}

impl TimeUnit {
    const EVERY: [(&'static str, Self); 5] = [
        ("milliseconds", Self::Milliseconds),
        ("seconds", Self::Seconds),
        ("minutes", Self::Minutes),
        ("hours", Self::Hours),
        ("days", Self::Days),
    ];

    /// How many seconds one of it is.
    pub fn seconds(self) -> f64 {
        match self {
            Self::Milliseconds => 0.001,
            Self::Seconds => 1.0,
            Self::Minutes => 60.0,
            Self::Hours => 3600.0,
            Self::Days => 86_400.0,
        }
    }
}

/// Which standard is looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum StandardRule {
    /// This one.
    Constant(Located<StandardId>),
    /// A column says it.
    Column {
        /// The column.
        column: ColumnName,
        /// Text in the file → standard.
        map: BTreeMap<String, String>,
    },
}

/// What makes an observation the same observation when it comes again.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyRule {
    /// Its row in this file.
    Row,
    /// These columns.
    Columns(Vec<ColumnName>),
}

/// A column that holds a list of texts.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRule {
    /// The column.
    pub column: ColumnName,
    /// What stands between the texts.
    pub split: String,
}

/// One look at delivery.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservationRule {
    /// The standard.
    pub standard: StandardRule,
    /// The number that was seen.
    pub value: Option<ColumnName>,
    /// How long it has been going on, where it has not ended (durations).
    pub open_for: Option<ColumnName>,
    /// The unit of a duration's number; seconds if none.
    pub unit_of_value: Option<TimeUnit>,
    /// Whether it was kept, where no number says it.
    pub kept: Option<ColumnPick>,
    /// How the look was chosen: census, random or convenience.
    pub chosen: Pick,
    /// Who looked.
    pub looked_by: Option<Pick>,
    /// Why it deviated.
    pub reason: Option<Pick>,
    /// Where it comes from; the name of the file if none.
    pub source: Option<Pick>,
    /// What makes it the same observation when it comes again.
    pub key: KeyRule,
    /// Columns that are kept beside it as they are.
    pub detail: Vec<ColumnName>,
    /// Columns that say what was looked at, where several people look at the same.
    pub subject: Vec<ColumnName>,
    /// What came on top.
    pub extras: Option<ListRule>,
    /// What was seen, besides a number.
    pub seen: SeenRule,
    /// How it deviated, where no number says it.
    pub deviations: Option<ListRule>,
}

pub(super) fn read(table: Table<'_>) -> Option<ObservationRule> {
    let standard = standard(&table);
    let value = pick::column(&table, "value");
    let kept = kept(&table);
    if !table.has("value") && !table.has("kept") && !SEEN.iter().any(|key| table.has(key)) {
        let allowed = format!("value, {} or kept", SEEN.join(", "));
        table.problem("", "nothing was seen", "", allowed);
    }
    let open_for = pick::column(&table, "open_for");
    let unit_of_value = table.word("unit_of_value", &TimeUnit::EVERY);
    let chosen = table.table("chosen_from").and_then(pick::read);
    let chosen = match (table.text("chosen"), chosen) {
        (Some(constant), None) => Some(Pick::Constant(constant)),
        (None, Some(pick)) => Some(pick),
        (Some(_), Some(_)) => {
            table.problem(
                "chosen_from",
                "chosen is said twice",
                "",
                "chosen or chosen_from",
            );
            None
        }
        (None, None) => {
            if !table.has("chosen") && !table.has("chosen_from") {
                table.problem(
                    "chosen",
                    "this is needed: a convenience sample gets no verdict",
                    "",
                    CHOSEN.join(", "),
                );
            }
            None
        }
    };
    if let Some(Pick::Constant(word)) = &chosen
        && !CHOSEN.contains(&word.value.as_str())
    {
        table.problem(
            "chosen",
            "nothing is chosen like this",
            &word.value,
            CHOSEN.join(", "),
        );
    }
    let key = key(&table);
    let reason = table.table("reason").and_then(pick::read);
    if let Some(Pick::Constant(word)) = &reason
        && !REASONS.contains(&word.value.as_str())
    {
        table.problem(
            "reason",
            "this is no reason",
            &word.value,
            REASONS.join(", "),
        );
    }
    let detail = pick::columns(&table, "detail");
    let is_ours = |column: &ColumnName| column.names.iter().any(|name| name == NOTED);
    if detail.iter().any(is_ours) {
        let message = "this name is for what Evenkeel notes itself";
        table.problem("detail", message, NOTED, "other columns");
    }
    let rule = ObservationRule {
        standard: standard?,
        value,
        open_for,
        unit_of_value,
        kept,
        chosen: chosen?,
        looked_by: table.table("looked_by").and_then(pick::read),
        reason,
        seen: seen::read(&table),
        source: table.table("source").and_then(pick::read),
        key,
        detail,
        subject: pick::columns(&table, "subject"),
        extras: list(&table, "extras"),
        deviations: list(&table, "deviations"),
    };
    table.finish();
    Some(rule)
}

/// The words of `chosen`.
pub(crate) const CHOSEN: [&str; 3] = ["census", "random", "convenience"];

fn standard(table: &Table<'_>) -> Option<StandardRule> {
    let constant = super::aggregates::id(table, "standard", StandardId::parse);
    let column = pick::column(table, "standard_column");
    let map = table
        .table("standard_map")
        .map_or_else(BTreeMap::new, |map| {
            let entries = map.free_scalars().into_iter();
            entries.map(|(from, to)| (from, to.value)).collect()
        });
    match (constant, column) {
        (Some(standard), None) => Some(StandardRule::Constant(standard)),
        (None, Some(column)) => Some(StandardRule::Column { column, map }),
        (Some(_), Some(_)) => {
            table.problem(
                "standard_column",
                "the standard is said twice",
                "",
                "standard or standard_column",
            );
            None
        }
        (None, None) => {
            if !table.has("standard") && !table.has("standard_column") {
                table.problem(
                    "standard",
                    "this is needed",
                    "",
                    "standard or standard_column",
                );
            }
            None
        }
    }
}

/// `kept = "column"`, or `kept = { column = "column", map = { "OK" = true } }`.
fn kept(table: &Table<'_>) -> Option<ColumnPick> {
    if !table.has("kept") {
        return None;
    }
    if table.is_table("kept") {
        let kept = table.table("kept")?;
        let pick = pick::column_pick(&kept);
        kept.finish();
        return pick;
    }
    let column = pick::column(table, "kept")?;
    Some(ColumnPick {
        column,
        map: BTreeMap::new(),
        missing: Vec::new(),
    })
}

fn key(table: &Table<'_>) -> KeyRule {
    match table.texts("key") {
        None => KeyRule::Row,
        Some(texts) if texts.value == ["row"] => KeyRule::Row,
        Some(_) => KeyRule::Columns(pick::columns(table, "key")),
    }
}

/// `extras = "column"`, or `extras = { column = "column", split = ";" }`.
pub(super) fn list(table: &Table<'_>, name: &'static str) -> Option<ListRule> {
    if !table.has(name) {
        return None;
    }
    if !table.is_table(name) {
        let column = pick::column(table, name)?;
        return Some(ListRule {
            column,
            split: ";".to_owned(),
        });
    }
    let list = table.table(name)?;
    let column = pick::column(&list, "column");
    let split = list
        .text("split")
        .map_or_else(|| ";".to_owned(), |t| t.value);
    if column.is_none() && !list.has("column") {
        list.problem("column", "this is needed", "", "a column of the file");
    }
    list.finish();
    Some(ListRule {
        column: column?,
        split,
    })
}
