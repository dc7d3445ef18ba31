//! Several answers of one person: what one answer says again, the next one does not say anew.
//!
//! Source: Cochran (1977), Sampling Techniques, ch. 6 (ratio estimator, linearised); Korn and
//! Graubard (1998), Survey Methodology 24:193 (score intervals at the effective n).
//! The value is a ratio of totals over people, ȳ = Σsᵢ/Σnᵢ, where person i gave nᵢ answers (or
//! weights) that sum to sᵢ. Its variance is `k/(k−1)·Σ(sᵢ − ȳnᵢ)²/(Σnᵢ)²` over k people.
//!
//! Invariant: sums are kept about a centre near the values, never raw, so that large values with
//! little spread lose no digits. Merging is only right for people who are in one of the two and
//! not in both: months of one team are not disjoint, teams of one month mostly are. Whoever is
//! not sure counts the people again.
//! Absent on purpose: who the people are. Nothing here can tell one from another.

mod estimates;

pub use estimates::{mean_clustered, nps_clustered, share_clustered};

use crate::distribution::{t, z};
use crate::undefined::Undefined;
use serde::{Deserialize, Serialize};

/// Sums over people that a ratio and its variance follow from.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Clusters {
    respondents: u64,
    /// Values are counted from here: tᵢ = sᵢ − centre·nᵢ.
    centre: f64,
    sum_n: f64,
    sum_t: f64,
    sum_nn: f64,
    sum_nt: f64,
    sum_tt: f64,
}

impl Clusters {
    /// Adds one person: `answers` (or Σw), and the sum of their values (or Σw·y): for a net
    /// promoter score promoters − detractors, for a share hits, for a mean the sum on the scale.
    /// Nobody who gave no answer is added.
    pub fn push(&mut self, answers: f64, sum: f64) {
        self.push_many(answers, sum, 1);
    }

    /// Adds `people` persons who gave `answers` each, with the same sum.
    pub fn push_many(&mut self, answers: f64, sum: f64, people: u64) {
        if answers <= 0.0 || people == 0 {
            return;
        }
        let times = people as f64;
        self.merge(&Self {
            respondents: people,
            centre: sum / answers,
            sum_n: answers * times,
            sum_t: 0.0,
            sum_nn: answers * answers * times,
            sum_nt: 0.0,
            sum_tt: 0.0,
        });
    }

    /// `n` people with one answer each, of these mean and Σ(x − mean)².
    pub fn of_single_answers(n: u64, mean: f64, m2: f64) -> Self {
        Self {
            respondents: n,
            centre: mean,
            sum_n: n as f64,
            sum_t: 0.0,
            sum_nn: n as f64,
            sum_nt: 0.0,
            sum_tt: m2.max(0.0),
        }
    }

    /// Adds other people; nobody may be in both.
    pub fn merge(&mut self, other: &Self) {
        if other.respondents == 0 {
            return;
        }
        if self.respondents == 0 {
            *self = *other;
            return;
        }
        // The other sums, counted from this centre.
        let shift = other.centre - self.centre;
        self.respondents += other.respondents;
        self.sum_n += other.sum_n;
        self.sum_t += other.sum_t + shift * other.sum_n;
        self.sum_nn += other.sum_nn;
        self.sum_nt += other.sum_nt + shift * other.sum_nn;
        self.sum_tt += other.sum_tt + shift * (2.0 * other.sum_nt + shift * other.sum_nn);
    }

    /// People.
    pub fn respondents(&self) -> u64 {
        self.respondents
    }

    /// Σn: answers, or the sum of their weights.
    pub fn answers(&self) -> f64 {
        self.sum_n
    }

    /// Σsᵢ/Σnᵢ.
    pub fn mean(&self) -> Result<f64, Undefined> {
        if self.respondents == 0 {
            return Err(Undefined::NoAnswers);
        }
        Ok(self.centre + self.sum_t / self.sum_n)
    }

    /// Linearised variance of the mean; undefined for fewer than two people.
    pub fn variance(&self) -> Result<f64, Undefined> {
        match self.respondents {
            0 => Err(Undefined::NoAnswers),
            1 => Err(Undefined::OneCluster),
            k => {
                let mean = self.sum_t / self.sum_n;
                let squares = self.sum_tt - mean * (2.0 * self.sum_nt - mean * self.sum_nn);
                let k = k as f64;
                Ok(k / (k - 1.0) * squares.max(0.0) / (self.sum_n * self.sum_n))
            }
        }
    }

    /// How many independent answers say as much: σ²/variance, where σ² is the variance of one
    /// answer (denominator n).
    ///
    /// Never more than the answers: with few people the variance between them comes out near 0
    /// by chance, and an interval narrower than that of as many strangers would claim knowledge
    /// nobody gave. Where all answers are the same the spread says nothing, and the answers of a
    /// person count as one repeated answer: (Σn)²/Σn². Undefined for fewer than two people.
    pub fn effective_n(&self, of_one_answer: f64) -> Result<f64, Undefined> {
        let variance = self.variance()?;
        if of_one_answer <= 0.0 {
            return Ok(self.sum_n * self.sum_n / self.sum_nn);
        }
        if variance <= 0.0 {
            return Ok(self.sum_n);
        }
        Ok((of_one_answer / variance).min(self.sum_n))
    }

    /// The effective n, made smaller by what few people leave uncertain about the variance
    /// itself: times (t of `n` − 1 over t of k − 1)² (Korn & Graubard).
    fn score_n(&self, of_one_answer: f64, n: u64, level: f64) -> Result<f64, Undefined> {
        let effective = self.effective_n(of_one_answer)?;
        let by_answers = if n > 1 {
            t(level, n as f64 - 1.0)
        } else {
            z(level)
        };
        let by_people = t(level, self.respondents as f64 - 1.0);
        Ok(effective * (by_answers / by_people).powi(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(super) fn of(people: &[&[f64]]) -> Clusters {
        let mut clusters = Clusters::default();
        for answers in people {
            clusters.push(answers.len() as f64, answers.iter().sum());
        }
        clusters
    }

    #[test]
    fn chance_agreement_between_people_never_makes_answers_out_of_nothing() {
        // Everybody gave one yes and one no: no spread between people at all.
        let balanced = of(&[&[1.0, 0.0], &[0.0, 1.0], &[1.0, 0.0]]);
        assert_eq!(balanced.effective_n(0.25), Ok(6.0));
    }

    #[test]
    fn large_values_keep_their_digits() {
        // NIST NumAcc4: 10000000.2 ± 0.1, one answer each.
        let mut clusters = Clusters::default();
        clusters.push(1.0, 10_000_000.2);
        for i in 0..1000 {
            clusters.push(
                1.0,
                if i % 2 == 0 {
                    10_000_000.1
                } else {
                    10_000_000.3
                },
            );
        }
        assert!((clusters.variance().unwrap() * 1001.0 - 0.01).abs() < 1e-8);
    }

    proptest! {
        #[test]
        fn order_does_not_matter(
            people in prop::collection::vec((1_u32..9, -1e2..1e2_f64), 2..30),
            cut in 0_usize..30,
        ) {
            let of = |people: &[(u32, f64)]| {
                let mut clusters = Clusters::default();
                for &(n, s) in people { clusters.push(f64::from(n), s); }
                clusters
            };
            let cut = cut.min(people.len());
            let (mut first, whole) = (of(&people[cut..]), of(&people));
            first.merge(&of(&people[..cut]));
            prop_assert_eq!(first.respondents(), whole.respondents());
            // By definition.
            let n: f64 = people.iter().map(|p| f64::from(p.0)).sum();
            let mean = people.iter().map(|p| p.1).sum::<f64>() / n;
            let k = people.len() as f64;
            let squares: f64 = people.iter().map(|p| (p.1 - mean * f64::from(p.0)).powi(2)).sum();
            let variance = k / (k - 1.0) * squares / (n * n);
            for clusters in [first, whole] {
                prop_assert!((clusters.mean().unwrap() - mean).abs() < 1e-9);
                prop_assert!((clusters.variance().unwrap() - variance).abs() <= 1e-9 * (1.0 + variance));
            }
        }
    }
}
