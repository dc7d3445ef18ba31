//! The period of every row of aggregates.

use std::collections::{BTreeMap, HashMap};

use evenkeel_foundation::{Granularity, Period};
use jiff::fmt::strtime::BrokenDownTime;

use super::moment::{date_of_days, day_of_wall};
use super::rows::{Missing, Rows};
use crate::mapping::{PeriodFormat, PeriodRule};
use crate::source::{Column, squeeze};

/// Reads `[period]`.
#[derive(Debug)]
pub(crate) struct Periods<'m> {
    rule: &'m PeriodRule,
    missing: Missing,
    seen: HashMap<String, Option<Period>>,
}

impl<'m> Periods<'m> {
    pub(crate) fn new(rule: &'m PeriodRule, everywhere: &[String]) -> Self {
        let missing: &[String] = match rule {
            PeriodRule::Constant(_) => &[],
            PeriodRule::Column { missing, .. } => missing,
        };
        Self {
            missing: Missing::new(everywhere, missing),
            rule,
            seen: HashMap::new(),
        }
    }

    /// The period of every row; None where it is wrong.
    pub(crate) fn read(&mut self, rows: &mut Rows<'_>) -> Vec<Option<Period>> {
        let (column, format, granularity, map) = match self.rule {
            PeriodRule::Constant(period) => return vec![Some(*period); rows.len()],
            PeriodRule::Column {
                column,
                format,
                granularity,
                map,
                ..
            } => (column, format, *granularity, map),
        };
        let (_, _, values) = rows.column(column);
        let typed = |day: Option<i32>| Some(Period::containing(granularity, date_of_days(day?)?));
        let known: Option<Vec<Option<Period>>> = match (values, format) {
            (Column::Day(days), PeriodFormat::Day(_)) => Some(days.iter().map(typed).collect()),
            (Column::Wall(at) | Column::Instant(at), PeriodFormat::Day(_)) => {
                Some(at.iter().map(|at| typed(at.map(day_of_wall))).collect())
            }
            _ => None,
        };
        let texts = rows.texts(column);
        let mut absent = 0;
        let mut periods = Vec::with_capacity(rows.len());
        for row in 0..rows.len() {
            let text = texts.get(row);
            if self.missing.text(text) {
                absent += 1;
                rows.fault(
                    row,
                    Some(texts.name),
                    "period",
                    "every row needs a period",
                    text,
                    "",
                );
                periods.push(None);
                continue;
            }
            let period = match &known {
                Some(known) => known[row],
                None => self.period(text, format, granularity, map),
            };
            if period.is_none() {
                let allowed = match format {
                    PeriodFormat::Year => "a year such as 2026",
                    PeriodFormat::Label => "2026, 2026-q1, 2026-03, 2026-w05, 2026-03-01 or all",
                    PeriodFormat::Day(pattern) => pattern,
                };
                rows.fault(
                    row,
                    Some(texts.name),
                    "period",
                    "this is no period",
                    text,
                    allowed,
                );
            }
            periods.push(period);
        }
        rows.count_missing(texts.at, texts.name, absent);
        periods
    }

    fn period(
        &mut self,
        text: &str,
        format: &PeriodFormat,
        granularity: Granularity,
        map: &BTreeMap<String, String>,
    ) -> Option<Period> {
        if let Some(known) = self.seen.get(text) {
            return *known;
        }
        let plain = squeeze(text);
        let written = map
            .get(plain.as_ref())
            .map_or(plain.as_ref(), String::as_str);
        let period = match format {
            PeriodFormat::Year => {
                let year = written.strip_suffix(".0").unwrap_or(written);
                let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
                is_year.then(|| Period::parse(year).ok()).flatten()
            }
            PeriodFormat::Label => Period::parse(&written.to_ascii_lowercase()).ok(),
            PeriodFormat::Day(pattern) => BrokenDownTime::parse(pattern, written)
                .and_then(|read| read.to_date())
                .ok()
                .map(|day| Period::containing(granularity, day)),
        };
        if self.seen.len() > 100_000 {
            self.seen.clear();
        }
        self.seen.insert(text.to_owned(), period);
        period
    }
}
