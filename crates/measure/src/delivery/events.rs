//! Deviations one by one, where they are rare: when each was, and how many looks were kept before it.
//!
//! Order is by time; looks without one come at the beginning of their day, in order of id.
//!
//! Invariant: at most as many events as asked for are kept in memory; where there are more, only
//! that is said.
//! Absent on purpose: units and ids of the looks.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, Int32Type, TimestampMicrosecondType};
use evenkeel_facts::Table;
use evenkeel_foundation::StandardId;
use jiff::civil::Date;

use super::{KEPT, OCCURRED, VERSION, only_chosen, only_standard};
use crate::calendar::date_of;
use crate::error::MeasureError;
use crate::history::History;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::{RowFilter, Texts};
use crate::tally::DAY;

const ID: &str = "observation_id";
const DAY_MICROS: i64 = 86_400_000_000;

/// One deviation.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenEvent {
    /// Its day.
    pub day: Date,
    /// Its time in days since 1970; the beginning of its day where it has none.
    pub at_days: f64,
    /// Looks kept since the event before (or since the first look).
    pub kept_before: u64,
    /// The version in force.
    pub version: i64,
}

/// Deviations in order of time.
#[derive(Debug, Clone, PartialEq)]
pub enum SeenEvents {
    /// Each of them.
    Listed(Vec<SeenEvent>),
    /// More than may be listed.
    TooMany,
    /// There are no looks.
    NoLooks,
}

/// Time in microseconds since 1970, then id.
type Place = (i64, String);

impl Measure {
    /// The deviations of a standard, at most `events_max`; convenience only where asked for.
    pub async fn events(
        &self,
        history: &History,
        standard: &StandardId,
        window: &Window,
        convenience: bool,
        events_max: usize,
    ) -> Result<SeenEvents, MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok(SeenEvents::NoLooks);
        };
        let only = vec![only_standard(standard), only_chosen(convenience)];
        let filter = Arc::new(RowFilter::new(history, window, only)?);
        let more = [
            (ID, true),
            (OCCURRED, false),
            (KEPT, false),
            (VERSION, false),
        ];
        let columns = filter.columns(&source.snapshot.schema, &more);
        let hint = filter.hint();
        let first = Arc::clone(&filter);
        let found = self
            .engine()
            .fold(source, &columns, &hint, move |found: &mut Found, batch| {
                found.push(&first.keep(batch)?, batch, events_max)
            })
            .await?;
        let mut events: Vec<(Place, i32, i64)> = Vec::new();
        let mut looks = 0;
        for of_file in found {
            looks += of_file.looks;
            events.extend(of_file.events);
            if of_file.too_many || events.len() > events_max {
                return Ok(SeenEvents::TooMany);
            }
        }
        if looks == 0 {
            return Ok(SeenEvents::NoLooks);
        }
        events.sort_unstable();
        let places: Arc<[Place]> = events.iter().map(|(place, ..)| place.clone()).collect();
        let second = Arc::clone(&places);
        let of_files = self
            .engine()
            .fold(
                source,
                &columns,
                &hint,
                move |kept: &mut Vec<u64>, batch| {
                    count_kept(&filter.keep(batch)?, batch, &second, kept)
                },
            )
            .await?;
        let mut kept = vec![0; places.len() + 1];
        for of_file in of_files {
            kept.iter_mut()
                .zip(of_file)
                .for_each(|(to, from)| *to += from);
        }
        let listed = events.into_iter().zip(kept).map(|(event, kept_before)| {
            let ((micros, _), day, version) = event;
            SeenEvent {
                day: date_of(day),
                at_days: micros as f64 / DAY_MICROS as f64,
                kept_before,
                version,
            }
        });
        Ok(SeenEvents::Listed(listed.collect()))
    }
}

#[derive(Debug, Default)]
struct Found {
    events: Vec<(Place, i32, i64)>,
    looks: u64,
    too_many: bool,
}

impl Found {
    fn push(
        &mut self,
        keep: &[bool],
        batch: &RecordBatch,
        events_max: usize,
    ) -> Result<(), MeasureError> {
        let rows = Rows::of(batch)?;
        let versions = batch
            .column_by_name(VERSION)
            .and_then(|column| column.as_primitive_opt::<Int32Type>());
        for row in (0..batch.num_rows()).filter(|&row| keep[row]) {
            let Some(kept) = rows.kept(row) else {
                continue;
            };
            self.looks += 1;
            if !kept && !self.too_many {
                let version = versions.map_or(0, |versions| versions.value(row));
                self.events
                    .push((rows.place(row), rows.day(row), i64::from(version)));
                self.too_many = self.events.len() > events_max;
            }
        }
        Ok(())
    }
}

/// Looks kept before each event, and after the last.
fn count_kept(
    keep: &[bool],
    batch: &RecordBatch,
    events: &[Place],
    kept: &mut Vec<u64>,
) -> Result<(), MeasureError> {
    kept.resize(events.len() + 1, 0);
    let rows = Rows::of(batch)?;
    for row in (0..batch.num_rows()).filter(|&row| keep[row]) {
        if rows.kept(row) == Some(true) {
            let place = rows.place(row);
            kept[events.partition_point(|event| *event < place)] += 1;
        }
    }
    Ok(())
}

/// The columns of a batch.
struct Rows<'a> {
    days: &'a arrow::array::Date32Array,
    times: Option<&'a arrow::array::TimestampMicrosecondArray>,
    kept: &'a arrow::array::BooleanArray,
    ids: Texts,
}

impl<'a> Rows<'a> {
    fn of(batch: &'a RecordBatch) -> Result<Self, MeasureError> {
        let missing = |column: &str| MeasureError::NoColumn {
            column: column.to_owned(),
        };
        let column = |name: &str| batch.column_by_name(name);
        let days = column(DAY).and_then(|column| column.as_primitive_opt::<Date32Type>());
        let kept = column(KEPT).and_then(|column| column.as_boolean_opt());
        Ok(Self {
            days: days.ok_or_else(|| missing(DAY))?,
            times: column(OCCURRED)
                .and_then(|column| column.as_primitive_opt::<TimestampMicrosecondType>()),
            kept: kept.ok_or_else(|| missing(KEPT))?,
            ids: Texts::of(batch, ID)?,
        })
    }

    fn kept(&self, row: usize) -> Option<bool> {
        self.kept.is_valid(row).then(|| self.kept.value(row))
    }

    fn day(&self, row: usize) -> i32 {
        self.days.value(row)
    }

    fn place(&self, row: usize) -> Place {
        let time = self.times.filter(|times| times.is_valid(row));
        let micros = time.map_or_else(
            || i64::from(self.day(row)) * DAY_MICROS,
            |times| times.value(row),
        );
        (micros, self.ids.get(row).unwrap_or_default().to_owned())
    }
}
