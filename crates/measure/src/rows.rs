//! Which rows of a table a window means, for folds over single rows.
//!
//! Invariant: the same rows as a count with the same window: days are compared with the row's own,
//! units by the tree of the row's day.
//! Absent on purpose: what is told apart. A fold does that itself.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, AsArray, DictionaryArray, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Date32Type, Field, Int32Type, Schema, SchemaRef};

use evenkeel_foundation::Period;

use crate::calendar::{date_of, day_of};
use crate::cells::UNIT;
use crate::error::MeasureError;
use crate::history::History;
use crate::place::{Place, Placement};
use crate::question::Window;
use crate::scan::Hint;
use crate::tally::{DAY, Only, dictionary};

/// The rows of a window.
#[derive(Debug, Clone)]
pub struct RowFilter {
    days: (Option<i32>, Option<i32>),
    /// By unit: whether its rows count from each break on; `None` when every unit does.
    units: Option<HashMap<String, Vec<bool>>>,
    /// Days on which some unit changed its place, ascending.
    breaks: Vec<i32>,
    only: Vec<Only>,
}

impl RowFilter {
    /// For a window (whose `by` says nothing here) and words that count.
    pub fn new(history: &History, window: &Window, only: Vec<Only>) -> Result<Self, MeasureError> {
        let within = Window {
            by: Vec::new(),
            ..window.clone()
        };
        let mut placement = Placement::new(history, &within)?;
        let breaks = placement.breaks();
        let ever = Period::all();
        let units = placement.units_ever().map(|units| {
            let rows = units.into_iter().map(|unit| {
                let counts = (0..=breaks.len()).map(|place| {
                    let first = place.checked_sub(1).map(|before| date_of(breaks[before]));
                    let last = breaks.get(place).map(|next| date_of(next - 1));
                    let (first, last) = (first.unwrap_or(ever.start()), last.unwrap_or(ever.end()));
                    let place = placement.place(&unit, first, last);
                    matches!(place, Place::In(_))
                });
                let counts: Vec<bool> = counts.collect();
                (unit, counts)
            });
            rows.collect()
        });
        Ok(Self {
            days: (window.from.map(day_of), window.to.map(day_of)),
            units,
            breaks,
            only,
        })
    }

    /// What need not be read.
    pub fn hint(&self) -> Hint {
        let units = self.units.as_ref().map(|units| Only {
            column: UNIT.to_owned(),
            values: units.keys().cloned().collect(),
        });
        Hint {
            days: self.days,
            only: self.only.iter().cloned().chain(units).collect(),
        }
    }

    /// The columns that [`RowFilter::keep`] looks at, and `more` (texts as dictionaries where
    /// `true`); those that the table does not have are left out.
    pub fn columns(&self, table: &Schema, more: &[(&str, bool)]) -> SchemaRef {
        let mut wanted: Vec<(&str, bool)> = vec![(DAY, false), (UNIT, true)];
        wanted.extend(self.only.iter().map(|only| (only.column.as_str(), true)));
        wanted.extend_from_slice(more);
        let mut fields: Vec<Field> = Vec::new();
        for (name, text) in wanted {
            let known = fields.iter().any(|field| field.name() == name);
            if let (false, Ok(stored)) = (known, table.field_with_name(name)) {
                let kind = if text {
                    dictionary()
                } else {
                    stored.data_type().clone()
                };
                fields.push(Field::new(name, kind, true));
            }
        }
        Arc::new(Schema::new(fields))
    }

    /// Which rows of a batch count.
    pub fn keep(&self, batch: &RecordBatch) -> Result<Vec<bool>, MeasureError> {
        let days = batch
            .column_by_name(DAY)
            .and_then(|column| column.as_primitive_opt::<Date32Type>())
            .ok_or_else(|| MeasureError::NoColumn {
                column: DAY.to_owned(),
            })?;
        let mut keep: Vec<bool> = days
            .values()
            .iter()
            .map(|day| {
                self.days.0.is_none_or(|first| first <= *day)
                    && self.days.1.is_none_or(|last| *day <= last)
            })
            .collect();
        if let Some(units) = &self.units {
            let of_row = Texts::of(batch, UNIT)?;
            for (row, keep) in keep.iter_mut().enumerate() {
                let counts = of_row.get(row).and_then(|unit| units.get(unit));
                let bucket = self.breaks.partition_point(|from| *from <= days.value(row));
                *keep &= counts.is_some_and(|counts| counts[bucket]);
            }
        }
        for only in &self.only {
            let words = Texts::of(batch, &only.column)?;
            for (row, keep) in keep.iter_mut().enumerate() {
                *keep &= words
                    .get(row)
                    .is_some_and(|word| only.values.contains(word));
            }
        }
        Ok(keep)
    }
}

/// A text column of a batch, row by row; a column that the file lacks is empty.
pub struct Texts {
    column: Option<Column>,
}

enum Column {
    /// Words that come again: units, channels.
    Words(DictionaryArray<Int32Type>),
    /// Texts of which nearly each is another one: ids. Looking each up would be most of the work.
    Plain(StringArray),
}

impl Texts {
    /// The column of a batch.
    pub fn of(batch: &RecordBatch, name: &str) -> Result<Self, MeasureError> {
        let Some(column) = batch.column_by_name(name) else {
            return Ok(Self { column: None });
        };
        let wrong = || MeasureError::WrongType {
            column: name.to_owned(),
            found: column.data_type().to_string(),
        };
        if *column.data_type() == DataType::Null {
            return Ok(Self { column: None });
        }
        if let Some(plain) = column.as_string_opt::<i32>() {
            return Ok(Self {
                column: Some(Column::Plain(plain.clone())),
            });
        }
        let column = cast(column, &dictionary()).map_err(|_| wrong())?;
        let column = column.as_dictionary_opt::<Int32Type>().ok_or_else(wrong)?;
        Ok(Self {
            column: Some(Column::Words(column.clone())),
        })
    }

    /// The text of a row; `None` where nothing was said.
    pub fn get(&self, row: usize) -> Option<&str> {
        let column = match self.column.as_ref()? {
            Column::Plain(texts) => return texts.is_valid(row).then(|| texts.value(row)),
            Column::Words(words) => words,
        };
        let place = column.key(row)?;
        let words = column.values().as_any().downcast_ref::<StringArray>()?;
        words.is_valid(place).then(|| words.value(place))
    }
}
