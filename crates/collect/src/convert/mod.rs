//! From what a file says to rows of tables.
//!
//! Invariant: every row of the file is counted once: stored, rejected, dropped as a duplicate or
//! filtered out. The same file gives the same rows, whatever the machine, so that an import that
//! was cut off can be replayed to the point where it stopped; only ids that are drawn differ.
//!
//! Order of a batch: filter, units to skip, then everything of the rows that are left, all their
//! problems at once, then duplicates among the rows that are right.

mod aggregates;
mod answers;
mod duplicates;
mod figures;
mod filter;
mod judge;
mod moment;
mod number;
mod observations;
mod periods;
mod responses;
mod rows;
mod seen;
mod table;
mod units;
mod when;
mod words;

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use evenkeel_facts::{Table, comments_schema};
use evenkeel_foundation::{Period, Problem, Unit};
use rand::Rng;

use crate::agreed::Agreed;
use crate::error::ImportError;
use crate::hash::RowHash;
use crate::mapping::{ImportKind, Mapping, Policy};
use crate::report::Counts;
use crate::source::{RawBatch, Section, Wanted};
use crate::suggest::{did_you_mean, listed};
use aggregates::Aggregates;
pub use duplicates::DuplicateCounts;
use duplicates::{Duplicates, LastRows, Verdict};
pub(crate) use moment::{Moment, TextTimes, ZoneClock, date_of_days, days};
pub(crate) use number::parse as parse_number;
use observations::Observations;
use periods::Periods;
use responses::Responses;
use rows::{Index, Rows};
pub(crate) use rows::{Ledger, text_of};
pub(crate) use table::Columns;
use units::{UnitPlaces, Units};
use when::{Times, When};

/// What an import is called and when it comes in.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    /// Stored with every row.
    pub import_id: String,
    /// The name of the file.
    pub file_name: String,
    /// When it came in, in UTC microseconds.
    pub received_at: i64,
    /// The salt of the installation.
    pub salt: Vec<u8>,
}

/// Turns batches of a file into batches of tables.
pub(crate) struct Converter<'a> {
    mapping: &'a Mapping,
    kind: Kind<'a>,
    units: Units<'a>,
    times: Option<Times<'a>>,
    periods: Option<Periods<'a>>,
    duplicates: Option<Duplicates>,
    /// The first of two readings: nothing goes out.
    last_rows: Option<LastRows>,
    index: Option<(Arc<Section>, Index)>,
    with_reasons: bool,
    identity: Identity,
    /// Rows of the file before this one are staged already.
    pub skip_before: u64,
    /// What adds up.
    pub ledger: Ledger,
    /// How many rows went where.
    pub counts: Counts,
}

enum Kind<'a> {
    Responses(Box<Responses<'a>>),
    Aggregates(Box<Aggregates<'a>>),
    Observations(Box<Observations<'a>>),
}

/// A row that is not stored, for the file of rejected rows.
#[derive(Debug, Clone)]
pub(crate) struct Rejected {
    pub section: Arc<Section>,
    pub line: u64,
    pub reasons: Vec<String>,
    pub cells: Vec<String>,
}

/// What a batch became.
pub(crate) struct Converted {
    /// Rows for each table of [`Converter::tables`].
    pub batches: Vec<Option<RecordBatch>>,
    /// Rows of the file so far.
    pub rows_end: u64,
    pub rejected: Vec<Rejected>,
}

impl<'a> Converter<'a> {
    /// `with_reasons`: rejected rows come with their cells and reasons.
    pub(crate) fn new(
        mapping: &'a Mapping,
        agreed: &'a Agreed,
        identity: Identity,
        with_reasons: bool,
    ) -> Result<Self, ImportError> {
        let id = identity.import_id.as_str();
        let kind = match mapping.kind {
            ImportKind::Responses => Responses::new(mapping, agreed, id, &identity.salt)
                .map(|k| Kind::Responses(Box::new(k))),
            ImportKind::Aggregates => Some(Kind::Aggregates(Box::new(Aggregates::new(
                mapping, agreed, id,
            )))),
            ImportKind::Observations => {
                Observations::new(mapping, agreed, id, &identity.file_name, &identity.salt)
                    .map(|k| Kind::Observations(Box::new(k)))
            }
        };
        let everywhere = &mapping.missing;
        Ok(Self {
            // `check` was asked before, and found everything that a kind needs.
            kind: kind.ok_or_else(|| ImportError::Mapping(mapping.check(&agreed.foundation)))?,
            units: Units::new(mapping, &agreed.foundation),
            times: mapping
                .time
                .as_ref()
                .map(|rule| Times::new(rule, everywhere)),
            periods: mapping
                .period
                .as_ref()
                .map(|rule| Periods::new(rule, everywhere)),
            duplicates: mapping
                .duplicates
                .as_ref()
                .map(|rule| Duplicates::new(rule.policy)),
            last_rows: None,
            index: None,
            with_reasons,
            identity,
            skip_before: 0,
            ledger: Ledger::default(),
            counts: Counts::default(),
            mapping,
        })
    }

    /// The columns to read.
    pub(crate) fn wanted(&self) -> Wanted {
        Wanted {
            all: self.with_reasons,
            row_hashes: self.duplicates.is_some(),
            ..Wanted::of(&self.mapping.columns())
        }
    }

    /// The tables that rows go to, in the order in which they are committed.
    pub(crate) fn tables(&self) -> Vec<(Table, SchemaRef)> {
        match &self.kind {
            Kind::Responses(kind) => {
                let mut tables = Vec::new();
                if kind.has_comments() {
                    tables.push((Table::Comments, comments_schema()));
                }
                tables.push((
                    Table::Responses(kind.instrument_id().clone()),
                    Arc::clone(&kind.schema),
                ));
                tables
            }
            Kind::Aggregates(kind) => vec![(Table::Aggregates, Arc::clone(&kind.schema))],
            Kind::Observations(kind) => vec![(Table::Observations, Arc::clone(&kind.schema))],
        }
    }

    /// Whether the policy needs a first reading to know the last row of every key.
    pub(crate) fn needs_two_readings(&self) -> bool {
        self.mapping
            .duplicates
            .as_ref()
            .is_some_and(|rule| rule.policy == Policy::KeepLast)
    }

    /// Makes this the converter of a first reading.
    pub(crate) fn only_keys(mut self) -> Self {
        self.last_rows = Some(LastRows::default());
        self
    }

    /// Takes over what a first reading found.
    pub(crate) fn after(mut self, first: Self) -> Self {
        if let Some(last) = first.last_rows {
            self.duplicates = Some(last.into_duplicates());
        }
        self
    }

    /// The units that have to be made for the stored rows, parents first.
    pub(crate) fn made_units(&self) -> Vec<Unit> {
        self.units.made()
    }

    /// How many duplicates there were.
    pub(crate) fn duplicate_counts(&self) -> DuplicateCounts {
        self.duplicates
            .as_ref()
            .map(Duplicates::counts)
            .unwrap_or_default()
    }

    /// What waited for the end of the file.
    pub(crate) fn finish(&mut self) -> Result<Option<RecordBatch>, ImportError> {
        let Kind::Aggregates(kind) = &mut self.kind else {
            return Ok(None);
        };
        let sums = kind
            .take_sums(self.identity.received_at)
            .map_err(ImportError::columns)?;
        self.counts.facts_stored += sums.as_ref().map_or(0, |batch| batch.num_rows() as u64);
        Ok(sums)
    }

    /// Converts the next batch.
    pub(crate) fn convert(
        &mut self,
        raw: RawBatch,
        rng: &mut dyn Rng,
    ) -> Result<Converted, ImportError> {
        self.enter(&raw.section)?;
        let Self {
            mapping,
            kind,
            units,
            times,
            periods,
            duplicates,
            last_rows,
            index,
            ledger,
            counts,
            ..
        } = self;
        let Some((_, index)) = index.as_ref() else {
            return Err(ImportError::Mapping(Vec::new()));
        };
        let rows_end = raw.rows_end;
        counts.rows_read += raw.lines.len() as u64;
        let mut raw = raw;
        if let Some(keep) = filter::keep(&mapping.keep, &mapping.missing, &raw, index) {
            counts.filtered.by_rule += left_out(&keep);
            raw = raw.filtered(&keep);
        }
        if let Some(keep) = units.keep(&raw, index) {
            counts.filtered.unknown_unit += left_out(&keep);
            raw = raw.filtered(&keep);
        }
        let listed = ledger.log.listed.len();
        let mut rows = Rows::new(&raw, index, mapping.file.decimal, self.with_reasons, ledger);
        let places = units.resolve(&mut rows);
        let when = times
            .as_mut()
            .map(|times| times.read(&mut rows, &places, units));
        let spans = periods.as_mut().map(|periods| periods.read(&mut rows));
        if let Some(when) = &when {
            units.check_days(&mut rows, &places, |row| {
                when.days[row].map(|day| (day, day))
            });
        }
        if let Some(spans) = &spans {
            let span = |period: Period| (moment::days(period.start()), moment::days(period.end()));
            units.check_days(&mut rows, &places, |row| spans[row].map(span));
        }
        let no_time = When {
            instants: Vec::new(),
            days: Vec::new(),
        };
        let when = when.unwrap_or(no_time);
        let spans: Vec<Option<Period>> = spans.unwrap_or_default();
        let received_at = self.identity.received_at;
        let read = match kind {
            Kind::Responses(kind) => {
                Read::Responses(kind.read(&mut rows, units, &places, &when, received_at, rng))
            }
            Kind::Observations(kind) => {
                Read::Observations(kind.read(&mut rows, units, &places, &when, received_at, rng))
            }
            Kind::Aggregates(kind) => Read::Aggregates(kind.read(&mut rows)),
        };
        let mut keep: Vec<bool> = (0..rows.len()).map(|row| !rows.is_bad(row)).collect();
        if let Read::Aggregates(read) = &read {
            for (row, keep) in keep.iter_mut().enumerate() {
                if *keep && !read.has_values(row) {
                    *keep = false;
                    counts.filtered.without_values += 1;
                }
            }
        }
        if let Some(duplicates) = duplicates {
            let keys = keys(mapping, &rows, &when, |row| {
                let (Kind::Aggregates(kind), Read::Aggregates(read)) = (&*kind, &read) else {
                    return None;
                };
                Some(kind.row_key(read, row, &raw.section, units.id(places[row]?), spans[row]?))
            });
            for row in 0..rows.len() {
                if !keep[row] {
                    continue;
                }
                if let Some(last) = last_rows {
                    last.see(keys[row], raw.rows[row]);
                    continue;
                }
                match duplicates.see(keys[row], raw.hashes[row], raw.rows[row]) {
                    Verdict::Keep => {}
                    Verdict::Drop => {
                        keep[row] = false;
                        counts.rows_dropped_as_duplicates += 1;
                    }
                    Verdict::Reject => {
                        keep[row] = false;
                        rows.fault(
                            row,
                            None,
                            "duplicates",
                            "an earlier row has the same key",
                            "",
                            "one row a key",
                        );
                    }
                }
            }
        }
        if last_rows.is_some() {
            return Ok(Converted {
                batches: Vec::new(),
                rows_end,
                rejected: Vec::new(),
            });
        }
        if let (Kind::Aggregates(kind), Read::Aggregates(read)) = (&mut *kind, &read) {
            kind.check_said(&mut rows, read, units, &places, &spans, &mut keep);
        }
        counts.rows_rejected += rows.bad_count() as u64;
        let reasons = rows.into_reasons();
        ledger.log.sort_from(listed);
        mark_used(units, &places, &keep);
        let stored = keep.iter().filter(|keep| **keep).count() as u64;
        counts.rows_stored += stored;
        let out: Vec<bool> = keep
            .iter()
            .zip(&raw.rows)
            .map(|(keep, row)| *keep && *row >= self.skip_before)
            .collect();
        let batches = match (kind, read) {
            (Kind::Responses(kind), Read::Responses(read)) => {
                let (responses, comments) =
                    kind.finish(read, &out, rng).map_err(ImportError::columns)?;
                if kind.has_comments() {
                    vec![comments, Some(responses)]
                } else {
                    vec![Some(responses)]
                }
            }
            (Kind::Observations(kind), Read::Observations(read)) => {
                vec![Some(kind.finish(read, &out).map_err(ImportError::columns)?)]
            }
            (Kind::Aggregates(kind), Read::Aggregates(read)) => {
                let table = kind.finish(
                    &raw,
                    &read,
                    units,
                    &places,
                    &spans,
                    &keep,
                    self.skip_before,
                    received_at,
                );
                vec![Some(table.map_err(ImportError::columns)?)]
            }
            _ => Vec::new(),
        };
        counts.facts_stored += match batches.last() {
            Some(Some(batch)) if mapping.kind == ImportKind::Aggregates => batch.num_rows() as u64,
            _ => stored,
        };
        let rejected = reasons.into_iter().map(|(row, reasons)| Rejected {
            section: Arc::clone(&raw.section),
            line: raw.lines[row],
            reasons,
            cells: cells_of(&raw, row),
        });
        Ok(Converted {
            rejected: rejected.collect(),
            batches,
            rows_end,
        })
    }

    /// Compares a new section's columns with those of the mapping.
    fn enter(&mut self, section: &Arc<Section>) -> Result<(), ImportError> {
        if let Some((known, _)) = &self.index
            && Arc::ptr_eq(known, section)
        {
            return Ok(());
        }
        let index = Index::new(section);
        let mut problems: Vec<Problem> = Vec::new();
        for column in self.mapping.columns() {
            if index.find(column).is_some() {
                continue;
            }
            let known = || section.names.iter().map(String::as_str);
            let whose = section.sheet.as_ref().map_or_else(
                || self.identity.file_name.clone(),
                |sheet| format!("sheet {sheet} of {}", self.identity.file_name),
            );
            let message = format!(
                "{whose} has no such column{}",
                did_you_mean(column.shown(), known())
            );
            let found = column.names.join(" or ");
            let problem = self.mapping.problem_at(
                &column.key,
                column.line,
                message,
                found,
                listed(known(), 40),
            );
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        if !problems.is_empty() {
            problems.sort_by_key(|problem| problem.line);
            return Err(ImportError::Mapping(problems));
        }
        self.index = Some((Arc::clone(section), index));
        Ok(())
    }
}

/// What was read of one batch.
enum Read {
    Responses(responses::ResponseColumns),
    Observations(table::Columns),
    Aggregates(aggregates::AggregateRows),
}

fn left_out(keep: &[bool]) -> u64 {
    keep.iter().filter(|keep| !**keep).count() as u64
}

fn mark_used(units: &mut Units<'_>, places: &UnitPlaces, keep: &[bool]) {
    for (place, keep) in places.iter().zip(keep) {
        if let (Some(place), true) = (place, keep) {
            units.mark_used(*place);
        }
    }
}

/// The keys by which duplicates are known: the columns that the mapping names; without any those
/// of the kind, and in the end the whole row. None for a row whose key is empty.
fn keys(
    mapping: &Mapping,
    rows: &Rows<'_>,
    when: &When,
    of_kind: impl Fn(usize) -> Option<u128>,
) -> Vec<Option<u128>> {
    let parts = mapping
        .duplicates
        .as_ref()
        .map(|rule| rule.key.as_slice())
        .unwrap_or_default();
    if parts.is_empty() {
        let whole = |row: usize| match mapping.kind {
            ImportKind::Aggregates => of_kind(row),
            ImportKind::Responses | ImportKind::Observations => Some(rows.batch.hashes[row]),
        };
        return (0..rows.len()).map(whole).collect();
    }
    let columns: Vec<_> = parts
        .iter()
        .map(|part| (part.day_only, rows.texts(&part.column)))
        .collect();
    (0..rows.len())
        .map(|row| {
            let mut hash = RowHash::new();
            let mut any = false;
            for (day_only, texts) in &columns {
                if let Some(day) = when.days.get(row).copied().flatten().filter(|_| *day_only) {
                    any = true;
                    hash.cell(&day.to_le_bytes());
                } else {
                    any = any || !texts.get(row).is_empty();
                    hash.cell(texts.get(row).as_bytes());
                }
            }
            any.then(|| hash.finish())
        })
        .collect()
}

fn cells_of(raw: &RawBatch, row: usize) -> Vec<String> {
    raw.columns
        .iter()
        .map(|column| text_of(column, row))
        .collect()
}
