//! On which days which units were looked at, and what came on top there.
//!
//! Invariant: a unit and day with looks is there, whether anything came on top or not; the ones
//! without are what the others are compared with. Looks chosen for convenience are left out.
//! Absent on purpose: what customers said there. That is counted by unit and day in its own table.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Date32Type;
use evenkeel_facts::Table;
use evenkeel_foundation::{StandardId, UnitId};
use jiff::civil::Date;

use super::ways::texts_of;
use super::{only_chosen, only_standard};
use crate::calendar::date_of;
use crate::cells::UNIT;
use crate::error::MeasureError;
use crate::history::History;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::{RowFilter, Texts};
use crate::tally::DAY;

const EXTRAS: &str = "extras";

/// A unit's day with looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LookedDay {
    /// Looks.
    pub looks: u64,
    /// What came on top, each once.
    pub extras: BTreeSet<String>,
}

impl LookedDay {
    fn merge(&mut self, other: Self) {
        self.looks += other.looks;
        self.extras.extend(other.extras);
    }
}

/// Days with looks, by unit and day.
pub type LookedDays = BTreeMap<(UnitId, Date), LookedDay>;

impl Measure {
    /// Units and days on which a standard was looked at; and the versions of the tables.
    pub async fn looked_days(
        &self,
        history: &History,
        standard: &StandardId,
        window: &Window,
    ) -> Result<(LookedDays, String), MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let snapshot = sources.label();
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok((LookedDays::new(), snapshot));
        };
        let only = vec![only_standard(standard), only_chosen(false)];
        let filter = RowFilter::new(history, window, only)?;
        let columns = filter.columns(&source.snapshot.schema, &[(EXTRAS, true)]);
        let hint = filter.hint();
        let of_files = self
            .engine()
            .fold(source, &columns, &hint, move |found: &mut Found, batch| {
                found.push(&filter.keep(batch)?, batch)
            })
            .await?;
        let mut all = LookedDays::new();
        for ((unit, day), looked) in of_files.into_iter().flat_map(|found| found.days) {
            if let Ok(unit) = UnitId::parse(&unit) {
                all.entry((unit, date_of(day))).or_default().merge(looked);
            }
        }
        Ok((all, snapshot))
    }
}

#[derive(Debug, Default)]
struct Found {
    days: HashMap<(String, i32), LookedDay>,
}

impl Found {
    fn push(&mut self, keep: &[bool], batch: &RecordBatch) -> Result<(), MeasureError> {
        let days = batch
            .column_by_name(DAY)
            .and_then(|column| column.as_primitive_opt::<Date32Type>())
            .ok_or_else(|| MeasureError::NoColumn {
                column: DAY.to_owned(),
            })?;
        let units = Texts::of(batch, UNIT)?;
        let extras = Texts::of(batch, EXTRAS)?;
        for row in (0..batch.num_rows()).filter(|&row| keep[row]) {
            let Some(unit) = units.get(row) else { continue };
            let key = (unit.to_owned(), days.value(row));
            let on_top = extras.get(row).map(texts_of).unwrap_or_default();
            self.days.entry(key).or_default().merge(LookedDay {
                looks: 1,
                extras: on_top.into_iter().filter_map(|(_, name)| name).collect(),
            });
        }
        Ok(())
    }
}
