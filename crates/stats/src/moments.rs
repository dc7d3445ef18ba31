//! Centred moments that merge without loss of digits.
//!
//! Source: Chan, Golub, LeVeque (1983), Algorithms for computing the sample variance.
//! Invariant: sums of squares are kept about the mean, never raw: raw sums give a variance of
//! −2.0 on NIST NumAcc4, where 0.01 is right. Merging in any order gives the same result up
//! to rounding. Pushed values must be finite.
//! Absent on purpose: higher moments; nothing here needs them.

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // NIST StRD NumAcc4: mean 10000000.2 and sd 0.1 exactly.
    fn numacc4() -> Vec<f64> {
        let mut values = vec![10_000_000.2];
        for i in 0..1000 {
            values.push(if i % 2 == 0 {
                10_000_000.1
            } else {
                10_000_000.3
            });
        }
        values
    }

    #[test]
    fn certified_by_nist() {
        let values = numacc4();
        let mut merged = Moments::default();
        let mut rest = values.as_slice();
        for size in [1, 10, 100, 890] {
            let (chunk, after) = rest.split_at(size);
            merged.merge(&chunk.iter().copied().collect());
            rest = after;
        }
        let whole: Moments = values.iter().copied().collect();
        for moments in [merged, whole] {
            assert!((moments.mean().unwrap() / 10_000_000.2 - 1.0).abs() < 1e-14);
            assert!((moments.sd().unwrap() / 0.1 - 1.0).abs() < 1e-7);
        }
    }

    #[test]
    fn nothing_has_a_reason() {
        assert_eq!(Moments::default().mean(), Err(Undefined::NoAnswers));
        let one: Moments = [3.0].into_iter().collect();
        assert_eq!(one.sd(), Err(Undefined::OneAnswer));
        assert_eq!(WeightedMoments::default().mean(), Err(Undefined::NoAnswers));
        assert_eq!(WeightedMoments::default().effective_n(), 0.0);
    }

    #[test]
    fn weights_of_zero_count_for_nothing() {
        let mut moments = WeightedMoments::default();
        moments.push(5.0, 0.0);
        assert_eq!(moments.n(), 0);
        moments.push(5.0, 2.0);
        moments.push_many(1.0, 2.0, 3);
        assert_eq!((moments.n(), moments.effective_n()), (4, 4.0));
        assert_eq!(moments.mean(), Ok(2.0));
    }

    #[test]
    fn rows_of_another_width_are_refused() {
        let mut moments = CoMoments::new(2);
        assert!(!moments.push(&[1.0]));
        assert!(!moments.merge(&CoMoments::new(3)));
        assert_eq!(CoMoments::from_parts(1, vec![0.0; 2], vec![0.0; 2]), None);
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
    }

    proptest! {
        #[test]
        fn order_of_merging_does_not_matter(
            a in prop::collection::vec(-1e3..1e3_f64, 0..20),
            b in prop::collection::vec(-1e3..1e3_f64, 0..20),
            c in prop::collection::vec(-1e3..1e3_f64, 0..20),
        ) {
            let [x, y, z]: [Moments; 3] = [&a, &b, &c].map(|v| v.iter().copied().collect());
            let (mut left, mut right) = (x, z);
            left.merge(&y);
            left.merge(&z);
            right.merge(&y);
            right.merge(&x);
            let whole: Moments = a.iter().chain(&b).chain(&c).copied().collect();
            for moments in [left, right] {
                prop_assert_eq!(moments.n(), whole.n());
                prop_assert!(close(moments.mean, whole.mean) && close(moments.m2, whole.m2));
            }
        }

        #[test]
        fn weighted_order_does_not_matter(
            rows in prop::collection::vec((-1e2..1e2_f64, 0.1..9.0_f64), 2..40),
            cut in 0_usize..40,
        ) {
            let cut = cut.min(rows.len());
            let of = |rows: &[(f64, f64)]| {
                let mut moments = WeightedMoments::default();
                for &(x, w) in rows { moments.push(x, w); }
                moments
            };
            let (mut first, mut second) = (of(&rows[..cut]), of(&rows[cut..]));
            let right = first;
            first.merge(&second);
            second.merge(&right);
            prop_assert_eq!(first.n(), second.n());
            prop_assert!(close(first.mean, second.mean) && close(first.m2, second.m2));
            let (a, b) = (first.linearised_standard_error().unwrap(), second.linearised_standard_error().unwrap());
            prop_assert!(close(a, b));
            // By definition.
            let sum_w: f64 = rows.iter().map(|r| r.1).sum();
            let mean = rows.iter().map(|r| r.0 * r.1).sum::<f64>() / sum_w;
            let n = rows.len() as f64;
            let squares: f64 = rows.iter().map(|r| (r.1 * (r.0 - mean)).powi(2)).sum();
            prop_assert!(close(a, (n / (n - 1.0) * squares).sqrt() / sum_w));
        }

        #[test]
        fn products_merge(
            rows in prop::collection::vec((-1e2..1e2_f64, -1e2..1e2_f64, -1e2..1e2_f64), 2..40),
            cut in 0_usize..40,
        ) {
            let cut = cut.min(rows.len());
            let of = |rows: &[(f64, f64, f64)]| {
                let mut moments = CoMoments::new(3);
                for r in rows { assert!(moments.push(&[r.0, r.1, r.2])); }
                moments
            };
            let whole = of(&rows);
            let mut merged = of(&rows[cut..]);
            prop_assert!(merged.merge(&of(&rows[..cut])));
            for i in 0..3 {
                for j in 0..3 {
                    prop_assert!(close(whole.product(i, j), merged.product(j, i)));
                }
            }
        }
    }
}
