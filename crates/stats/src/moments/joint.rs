//! Moments of several values per row.

use crate::undefined::Undefined;
use serde::{Deserialize, Serialize};

/// n, means and the matrix of centred sums of products of several values per row.
///
/// The matrix is symmetric; its upper triangle is kept row by row:
/// (0,0) (0,1) … (0,p−1) (1,1) … (p−1,p−1).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CoMoments {
    n: u64,
    means: Vec<f64>,
    products: Vec<f64>,
}

impl CoMoments {
    /// Empty, for rows of `columns` values.
    pub fn new(columns: usize) -> Self {
        Self {
            n: 0,
            means: vec![0.0; columns],
            products: vec![0.0; columns * (columns + 1) / 2],
        }
    }

    /// From n, means and the packed upper triangle of Σ(xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ).
    ///
    /// `None` when the lengths do not fit.
    pub fn from_parts(n: u64, means: Vec<f64>, products: Vec<f64>) -> Option<Self> {
        let columns = means.len();
        (products.len() == columns * (columns + 1) / 2).then_some(Self { n, means, products })
    }

    /// Adds one complete row (rows with a missing value are left out by the caller, and counted).
    ///
    /// A row of another length than [`CoMoments::columns`] adds nothing and returns `false`.
    pub fn push(&mut self, row: &[f64]) -> bool {
        if row.len() != self.columns() {
            return false;
        }
        self.n += 1;
        let n = self.n as f64;
        let deltas: Vec<f64> = row.iter().zip(&self.means).map(|(x, m)| x - m).collect();
        let mut place = 0;
        for i in 0..row.len() {
            for j in i..row.len() {
                self.products[place] += deltas[i] * deltas[j] * (n - 1.0) / n;
                place += 1;
            }
        }
        for (mean, delta) in self.means.iter_mut().zip(&deltas) {
            *mean += delta / n;
        }
        true
    }

    /// Adds the rows of `other`; statistics of another width add nothing and return `false`.
    pub fn merge(&mut self, other: &Self) -> bool {
        if other.columns() != self.columns() {
            return false;
        }
        if other.n == 0 {
            return true;
        }
        if self.n == 0 {
            *self = other.clone();
            return true;
        }
        let (a, b) = (self.n as f64, other.n as f64);
        let deltas: Vec<f64> = other
            .means
            .iter()
            .zip(&self.means)
            .map(|(y, x)| y - x)
            .collect();
        let mut place = 0;
        for i in 0..deltas.len() {
            for j in i..deltas.len() {
                self.products[place] +=
                    other.products[place] + deltas[i] * deltas[j] * a * b / (a + b);
                place += 1;
            }
        }
        for (mean, delta) in self.means.iter_mut().zip(&deltas) {
            *mean += delta * b / (a + b);
        }
        self.n += other.n;
        true
    }

    /// Number of complete rows.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Values per row.
    pub fn columns(&self) -> usize {
        self.means.len()
    }

    /// Mean of each column; meaningless when n = 0.
    pub fn means(&self) -> &[f64] {
        &self.means
    }

    /// Σ(xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ); `i` and `j` below [`CoMoments::columns`].
    pub fn product(&self, i: usize, j: usize) -> f64 {
        let (i, j) = if i <= j { (i, j) } else { (j, i) };
        self.products[i * self.columns() - i * (i + 1) / 2 + j]
    }

    /// Covariance with denominator n − 1.
    pub fn covariance(&self, i: usize, j: usize) -> Result<f64, Undefined> {
        match self.n {
            0 => Err(Undefined::NoAnswers),
            1 => Err(Undefined::OneAnswer),
            n => Ok(self.product(i, j) / (n - 1) as f64),
        }
    }

    /// Pearson correlation of two columns.
    pub fn correlation(&self, i: usize, j: usize) -> Result<f64, Undefined> {
        if self.n < 2 {
            return Err(Undefined::TooFew {
                n: self.n,
                needed: 2,
            });
        }
        let scale = (self.product(i, i) * self.product(j, j)).sqrt();
        if scale <= 0.0 {
            return Err(Undefined::NoVariation);
        }
        Ok((self.product(i, j) / scale).clamp(-1.0, 1.0))
    }
}
