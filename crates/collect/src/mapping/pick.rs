//! Where a value comes from: a constant, or a column with a map.

use std::collections::BTreeMap;

use evenkeel_foundation::AttributeId;

use super::reader::{Located, Table};

/// A column of the file. Several names mean: the first that the file has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnName {
    /// The names to try, in order; never empty.
    pub names: Vec<String>,
    /// The way to it in the mapping.
    pub key: String,
    /// The line in the mapping.
    pub line: u32,
}

impl ColumnName {
    /// The name to show.
    pub(crate) fn shown(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

impl From<Located<Vec<String>>> for ColumnName {
    fn from(located: Located<Vec<String>>) -> Self {
        Self {
            names: located.value,
            key: located.key,
            line: located.line,
        }
    }
}

/// A column, what its texts stand for and which of them mean "no value".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPick {
    /// The column.
    pub column: ColumnName,
    /// Text in the file → value.
    pub map: BTreeMap<String, String>,
    /// Texts that mean "no value" here, besides those that mean it everywhere.
    pub missing: Vec<String>,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// Every row has this one.
    Constant(Located<String>),
    /// A column says it.
    Column(ColumnPick),
}

/// One declared property of respondents.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeRule {
    /// Which one.
    pub id: Located<AttributeId>,
    /// Where its value comes from.
    pub pick: Pick,
}

/// One column, under `name`: a text, or a list of texts of which the first that the file has.
pub(super) fn column(table: &Table<'_>, name: &'static str) -> Option<ColumnName> {
    let texts = table.texts(name)?;
    if texts.value.is_empty() || texts.value.iter().any(String::is_empty) {
        table.problem(name, "a column needs a name", "", "a column of the file");
        return None;
    }
    Some(texts.into())
}

/// Several columns, each a text.
pub(super) fn columns(table: &Table<'_>, name: &'static str) -> Vec<ColumnName> {
    let Some(texts) = table.texts(name) else {
        return Vec::new();
    };
    let here = texts.with(());
    let one = |name: String| ColumnName::from(here.with(vec![name]));
    texts.value.into_iter().map(one).collect()
}

/// `map = { "text in the file" = value }`.
pub(super) fn map(table: &Table<'_>) -> BTreeMap<String, String> {
    let Some(map) = table.table("map") else {
        return BTreeMap::new();
    };
    let entries = map.free_scalars().into_iter();
    entries.map(|(from, to)| (from, to.value)).collect()
}

pub(super) fn missing(table: &Table<'_>) -> Vec<String> {
    table.texts("missing").map_or_else(Vec::new, |t| t.value)
}

/// `column`, `map` and `missing` of a table.
pub(super) fn column_pick(table: &Table<'_>) -> Option<ColumnPick> {
    let column = column(table, "column");
    let (map, missing) = (map(table), missing(table));
    Some(ColumnPick {
        column: column?,
        map,
        missing,
    })
}

/// A table that says where a value comes from.
pub(super) fn read(table: Table<'_>) -> Option<Pick> {
    let pick = inside(&table);
    table.finish();
    pick
}

/// As [`read`], inside a table with further keys.
pub(super) fn inside(table: &Table<'_>) -> Option<Pick> {
    let constant = table.scalar("constant");
    let column = column_pick(table);
    match (constant, column) {
        (Some(_), Some(_)) => {
            table.problem(
                "constant",
                "constant and column say the same thing twice",
                "",
                "one of them",
            );
            None
        }
        (Some(constant), None) => Some(Pick::Constant(constant)),
        (None, Some(column)) => Some(Pick::Column(column)),
        (None, None) => {
            if !table.has("constant") && !table.has("column") {
                table.problem("", "this needs a value", "", "constant or column");
            }
            None
        }
    }
}
