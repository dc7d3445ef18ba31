//! How looks deviated, what came on top, and which reasons were given.
//!
//! Deviations are read from their JSON: `{kind, …}` with the field that names which one, or a plain
//! text that a file brought. A look that was not kept and says no more deviated in an unsaid way.
//!
//! Invariant: deviations and extras are two records, counted apart; a look that deviated twice in
//! one way counts twice as deviation and once as look.

use std::collections::{BTreeSet, HashMap};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, Int32Type};
use evenkeel_facts::Table;
use evenkeel_foundation::{Granularity, Period, StandardId};
use serde_json::Value;

use super::{KEPT, VERSION, only_chosen, only_standard};
use crate::calendar::date_of;
use crate::error::MeasureError;
use crate::history::History;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::{RowFilter, Texts};
use crate::tally::DAY;

const DEVIATIONS: &str = "deviations";
const EXTRAS: &str = "extras";
const REASON: &str = "reason";

/// Kind of a deviation that nobody described.
const UNSAID: &str = "not_said";
/// Kind of a deviation that a file described in words of its own.
const STATED: &str = "stated";
/// Different ways that are told apart; what people write freely may be endless.
const WAYS_MAX: usize = 2_000;
/// Kind that takes the rest.
const OTHER: &str = "other";
/// Fields that say which one, in the order in which they are looked for.
const NAMING: [&str; 4] = ["item", "phrase", "step", "first"];

/// How often something was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// `over_time`, `item_missed`, …; `not_said`, `stated`, `other`.
    pub kind: String,
    /// Which item, phrase or step.
    pub naming: Option<String>,
    /// How often.
    pub count: u64,
    /// In how many looks.
    pub looks: u64,
}

/// Deviations of one period and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodWays {
    /// When.
    pub period: Period,
    /// The version in force.
    pub version: i64,
    /// How many deviations.
    pub deviations: u64,
    /// Known looks.
    pub looks: u64,
}

/// Everything that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ways {
    /// How looks deviated.
    pub deviations: Vec<Way>,
    /// What came on top.
    pub extras: Vec<Way>,
    /// Reasons given for looks that deviated; without a name: none was given.
    pub reasons: Vec<Way>,
    /// By period and version, in that order.
    pub periods: Vec<PeriodWays>,
    /// Known looks.
    pub n: u64,
    /// Of them deviated.
    pub deviated: u64,
    /// Looks, known or not, with something on top.
    pub with_extras: u64,
    /// Looks, known or not.
    pub all: u64,
    /// Tables and versions.
    pub snapshot: String,
}

impl Measure {
    /// How looks at a standard deviated; convenience only where asked for.
    pub async fn ways(
        &self,
        history: &History,
        standard: &StandardId,
        window: &Window,
        granularity: Granularity,
        convenience: bool,
    ) -> Result<Ways, MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let mut answer = Ways {
            snapshot: sources.label(),
            ..Ways::default()
        };
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok(answer);
        };
        let only = vec![only_standard(standard), only_chosen(convenience)];
        let filter = RowFilter::new(history, window, only)?;
        let more = [
            (DEVIATIONS, true),
            (EXTRAS, true),
            (REASON, true),
            (KEPT, false),
            (VERSION, false),
        ];
        let columns = filter.columns(&source.snapshot.schema, &more);
        let hint = filter.hint();
        let of_files = self
            .engine()
            .fold(source, &columns, &hint, move |found: &mut Found, batch| {
                found.push(&filter.keep(batch)?, batch)
            })
            .await?;
        let mut all = Found::default();
        of_files.into_iter().for_each(|found| all.merge(found));
        all.answer(granularity, &mut answer);
        Ok(answer)
    }
}

/// Kind, and which one.
pub(super) type Name = (String, Option<String>);

#[derive(Debug, Default)]
struct Counts {
    ways: HashMap<Name, (u64, u64)>,
}

impl Counts {
    /// Counts what one look had.
    fn add(&mut self, names: Vec<Name>) {
        let mut seen: HashMap<Name, u64> = HashMap::new();
        for name in names {
            *seen.entry(name).or_default() += 1;
        }
        for (name, count) in seen {
            self.add_many(name, count, 1);
        }
    }

    fn add_many(&mut self, name: Name, count: u64, looks: u64) {
        let full = self.ways.len() >= WAYS_MAX && !self.ways.contains_key(&name);
        let name = if full { (OTHER.to_owned(), None) } else { name };
        let at = self.ways.entry(name).or_default();
        *at = (at.0 + count, at.1 + looks);
    }

    fn merge(&mut self, other: Self) {
        for (name, (count, looks)) in other.ways {
            self.add_many(name, count, looks);
        }
    }

    fn list(self) -> Vec<Way> {
        let mut ways: Vec<Way> = self
            .ways
            .into_iter()
            .map(|((kind, naming), (count, looks))| Way {
                kind,
                naming,
                count,
                looks,
            })
            .collect();
        ways.sort_unstable_by(|a, b| (&a.kind, &a.naming).cmp(&(&b.kind, &b.naming)));
        ways
    }
}

#[derive(Debug, Default)]
struct Found {
    deviations: Counts,
    extras: Counts,
    reasons: Counts,
    /// (deviations, looks) by day and version.
    days: HashMap<(i32, i32), (u64, u64)>,
    n: u64,
    deviated: u64,
    with_extras: u64,
    all: u64,
}

impl Found {
    fn push(&mut self, keep: &[bool], batch: &RecordBatch) -> Result<(), MeasureError> {
        let missing = |column: &str| MeasureError::NoColumn {
            column: column.to_owned(),
        };
        let column = |name: &str| batch.column_by_name(name);
        let kept = column(KEPT).and_then(|column| column.as_boolean_opt());
        let kept = kept.ok_or_else(|| missing(KEPT))?;
        let days = column(DAY).and_then(|column| column.as_primitive_opt::<Date32Type>());
        let days = days.ok_or_else(|| missing(DAY))?;
        let versions = column(VERSION).and_then(|column| column.as_primitive_opt::<Int32Type>());
        let versions = versions.ok_or_else(|| missing(VERSION))?;
        let deviations = Texts::of(batch, DEVIATIONS)?;
        let extras = Texts::of(batch, EXTRAS)?;
        let reasons = Texts::of(batch, REASON)?;
        for row in (0..batch.num_rows()).filter(|&row| keep[row]) {
            self.all += 1;
            let on_top = extras.get(row).map(texts_of).unwrap_or_default();
            self.with_extras += u64::from(!on_top.is_empty());
            self.extras.add(on_top);
            if kept.is_null(row) {
                continue;
            }
            self.n += 1;
            let mut names = Vec::new();
            if !kept.value(row) {
                self.deviated += 1;
                names = deviations.get(row).map(names_of).unwrap_or_default();
                if names.is_empty() {
                    names.push((UNSAID.to_owned(), None));
                }
                let reason = reasons.get(row).map(str::to_owned);
                self.reasons.add(vec![(REASON.to_owned(), reason)]);
            }
            let at = self
                .days
                .entry((days.value(row), versions.value(row)))
                .or_default();
            *at = (at.0 + names.len() as u64, at.1 + 1);
            self.deviations.add(names);
        }
        Ok(())
    }

    fn merge(&mut self, other: Self) {
        self.deviations.merge(other.deviations);
        self.extras.merge(other.extras);
        self.reasons.merge(other.reasons);
        for (key, (deviations, looks)) in other.days {
            let at = self.days.entry(key).or_default();
            *at = (at.0 + deviations, at.1 + looks);
        }
        self.n += other.n;
        self.deviated += other.deviated;
        self.with_extras += other.with_extras;
        self.all += other.all;
    }

    fn answer(self, granularity: Granularity, answer: &mut Ways) {
        let mut periods: HashMap<(Period, i32), (u64, u64)> = HashMap::new();
        for ((day, version), (deviations, looks)) in self.days {
            let period = Period::containing(granularity, date_of(day));
            let at = periods.entry((period, version)).or_default();
            *at = (at.0 + deviations, at.1 + looks);
        }
        answer.periods = periods
            .into_iter()
            .map(|((period, version), (deviations, looks))| PeriodWays {
                period,
                version: i64::from(version),
                deviations,
                looks,
            })
            .collect();
        answer
            .periods
            .sort_unstable_by_key(|of| (of.period, of.version));
        answer.deviations = self.deviations.list();
        answer.extras = self.extras.list();
        answer.reasons = self.reasons.list();
        (answer.n, answer.deviated) = (self.n, self.deviated);
        (answer.with_extras, answer.all) = (self.with_extras, self.all);
    }
}

/// Deviations in a JSON list.
pub(super) fn names_of(list: &str) -> Vec<Name> {
    match serde_json::from_str(list) {
        Ok(Value::Array(list)) => list.iter().filter_map(name_of).collect(),
        _ => Vec::new(),
    }
}

fn name_of(deviation: &Value) -> Option<Name> {
    if let Some(stated) = deviation.as_str() {
        return Some((STATED.to_owned(), Some(stated.to_owned())));
    }
    let kind = deviation.get("kind")?.as_str()?;
    let named = |field: &&str| deviation.get(*field).and_then(Value::as_str);
    let naming = NAMING.iter().find_map(named);
    let naming = match deviation.get("second").and_then(Value::as_str) {
        Some(second) => naming.map(|first| format!("{first}, {second}")),
        None => naming.map(str::to_owned),
    };
    Some((kind.to_owned(), naming))
}

/// Extras in a JSON list.
pub(super) fn texts_of(list: &str) -> Vec<Name> {
    match serde_json::from_str(list) {
        Ok(Value::Array(list)) => list
            .iter()
            .filter_map(Value::as_str)
            .map(|text| ("extra".to_owned(), Some(text.to_owned())))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deviation_is_known_by_its_kind_and_what_it_names() {
        let names = names_of(
            r#"[{"kind":"over_time","by_seconds":31.0},
                {"kind":"item_missed","item":"greets","auto_fail":false},
                {"kind":"steps_swapped","first":"bun","second":"patty","at":2},
                "no napkin", 7, {"by":1}]"#,
        );
        let some = |kind: &str, naming: Option<&str>| (kind.to_owned(), naming.map(str::to_owned));
        assert_eq!(
            names,
            [
                some("over_time", None),
                some("item_missed", Some("greets")),
                some("steps_swapped", Some("bun, patty")),
                some("stated", Some("no napkin")),
            ]
        );
        assert_eq!(names_of("not json"), []);
    }

    #[test]
    fn ways_without_end_become_other() {
        let mut counts = Counts::default();
        for number in 0..WAYS_MAX + 5 {
            counts.add(vec![(STATED.to_owned(), Some(number.to_string()))]);
        }
        let list = counts.list();
        let other = list.iter().find(|way| way.kind == OTHER).unwrap();
        assert_eq!((other.count, other.looks), (5, 5));
    }
}
