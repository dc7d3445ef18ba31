//! The columns of what was seen, for kinds of standards that one number does not judge.

use std::collections::BTreeMap;

use evenkeel_assess::Tick;

use super::observation::ListRule;
use super::pick::{self, ColumnName, Pick};
use super::reader::Table;

/// What was seen, besides a number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SeenRule {
    /// When it began.
    pub from: Option<ColumnName>,
    /// When it ended; an empty cell has not.
    pub to: Option<ColumnName>,
    /// How these two are written; as `[time]` says, if empty.
    pub time_format: Vec<String>,
    /// The moment at which what is open was looked at; the moment of the import, if none.
    pub as_of: Option<Pick>,
    /// One column a point of a checklist.
    pub items: Vec<(String, ColumnName)>,
    /// Text in the file → tick, for those columns.
    pub item_map: BTreeMap<String, Tick>,
    /// One column with the points that are there.
    pub ticked: Option<ListRule>,
    /// A text.
    pub text: Option<ColumnName>,
    /// Its language.
    pub language: Option<Pick>,
    /// The steps that were done.
    pub steps: Option<ListRule>,
}

/// The keys of `[observation]` that say what was seen, without `value` and `kept`.
pub(super) const SEEN: [&str; 6] = ["from", "items", "ticked", "text", "steps", "open_for"];

impl SeenRule {
    /// The columns.
    pub(super) fn columns<'m>(&'m self, columns: &mut Vec<&'m ColumnName>) {
        columns.extend(&self.from);
        columns.extend(&self.to);
        columns.extend(self.items.iter().map(|(_, column)| column));
        columns.extend(&self.text);
        let lists = [&self.ticked, &self.steps].into_iter().flatten();
        columns.extend(lists.map(|list| &list.column));
        for pick in [&self.as_of, &self.language].into_iter().flatten() {
            if let Pick::Column(pick) = pick {
                columns.push(&pick.column);
            }
        }
    }
}

pub(super) fn read(table: &Table<'_>) -> SeenRule {
    let (from, to) = (pick::column(table, "from"), pick::column(table, "to"));
    if to.is_some() && from.is_none() {
        table.problem("to", "its beginning is missing", "", "from beside it");
    }
    let items = table.table("items").map_or_else(Vec::new, |items| {
        let columns = items.free_texts().into_iter();
        columns
            .map(|(item, names)| (item, ColumnName::from(names)))
            .collect()
    });
    let ticked = super::observation::list(table, "ticked");
    if ticked.is_some() && !items.is_empty() {
        table.problem("ticked", "the points are said twice", "", "items or ticked");
    }
    SeenRule {
        from,
        to,
        time_format: table
            .texts("time_format")
            .map_or_else(Vec::new, |t| t.value),
        as_of: table.table("as_of").and_then(pick::read),
        items,
        item_map: item_map(table),
        ticked,
        text: pick::column(table, "text"),
        language: table.table("language").and_then(pick::read),
        steps: super::observation::list(table, "steps"),
    }
}

/// `item_map = { "n.v.t." = "not_applicable" }`.
fn item_map(table: &Table<'_>) -> BTreeMap<String, Tick> {
    let Some(map) = table.table("item_map") else {
        return BTreeMap::new();
    };
    let mut read = BTreeMap::new();
    for (from, to) in map.free_scalars() {
        let word = match to.value.as_str() {
            "true" => "yes",
            "false" => "no",
            word => word,
        };
        let meant = Tick::WORDS.iter().find(|(known, _)| *known == word);
        if let Some((_, tick)) = meant {
            read.insert(from, *tick);
        } else {
            let allowed = Tick::WORDS.map(|(word, _)| word).join(", ");
            map.problem(&from, "no point is ticked like this", &to.value, allowed);
        }
    }
    read
}
