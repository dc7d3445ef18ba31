//! `[time]` and `[period]`: when a row was.

use std::collections::BTreeMap;

use evenkeel_foundation::{Granularity, Period};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use super::pick::{self, ColumnName};
use super::reader::Table;

/// The zone of times that name none themselves.
#[derive(Debug, Clone, PartialEq)]
pub enum ZoneRule {
    /// That of the row's unit.
    Unit,
    /// This one.
    Named(TimeZone),
}

/// Where the moment of a row comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum TimeSource {
    /// All rows have this day and no hour.
    Day(Date),
    /// A column says it.
    Column {
        /// The column.
        column: ColumnName,
        /// strftime patterns, tried in order; none means ISO 8601.
        formats: Vec<String>,
        /// Texts that mean "no value".
        missing: Vec<String>,
    },
}

/// The moment of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeRule {
    /// Where it comes from.
    pub source: TimeSource,
    /// The zone of times that name none.
    pub zone: ZoneRule,
    /// Abbreviations of zones (`%Z`) and their offsets.
    pub zones: BTreeMap<String, Offset>,
}

/// How a period is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodFormat {
    /// `2026`, also `2026.0`.
    Year,
    /// `2026-q1`, `2026-03`, `2026-w05`, …
    Label,
    /// A day, by a strftime pattern.
    Day(String),
}

/// The period of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum PeriodRule {
    /// All rows have this one.
    Constant(Period),
    /// A column says it.
    Column {
        /// The column.
        column: ColumnName,
        /// How it is written.
        format: PeriodFormat,
        /// How long it is; only a day needs to be told.
        granularity: Granularity,
        /// Text in the file → text in `format`.
        map: BTreeMap<String, String>,
        /// Texts that mean "no value".
        missing: Vec<String>,
    },
}

pub(super) fn read(table: Table<'_>) -> Option<TimeRule> {
    let zones = table.table("zones").map_or_else(BTreeMap::new, |zones| {
        let entries = zones.free_scalars();
        let read = entries.into_iter().filter_map(|(name, offset)| {
            let parsed = offset_of(&offset.value);
            if parsed.is_none() {
                zones.problem(
                    &name,
                    "this is no offset",
                    &offset.value,
                    "+01:00, -0500 or Z",
                );
            }
            Some((name.clone(), parsed?))
        });
        read.collect()
    });
    let zone = table.text("zone").map_or(Some(ZoneRule::Unit), |zone| {
        if zone.value == "unit" {
            return Some(ZoneRule::Unit);
        }
        let named = TimeZone::get(&zone.value).ok().map(ZoneRule::Named);
        if named.is_none() {
            table.problem(
                "zone",
                "no zone has this name",
                &zone.value,
                "unit, or an IANA name such as Europe/Madrid",
            );
        }
        named
    });
    let source = source(&table);
    if let Some(TimeSource::Column { formats, .. }) = &source {
        for format in formats {
            if format.contains("%Z") && zones.is_empty() {
                table.problem(
                    "zones",
                    "%Z reads an abbreviation, and abbreviations mean different things in different places",
                    format.as_str(),
                    "zones = { CET = \"+01:00\", CEST = \"+02:00\" }",
                );
            }
        }
    }
    table.finish();
    Some(TimeRule {
        source: source?,
        zone: zone?,
        zones,
    })
}

fn source(table: &Table<'_>) -> Option<TimeSource> {
    let column = pick::column(table, "column");
    let formats = table.texts("format").map_or_else(Vec::new, |t| t.value);
    let missing = pick::missing(table);
    let constant = table.scalar("constant");
    match (column, constant) {
        (Some(_), Some(_)) => {
            table.problem(
                "constant",
                "constant and column say the same thing twice",
                "",
                "one of them",
            );
            None
        }
        (Some(column), None) => Some(TimeSource::Column {
            column,
            formats,
            missing,
        }),
        (None, Some(day)) => {
            let parsed = day.value.parse::<Date>();
            if parsed.is_err() {
                table.problem(
                    "constant",
                    "this is no day",
                    &day.value,
                    "a day such as 2026-03-01",
                );
            }
            parsed.ok().map(TimeSource::Day)
        }
        (None, None) => {
            if !table.has("column") && !table.has("constant") {
                table.problem("", "this needs a value", "", "column or constant");
            }
            None
        }
    }
}

/// `+01:00`, `+0100`, `+01`, `Z`.
fn offset_of(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "z" | "UTC") {
        return Some(Offset::UTC);
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-" | "−", rest) => (-1, rest),
        _ => return None,
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits
        .get(2..)
        .filter(|m| !m.is_empty())
        .map_or(Some(0), |m| m.parse().ok())?;
    if minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

pub(super) fn read_period(table: Table<'_>) -> Option<PeriodRule> {
    let rule = period(&table);
    table.finish();
    rule
}

fn period(table: &Table<'_>) -> Option<PeriodRule> {
    let column = pick::column(table, "column");
    let constant = table.scalar("constant");
    let format = table.text("format");
    let granularity = table.text("granularity").and_then(|text| {
        let parsed = text.value.parse::<Granularity>();
        if let Err(error) = &parsed {
            table.problem("granularity", error.to_string(), "", "");
        }
        parsed.ok()
    });
    let (map, missing) = (pick::map(table), pick::missing(table));
    if let Some(constant) = constant {
        if column.is_some() {
            table.problem(
                "constant",
                "constant and column say the same thing twice",
                "",
                "one of them",
            );
        }
        return match Period::parse(&constant.value) {
            Ok(period) => Some(PeriodRule::Constant(period)),
            Err(error) => {
                table.problem("constant", error.to_string(), "", "");
                None
            }
        };
    }
    let Some(column) = column else {
        if !table.has("column") && !table.has("constant") {
            table.problem("", "this needs a value", "", "column or constant");
        }
        return None;
    };
    let format = match format.as_ref().map(|f| f.value.as_str()) {
        Some("year") => PeriodFormat::Year,
        Some("label") | None => PeriodFormat::Label,
        Some(pattern) if pattern.contains('%') => PeriodFormat::Day(pattern.to_owned()),
        Some(other) => {
            table.problem(
                "format",
                "this is no way to write a period",
                other,
                "year, label, or a strftime pattern such as %Y-%m-%d",
            );
            return None;
        }
    };
    let granularity = match (&format, granularity) {
        (_, Some(granularity)) => granularity,
        (PeriodFormat::Year, None) => Granularity::Year,
        // A label says its own length; this is only the default of the preview.
        (PeriodFormat::Label, None) => Granularity::All,
        (PeriodFormat::Day(_), None) => {
            table.problem(
                "granularity",
                "a day does not say how long its period is",
                "",
                "day, week, month, quarter, year",
            );
            return None;
        }
    };
    Some(PeriodRule::Column {
        column,
        format,
        granularity,
        map,
        missing,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets() {
        let seconds = |text| offset_of(text).map(Offset::seconds);
        assert_eq!(seconds("+01:00"), Some(3600));
        assert_eq!(seconds("-0530"), Some(-19_800));
        assert_eq!(seconds("+02"), Some(7200));
        assert_eq!(seconds("Z"), Some(0));
        for bad in ["", "01:00", "+1", "+01:60", "+99:00", "CET"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }
}
