//! The mapping file as a whole: every table, and what each kind needs.

use evenkeel_foundation::{AttributeId, InstrumentId, Problem};
use toml::de::DeTable;

use super::pick::{self, AttributeRule};
use super::reader::{Reader, Table};
use super::time::TimeSource;
use super::{
    ImportKind, Mapping, OnError, Pick, Policy, Sheets, Subject, UnitRule, aggregates, file, items,
    observation, rows, time, unit,
};

pub(super) fn parse(toml: &str, file_name: &str) -> Result<Mapping, Vec<Problem>> {
    let reader = Reader::new(file_name, toml);
    let (root, errors) = DeTable::parse_recoverable(toml);
    for error in &errors {
        reader.syntax(error);
    }
    // After a syntax error the rest is a guess, and guesses make false problems.
    let mapping = if errors.is_empty() {
        read(&reader, Table::root(&reader, &root))
    } else {
        None
    };
    let problems = reader.into_problems();
    match mapping {
        Some(mapping) if problems.is_empty() => Ok(mapping),
        _ => Err(problems),
    }
}

fn read<'r>(reader: &'r Reader<'r>, root: Table<'r>) -> Option<Mapping> {
    let kind = root.word("kind", &ImportKind::EVERY);
    if kind.is_none() && !root.has("kind") {
        reader.problem_of_file(
            "kind",
            "this is needed",
            "responses, aggregates, observations",
        );
    }
    let words = [("abort", OnError::Abort), ("reject", OnError::Reject)];
    let on_error = root.word("on_error", &words).unwrap_or_default();
    let pick = |name| root.table(name).and_then(pick::read);
    let unit = root.table("unit").and_then(unit::read);
    if unit.is_none() && !root.has("unit") {
        reader.problem_of_file(
            "unit",
            "this is needed: every number belongs to a unit",
            "[unit] with column or constant",
        );
    }
    let mapping = Mapping {
        file_name: String::new(),
        kind: kind.unwrap_or(ImportKind::Responses),
        on_error,
        file: root.table("file").map(file::read).unwrap_or_default(),
        missing: root.table("missing").map_or_else(Vec::new, missing),
        unit: unit.unwrap_or_else(nowhere),
        party: pick("party"),
        period: root.table("period").and_then(time::read_period),
        time: root.table("time").and_then(time::read),
        instrument: root.table("instrument").and_then(instrument),
        wave: pick("wave"),
        campaign: pick("campaign"),
        channel: pick("channel"),
        language: pick("language"),
        weight: pick("weight"),
        psu: pick("psu"),
        stratum: pick("stratum"),
        respondent: root.table("respondent").map_or_else(Vec::new, respondent),
        attributes: root
            .table("attributes")
            .map_or_else(Vec::new, |t| attributes(&t)),
        items: root
            .tables("item")
            .into_iter()
            .filter_map(items::read)
            .collect(),
        sheet_items: root
            .table("sheet_items")
            .map_or_else(Vec::new, |t| aggregates::sheet_items(&t)),
        aggregates: root
            .tables("aggregate")
            .into_iter()
            .filter_map(aggregates::read)
            .collect(),
        observation: root.table("observation").and_then(observation::read),
        keep: root.table("filter").map_or_else(Vec::new, rows::filter),
        duplicates: root.table("duplicates").and_then(rows::duplicates),
    };
    if kind.is_some() {
        fits_kind(reader, &root, &mapping);
    }
    root.finish();
    kind?;
    Some(Mapping {
        file_name: reader.file_name().to_owned(),
        file: with_sheets(&mapping),
        ..mapping
    })
}

/// A stand-in after a problem that was said already.
fn nowhere() -> UnitRule {
    UnitRule {
        pick: Pick::Constant(super::Located {
            value: String::new(),
            key: "unit".to_owned(),
            line: 1,
        }),
        transform: super::Transform::Slug,
        unknown: super::UnknownUnit::Error,
    }
}

/// `[sheet_items]` names the sheets to read, unless `[file]` names some.
fn with_sheets(mapping: &Mapping) -> super::FileRule {
    let mut file = mapping.file.clone();
    if matches!(file.sheets, Sheets::First | Sheets::All) && !mapping.sheet_items.is_empty() {
        let names = mapping.sheet_items.iter().map(|(sheet, _)| sheet.clone());
        file.sheets = Sheets::Named(names.collect());
    }
    file
}

fn missing(table: Table<'_>) -> Vec<String> {
    let codes = table.texts("codes").map_or_else(Vec::new, |t| t.value);
    table.finish();
    codes
}

fn instrument(table: Table<'_>) -> Option<super::Located<InstrumentId>> {
    let id = aggregates::id(&table, "id", InstrumentId::parse);
    if id.is_none() && !table.has("id") {
        table.problem(
            "id",
            "this is needed",
            "",
            "an instrument of the foundation",
        );
    }
    table.finish();
    id
}

fn respondent(table: Table<'_>) -> Vec<super::ColumnName> {
    let columns = match (
        pick::column(&table, "column"),
        pick::columns(&table, "columns"),
    ) {
        (Some(one), _) => vec![one],
        (None, many) => many,
    };
    if columns.is_empty() {
        table.problem(
            "",
            "this needs a value",
            "",
            "column, or columns that together tell respondents apart",
        );
    }
    table.finish();
    columns
}

fn attributes(table: &Table<'_>) -> Vec<AttributeRule> {
    let mut rules = Vec::new();
    for (name, rule) in table.free_tables() {
        let here = rule.here(());
        let pick = pick::read(rule);
        match AttributeId::parse(&name) {
            Ok(id) => rules.extend(pick.map(|pick| AttributeRule {
                id: here.with(id),
                pick,
            })),
            Err(error) => table.problem(&name, error.to_string(), "", ""),
        }
    }
    rules
}

/// What each kind needs, and what belongs to another kind.
fn fits_kind(reader: &Reader<'_>, root: &Table<'_>, mapping: &Mapping) {
    let kind = mapping.kind;
    let foreign: &[&'static str] = match kind {
        ImportKind::Responses => &["period", "aggregate", "observation", "sheet_items"],
        ImportKind::Aggregates => &[
            "time",
            "wave",
            "campaign",
            "channel",
            "language",
            "weight",
            "psu",
            "stratum",
            "respondent",
            "item",
            "observation",
        ],
        ImportKind::Observations => &[
            "period",
            "instrument",
            "wave",
            "campaign",
            "language",
            "weight",
            "psu",
            "stratum",
            "respondent",
            "attributes",
            "item",
            "aggregate",
            "sheet_items",
        ],
    };
    for name in foreign {
        if root.has(name) {
            root.problem(name, format!("{kind} have none of this"), "", "");
        }
    }
    let needed: &[(&'static str, &str)] = match kind {
        ImportKind::Responses => &[
            ("instrument", "[instrument] id"),
            ("time", "[time] with column or constant"),
            ("item", "[[item]] for every answer"),
        ],
        ImportKind::Aggregates => &[
            ("period", "[period] with column or constant"),
            ("aggregate", "[[aggregate]] for every number"),
        ],
        ImportKind::Observations => &[
            ("time", "[time] with column or constant"),
            (
                "observation",
                "[observation] with standard and what was seen: value, from, items, ticked, text, steps or kept",
            ),
        ],
    };
    for (name, allowed) in needed {
        if !root.has(name) {
            reader.problem_of_file(name, &format!("{kind} need this"), allowed);
        }
    }
    fits_duplicates(root, mapping);
    if kind == ImportKind::Aggregates && mapping.attributes.len() > 1 {
        root.problem(
            "attributes",
            "an aggregate has one segment at most",
            mapping.attributes.len().to_string(),
            "one attribute",
        );
    }
    let by_sheet = mapping
        .aggregates
        .iter()
        .any(|rule| rule.subject.value == Subject::Sheet);
    if by_sheet && mapping.sheet_items.is_empty() {
        reader.problem_of_file(
            "sheet_items",
            "subject = \"sheet\" needs to know which sheet holds which item",
            "[sheet_items] Q2 = \"item:INSTRUMENT/ITEM\"",
        );
    }
    let mut seen = std::collections::BTreeSet::new();
    for item in &mapping.items {
        if !seen.insert(&item.id.value) {
            root.problem(
                "item",
                "an item is mapped twice",
                item.id.value.as_str(),
                "each item once",
            );
        }
    }
}

fn fits_duplicates(root: &Table<'_>, mapping: &Mapping) {
    let Some(rule) = &mapping.duplicates else {
        return;
    };
    let aggregates = mapping.kind == ImportKind::Aggregates;
    if rule.policy == Policy::KeepAll && aggregates {
        root.problem(
            "duplicates",
            "two numbers for one unit and period contradict each other",
            "keep_all",
            "keep_first, keep_last, reject; or combine = \"sum\" in [[aggregate]]",
        );
    }
    for part in rule.key.iter().filter(|part| part.day_only) {
        let name = part.column.shown();
        let is_time = matches!(
            mapping.time.as_ref().map(|t| &t.source),
            Some(TimeSource::Column { column, .. }) if column.names.iter().any(|n| n == name)
        );
        if !is_time {
            root.problem(
                "duplicates",
                "only the column of [time] has a day",
                format!("{name}:date"),
                "the column of [time]",
            );
        }
    }
}
