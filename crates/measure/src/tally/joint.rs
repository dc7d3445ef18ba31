//! Several columns of the same rows: n, means and co-moments over the rows that have all of them.
//!
//! Invariant: where all columns are whole numbers, sums and sums of products are exact integers,
//! and are centred at the end in 128 bits; otherwise rows are pushed one by one, centred as they
//! come. Listwise: a row with a missing part counts for none.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Float64Type;
use evenkeel_stats::CoMoments;

use super::codes::Coder;
use super::groups::Assigned;
use super::plan::{JointPart, PartValue};
use crate::error::MeasureError;

/// Joint counts of all groups.
#[derive(Debug, Clone)]
pub struct JointTally {
    parts: Vec<JointPart>,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// By group: n, then a sum a column, then a sum a pair of columns.
    Whole(Vec<i64>),
    Real(Vec<CoMoments>),
}

impl JointTally {
    /// Without groups.
    pub fn new(parts: &[JointPart]) -> Self {
        let whole = parts.iter().all(|part| match &part.value {
            PartValue::Real => false,
            PartValue::Coded { values, .. } => values.iter().all(|v| i16::try_from(*v).is_ok()),
        });
        Self {
            parts: parts.to_vec(),
            kind: if whole {
                Kind::Whole(Vec::new())
            } else {
                Kind::Real(Vec::new())
            },
        }
    }

    /// Numbers a group.
    fn stride(&self) -> usize {
        let columns = self.parts.len();
        1 + columns + columns * (columns + 1) / 2
    }

    /// Makes room for `groups` groups.
    pub fn grow(&mut self, groups: usize) {
        let (stride, columns) = (self.stride(), self.parts.len());
        match &mut self.kind {
            Kind::Whole(sums) => sums.resize(groups * stride, 0),
            Kind::Real(moments) => moments.resize_with(groups, || CoMoments::new(columns)),
        }
    }

    /// Counts the rows of a batch.
    pub fn push(
        &mut self,
        assigned: &Assigned<'_>,
        batch: &RecordBatch,
    ) -> Result<(), MeasureError> {
        let stride = self.stride();
        match &mut self.kind {
            Kind::Whole(sums) => {
                let (columns, complete) = whole_columns(&self.parts, batch)?;
                match assigned {
                    Assigned::One(group) => {
                        let sums = &mut sums[*group as usize * stride..][..stride];
                        add_block(&columns, &complete, sums);
                    }
                    Assigned::Each(groups) => {
                        for (row, &group) in groups.iter().enumerate() {
                            if complete[row] != 0 {
                                add_row(
                                    &columns,
                                    row,
                                    &mut sums[group as usize * stride..][..stride],
                                );
                            }
                        }
                    }
                }
            }
            Kind::Real(moments) => {
                let columns = real_columns(&self.parts, batch)?;
                let mut row_values = vec![0.0; columns.len()];
                for row in 0..batch.num_rows() {
                    let mut complete = true;
                    for (value, column) in row_values.iter_mut().zip(&columns) {
                        *value = column[row];
                        complete &= value.is_finite();
                    }
                    if complete {
                        moments[assigned.group(row) as usize].push(&row_values);
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds each group of `other` to the group `into` names.
    pub fn merge(&mut self, other: &Self, into: &[u32]) {
        let stride = self.stride();
        match (&mut self.kind, &other.kind) {
            (Kind::Whole(sums), Kind::Whole(from)) => {
                for (from, &group) in from.chunks_exact(stride).zip(into) {
                    let to = &mut sums[group as usize * stride..][..stride];
                    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
                }
            }
            (Kind::Real(moments), Kind::Real(from)) => {
                for (from, &group) in from.iter().zip(into) {
                    moments[group as usize].merge(from);
                }
            }
            // Both come from the same parts.
            _ => {}
        }
    }

    /// The co-moments of one group.
    pub fn co_moments(&self, group: usize) -> CoMoments {
        let columns = self.parts.len();
        let sums = match &self.kind {
            Kind::Real(moments) => return moments[group].clone(),
            Kind::Whole(sums) => &sums[group * self.stride()..][..self.stride()],
        };
        let n = sums[0];
        let (totals, products) = sums[1..].split_at(columns);
        if n == 0 {
            return CoMoments::new(columns);
        }
        let means = totals.iter().map(|&t| t as f64 / n as f64).collect();
        let mut centred = Vec::with_capacity(products.len());
        let mut pairs = products.iter();
        for i in 0..columns {
            for j in i..columns {
                let product = pairs.next().copied().unwrap_or(0);
                let centre = i128::from(n) * i128::from(product)
                    - i128::from(totals[i]) * i128::from(totals[j]);
                centred.push(centre as f64 / n as f64);
            }
        }
        CoMoments::from_parts(n.cast_unsigned(), means, centred)
            .unwrap_or_else(|| CoMoments::new(columns))
    }

    /// Bytes of memory, about.
    pub fn bytes(&self) -> usize {
        match &self.kind {
            Kind::Whole(sums) => size_of_val(sums.as_slice()),
            Kind::Real(moments) => moments.len() * self.stride() * size_of::<f64>(),
        }
    }
}

/// The columns as small integers, 0 in incomplete rows; and which rows are complete: −1, else 0.
fn whole_columns(
    parts: &[JointPart],
    batch: &RecordBatch,
) -> Result<(Vec<Vec<i16>>, Vec<i16>), MeasureError> {
    // All bits set where a row is complete, so that `and` keeps or clears a value.
    let mut complete = vec![-1_i16; batch.num_rows()];
    let mut columns: Vec<Vec<i16>> = Vec::with_capacity(parts.len());
    for part in parts {
        let PartValue::Coded { coding, values } = &part.value else {
            continue;
        };
        let mut coder = Coder::new(&part.column, coding);
        let codes = coder.codes(batch)?;
        let width = values.len() as u16;
        for (complete, &code) in complete.iter_mut().zip(codes) {
            *complete &= i16::from(code < width).wrapping_neg();
        }
        let values: Vec<i16> = values.iter().map(|&value| value as i16).collect();
        let first = values.first().copied().unwrap_or(0);
        let in_order = (first..)
            .zip(&values)
            .all(|(expected, &value)| expected == value);
        let column = if in_order {
            // Scores that stand for themselves: no table, and many at once.
            codes
                .iter()
                .map(|&code| first.wrapping_add(code.cast_signed()))
                .collect()
        } else {
            let value = |&code: &u16| values.get(code as usize).copied().unwrap_or(0);
            codes.iter().map(value).collect()
        };
        columns.push(column);
    }
    for column in &mut columns {
        for (value, &complete) in column.iter_mut().zip(&complete) {
            *value &= complete;
        }
    }
    Ok((columns, complete))
}

/// Rows of all columns that stay in the processor's nearest cache together.
const NEAR_ROWS: usize = 1_024;

/// Rows that can be multiplied and added in 32 bits: below 2³¹ / (2¹⁵)² there is just one.
fn block_rows(columns: &[Vec<i16>]) -> usize {
    let largest = |column: &Vec<i16>| {
        let largest = column.iter().fold(0, |most, v| v.unsigned_abs().max(most));
        i64::from(largest)
    };
    let largest = columns.iter().map(largest).max().unwrap_or(0).max(1);
    let safe = (i64::from(i32::MAX) / (largest * largest)).max(1) as usize;
    safe.min(NEAR_ROWS)
}

/// Adds all rows to the sums of one group. The inner loops are what compilers turn into
/// multiply-and-add of eight 16-bit numbers at once; that takes sums that are not watched for
/// overflow, and [`block_rows`] sees to it that there is none.
fn add_block(columns: &[Vec<i16>], complete: &[i16], sums: &mut [i64]) {
    let rows = block_rows(columns);
    for (block, complete) in complete.chunks(rows).enumerate() {
        let start = block * rows;
        let column = |i: usize| &columns[i][start..start + complete.len()];
        // Complete rows are −1.
        sums[0] -= i64::from(
            complete
                .iter()
                .fold(0_i32, |n, &row| n.wrapping_add(row.into())),
        );
        let mut place = 1;
        for i in 0..columns.len() {
            let sum = column(i)
                .iter()
                .fold(0_i32, |sum, &v| sum.wrapping_add(v.into()));
            sums[place] += i64::from(sum);
            place += 1;
        }
        for i in 0..columns.len() {
            for j in i..columns.len() {
                let pairs = column(i).iter().zip(column(j));
                let products = pairs.map(|(&a, &b)| i32::from(a).wrapping_mul(b.into()));
                sums[place] += i64::from(products.fold(0_i32, i32::wrapping_add));
                place += 1;
            }
        }
    }
}

fn add_row(columns: &[Vec<i16>], row: usize, sums: &mut [i64]) {
    sums[0] += 1;
    let mut place = 1;
    for column in columns {
        sums[place] += i64::from(column[row]);
        place += 1;
    }
    for (i, a) in columns.iter().enumerate() {
        for b in &columns[i..] {
            sums[place] += i64::from(a[row]) * i64::from(b[row]);
            place += 1;
        }
    }
}

/// The columns as real numbers, NaN where missing.
pub fn real_columns(
    parts: &[JointPart],
    batch: &RecordBatch,
) -> Result<Vec<Vec<f64>>, MeasureError> {
    let missing = || vec![f64::NAN; batch.num_rows()];
    parts
        .iter()
        .map(|part| match &part.value {
            PartValue::Coded { coding, values } => {
                let mut coder = Coder::new(&part.column, coding);
                let codes = coder.codes(batch)?;
                let number = |&code: &u16| {
                    values
                        .get(code as usize)
                        .map_or(f64::NAN, |&v| f64::from(v))
                };
                Ok(codes.iter().map(number).collect())
            }
            PartValue::Real => {
                let Some(column) = batch.column_by_name(&part.column) else {
                    return Ok(missing());
                };
                let Some(values) = column.as_primitive_opt::<Float64Type>() else {
                    return Err(MeasureError::WrongType {
                        column: part.column.clone(),
                        found: column.data_type().to_string(),
                    });
                };
                Ok(values.iter().map(|v| v.unwrap_or(f64::NAN)).collect())
            }
        })
        .collect()
}
