//! `[unit]`: which unit a row belongs to, and what to do with units that nobody knows.

use evenkeel_foundation::LevelId;

use super::pick::{self, ColumnName, Pick};
use super::reader::{Located, Table};

/// How a text becomes an id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Transform {
    /// Lower case, other characters `-`.
    #[default]
    Slug,
    /// It is one already.
    None,
}

/// What to do with a unit that the foundation does not have.
#[derive(Debug, Clone, PartialEq)]
pub enum UnknownUnit {
    /// The row is wrong.
    Error,
    /// The row is left out.
    SkipRow,
    /// The unit is made.
    Create(Creation),
}

/// How units are made.
#[derive(Debug, Clone, PartialEq)]
pub struct Creation {
    /// The level they are on; the lowest if none.
    pub level: Option<Located<LevelId>>,
    /// What they are part of; nothing if none.
    pub parent: Option<ParentRule>,
    /// The column that names them; the text that identifies them if none.
    pub name_column: Option<ColumnName>,
    /// Their zone; their parent's if none.
    pub time_zone: Option<String>,
}

/// What made units are part of.
#[derive(Debug, Clone, PartialEq)]
pub struct ParentRule {
    /// How the parent is known.
    pub id: IdFrom,
    /// How the text becomes an id.
    pub transform: Transform,
    /// The level of a parent that has to be made; the one above if none.
    pub level: Option<Located<LevelId>>,
    /// What a parent that has to be made is part of.
    pub parent: Option<Located<String>>,
}

/// How a parent is known.
#[derive(Debug, Clone, PartialEq)]
pub enum IdFrom {
    /// It is the same for all, or a column says it.
    Pick(Pick),
    /// The beginning of a column says it.
    Prefix(PrefixRule),
}

/// The beginning of a column as a parent.
#[derive(Debug, Clone, PartialEq)]
pub struct PrefixRule {
    /// The column.
    pub column: ColumnName,
    /// How many characters of it.
    pub length: u32,
    /// The parent's id, `{}` standing for the characters.
    pub id: String,
    /// The parent's name, `{}` standing for the characters.
    pub title: String,
}

/// Which unit a row belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRule {
    /// Where it comes from; a map leads from texts in the file to ids.
    pub pick: Pick,
    /// How the text becomes an id.
    pub transform: Transform,
    /// What to do with unknown ones.
    pub unknown: UnknownUnit,
}

const TRANSFORMS: [(&str, Transform); 2] = [("slug", Transform::Slug), ("none", Transform::None)];

#[derive(Clone, Copy, PartialEq)]
enum Unknown {
    Error,
    SkipRow,
    Create,
}

pub(super) fn read(table: Table<'_>) -> Option<UnitRule> {
    let pick = pick::inside(&table);
    let unknown = table
        .word(
            "unknown",
            &[
                ("error", Unknown::Error),
                ("create", Unknown::Create),
                ("skip_row", Unknown::SkipRow),
            ],
        )
        .unwrap_or(Unknown::Error);
    let creation = Creation {
        level: level(&table),
        parent: table.table("parent").and_then(parent),
        name_column: pick::column(&table, "name_column"),
        time_zone: table
            .text("time_zone")
            .and_then(|zone| known_zone(&table, zone)),
    };
    if unknown != Unknown::Create {
        for name in ["level", "parent", "name_column", "time_zone"] {
            if table.has(name) {
                table.problem(
                    name,
                    "no unit is made here",
                    "",
                    "this key with unknown = \"create\"",
                );
            }
        }
    }
    let transform = table.word("transform", &TRANSFORMS).unwrap_or_default();
    table.finish();
    Some(UnitRule {
        pick: pick?,
        transform,
        unknown: match unknown {
            Unknown::Error => UnknownUnit::Error,
            Unknown::SkipRow => UnknownUnit::SkipRow,
            Unknown::Create => UnknownUnit::Create(creation),
        },
    })
}

fn known_zone(table: &Table<'_>, zone: Located<String>) -> Option<String> {
    if jiff::tz::TimeZone::get(&zone.value).is_ok() {
        Some(zone.value)
    } else {
        table.problem(
            "time_zone",
            "no zone has this name",
            zone.value,
            "an IANA name such as Europe/Madrid",
        );
        None
    }
}

fn level(table: &Table<'_>) -> Option<Located<LevelId>> {
    let text = table.text("level")?;
    match LevelId::parse(&text.value) {
        Ok(id) => Some(text.with(id)),
        Err(error) => {
            table.problem("level", error.to_string(), "", "");
            None
        }
    }
}

fn parent(table: Table<'_>) -> Option<ParentRule> {
    let prefix = table.table("prefix").and_then(prefix);
    let id = if table.has("prefix") {
        if table.has("column") || table.has("constant") {
            table.problem(
                "prefix",
                "the parent is said twice",
                "",
                "one of constant, column, prefix",
            );
        }
        prefix.map(IdFrom::Prefix)
    } else {
        pick::inside(&table).map(IdFrom::Pick)
    };
    let rule = id.map(|id| ParentRule {
        id,
        transform: table.word("transform", &TRANSFORMS).unwrap_or_default(),
        level: level(&table),
        parent: table.text("parent"),
    });
    // Asked for, so that they are known keys beside `prefix`.
    let _ = (table.has("map"), table.has("missing"));
    table.finish();
    rule
}

fn prefix(table: Table<'_>) -> Option<PrefixRule> {
    let column = pick::column(&table, "column");
    let length = table.whole("len", 1, 60);
    let title = table
        .text("title")
        .map_or_else(|| "{}".to_owned(), |t| t.value);
    let id = table.text("id").map_or_else(|| title.clone(), |t| t.value);
    for (name, needed) in [("column", column.is_some()), ("len", length.is_some())] {
        if !needed && !table.has(name) {
            table.problem(name, "this is needed", "", "");
        }
    }
    for (name, text) in [("title", &title), ("id", &id)] {
        if !text.contains("{}") {
            table.problem(
                name,
                "the characters have no place in it",
                text.as_str(),
                "a text with {}",
            );
        }
    }
    table.finish();
    Some(PrefixRule {
        column: column?,
        length: length?,
        id,
        title,
    })
}
