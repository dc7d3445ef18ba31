//! What was seen, by the columns of the mapping, for kinds that one number does not judge.
//!
//! Invariant: an empty cell is nothing seen, never a no: only a list of ticked points says no of
//! the points that it leaves out.

use std::collections::BTreeMap;

use evenkeel_assess::{Observed, Tick};
use evenkeel_foundation::Requirement;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::moment::{Moment, TextTimes};
use super::rows::{Missing, Rows, Texts};
use crate::mapping::{ColumnName, ListRule, Pick, SeenRule, TimeRule, TimeSource, ZoneRule};
use crate::observation::instant;
use crate::source::squeeze;

/// Reads what was seen.
#[derive(Debug)]
pub(super) struct Seen<'m> {
    rule: &'m SeenRule,
    times: TextTimes,
    /// The zone of the mapping, where it names one.
    zone: Option<TimeZone>,
    missing: Missing,
}

/// The cells of one batch.
pub(super) struct Cells<'b> {
    from: Option<Texts<'b>>,
    to: Option<Texts<'b>>,
    as_of: Option<Texts<'b>>,
    items: Vec<Texts<'b>>,
    ticked: Option<Texts<'b>>,
    text: Option<Texts<'b>>,
    language: Option<Texts<'b>>,
    steps: Option<Texts<'b>>,
}

/// What a row says, and the column to blame when it cannot be judged.
pub(super) struct Found {
    pub observed: Observed,
    /// The moment of looking, where the mapping says one.
    pub as_of: Option<Timestamp>,
    pub field: &'static str,
    pub column: Option<String>,
}

impl<'m> Seen<'m> {
    pub(super) fn new(rule: &'m SeenRule, time: Option<&TimeRule>, missing: &Missing) -> Self {
        let of_time: &[String] = match time.map(|time| &time.source) {
            Some(TimeSource::Column { formats, .. }) => formats,
            _ => &[],
        };
        let formats = if rule.time_format.is_empty() {
            of_time
        } else {
            &rule.time_format
        };
        let zones = time.map(|time| time.zones.clone()).unwrap_or_default();
        Self {
            times: TextTimes::new(formats, &zones),
            zone: match time.map(|time| &time.zone) {
                Some(ZoneRule::Named(zone)) => Some(zone.clone()),
                _ => None,
            },
            missing: missing.clone(),
            rule,
        }
    }

    /// The cells of a batch.
    pub(super) fn cells<'b>(&self, rows: &Rows<'b>) -> Cells<'b> {
        let of = |column: Option<&ColumnName>| column.map(|column| rows.texts(column));
        let list = |list: Option<&ListRule>| list.map(|list| rows.texts(&list.column));
        let pick = |pick: Option<&Pick>| match pick {
            Some(Pick::Column(pick)) => Some(rows.texts(&pick.column)),
            _ => None,
        };
        let rule = self.rule;
        Cells {
            from: of(rule.from.as_ref()),
            to: of(rule.to.as_ref()),
            as_of: pick(rule.as_of.as_ref()),
            items: rule.items.iter().map(|(_, c)| rows.texts(c)).collect(),
            ticked: list(rule.ticked.as_ref()),
            text: of(rule.text.as_ref()),
            language: pick(rule.language.as_ref()),
            steps: list(rule.steps.as_ref()),
        }
    }

    /// What a row says for a kind of requirement; None where it says nothing, or something wrong
    /// that was told.
    pub(super) fn found(
        &mut self,
        rows: &mut Rows<'_>,
        cells: &Cells<'_>,
        row: usize,
        requirement: &Requirement,
        zone: &TimeZone,
    ) -> Option<Found> {
        match requirement {
            Requirement::Duration(_) => self.timed(rows, cells, row, zone),
            Requirement::Checklist(list) => {
                let every = || list.items.iter().map(|item| item.id.as_str());
                self.ticks(rows, cells, row, every)
            }
            Requirement::Wording(_) => self.text(cells, row),
            Requirement::Sequence(_) => self.steps(cells, row),
            // A range is a number; a rubric's scores come one a row.
            Requirement::Range(_) | Requirement::Rubric(_) => None,
        }
    }

    fn timed(
        &mut self,
        rows: &mut Rows<'_>,
        cells: &Cells<'_>,
        row: usize,
        zone: &TimeZone,
    ) -> Option<Found> {
        let from = cells.from.as_ref()?;
        let from = self.moment(rows, row, from, "from", zone)?;
        let to = match &cells.to {
            Some(to) if !self.missing.text(to.get(row)) => {
                Some(self.moment(rows, row, to, "to", zone)?)
            }
            _ => None,
        };
        let as_of = match (&self.rule.as_of, &cells.as_of) {
            (Some(Pick::Constant(said)), _) => {
                let read = self.times.read(&said.value).or_else(|| iso(&said.value));
                read.and_then(|moment| instant(&moment, self.zone.as_ref().unwrap_or(zone)))
            }
            (_, Some(texts)) => self.moment(rows, row, texts, "as_of", zone),
            _ => None,
        };
        Some(Found {
            observed: match to {
                Some(to) => Observed::Between { from, to },
                None => Observed::OpenSince(from),
            },
            as_of,
            field: "from",
            column: cells.from.as_ref().map(|texts| texts.name.to_owned()),
        })
    }

    /// A moment with an hour; an empty cell is none.
    fn moment(
        &mut self,
        rows: &mut Rows<'_>,
        row: usize,
        texts: &Texts<'_>,
        field: &str,
        zone: &TimeZone,
    ) -> Option<Timestamp> {
        let text = texts.get(row);
        if self.missing.text(text) {
            return None;
        }
        let read = self.times.read(text);
        let at = read.and_then(|read| instant(&read, self.zone.as_ref().unwrap_or(zone)));
        if at.is_none() {
            let (message, allowed) = match read {
                Some(_) => (
                    "a time of the day is needed",
                    "a date with a time".to_owned(),
                ),
                None => ("this is no date or time", self.times.allowed()),
            };
            rows.fault(row, Some(texts.name), field, message, text, &allowed);
        }
        at
    }

    fn ticks<'l, I: Iterator<Item = &'l str>>(
        &self,
        rows: &mut Rows<'_>,
        cells: &Cells<'_>,
        row: usize,
        every: impl Fn() -> I,
    ) -> Option<Found> {
        if let (Some(texts), Some(rule)) = (&cells.ticked, &self.rule.ticked) {
            let text = texts.get(row);
            // A list without any is a look at which nothing was there.
            let parts = text.split(&rule.split).map(str::trim);
            let parts = parts.filter(|part| !part.is_empty() && !self.missing.text(part));
            return Some(Found {
                observed: crate::observation::listed_ticks(parts, every()),
                as_of: None,
                field: "ticked",
                column: Some(texts.name.to_owned()),
            });
        }
        let mut ticks = BTreeMap::new();
        for ((item, _), texts) in self.rule.items.iter().zip(&cells.items) {
            let text = texts.get(row);
            if self.missing.text(text) {
                continue;
            }
            let Some(tick) = self.tick(text) else {
                let message = "this is neither yes nor no";
                let allowed = "yes, no, not_applicable, or words of item_map";
                rows.fault(row, Some(texts.name), "items", message, text, allowed);
                return None;
            };
            ticks.insert(item.clone(), tick);
        }
        (!ticks.is_empty()).then_some(Found {
            observed: Observed::Ticks(ticks),
            as_of: None,
            field: "items",
            column: None,
        })
    }

    fn tick(&self, text: &str) -> Option<Tick> {
        let text = squeeze(text);
        if let Some(tick) = self.rule.item_map.get(text.as_ref()) {
            return Some(*tick);
        }
        if matches!(
            text.to_lowercase().as_str(),
            "n/a" | "na" | "not_applicable" | "not applicable"
        ) {
            return Some(Tick::NotApplicable);
        }
        let is_there = super::answers::truth(&text)?;
        Some(if is_there { Tick::Yes } else { Tick::No })
    }

    fn text(&self, cells: &Cells<'_>, row: usize) -> Option<Found> {
        let texts = cells.text.as_ref()?;
        let text = texts.get(row);
        if self.missing.text(text) {
            return None;
        }
        let language = match (&self.rule.language, &cells.language) {
            (Some(Pick::Constant(said)), _) => Some(said.value.clone()),
            (Some(Pick::Column(pick)), Some(texts)) => {
                let said = texts.get(row);
                let mapped = pick.map.get(said).map_or(said, String::as_str);
                (!self.missing.text(mapped)).then(|| mapped.to_owned())
            }
            _ => None,
        };
        Some(Found {
            observed: Observed::Text {
                text: text.to_owned(),
                language,
            },
            as_of: None,
            field: "text",
            column: Some(texts.name.to_owned()),
        })
    }

    fn steps(&self, cells: &Cells<'_>, row: usize) -> Option<Found> {
        let (texts, rule) = (cells.steps.as_ref()?, self.rule.steps.as_ref()?);
        let text = texts.get(row);
        if self.missing.text(text) {
            return None;
        }
        let steps = text.split(&rule.split).map(str::trim);
        Some(Found {
            observed: Observed::Steps(
                steps
                    .filter(|step| !step.is_empty())
                    .map(str::to_owned)
                    .collect(),
            ),
            as_of: None,
            field: "steps",
            column: Some(texts.name.to_owned()),
        })
    }
}

/// A moment as ISO 8601 has it, whatever the file's own way.
fn iso(text: &str) -> Option<Moment> {
    TextTimes::new(&[], &BTreeMap::new()).read(text)
}
