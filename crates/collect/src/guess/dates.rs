//! In which of the common forms a column writes its dates.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::Offset;

use crate::convert::{Moment, TextTimes};

/// How dates are written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DateForm {
    /// The strftime pattern; None where none is needed.
    pub pattern: Option<String>,
    /// Another pattern that fits as well.
    pub or: Option<String>,
    /// The abbreviations of zones that appear, with their usual offsets.
    pub zones: Vec<(String, String)>,
    /// Whether there is no hour.
    pub day_only: bool,
}

impl DateForm {
    /// Dates that the file types itself.
    pub(super) fn typed(day_only: bool) -> Self {
        Self {
            pattern: None,
            or: None,
            zones: Vec::new(),
            day_only,
        }
    }
}

/// Days, each to be tried with the hours behind it.
const DAYS: [&str; 10] = [
    "%Y/%m/%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%m-%d-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%Y%m%d",
];
const HOURS: [&str; 4] = ["", " %H:%M", " %H:%M:%S", " %I:%M %p"];
const WITH_ZONE: &str = "%a %b %d %H:%M:%S %Z %Y";

/// What abbreviations usually mean; several mean something else elsewhere, so they are written
/// into the mapping for people to see.
const ZONES: [(&str, &str); 16] = [
    ("UTC", "+00:00"),
    ("GMT", "+00:00"),
    ("WET", "+00:00"),
    ("WEST", "+01:00"),
    ("BST", "+01:00"),
    ("CET", "+01:00"),
    ("CEST", "+02:00"),
    ("EET", "+02:00"),
    ("EEST", "+03:00"),
    ("EST", "-05:00"),
    ("EDT", "-04:00"),
    ("CST", "-06:00"),
    ("CDT", "-05:00"),
    ("MST", "-07:00"),
    ("MDT", "-06:00"),
    ("PST", "-08:00"),
];

/// The form in which nearly all values are dates.
pub(super) fn find(values: &BTreeSet<String>) -> Option<DateForm> {
    if values.is_empty() {
        return None;
    }
    if let Some(day_only) = fits(values, &[], &BTreeMap::new()) {
        return Some(DateForm::typed(day_only));
    }
    let mut found: Vec<(String, bool)> = Vec::new();
    for day in DAYS {
        for hour in HOURS {
            let pattern = format!("{day}{hour}");
            if let Some(day_only) = fits(values, std::slice::from_ref(&pattern), &BTreeMap::new()) {
                found.push((pattern, day_only));
            }
        }
    }
    let mut found = found.into_iter();
    if let Some((pattern, day_only)) = found.next() {
        let or = found.next().map(|(pattern, _)| pattern);
        return Some(DateForm {
            pattern: Some(pattern),
            or,
            zones: Vec::new(),
            day_only,
        });
    }
    let zones = ZONES.iter().filter_map(|(name, offset)| {
        let hours: i8 = offset[..3].parse().ok()?;
        Some(((*name).to_owned(), Offset::constant(hours)))
    });
    fits(values, &[WITH_ZONE.to_owned()], &zones.collect())?;
    let appears = |name: &str| {
        values
            .iter()
            .any(|value| value.split(' ').any(|word| word == name))
    };
    let zones = ZONES.iter().filter(|(name, _)| appears(name));
    Some(DateForm {
        pattern: Some(WITH_ZONE.to_owned()),
        or: None,
        zones: zones
            .map(|(name, offset)| ((*name).to_owned(), (*offset).to_owned()))
            .collect(),
        day_only: false,
    })
}

/// Whether 95 of 100 values are dates of these patterns; true inside when none has an hour.
fn fits(
    values: &BTreeSet<String>,
    patterns: &[String],
    zones: &BTreeMap<String, Offset>,
) -> Option<bool> {
    let mut times = TextTimes::new(patterns, zones);
    let read: Vec<Moment> = values
        .iter()
        .filter_map(|value| times.read(value))
        .collect();
    let enough = read.len() * 100 >= values.len() * 95;
    enough.then(|| read.iter().all(|moment| matches!(moment, Moment::Day(_))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(values: &[&str]) -> Option<DateForm> {
        find(&values.iter().map(|value| (*value).to_owned()).collect())
    }

    #[test]
    fn common_forms() {
        let pattern = |values: &[&str]| form(values).expect("dates").pattern;
        assert_eq!(pattern(&["2026-03-01", "2026-03-02"]), None);
        assert_eq!(pattern(&["2026-03-01 10:00:00"]), None);
        assert_eq!(
            pattern(&["29/02/2016 23:16"]).as_deref(),
            Some("%d/%m/%Y %H:%M")
        );
        assert_eq!(pattern(&["12/31/2016"]).as_deref(), Some("%m/%d/%Y"));
        assert_eq!(form(&["three", "four"]), None);
    }

    #[test]
    fn what_could_be_read_both_ways_says_so() {
        let form = form(&["01/02/2016", "03/04/2016"]).expect("dates");
        assert_eq!(form.pattern.as_deref(), Some("%d/%m/%Y"));
        assert_eq!(form.or.as_deref(), Some("%m/%d/%Y"));
    }

    #[test]
    fn zones_that_appear_are_written_down() {
        let form = form(&[
            "Mon Feb 01 01:00:00 CET 2016",
            "Fri Jul 01 02:00:00 CEST 2016",
        ])
        .expect("dates");
        let zones: Vec<&str> = form.zones.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(zones, ["CET", "CEST"]);
    }
}
