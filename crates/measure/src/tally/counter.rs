//! The rows of a batch, added to the tallies of their groups.
//!
//! Invariant: each row that counts is added once to each tally, a missing value as missing.

use arrow::array::{Array, AsArray, Float64Array, RecordBatch};
use arrow::buffer::NullBuffer;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};

use super::codes::{Coder, EXTRA_CODES};
use super::crowd::{Crowd, CrowdReader};
use super::groups::Assigned;
use super::plan::Count;
use super::tallies::Tally;
use crate::error::MeasureError;
use crate::sketch::{Bins, Sketch};

/// A tally together with what it needs to read a batch.
pub struct Counter {
    input: Input,
    tally: Tally,
}

enum Input {
    Codes(Coder, Option<String>),
    Real(String, Option<String>),
    Joint,
    People(CrowdReader),
    Sketch(String, Bins),
}

impl Counter {
    /// An empty counter.
    pub fn new(count: &Count) -> Self {
        match count {
            Count::Codes {
                column,
                coding,
                weight,
            } => Self {
                input: Input::Codes(Coder::new(column, coding), weight.clone()),
                tally: Tally::empty(count),
            },
            Count::Reals { column, weight } => Self {
                input: Input::Real(column.clone(), weight.clone()),
                tally: Tally::empty(count),
            },
            Count::Joint { .. } => Self {
                input: Input::Joint,
                tally: Tally::empty(count),
            },
            Count::People { part, weight } => Self {
                input: Input::People(CrowdReader::new(part, weight.as_deref())),
                tally: Tally::empty(count),
            },
            Count::Sketch { column } => Self {
                input: Input::Sketch(column.clone(), Bins::default()),
                tally: Tally::empty(count),
            },
        }
    }

    /// Counts the rows of a batch; `groups` exist now.
    pub fn push(
        &mut self,
        assigned: &Assigned<'_>,
        groups: usize,
        batch: &RecordBatch,
    ) -> Result<(), MeasureError> {
        self.tally.grow(groups);
        match (&mut self.input, &mut self.tally) {
            (Input::Codes(coder, _), Tally::Codes { width, counts }) => {
                let codes = coder.codes(batch)?;
                let stride = (*width + EXTRA_CODES) as usize;
                match assigned {
                    Assigned::One(group) => {
                        let counts = &mut counts[*group as usize * stride..][..stride];
                        count_codes(codes, counts);
                    }
                    Assigned::Each(groups) => {
                        for (&group, &code) in groups.iter().zip(codes) {
                            counts[group as usize * stride + code as usize] += 1;
                        }
                    }
                }
            }
            (Input::Codes(coder, Some(weight)), Tally::WeightedCodes { width, bins }) => {
                let codes = coder.codes(batch)?;
                let weights = reals(batch, weight)?;
                let stride = (*width + EXTRA_CODES) as usize;
                for row in 0..batch.num_rows() {
                    let group = assigned.group(row) as usize;
                    let weight = weights.as_ref().map_or(1.0, |weights| weights.value(row));
                    bins[group * stride + codes[row] as usize].push(weight);
                }
            }
            (Input::Real(column, _), Tally::Reals { moments, missing }) => {
                let values = reals(batch, column)?;
                each_real(
                    values.as_ref(),
                    batch.num_rows(),
                    assigned,
                    |group, value, _| match value {
                        Some(value) => moments[group].push(value),
                        None => missing[group] += 1,
                    },
                );
            }
            (Input::Real(column, Some(weight)), Tally::WeightedReals { moments, missing }) => {
                let values = reals(batch, column)?;
                let weights = reals(batch, weight)?;
                each_real(
                    values.as_ref(),
                    batch.num_rows(),
                    assigned,
                    |group, value, row| {
                        let weight = weights.as_ref().map_or(1.0, |weights| weights.value(row));
                        match value {
                            Some(value) => moments[group].push(value, weight),
                            None => missing[group] += 1,
                        }
                    },
                );
            }
            (Input::Joint, Tally::Joint(tally)) => tally.push(assigned, batch)?,
            (Input::People(reader), Tally::People(crowds)) => {
                reader.push(assigned, batch, crowds)?;
            }
            (Input::Sketch(column, bins), Tally::Sketches(sketches)) => {
                if let Some(values) = reals(batch, column)? {
                    bins.find(values.values());
                    add_bins(bins.found(), values.nulls(), assigned, sketches);
                }
            }
            // `new` makes input and tally from the same `Count`.
            _ => {}
        }
        Ok(())
    }

    /// What was counted.
    pub fn finish(self) -> Tally {
        let mut tally = self.tally;
        if let Tally::People(crowds) = &mut tally {
            crowds.iter_mut().for_each(Crowd::settle);
        }
        tally
    }
}

/// Counts codes of one group. Four rows of counters: an answer that repeats would else have to
/// wait for its own counter each time.
fn count_codes(codes: &[u16], counts: &mut [u64]) {
    let width = counts.len();
    let mut lanes = vec![0u32; width * 4];
    let (a, rest) = lanes.split_at_mut(width);
    let (b, rest) = rest.split_at_mut(width);
    let (c, d) = rest.split_at_mut(width);
    let mut fours = codes.chunks_exact(4);
    for four in &mut fours {
        a[four[0] as usize] += 1;
        b[four[1] as usize] += 1;
        c[four[2] as usize] += 1;
        d[four[3] as usize] += 1;
    }
    for &code in fours.remainder() {
        a[code as usize] += 1;
    }
    for (place, count) in counts.iter_mut().enumerate() {
        *count +=
            u64::from(a[place]) + u64::from(b[place]) + u64::from(c[place]) + u64::from(d[place]);
    }
}

/// Adds the bin of each row to the sketch of its group.
fn add_bins(
    bins: &[i32],
    nulls: Option<&NullBuffer>,
    assigned: &Assigned<'_>,
    sketches: &mut [Sketch],
) {
    let said = nulls.filter(|nulls| nulls.null_count() > 0);
    match (assigned, said) {
        (Assigned::Each(groups), None) => {
            // Rows mostly come sorted, so that a group's rows are neighbours.
            let mut bins = bins;
            for run in groups.chunk_by(|a, b| a == b) {
                let (of_run, rest) = bins.split_at(run.len());
                sketches[run[0] as usize].add_all(of_run);
                bins = rest;
            }
        }
        _ => {
            for (row, &bin) in bins.iter().enumerate() {
                if said.is_none_or(|said| said.is_valid(row)) {
                    sketches[assigned.group(row) as usize].add(bin);
                }
            }
        }
    }
}

/// A column as real values; whole numbers of a wide scale become real ones.
pub fn reals(batch: &RecordBatch, column: &str) -> Result<Option<Float64Array>, MeasureError> {
    let Some(values) = batch.column_by_name(column) else {
        return Ok(None);
    };
    if let Some(reals) = values.as_primitive_opt::<Float64Type>() {
        return Ok(Some(reals.clone()));
    }
    let wrong = || MeasureError::WrongType {
        column: column.to_owned(),
        found: values.data_type().to_string(),
    };
    if !values.data_type().is_integer() {
        return Err(wrong());
    }
    let reals = cast(values, &DataType::Float64).map_err(|_| wrong())?;
    Ok(Some(reals.as_primitive::<Float64Type>().clone()))
}

fn each_real(
    values: Option<&Float64Array>,
    rows: usize,
    assigned: &Assigned<'_>,
    mut take: impl FnMut(usize, Option<f64>, usize),
) {
    let Some(values) = values else {
        (0..rows).for_each(|row| take(assigned.group(row) as usize, None, row));
        return;
    };
    let plain = values.null_count() == 0;
    for (row, &value) in values.values().iter().enumerate() {
        let said = (plain || values.is_valid(row)) && value.is_finite();
        take(assigned.group(row) as usize, said.then_some(value), row);
    }
}
