//! Looks by hour of the local day and by day: for the spread between hours.
//!
//! Invariant: the hour is that of the look's own unit, whose zone the newest tree says; a look
//! without a time has none and is counted apart.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, TimestampMicrosecondType};
use evenkeel_facts::Table;
use evenkeel_foundation::{StandardId, UnitId};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{KEPT, OCCURRED, only_chosen, only_standard};
use crate::cells::UNIT;
use crate::error::MeasureError;
use crate::history::History;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::{RowFilter, Texts};
use crate::tally::DAY;

const MICROS: i64 = 1_000_000;
/// Offsets change on quarters of an hour at the finest.
const QUARTER_SECONDS: i64 = 900;
const DAY_SECONDS: i64 = 86_400;

/// Looks of one hour of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourOfDay {
    /// 0 to 23.
    pub hour: u8,
    /// The day, as a number.
    pub day: i32,
    /// Kept.
    pub kept: u64,
    /// Known.
    pub n: u64,
}

impl Measure {
    /// Known looks by hour and day, in that order; convenience is left out. Also the version of the
    /// tables, and how many known looks have no time.
    pub async fn hours(
        &self,
        history: &History,
        standard: &StandardId,
        window: &Window,
    ) -> Result<(Vec<HourOfDay>, u64, String), MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let snapshot = sources.label();
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok((Vec::new(), 0, snapshot));
        };
        let only = vec![only_standard(standard), only_chosen(false)];
        let filter = RowFilter::new(history, window, only)?;
        let more = [(UNIT, true), (OCCURRED, false), (KEPT, false)];
        let columns = filter.columns(&source.snapshot.schema, &more);
        let hint = filter.hint();
        let zones = Arc::new(Zones::of(history));
        let of_files = self
            .engine()
            .fold(source, &columns, &hint, move |hours: &mut Hours, batch| {
                hours.push(&filter.keep(batch)?, batch, &zones)
            })
            .await?;
        let mut all: BTreeMap<(u8, i32), (u64, u64)> = BTreeMap::new();
        let mut untimed = 0;
        for of_file in of_files {
            untimed += of_file.untimed;
            for (key, (kept, n)) in of_file.counts {
                let at = all.entry(key).or_default();
                *at = (at.0 + kept, at.1 + n);
            }
        }
        let hours =
            all.into_iter()
                .map(|((hour, day), (kept, n))| HourOfDay { hour, day, kept, n });
        Ok((hours.collect(), untimed, snapshot))
    }
}

/// The zone of each unit.
#[derive(Debug)]
struct Zones {
    of_unit: HashMap<UnitId, usize>,
    zones: Vec<TimeZone>,
}

impl Zones {
    fn of(history: &History) -> Self {
        let mut zones: Vec<TimeZone> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut of_unit = HashMap::new();
        for (_, tree) in history.trees() {
            for unit in tree.units() {
                let name = tree.time_zone(&unit.id);
                let place = *known.entry(name.to_owned()).or_insert_with(|| {
                    zones.push(TimeZone::get(name).unwrap_or(TimeZone::UTC));
                    zones.len() - 1
                });
                of_unit.insert(unit.id.clone(), place);
            }
        }
        Self { of_unit, zones }
    }
}

#[derive(Debug, Default)]
struct Hours {
    counts: HashMap<(u8, i32), (u64, u64)>,
    untimed: u64,
    /// Offsets in seconds by zone and quarter of an hour.
    offsets: HashMap<(usize, i64), i32>,
    /// Places of zones by unit, remembered as text.
    zone_of: HashMap<String, Option<usize>>,
}

impl Hours {
    fn push(
        &mut self,
        keep: &[bool],
        batch: &RecordBatch,
        zones: &Zones,
    ) -> Result<(), MeasureError> {
        let column = |name: &str| {
            batch
                .column_by_name(name)
                .ok_or_else(|| MeasureError::NoColumn {
                    column: name.to_owned(),
                })
        };
        let times = column(OCCURRED)?.as_primitive_opt::<TimestampMicrosecondType>();
        let days = column(DAY)?.as_primitive_opt::<Date32Type>();
        let kept = column(KEPT)?.as_boolean_opt();
        let (Some(days), Some(kept)) = (days, kept) else {
            return Ok(());
        };
        let units = Texts::of(batch, UNIT)?;
        for row in (0..batch.num_rows()).filter(|&row| keep[row] && kept.is_valid(row)) {
            let time = times.filter(|times| times.is_valid(row));
            let Some(micros) = time.map(|times| times.value(row)) else {
                self.untimed += 1;
                continue;
            };
            let hour = self.hour(units.get(row).unwrap_or_default(), micros, zones);
            let at = self.counts.entry((hour, days.value(row))).or_default();
            *at = (at.0 + u64::from(kept.value(row)), at.1 + 1);
        }
        Ok(())
    }

    fn hour(&mut self, unit: &str, micros: i64, zones: &Zones) -> u8 {
        let zone = if let Some(zone) = self.zone_of.get(unit) {
            *zone
        } else {
            let id = UnitId::parse(unit).ok();
            let zone = id.and_then(|id| zones.of_unit.get(&id).copied());
            self.zone_of.insert(unit.to_owned(), zone);
            zone
        };
        let seconds = micros.div_euclid(MICROS);
        let offset = zone.map_or(0, |zone| {
            let quarter = seconds.div_euclid(QUARTER_SECONDS);
            *self.offsets.entry((zone, quarter)).or_insert_with(|| {
                Timestamp::from_second(quarter * QUARTER_SECONDS)
                    .map_or(0, |at| zones.zones[zone].to_offset(at).seconds())
            })
        });
        let local = (seconds + i64::from(offset)).rem_euclid(DAY_SECONDS);
        u8::try_from(local / 3_600).unwrap_or(0)
    }
}
