//! Counts by score: the sufficient statistic of integer answers.
//!
//! Invariant: counts and sums of a [`Histogram`] are exact integers, so that merging is exact
//! in any order. [`Frequencies`] holds the same from published shares × n, where counts need
//! not be whole.
//! Absent on purpose: missing answers, which are counted apart and never become a score.

mod frequencies;

pub use frequencies::{Frequencies, ROUNDING_MAX};

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
