//! Moments of weighted values.

use crate::undefined::Undefined;
use serde::{Deserialize, Serialize};

/// Moments of values with weights, with what a linearised standard error needs.
///
/// Kept: n, Σw, Σw², the w-weighted mean and centred sum of squares, the same weighted by w²
/// (for Σw²(x − mean)²), and the smallest and largest weight.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct WeightedMoments {
    n: u64,
    sum_w: f64,
    sum_w2: f64,
    mean: f64,
    m2: f64,
    mean_by_w2: f64,
    m2_by_w2: f64,
    smallest_weight: f64,
    largest_weight: f64,
}

impl WeightedMoments {
    /// Adds one value with its weight; a weight of 0 or less adds nothing, not even to n.
    pub fn push(&mut self, x: f64, weight: f64) {
        if weight > 0.0 {
            self.merge(&Self {
                n: 1,
                sum_w: weight,
                sum_w2: weight * weight,
                mean: x,
                m2: 0.0,
                mean_by_w2: x,
                m2_by_w2: 0.0,
                smallest_weight: weight,
                largest_weight: weight,
            });
        }
    }

    /// Adds `n` values that are all `x` and all have `weight` (a cell of a table).
    pub fn push_many(&mut self, x: f64, weight: f64, n: u64) {
        if weight > 0.0 && n > 0 {
            self.merge(&Self {
                n,
                sum_w: weight * n as f64,
                sum_w2: weight * weight * n as f64,
                mean: x,
                m2: 0.0,
                mean_by_w2: x,
                m2_by_w2: 0.0,
                smallest_weight: weight,
                largest_weight: weight,
            });
        }
    }

    /// From a group of equal values `x`: n, Σw, Σw², smallest and largest weight.
    ///
    /// This is what a query gives per score: `count(*)`, `sum(w)`, `sum(w*w)`, `min(w)`, `max(w)`.
    pub fn of_equal(x: f64, n: u64, sum_w: f64, sum_w2: f64, smallest: f64, largest: f64) -> Self {
        Self {
            n,
            sum_w,
            sum_w2,
            mean: x,
            m2: 0.0,
            mean_by_w2: x,
            m2_by_w2: 0.0,
            smallest_weight: smallest,
            largest_weight: largest,
        }
    }

    /// Adds the values of `other`.
    pub fn merge(&mut self, other: &Self) {
        if other.n == 0 {
            return;
        }
        if self.n == 0 {
            *self = *other;
            return;
        }
        let (mean, m2) = merged(
            (self.sum_w, self.mean, self.m2),
            (other.sum_w, other.mean, other.m2),
        );
        let (mean_by_w2, m2_by_w2) = merged(
            (self.sum_w2, self.mean_by_w2, self.m2_by_w2),
            (other.sum_w2, other.mean_by_w2, other.m2_by_w2),
        );
        *self = Self {
            n: self.n + other.n,
            sum_w: self.sum_w + other.sum_w,
            sum_w2: self.sum_w2 + other.sum_w2,
            mean,
            m2,
            mean_by_w2,
            m2_by_w2,
            smallest_weight: self.smallest_weight.min(other.smallest_weight),
            largest_weight: self.largest_weight.max(other.largest_weight),
        };
    }

    /// Number of values with a weight above 0.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Σw.
    pub fn sum_w(&self) -> f64 {
        self.sum_w
    }

    /// Σw².
    pub fn sum_w2(&self) -> f64 {
        self.sum_w2
    }

    /// Smallest and largest weight; `None` when n = 0.
    pub fn weight_range(&self) -> Option<(f64, f64)> {
        (self.n > 0).then_some((self.smallest_weight, self.largest_weight))
    }

    /// Kish's effective sample size (Σw)²/Σw²; 0 when n = 0.
    pub fn effective_n(&self) -> f64 {
        if self.n == 0 {
            return 0.0;
        }
        self.sum_w * self.sum_w / self.sum_w2
    }

    /// Weighted mean.
    pub fn mean(&self) -> Result<f64, Undefined> {
        if self.n == 0 {
            return Err(Undefined::NoAnswers);
        }
        Ok(self.mean)
    }

    /// Weighted population variance Σw(x − mean)²/Σw.
    pub fn population_variance(&self) -> Result<f64, Undefined> {
        if self.n == 0 {
            return Err(Undefined::NoAnswers);
        }
        Ok(self.m2 / self.sum_w)
    }

    /// Taylor-linearised standard error of the weighted mean, each value its own cluster, drawn
    /// with replacement: `√(n/(n−1) · Σw²(x − mean)²) / Σw` (R survey `svymean`, no fpc).
    pub fn linearised_standard_error(&self) -> Result<f64, Undefined> {
        match self.n {
            0 => Err(Undefined::NoAnswers),
            1 => Err(Undefined::OneAnswer),
            n => {
                let about_mean =
                    self.m2_by_w2 + self.sum_w2 * (self.mean_by_w2 - self.mean).powi(2);
                let n = n as f64;
                Ok((n / (n - 1.0) * about_mean).sqrt() / self.sum_w)
            }
        }
    }
}

/// Weight, mean and centred sum of two groups together.
fn merged(a: (f64, f64, f64), b: (f64, f64, f64)) -> (f64, f64) {
    let total = a.0 + b.0;
    let delta = b.1 - a.1;
    (
        a.1 + delta * b.0 / total,
        a.2 + b.2 + delta * delta * a.0 * b.0 / total,
    )
}
