//! The counters of a group: what a partial result is made of.
//!
//! Invariant: every tally merges; whole numbers exactly, real ones by Chan, Golub and `LeVeque`
//! (never from raw sums of squares).
//! Absent on purpose: the meaning of a code. See [`super::plan`].

use arrow::array::{Array, AsArray, Float64Array, RecordBatch};
use arrow::buffer::NullBuffer;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use evenkeel_stats::{Moments, WeightedMoments};

use super::codes::{Coder, EXTRA_CODES};
use super::crowd::{Crowd, CrowdReader};
use super::groups::Assigned;
use super::joint::JointTally;
use super::plan::Count;
use crate::error::MeasureError;
use crate::sketch::{Bins, Sketch};

/// One kind of counter, for all groups.
#[derive(Debug, Clone)]
pub enum Tally {
    /// Counts by code, `width + 2` of them a group (then missing, then outside the scale).
    Codes {
        /// Codes of the scale.
        width: u32,
        /// Counts, group by group.
        counts: Vec<u64>,
    },
    /// The same with weights.
    WeightedCodes {
        /// Codes of the scale.
        width: u32,
        /// Weights, group by group.
        bins: Vec<WeightedBin>,
    },
    /// Moments of real values, and how many were missing.
    Reals {
        /// By group.
        moments: Vec<Moments>,
        /// By group.
        missing: Vec<u64>,
    },
    /// The same with weights.
    WeightedReals {
        /// By group.
        moments: Vec<WeightedMoments>,
        /// By group.
        missing: Vec<u64>,
    },
    /// Several columns at once.
    Joint(JointTally),
    /// The people of each group.
    People(Vec<Crowd>),
    /// Sketches by group.
    Sketches(Vec<Sketch>),
}

/// The weights of the answers with one code.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct WeightedBin {
    /// Answers.
    pub n: u64,
    /// Σw.
    pub sum: f64,
    /// Σw².
    pub squares: f64,
    /// Smallest and largest weight; meaningless when n = 0.
    pub range: (f64, f64),
}

impl WeightedBin {
    fn push(&mut self, weight: f64) {
        // A row of weight 0 stands for nobody, as in `WeightedMoments`.
        if weight > 0.0 {
            self.merge(&Self {
                n: 1,
                sum: weight,
                squares: weight * weight,
                range: (weight, weight),
            });
        }
    }

    fn merge(&mut self, other: &Self) {
        if other.n == 0 {
            return;
        }
        self.range = if self.n == 0 {
            other.range
        } else {
            (
                self.range.0.min(other.range.0),
                self.range.1.max(other.range.1),
            )
        };
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }
}

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

impl Assigned<'_> {
    /// Group of a row.
    pub fn group(&self, row: usize) -> u32 {
        match self {
            Self::One(group) => *group,
            Self::Each(groups) => groups[row],
        }
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

impl Tally {
    /// Without groups.
    pub fn empty(count: &Count) -> Self {
        match count {
            Count::Codes {
                coding,
                weight: None,
                ..
            } => Self::Codes {
                width: coding.width(),
                counts: Vec::new(),
            },
            Count::Codes { coding, .. } => Self::WeightedCodes {
                width: coding.width(),
                bins: Vec::new(),
            },
            Count::Reals { weight: None, .. } => Self::Reals {
                moments: Vec::new(),
                missing: Vec::new(),
            },
            Count::Reals { .. } => Self::WeightedReals {
                moments: Vec::new(),
                missing: Vec::new(),
            },
            Count::Joint { parts } => Self::Joint(JointTally::new(parts)),
            Count::People { .. } => Self::People(Vec::new()),
            Count::Sketch { .. } => Self::Sketches(Vec::new()),
        }
    }

    /// Makes room for `groups` groups.
    pub fn grow(&mut self, groups: usize) {
        match self {
            Self::Codes { width, counts } => {
                counts.resize(groups * (*width + EXTRA_CODES) as usize, 0);
            }
            Self::WeightedCodes { width, bins } => bins.resize(
                groups * (*width + EXTRA_CODES) as usize,
                WeightedBin::default(),
            ),
            Self::Reals { moments, missing } => {
                moments.resize(groups, Moments::default());
                missing.resize(groups, 0);
            }
            Self::WeightedReals { moments, missing } => {
                moments.resize(groups, WeightedMoments::default());
                missing.resize(groups, 0);
            }
            Self::Joint(tally) => tally.grow(groups),
            Self::People(crowds) => crowds.resize_with(groups, Crowd::default),
            Self::Sketches(sketches) => sketches.resize_with(groups, Sketch::default),
        }
    }

    /// Adds each group of `other` to the group `into` names; both were made from one `Count`.
    pub fn merge(&mut self, other: &Self, into: &[u32]) {
        match (self, other) {
            (Self::Codes { width, counts }, Self::Codes { counts: from, .. }) => {
                let stride = (*width + EXTRA_CODES) as usize;
                for (from, &group) in from.chunks_exact(stride).zip(into) {
                    let to = &mut counts[group as usize * stride..][..stride];
                    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
                }
            }
            (Self::WeightedCodes { width, bins }, Self::WeightedCodes { bins: from, .. }) => {
                let stride = (*width + EXTRA_CODES) as usize;
                for (from, &group) in from.chunks_exact(stride).zip(into) {
                    let to = &mut bins[group as usize * stride..][..stride];
                    to.iter_mut()
                        .zip(from)
                        .for_each(|(to, from)| to.merge(from));
                }
            }
            (
                Self::Reals { moments, missing },
                Self::Reals {
                    moments: from,
                    missing: blank,
                },
            ) => {
                for ((from, blank), &group) in from.iter().zip(blank).zip(into) {
                    moments[group as usize].merge(from);
                    missing[group as usize] += blank;
                }
            }
            (
                Self::WeightedReals { moments, missing },
                Self::WeightedReals {
                    moments: from,
                    missing: blank,
                },
            ) => {
                for ((from, blank), &group) in from.iter().zip(blank).zip(into) {
                    moments[group as usize].merge(from);
                    missing[group as usize] += blank;
                }
            }
            (Self::Joint(tally), Self::Joint(from)) => tally.merge(from, into),
            (Self::People(crowds), Self::People(from)) => {
                for (from, &group) in from.iter().zip(into) {
                    crowds[group as usize].merge(from);
                }
            }
            (Self::Sketches(sketches), Self::Sketches(from)) => {
                for (from, &group) in from.iter().zip(into) {
                    sketches[group as usize].merge(from);
                }
            }
            // One `Count` makes one kind of tally.
            _ => {}
        }
    }

    /// Bytes of memory, about.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Codes { counts, .. } => size_of_val(counts.as_slice()),
            Self::WeightedCodes { bins, .. } => size_of_val(bins.as_slice()),
            Self::Reals { moments, missing } => {
                size_of_val(moments.as_slice()) + size_of_val(missing.as_slice())
            }
            Self::WeightedReals { moments, missing } => {
                size_of_val(moments.as_slice()) + size_of_val(missing.as_slice())
            }
            Self::Joint(tally) => tally.bytes(),
            Self::People(crowds) => crowds.iter().map(Crowd::bytes).sum(),
            Self::Sketches(sketches) => sketches.iter().map(Sketch::bytes).sum(),
        }
    }
}
