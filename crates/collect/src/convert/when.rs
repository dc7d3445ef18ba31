//! The moment and the day of every row.

use arrow::array::{Array, ArrayRef, Date32Array, TimestampMicrosecondArray};
use std::sync::Arc;

use super::moment::{Moment, TextTimes, ZoneClock, day_of_wall, days};
use super::rows::{Missing, Rows};
use super::units::{UnitPlaces, Units};
use crate::mapping::{ColumnName, TimeRule, TimeSource, ZoneRule};
use crate::source::Column;

/// Reads the column of `[time]`.
#[derive(Debug)]
pub(crate) struct Times<'m> {
    rule: &'m TimeRule,
    texts: TextTimes,
    missing: Missing,
    /// The clock of the mapping's zone, where it names one.
    clock: Option<ZoneClock>,
}

/// The moments of the rows of one batch.
pub(crate) struct When {
    /// UTC microseconds; None where only the day is known, or the row is wrong.
    pub instants: Vec<Option<i64>>,
    /// Days since 1970 in the unit's zone; None where the row is wrong.
    pub days: Vec<Option<i32>>,
}

impl When {
    pub(crate) fn instant_array(&self) -> ArrayRef {
        let array = TimestampMicrosecondArray::from(self.instants.clone());
        Arc::new(array.with_timezone("UTC"))
    }

    /// Rows without a day are wrong and will be left out; they have the first of 1970.
    pub(crate) fn day_array(&self) -> ArrayRef {
        let days = self.days.iter().map(|day| day.unwrap_or_default());
        Arc::new(Date32Array::from_iter_values(days))
    }
}

impl<'m> Times<'m> {
    pub(crate) fn new(rule: &'m TimeRule, everywhere: &[String]) -> Self {
        let (formats, missing): (&[String], &[String]) = match &rule.source {
            TimeSource::Day(_) => (&[], &[]),
            TimeSource::Column {
                formats, missing, ..
            } => (formats, missing),
        };
        Self {
            texts: TextTimes::new(formats, &rule.zones),
            missing: Missing::new(everywhere, missing),
            clock: match &rule.zone {
                ZoneRule::Unit => None,
                ZoneRule::Named(zone) => Some(ZoneClock::new(zone.clone())),
            },
            rule,
        }
    }

    /// The moment of every row.
    pub(crate) fn read(
        &mut self,
        rows: &mut Rows<'_>,
        places: &UnitPlaces,
        units: &mut Units<'_>,
    ) -> When {
        let rule = self.rule;
        let column = match &rule.source {
            TimeSource::Day(day) => {
                return When {
                    instants: vec![None; rows.len()],
                    days: vec![Some(days(*day)); rows.len()],
                };
            }
            TimeSource::Column { column, .. } => column,
        };
        let moments = self.moments(rows, column);
        let mut when = When {
            instants: Vec::with_capacity(moments.len()),
            days: Vec::with_capacity(moments.len()),
        };
        for (moment, place) in moments.into_iter().zip(places) {
            let (Some(moment), Some(place)) = (moment, place) else {
                when.instants.push(None);
                // A wrong unit does not hide a right day: it is needed for keys of duplicates.
                when.days.push(match moment {
                    Some(Moment::Day(day)) => Some(day),
                    Some(Moment::Wall(wall)) => Some(day_of_wall(wall)),
                    _ => None,
                });
                continue;
            };
            let zone = units.zone(*place);
            let (instant, day) = match (moment, &mut self.clock) {
                (Moment::Day(day), _) => (None, day),
                (Moment::Instant(at), _) => (Some(at), units.zones[zone].day(at)),
                // On the unit's own clock the day stands in the file.
                (Moment::Wall(wall), None) => {
                    (Some(units.zones[zone].instant(wall)), day_of_wall(wall))
                }
                (Moment::Wall(wall), Some(clock)) => {
                    let at = clock.instant(wall);
                    (Some(at), units.zones[zone].day(at))
                }
            };
            when.instants.push(instant);
            when.days.push(Some(day));
        }
        when
    }

    fn moments(&mut self, rows: &mut Rows<'_>, column: &ColumnName) -> Vec<Option<Moment>> {
        let (at, name, values) = rows.column(column);
        let moments: Vec<Option<Moment>> = match values {
            Column::Day(array) => array.iter().map(|day| day.map(Moment::Day)).collect(),
            Column::Instant(array) => array.iter().map(|at| at.map(Moment::Instant)).collect(),
            Column::Wall(array) => array.iter().map(|wall| wall.map(Moment::Wall)).collect(),
            Column::Text(array) => {
                let mut moments = Vec::with_capacity(array.len());
                for row in 0..array.len() {
                    let text = if array.is_null(row) {
                        ""
                    } else {
                        array.value(row)
                    };
                    moments.push(self.moment(rows, row, name, text));
                }
                moments
            }
            Column::Whole(_) | Column::Number(_) | Column::Flag(_) => self.numbers(rows, column),
        };
        let mut absent = 0;
        for (row, moment) in moments.iter().enumerate() {
            // A wrong row was told already, be it for this cell.
            if moment.is_none() && !rows.is_bad(row) {
                absent += 1;
                rows.fault(row, Some(name), "time", "every row needs a time", "", "");
            }
        }
        rows.count_missing(at, name, absent);
        moments
    }

    fn moment(
        &mut self,
        rows: &mut Rows<'_>,
        row: usize,
        name: &str,
        text: &str,
    ) -> Option<Moment> {
        if self.missing.text(text) {
            return None;
        }
        let moment = self.texts.read(text);
        if moment.is_none() {
            let allowed = self.texts.allowed();
            rows.fault(
                row,
                Some(name),
                "time",
                "this is no date or time",
                text,
                &allowed,
            );
        }
        moment
    }

    /// Numbers that a pattern can read: `20160201`, a year.
    fn numbers(&mut self, rows: &mut Rows<'_>, column: &ColumnName) -> Vec<Option<Moment>> {
        let texts = rows.texts(column);
        (0..rows.len())
            .map(|row| self.moment(rows, row, texts.name, texts.get(row)))
            .collect()
    }
}
