//! `[[item]]`: the answers of a row.

use std::collections::BTreeMap;

use evenkeel_foundation::ItemId;

use super::pick::{self, ColumnName};
use super::reader::{Located, Table};

/// The column or columns of one item.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemColumns {
    /// One column; answers that are several values are split at `split`.
    One {
        /// The column.
        column: ColumnName,
        /// What stands between values of one cell.
        split: Option<String>,
    },
    /// One column a value: ticked (choices) or its place (ranking).
    PerValue(Vec<(String, ColumnName)>),
}

/// Where one item's answers come from.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRule {
    /// The item.
    pub id: Located<ItemId>,
    /// The columns.
    pub columns: ItemColumns,
    /// Text in the file → answer.
    pub map: BTreeMap<String, String>,
    /// Texts that mean "no answer" here, besides those that mean it everywhere.
    pub missing: Vec<String>,
    /// Numbers are multiplied by this first …
    pub scale_factor: f64,
    /// … and then this is added.
    pub offset: f64,
}

pub(super) fn read(table: Table<'_>) -> Option<ItemRule> {
    let id = item_id(&table, "id");
    if id.is_none() && !table.has("id") {
        table.problem("id", "this is needed", "", "an item of the instrument");
    }
    let column = pick::column(&table, "column");
    let split = table.text("split").map(|t| t.value);
    let per_value = table.table("columns").map(|columns| {
        let entries = columns.free_texts().into_iter();
        entries
            .map(|(value, texts)| (value, texts.into()))
            .collect()
    });
    let columns = match (column, per_value) {
        (Some(column), None) => Some(ItemColumns::One { column, split }),
        (None, Some(columns)) => Some(ItemColumns::PerValue(columns)),
        (Some(_), Some(_)) => {
            table.problem(
                "columns",
                "the columns are said twice",
                "",
                "column or columns",
            );
            None
        }
        (None, None) => {
            if !table.has("column") && !table.has("columns") {
                table.problem("column", "this is needed", "", "a column of the file");
            }
            None
        }
    };
    let (map, missing) = (pick::map(&table), pick::missing(&table));
    let scale_factor = table.number("scale_factor").unwrap_or(1.0);
    let offset = table.number("offset").unwrap_or(0.0);
    table.finish();
    Some(ItemRule {
        id: id?,
        columns: columns?,
        map,
        missing,
        scale_factor,
        offset,
    })
}

fn item_id(table: &Table<'_>, name: &'static str) -> Option<Located<ItemId>> {
    let text = table.text(name)?;
    match ItemId::parse(&text.value) {
        Ok(id) => Some(text.with(id)),
        Err(error) => {
            table.problem(name, error.to_string(), "", "");
            None
        }
    }
}
