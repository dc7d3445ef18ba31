//! Weights that bring a sample in line with known margins.
//!
//! Sources: raking by iterative proportional fitting (Deming & Stephan 1940); standard error by
//! Deville & Särndal (1992): the residual of the linearised variable from a regression on the
//! margin dummies with BASE weights, times the calibrated weight, between PSUs within strata.
//! That is R survey's `calibrate(calfun = "raking")`; `rake` gives another, wrong one where cells
//! matter.
//!
//! Works on cells: rows that share all their categories share one factor. Factors are kept by
//! cell and joined in the plan, never stored on rows.

use crate::design::{Design, DesignEstimate, Psu};
use crate::linear::Matrix;
use crate::undefined::Undefined;

/// Rounds of fitting before giving up.
const ROUNDS_MAX: u32 = 1000;
/// Largest relative distance from a margin that counts as met.
const CLOSE: f64 = 1e-12;

/// Why margins cannot be met.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum CalibrationError {
    /// A category that exists in the population has no respondent.
    #[error(
        "margin {margin}, category {category}: nobody in the sample, but {wanted} in the population"
    )]
    EmptyCategory {
        /// Margin, 0-based.
        margin: usize,
        /// Category, 0-based.
        category: usize,
        /// Population count.
        wanted: f64,
    },
    /// Margins that add up to different populations.
    #[error("margin {margin} adds up to {sum}, the first one to {expected}")]
    MarginsDisagree {
        /// Margin, 0-based.
        margin: usize,
        /// Its sum.
        sum: f64,
        /// Sum of the first margin.
        expected: f64,
    },
    /// A cell that names a category outside its margin.
    #[error("cell {cell} names a category that its margin does not have")]
    UnknownCategory {
        /// Cell, 0-based.
        cell: usize,
    },
    /// No factors meet all margins: cells between them are empty.
    #[error("the margins cannot be met after {rounds} rounds: too many empty cells")]
    NotConverged {
        /// Rounds done.
        rounds: u32,
    },
    /// Everything else.
    #[error(transparent)]
    Undefined(#[from] Undefined),
}

/// Rows that share all categories.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Category in each margin, 0-based.
    pub categories: Vec<usize>,
    /// Sum of base weights; a cell without rows is left out by the caller.
    pub weight: f64,
}

/// Factor by which the base weights of each cell are multiplied so that all margins are met.
///
/// `margins` are population counts by category. One margin only is post-stratification. A
/// category with population but no sample is an error that names it; a category with population
/// 0 gives factor 0.
pub fn rake(cells: &[Cell], margins: &[Vec<f64>]) -> Result<Vec<f64>, CalibrationError> {
    check(cells, margins)?;
    let mut factors = vec![1.0; cells.len()];
    for _ in 0..ROUNDS_MAX {
        let mut farthest = 0.0_f64;
        for (place, margin) in margins.iter().enumerate() {
            for (category, wanted) in margin.iter().enumerate() {
                let is_in = |cell: &Cell| cell.categories[place] == category;
                let have: f64 = cells
                    .iter()
                    .zip(&factors)
                    .filter(|(cell, _)| is_in(cell))
                    .map(|(cell, factor)| cell.weight * factor)
                    .sum();
                if have <= 0.0 {
                    continue;
                }
                farthest = farthest.max((have - wanted).abs() / wanted.max(have));
                for (cell, factor) in cells.iter().zip(&mut factors) {
                    if is_in(cell) {
                        *factor *= wanted / have;
                    }
                }
            }
        }
        if farthest < CLOSE {
            return Ok(factors);
        }
    }
    Err(CalibrationError::NotConverged { rounds: ROUNDS_MAX })
}

fn check(cells: &[Cell], margins: &[Vec<f64>]) -> Result<(), CalibrationError> {
    let expected: f64 = margins.first().ok_or(Undefined::NoAnswers)?.iter().sum();
    if let Some(cell) = cells.iter().position(|c| {
        c.categories.len() != margins.len()
            || c.categories.iter().zip(margins).any(|(c, m)| *c >= m.len())
    }) {
        return Err(CalibrationError::UnknownCategory { cell });
    }
    for (margin, counts) in margins.iter().enumerate() {
        let sum: f64 = counts.iter().sum();
        if (sum - expected).abs() > 1e-6 * expected {
            return Err(CalibrationError::MarginsDisagree {
                margin,
                sum,
                expected,
            });
        }
        for (category, &wanted) in counts.iter().enumerate() {
            let somebody = cells
                .iter()
                .any(|c| c.categories[margin] == category && c.weight > 0.0);
            if wanted > 0.0 && !somebody {
                return Err(CalibrationError::EmptyCategory {
                    margin,
                    category,
                    wanted,
                });
            }
        }
    }
    Ok(())
}

/// Base-weighted totals of one PSU in one cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PsuCell {
    /// PSU, 0-based.
    pub psu: usize,
    /// Its stratum, 0-based.
    pub stratum: usize,
    /// Cell, 0-based.
    pub cell: usize,
    /// Σw.
    pub weight: f64,
    /// Σw·y.
    pub weighted_sum: f64,
}

/// A calibrated sample: cells, their factors, and the totals of a variable.
#[derive(Debug, Clone, Copy)]
pub struct Calibrated<'a> {
    /// The cells.
    pub cells: &'a [Cell],
    /// Number of categories of each margin.
    pub categories: &'a [usize],
    /// Factor of each cell, from [`rake`].
    pub factors: &'a [f64],
    /// Totals by PSU and cell.
    pub totals: &'a [PsuCell],
}

impl Calibrated<'_> {
    /// Calibrated total of the variable.
    pub fn total(&self) -> Result<DesignEstimate, Undefined> {
        let value = self.sum(|t| t.weighted_sum);
        self.linearised(value, 0.0, 1.0)
    }

    /// Calibrated mean of the variable.
    pub fn mean(&self) -> Result<DesignEstimate, Undefined> {
        let population = self.sum(|t| t.weight);
        if population <= 0.0 {
            return Err(Undefined::ZeroWeight);
        }
        let mean = self.sum(|t| t.weighted_sum) / population;
        self.linearised(mean, mean, population)
    }

    fn sum(&self, of: fn(&PsuCell) -> f64) -> f64 {
        self.totals
            .iter()
            .map(|t| self.factors[t.cell] * of(t))
            .sum()
    }

    /// Standard error of a total of z = (y − centre)/scale.
    fn linearised(&self, value: f64, centre: f64, scale: f64) -> Result<DesignEstimate, Undefined> {
        let z = |t: &PsuCell| (t.weighted_sum - centre * t.weight) / scale;
        let mut of_cell = vec![0.0; self.cells.len()];
        for total in self.totals {
            of_cell[total.cell] += z(total);
        }
        let fitted = self.fitted(&of_cell)?;
        let mut psus: Vec<Option<Psu>> = Vec::new();
        for total in self.totals {
            if psus.len() <= total.psu {
                psus.resize(total.psu + 1, None);
            }
            let psu = psus[total.psu].get_or_insert_with(|| Psu {
                stratum: total.stratum,
                totals: vec![0.0],
            });
            let residual = z(total) - fitted[total.cell] * total.weight;
            psu.totals[0] += self.factors[total.cell] * residual;
        }
        let design = Design::new(psus.into_iter().flatten().collect(), None);
        let of_residuals = design.total(0)?;
        Ok(DesignEstimate {
            value,
            ..of_residuals
        })
    }

    /// Fitted z of each cell: base-weighted regression on the dummies of all margins (the first
    /// category of every margin but the first is the reference).
    fn fitted(&self, of_cell: &[f64]) -> Result<Vec<f64>, Undefined> {
        let mut columns = Vec::new();
        for (margin, &categories) in self.categories.iter().enumerate() {
            let first = usize::from(margin > 0);
            columns.extend((first..categories).map(|category| (margin, category)));
        }
        // Categories that nobody is in have no column.
        columns.retain(|&(m, c)| self.cells.iter().any(|cell| cell.categories[m] == c));
        let dummy = |cell: &Cell, column: usize| {
            let (margin, category) = columns[column];
            f64::from(u8::from(cell.categories[margin] == category))
        };
        let normal = Matrix::from_fn(columns.len(), |i, j| {
            self.cells
                .iter()
                .map(|c| c.weight * dummy(c, i) * dummy(c, j))
                .sum()
        });
        let right: Vec<f64> = (0..columns.len())
            .map(|i| {
                self.cells
                    .iter()
                    .zip(of_cell)
                    .map(|(c, z)| dummy(c, i) * z)
                    .sum()
            })
            .collect();
        let coefficients = normal.inverse()?.apply(&right);
        Ok(self
            .cells
            .iter()
            .map(|cell| {
                coefficients
                    .iter()
                    .enumerate()
                    .map(|(i, b)| b * dummy(cell, i))
                    .sum()
            })
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cell(a: usize, b: usize, weight: f64) -> Cell {
        Cell {
            categories: vec![a, b],
            weight,
        }
    }

    #[test]
    fn margins_are_met() {
        let cells = [
            cell(0, 0, 10.0),
            cell(0, 1, 20.0),
            cell(1, 0, 30.0),
            cell(1, 1, 5.0),
        ];
        let factors = rake(&cells, &[vec![40.0, 60.0], vec![70.0, 30.0]]).unwrap();
        let total = |m: usize, c: usize| -> f64 {
            cells
                .iter()
                .zip(&factors)
                .filter(|(cell, _)| cell.categories[m] == c)
                .map(|(cell, f)| cell.weight * f)
                .sum()
        };
        for (m, c, wanted) in [(0, 0, 40.0), (0, 1, 60.0), (1, 0, 70.0), (1, 1, 30.0)] {
            assert!((total(m, c) - wanted).abs() < 1e-9);
        }
        // Raking keeps the odds ratio of the sample.
        let odds = |w: [f64; 4]| w[0] * w[3] / (w[1] * w[2]);
        let after: Vec<f64> = cells
            .iter()
            .zip(&factors)
            .map(|(c, f)| c.weight * f)
            .collect();
        assert!(
            (odds([10.0, 20.0, 30.0, 5.0]) - odds([after[0], after[1], after[2], after[3]])).abs()
                < 1e-9
        );
    }

    #[test]
    fn an_empty_category_is_named() {
        let cells = [cell(0, 0, 10.0), cell(0, 1, 20.0)];
        let error = rake(&cells, &[vec![40.0, 60.0], vec![70.0, 30.0]]);
        assert!(matches!(
            error,
            Err(CalibrationError::EmptyCategory {
                margin: 0,
                category: 1,
                ..
            })
        ));
    }

    #[test]
    fn margins_must_agree_and_be_reachable() {
        let cells = [cell(0, 0, 10.0), cell(1, 1, 20.0)];
        assert!(matches!(
            rake(&cells, &[vec![40.0, 60.0], vec![70.0, 40.0]]),
            Err(CalibrationError::MarginsDisagree { margin: 1, .. })
        ));
        // The empty cells between leave no way to meet both.
        assert!(matches!(
            rake(&cells, &[vec![40.0, 60.0], vec![70.0, 30.0]]),
            Err(CalibrationError::NotConverged { .. })
        ));
    }

    proptest! {
        #[test]
        fn one_margin_is_a_ratio(a in 1.0..100.0_f64, b in 1.0..100.0_f64, x in 1.0..500.0_f64) {
            let cells = [
                Cell { categories: vec![0], weight: a },
                Cell { categories: vec![1], weight: b },
            ];
            let factors = rake(&cells, &[vec![x, 100.0]]).unwrap();
            prop_assert!((factors[0] - x / a).abs() < 1e-9 * (x / a));
        }
    }
}
