//! Answers as detractors, passives and promoters.

use crate::histogram::{Frequencies, Histogram};
use crate::moments::Moments;
use crate::undefined::Undefined;

/// Answers as detractors, passives, promoters; counts need not be whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counts {
    /// Answers at or below the detractors' cut.
    pub detractors: f64,
    /// Answers between.
    pub passives: f64,
    /// Answers at or above the promoters' cut.
    pub promoters: f64,
    /// Number of answers; with published shares it may differ from the sum by rounding.
    pub n: u64,
}

impl Counts {
    /// From whole counts.
    pub fn new(detractors: u64, passives: u64, promoters: u64) -> Self {
        Self {
            detractors: detractors as f64,
            passives: passives as f64,
            promoters: promoters as f64,
            n: detractors + passives + promoters,
        }
    }

    /// From scores, for instance `detractor_max` 6 and `promoter_min` 9 on 0..10.
    pub fn of(histogram: &Histogram, detractor_max: i32, promoter_min: i32) -> Self {
        let detractors = histogram.at_most(detractor_max);
        let promoters = histogram.at_least(promoter_min);
        Self::new(
            detractors,
            histogram.n() - detractors - promoters,
            promoters,
        )
    }

    /// From published shares × n, scaled to the published n.
    pub fn of_frequencies(scores: &Frequencies, detractor_max: i32, promoter_min: i32) -> Self {
        let n = scores.n as f64;
        let detractors = scores.share(|s| s <= detractor_max).unwrap_or(0.0) * n;
        let promoters = scores.share(|s| s >= promoter_min).unwrap_or(0.0) * n;
        Self {
            detractors,
            passives: (n - detractors - promoters).max(0.0),
            promoters,
            n: scores.n,
        }
    }

    /// Sum of the three.
    pub(super) fn total(&self) -> f64 {
        self.detractors + self.passives + self.promoters
    }

    /// (P − D)/n.
    pub fn score(&self) -> Result<f64, Undefined> {
        let total = self.total();
        if total <= 0.0 {
            return Err(Undefined::NoAnswers);
        }
        Ok((self.promoters - self.detractors) / total)
    }

    /// Variance of one answer coded −1, 0, 1, with denominator n.
    pub fn variance(&self) -> Result<f64, Undefined> {
        let score = self.score()?;
        Ok((self.promoters + self.detractors) / self.total() - score * score)
    }

    /// The answers coded −1, 0, 1.
    pub fn moments(&self) -> Result<Moments, Undefined> {
        Ok(Moments::from_parts(
            self.n,
            self.score()?,
            self.variance()? * self.n as f64,
        ))
    }
}
