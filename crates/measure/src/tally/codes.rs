//! From the values of a column to codes `0..width`, a batch at a time.
//!
//! Invariant: a missing value has code `width`, a value that the scale does not know has code
//! `width + 1`; both are counted, apart from the answers, and neither becomes a score.

use arrow::array::{Array, ArrayData, AsArray, PrimitiveArray, RecordBatch};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{ArrowPrimitiveType, DataType, Int8Type, Int16Type, Int32Type};

use super::plan::{Coding, DAY, Judge};
use crate::error::MeasureError;

/// Codes beyond the scale's own: missing, and outside the scale.
pub const EXTRA_CODES: u32 = 2;

/// Turns one column into codes, remembering what each word of a dictionary means.
pub struct Coder {
    column: String,
    coding: Coding,
    seen: Option<ArrayData>,
    by_word: Vec<u16>,
    codes: Vec<u16>,
}

impl Coder {
    /// For one column.
    pub fn new(column: &str, coding: &Coding) -> Self {
        Self {
            column: column.to_owned(),
            coding: coding.clone(),
            seen: None,
            by_word: Vec::new(),
            codes: Vec::new(),
        }
    }

    /// Number of codes of the scale itself.
    pub fn width(&self) -> u32 {
        self.coding.width()
    }

    /// The codes of the rows of a batch.
    pub fn codes(&mut self, batch: &RecordBatch) -> Result<&[u16], MeasureError> {
        let missing = self.width() as u16;
        self.codes.clear();
        let Some(column) = batch.column_by_name(&self.column) else {
            self.codes.resize(batch.num_rows(), missing);
            return Ok(&self.codes);
        };
        match &self.coding {
            Coding::Whole { min, width } => {
                let codes = &mut self.codes;
                match column.data_type() {
                    DataType::Int8 => whole::<Int8Type>(column.as_primitive(), *min, *width, codes),
                    DataType::Int16 => {
                        whole::<Int16Type>(column.as_primitive(), *min, *width, codes);
                    }
                    DataType::Int32 => {
                        whole::<Int32Type>(column.as_primitive(), *min, *width, codes);
                    }
                    other => return Err(self.wrong_type(other)),
                }
            }
            Coding::Truth => {
                let Some(answers) = column.as_boolean_opt() else {
                    return Err(self.wrong_type(column.data_type()));
                };
                self.codes.extend(answers.values().iter().map(u16::from));
                blank(answers.nulls(), missing, &mut self.codes);
            }
            Coding::Words { .. } | Coding::AnyOf { .. } => self.words(column, missing)?,
            Coding::Judged { limits } => {
                let Some(values) = column.as_primitive_opt::<arrow::datatypes::Float64Type>()
                else {
                    return Err(self.wrong_type(column.data_type()));
                };
                if let [(_, judge)] = limits.as_slice() {
                    let judged = values.values().iter().map(|&value| kept(*judge, value));
                    self.codes.extend(judged);
                } else {
                    let days = batch
                        .column_by_name(DAY)
                        .and_then(|days| days.as_primitive_opt::<arrow::datatypes::Date32Type>())
                        .ok_or_else(|| MeasureError::NoColumn {
                            column: DAY.to_owned(),
                        })?;
                    let judged = values
                        .values()
                        .iter()
                        .zip(days.values())
                        .map(|(&value, &day)| {
                            in_force(limits, day).map_or(missing, |j| kept(j, value))
                        });
                    self.codes.extend(judged);
                }
                blank(values.nulls(), missing, &mut self.codes);
            }
        }
        Ok(&self.codes)
    }

    fn words(&mut self, column: &dyn Array, missing: u16) -> Result<(), MeasureError> {
        let Some(words) = column.as_dictionary_opt::<Int32Type>() else {
            return Err(self.wrong_type(column.data_type()));
        };
        let values = words.values().to_data();
        if !self.seen.as_ref().is_some_and(|seen| seen.ptr_eq(&values)) {
            let texts = words.values().as_string::<i32>();
            self.by_word = texts
                .iter()
                .map(|word| word.map_or(missing, |word| self.coding.code_of(word) as u16))
                .collect();
            self.seen = Some(values);
        }
        let keys = words.keys().values().iter();
        // The key of a row without a word may lie anywhere.
        self.codes.extend(keys.map(|&key| {
            let code = self.by_word.get(key as usize).copied();
            code.unwrap_or(missing)
        }));
        blank(words.keys().nulls(), missing, &mut self.codes);
        Ok(())
    }

    fn wrong_type(&self, found: &DataType) -> MeasureError {
        MeasureError::WrongType {
            column: self.column.clone(),
            found: found.to_string(),
        }
    }
}

impl Coding {
    /// The code of a word, for the codings of words.
    fn code_of(&self, word: &str) -> u32 {
        match self {
            Self::Words { values } => values
                .iter()
                .position(|value| value == word)
                .map_or(self.width() + 1, |place| place as u32),
            Self::AnyOf {
                values,
                several: false,
            } => u32::from(values.contains(word)),
            Self::AnyOf {
                values,
                several: true,
            } => match serde_json::from_str::<Vec<String>>(word) {
                Ok(chosen) => u32::from(chosen.iter().any(|word| values.contains(word))),
                Err(_) => self.width() + 1,
            },
            Self::Whole { .. } | Self::Truth | Self::Judged { .. } => self.width() + 1,
        }
    }
}

/// 1 where the limits allow the value.
fn kept(judge: Judge, value: f64) -> u16 {
    u16::from(judge.0.contains(value))
}

fn in_force(limits: &[(i32, Judge)], day: i32) -> Option<Judge> {
    let after = limits.partition_point(|&(from, _)| from <= day);
    limits.get(after.saturating_sub(1)).map(|&(_, judge)| judge)
}

fn whole<T>(column: &PrimitiveArray<T>, min: i32, width: u32, codes: &mut Vec<u16>)
where
    T: ArrowPrimitiveType,
    T::Native: Into<i32>,
{
    let outside = (width + 1) as u16;
    codes.extend(column.values().iter().map(|&value| {
        let value: i32 = value.into();
        let code = value.wrapping_sub(min).cast_unsigned();
        if code < width { code as u16 } else { outside }
    }));
    blank(column.nulls(), width as u16, codes);
}

/// Overwrites the codes of missing values, 64 rows at a time.
fn blank(nulls: Option<&NullBuffer>, missing: u16, codes: &mut [u16]) {
    let Some(nulls) = nulls.filter(|nulls| nulls.null_count() > 0) else {
        return;
    };
    let said = nulls.inner().bit_chunks();
    for (codes, said) in codes.chunks_mut(64).zip(said.iter_padded()) {
        let mut blank = !said;
        while blank != 0 {
            let row = blank.trailing_zeros() as usize;
            match codes.get_mut(row) {
                Some(code) => *code = missing,
                // Past the end of the last chunk.
                None => break,
            }
            blank &= blank - 1;
        }
    }
}
