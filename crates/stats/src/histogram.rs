//! Counts by score: the sufficient statistic of integer answers.
//!
//! Invariant: counts and sums of a [`Histogram`] are exact integers, so that merging is exact
//! in any order. [`Frequencies`] holds the same from published shares × n, where counts need
//! not be whole.
//! Absent on purpose: missing answers, which are counted apart and never become a score.

use crate::moments::Moments;
use serde::{Deserialize, Serialize};

/// How often each integer score was given: `counts[i]` answers of score `min + i`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Histogram {
    min: i32,
    counts: Vec<u64>,
}

impl Histogram {
    /// An empty histogram; it grows with what is added.
    pub fn new() -> Self {
        Self::default()
    }

    /// From counts of the scores `min`, `min + 1`, ….
    pub fn from_counts(min: i32, counts: Vec<u64>) -> Self {
        Self { min, counts }
    }

    /// Lowest score that has a place (not necessarily an answer).
    pub fn min(&self) -> i32 {
        self.min
    }

    /// Counts from `min` upwards.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Adds `count` answers of `score`.
    pub fn add(&mut self, score: i32, count: u64) {
        if self.counts.is_empty() {
            self.min = score;
        }
        if score < self.min {
            let shift = self.min.abs_diff(score) as usize;
            self.counts.splice(0..0, std::iter::repeat_n(0, shift));
            self.min = score;
        }
        let place = self.min.abs_diff(score) as usize;
        if place >= self.counts.len() {
            self.counts.resize(place + 1, 0);
        }
        self.counts[place] += count;
    }

    /// Adds the answers of `other`.
    pub fn merge(&mut self, other: &Self) {
        for (score, count) in other.iter() {
            self.add(score, count);
        }
    }

    /// Scores and their counts, lowest first; scores nobody gave are included.
    pub fn iter(&self) -> impl Iterator<Item = (i32, u64)> + '_ {
        (self.min..).zip(self.counts.iter().copied())
    }

    /// Answers of one score.
    pub fn count(&self, score: i32) -> u64 {
        if score < self.min {
            return 0;
        }
        let place = self.min.abs_diff(score) as usize;
        self.counts.get(place).copied().unwrap_or(0)
    }

    /// Number of answers.
    pub fn n(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Answers of `score` or higher.
    pub fn at_least(&self, score: i32) -> u64 {
        self.iter()
            .filter(|&(s, _)| s >= score)
            .map(|(_, c)| c)
            .sum()
    }

    /// Answers of `score` or lower.
    pub fn at_most(&self, score: i32) -> u64 {
        self.iter()
            .filter(|&(s, _)| s <= score)
            .map(|(_, c)| c)
            .sum()
    }

    /// Exact sum of all scores.
    pub fn sum(&self) -> i128 {
        self.iter()
            .map(|(score, count)| i128::from(score) * i128::from(count))
            .sum()
    }

    /// Exact sum of the squares of all scores.
    pub fn sum_of_squares(&self) -> i128 {
        self.iter()
            .map(|(score, count)| i128::from(score) * i128::from(score) * i128::from(count))
            .sum()
    }

    /// n, mean and centred sum of squares, from exact integers: one rounding each.
    pub fn moments(&self) -> Moments {
        let n = self.n();
        if n == 0 {
            return Moments::default();
        }
        let (sum, squares) = (self.sum(), self.sum_of_squares());
        let centred = i128::from(n) * squares - sum * sum;
        Moments::from_parts(n, sum as f64 / n as f64, centred as f64 / n as f64)
    }

    /// Score at the given 1-based rank in ascending order; `None` outside `1..=n`.
    pub fn at_rank(&self, rank: u64) -> Option<i32> {
        if rank == 0 {
            return None;
        }
        let mut seen = 0;
        self.iter().find_map(|(score, count)| {
            seen += count;
            (seen >= rank).then_some(score)
        })
    }
}

impl FromIterator<(i32, u64)> for Histogram {
    fn from_iter<I: IntoIterator<Item = (i32, u64)>>(pairs: I) -> Self {
        let mut histogram = Self::new();
        for (score, count) in pairs {
            histogram.add(score, count);
        }
        histogram
    }
}

/// How far the sum of published shares may be from 1 by rounding alone: ten whole per cents,
/// each up to half a point off, seldom add up to more than two points too many or too few.
pub const ROUNDING_MAX: f64 = 0.02;

/// How often each score was given when a source published shares: counts need not be whole.
///
/// `n` is the number of answers as published (or the sum of several such numbers); the counts
/// sum to about `n`, as far as the rounding of the shares goes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Frequencies {
    /// Lowest score that has a place.
    pub min: i32,
    /// Answers by score from `min` upwards; not negative.
    pub counts: Vec<f64>,
    /// Number of answers as published.
    pub n: u64,
}

impl Frequencies {
    /// Adds `count` answers of `score`; `n` is left alone (see [`Frequencies::add_n`]).
    pub fn add(&mut self, score: i32, count: f64) {
        if self.counts.is_empty() {
            self.min = score;
        }
        if score < self.min {
            let shift = self.min.abs_diff(score) as usize;
            self.counts.splice(0..0, std::iter::repeat_n(0.0, shift));
            self.min = score;
        }
        let place = self.min.abs_diff(score) as usize;
        if place >= self.counts.len() {
            self.counts.resize(place + 1, 0.0);
        }
        self.counts[place] += count;
    }

    /// Adds to the published number of answers.
    pub fn add_n(&mut self, n: u64) {
        self.n += n;
    }

    /// Adds the answers of `other`.
    pub fn merge(&mut self, other: &Self) {
        for (score, count) in other.iter() {
            self.add(score, count);
        }
        self.n += other.n;
    }

    /// Scores and their counts, lowest first.
    pub fn iter(&self) -> impl Iterator<Item = (i32, f64)> + '_ {
        (self.min..).zip(self.counts.iter().copied())
    }

    /// Sum of the counts; differs from `n` by the rounding of the published shares.
    pub fn total(&self) -> f64 {
        self.counts.iter().sum()
    }

    /// Share of answers for which `wanted` holds; `None` when there are none.
    ///
    /// Published shares rarely add up to 1. Within rounding each stands as published, because
    /// it is right to its own rounding, and scaling would move it by the rounding of all
    /// others; beyond [`ROUNDING_MAX`] they are taken as shares of those who are listed.
    pub fn share(&self, wanted: impl Fn(i32) -> bool) -> Option<f64> {
        let total = self.total();
        let n = self.n as f64;
        (total > 0.0).then(|| {
            let hits: f64 = self
                .iter()
                .filter(|&(score, _)| wanted(score))
                .map(|(_, count)| count)
                .sum();
            let rounded = n > 0.0 && (total / n - 1.0).abs() <= ROUNDING_MAX;
            (hits / if rounded { n } else { total }).min(1.0)
        })
    }

    /// n, mean and centred sum of squares, the shares scaled to the published n.
    pub fn moments(&self) -> Moments {
        let total = self.total();
        if total <= 0.0 || self.n == 0 {
            return Moments::default();
        }
        let mean = self.iter().map(|(s, c)| f64::from(s) * c).sum::<f64>() / total;
        let spread: f64 = self
            .iter()
            .map(|(s, c)| (f64::from(s) - mean).powi(2) * c)
            .sum();
        Moments::from_parts(self.n, mean, spread / total * self.n as f64)
    }
}

impl From<&Histogram> for Frequencies {
    fn from(histogram: &Histogram) -> Self {
        Self {
            min: histogram.min,
            counts: histogram.counts.iter().map(|&c| c as f64).collect(),
            n: histogram.n(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn grows_in_both_directions() {
        let mut histogram = Histogram::new();
        histogram.add(5, 2);
        histogram.add(-1, 1);
        histogram.add(7, 1);
        assert_eq!(
            (histogram.min(), histogram.n(), histogram.sum()),
            (-1, 4, 16)
        );
        assert_eq!(
            (histogram.count(-2), histogram.count(8), histogram.count(5)),
            (0, 0, 2)
        );
        assert_eq!((histogram.at_least(5), histogram.at_most(5)), (3, 3));
        assert_eq!(
            (histogram.at_rank(0), histogram.at_rank(2)),
            (None, Some(5))
        );
        assert_eq!(histogram.at_rank(5), None);
    }

    #[test]
    fn moments_are_exact() {
        let histogram = Histogram::from_counts(1, vec![0, 1, 0, 1]);
        let moments = histogram.moments();
        assert_eq!(
            (moments.n(), moments.mean(), moments.variance()),
            (2, Ok(3.0), Ok(2.0))
        );
        assert_eq!(Histogram::new().moments().n(), 0);
    }

    #[test]
    fn published_shares_scale_to_their_n() {
        let mut scores = Frequencies::default();
        scores.add(1, 32.9);
        scores.add(5, 66.1);
        scores.add_n(100);
        let moments = scores.moments();
        assert_eq!(moments.n(), 100);
        assert!((moments.mean().unwrap() - (32.9 + 330.5) / 99.0).abs() < 1e-12);
        // Within rounding a share stands as published; beyond it, among those listed.
        assert!((scores.share(|s| s == 5).unwrap() - 0.661).abs() < 1e-12);
        scores.add_n(10);
        assert!((scores.share(|s| s == 5).unwrap() - 66.1 / 99.0).abs() < 1e-12);
        assert_eq!(Frequencies::default().share(|_| true), None);
    }

    proptest! {
        #[test]
        fn merging_is_exact_in_any_order(
            a in prop::collection::vec((-20..20_i32, 0..1000_u64), 0..10),
            b in prop::collection::vec((-20..20_i32, 0..1000_u64), 0..10),
        ) {
            let (x, y): (Histogram, Histogram) = (a.into_iter().collect(), b.into_iter().collect());
            let (mut left, mut right) = (x.clone(), y.clone());
            left.merge(&y);
            right.merge(&x);
            prop_assert_eq!(left.n(), x.n() + y.n());
            prop_assert_eq!(left.sum(), right.sum());
            prop_assert_eq!(left.sum_of_squares(), right.sum_of_squares());
            for score in -20..20 {
                prop_assert_eq!(left.count(score), right.count(score));
            }
        }
    }
}
