//! Published shares: counts that need not be whole.
//!
//! Invariant: n is what was published; the counts sum to about n, as far as rounding goes.

use super::Histogram;
use crate::moments::Moments;
use serde::{Deserialize, Serialize};

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
}
