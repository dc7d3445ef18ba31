//! Totals and means of a calibrated sample, with their standard errors.
//!
//! Source: Deville & Särndal (1992): residuals of a regression on the margins with BASE weights,
//! times the calibrated weight, between PSUs within strata.

use super::rake::Cell;
use crate::design::{Design, DesignEstimate, Psu};
use crate::linear::Matrix;
use crate::undefined::Undefined;

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
    use super::super::rake;
    use super::*;

    /// One margin of two categories, three people in each as PSUs of their own.
    fn totals(values: [f64; 6]) -> Vec<PsuCell> {
        values
            .into_iter()
            .enumerate()
            .map(|(psu, y)| PsuCell {
                psu,
                stratum: 0,
                cell: psu / 3,
                weight: 2.0,
                weighted_sum: 2.0 * y,
            })
            .collect()
    }

    fn cells() -> Vec<Cell> {
        let cell = |category| Cell {
            categories: vec![category],
            weight: 6.0,
        };
        vec![cell(0), cell(1)]
    }

    // Post-stratification by hand: means of the strata at population shares, and only the spread
    // within them left.
    #[test]
    fn post_stratified_by_hand() {
        let (cells, totals) = (cells(), totals([1.0, 2.0, 3.0, 7.0, 8.0, 9.0]));
        let factors = rake(&cells, &[vec![30.0, 10.0]]).unwrap();
        let sample = Calibrated {
            cells: &cells,
            categories: &[2],
            factors: &factors,
            totals: &totals,
        };
        let mean = sample.mean().unwrap();
        assert!((mean.value - (0.75 * 2.0 + 0.25 * 8.0)).abs() < 1e-12);
        // Residuals ∓1, 0, ±1 times weights 10/40 and 10/120 of the mean: Σ² · 6/5.
        let squares = 2.0 * (0.25_f64.powi(2) + (1.0_f64 / 12.0).powi(2));
        assert!(
            (mean.standard_error - (1.2 * squares).sqrt()).abs() < 1e-12,
            "{mean:?}"
        );
        assert!((sample.total().unwrap().value - 40.0 * mean.value).abs() < 1e-9);
    }

    #[test]
    fn a_variable_that_the_margins_explain_has_no_error() {
        let (cells, totals) = (cells(), totals([2.0, 2.0, 2.0, 8.0, 8.0, 8.0]));
        let factors = rake(&cells, &[vec![30.0, 10.0]]).unwrap();
        let sample = Calibrated {
            cells: &cells,
            categories: &[2],
            factors: &factors,
            totals: &totals,
        };
        assert!(sample.mean().unwrap().standard_error < 1e-12);
    }
}
