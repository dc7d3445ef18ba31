//! Moments of plain values.

use crate::undefined::Undefined;
use serde::{Deserialize, Serialize};

/// n, mean and centred sum of squares of real values.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Moments {
    n: u64,
    mean: f64,
    m2: f64,
}

impl Moments {
    /// From n, mean and Σ(x − mean)²; a negative `m2` from rounding becomes 0.
    pub fn from_parts(n: u64, mean: f64, m2: f64) -> Self {
        Self {
            n,
            mean,
            m2: m2.max(0.0),
        }
    }

    /// From n, mean and the standard deviation with denominator n − 1, as reports give it.
    pub fn from_sd(n: u64, mean: f64, sd: f64) -> Self {
        Self::from_parts(n, mean, sd * sd * n.saturating_sub(1) as f64)
    }

    /// Adds one value.
    pub fn push(&mut self, x: f64) {
        self.n += 1;
        let delta = x - self.mean;
        self.mean += delta / self.n as f64;
        self.m2 += delta * (x - self.mean);
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
        let (a, b) = (self.n as f64, other.n as f64);
        let delta = other.mean - self.mean;
        self.n += other.n;
        self.mean += delta * b / (a + b);
        self.m2 += other.m2 + delta * delta * a * b / (a + b);
    }

    /// Number of values.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Mean; `NoAnswers` when n = 0.
    pub fn mean(&self) -> Result<f64, Undefined> {
        if self.n == 0 {
            return Err(Undefined::NoAnswers);
        }
        Ok(self.mean)
    }

    /// Σ(x − mean)².
    pub fn m2(&self) -> f64 {
        self.m2
    }

    /// Variance with denominator n − 1; undefined below two values.
    pub fn variance(&self) -> Result<f64, Undefined> {
        match self.n {
            0 => Err(Undefined::NoAnswers),
            1 => Err(Undefined::OneAnswer),
            n => Ok(self.m2 / (n - 1) as f64),
        }
    }

    /// Standard deviation with denominator n − 1.
    pub fn sd(&self) -> Result<f64, Undefined> {
        self.variance().map(f64::sqrt)
    }

    /// Standard error of the mean, sd/√n.
    pub fn standard_error(&self) -> Result<f64, Undefined> {
        self.variance().map(|v| (v / self.n as f64).sqrt())
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut moments = Self::default();
        for x in values {
            moments.push(x);
        }
        moments
    }
}
