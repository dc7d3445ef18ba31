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

use crate::distribution::{t, z};
use crate::interval::{Interval, Measured, Method};
use crate::nps::{Counts, score_interval};
use crate::proportion::wilson;
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

/// Mean of `n` answers with the t interval of the variance between people, k − 1 degrees of
/// freedom.
///
/// Interval undefined: one person; no spread between people.
pub fn mean_clustered(clusters: &Clusters, n: u64, level: f64) -> Result<Measured, Undefined> {
    let mean = clusters.mean()?;
    let interval = clusters.variance().and_then(|variance| {
        if variance <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        let half = t(level, clusters.respondents as f64 - 1.0) * variance.sqrt();
        Ok(Interval::around(mean, half, level, Method::ClusteredT))
    });
    Ok(Measured::new(mean, n, interval))
}

/// Share among `n` answers with Wilson's interval at the effective n between people.
///
/// Interval undefined: one person.
pub fn share_clustered(clusters: &Clusters, n: u64, level: f64) -> Result<Measured, Undefined> {
    let p = clusters.mean()?.clamp(0.0, 1.0);
    let interval = clusters
        .score_n(p * (1.0 - p), n, level)
        .and_then(|effective| wilson(p * effective, effective, level))
        .map(|interval| Interval {
            method: Method::ClusteredWilson,
            ..interval
        });
    Ok(Measured::new(p, n, interval))
}

/// Net promoter score of `n` answers with Tango's interval at the effective n between people.
///
/// `outside` is the share of promoters and detractors together. Interval undefined: one person.
pub fn nps_clustered(
    clusters: &Clusters,
    outside: f64,
    n: u64,
    level: f64,
) -> Result<Measured, Undefined> {
    let score = clusters.mean()?.clamp(-1.0, 1.0);
    let outside = outside.clamp(score.abs(), 1.0);
    let interval = clusters
        .score_n(outside - score * score, n, level)
        .and_then(|effective| {
            let counts = Counts {
                detractors: (outside - score) / 2.0 * effective,
                passives: (1.0 - outside) * effective,
                promoters: f64::midpoint(outside, score) * effective,
                n,
            };
            score_interval(&counts, level)
        })
        .map(|interval| Interval {
            method: Method::ClusteredTango,
            ..interval
        });
    Ok(Measured::new(score, n, interval))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mean::mean_t;
    use crate::moments::Moments;
    use proptest::prelude::*;

    fn of(people: &[&[f64]]) -> Clusters {
        let mut clusters = Clusters::default();
        for answers in people {
            clusters.push(answers.len() as f64, answers.iter().sum());
        }
        clusters
    }

    /// By hand: n = 2, 1, 3; s = 5, 4, 6; ȳ = 15/6 = 2.5; s − ȳn = 0, 1.5, −1.5;
    /// variance = 3/2 · (0 + 2.25 + 2.25) / 36 = 0.1875; t with 2 df at .95 is 4.302653.
    #[test]
    fn three_people_by_hand() {
        let clusters = of(&[&[2.0, 3.0], &[4.0], &[1.0, 2.0, 3.0]]);
        assert_eq!((clusters.respondents(), clusters.answers()), (3, 6.0));
        assert!((clusters.mean().unwrap() - 2.5).abs() < 1e-15);
        assert!((clusters.variance().unwrap() - 0.1875).abs() < 1e-15);
        let measured = mean_clustered(&clusters, 6, 0.95).unwrap();
        let interval = measured.interval.unwrap();
        assert_eq!((measured.n, interval.method), (6, Method::ClusteredT));
        let half = 4.302_652_73 * 0.1875_f64.sqrt();
        assert!((interval.lower - (2.5 - half)).abs() < 1e-7);
        assert!((interval.upper - (2.5 + half)).abs() < 1e-7);
    }

    /// By hand: hits 2 of 2, 0 of 2, 1 of 2, 0 of 2; p = 3/8; s − pn = 1.25, −.75, .25, −.75;
    /// variance = 4/3 · 2.75 / 64 = .0572917; effective n .234375 / .0572917 = 4.0909.
    #[test]
    fn a_share_of_four_people_counts_for_four() {
        let clusters = of(&[&[1.0, 1.0], &[0.0, 0.0], &[0.0, 1.0], &[0.0, 0.0]]);
        let effective = clusters.effective_n(0.375 * 0.625).unwrap();
        assert!((effective - 0.234_375 / (4.0 / 3.0 * 2.75 / 64.0)).abs() < 1e-12);
        let simple = wilson(3.0, 8.0, 0.95).unwrap();
        let clustered = share_clustered(&clusters, 8, 0.95)
            .unwrap()
            .interval
            .unwrap();
        assert_eq!(clustered.method, Method::ClusteredWilson);
        assert!(clustered.lower < simple.lower && clustered.upper > simple.upper);
    }

    #[test]
    fn one_person_has_no_interval_however_often_they_answer() {
        let clusters = of(&[&[1.0, 0.0, 1.0, 1.0]]);
        for measured in [
            mean_clustered(&clusters, 4, 0.95).unwrap(),
            share_clustered(&clusters, 4, 0.95).unwrap(),
            nps_clustered(&clusters, 1.0, 4, 0.95).unwrap(),
        ] {
            assert_eq!(measured.interval, Err(Undefined::OneCluster));
        }
        assert_eq!(
            mean_clustered(&Clusters::default(), 0, 0.95),
            Err(Undefined::NoAnswers)
        );
    }

    #[test]
    fn when_all_say_the_same_a_person_counts_once() {
        let same = of(&[&[1.0; 10], &[1.0; 10], &[1.0; 10]]);
        assert_eq!(same.effective_n(0.0), Ok(3.0));
        let interval = share_clustered(&same, 30, 0.95).unwrap().interval.unwrap();
        assert!(
            interval.upper == 1.0 && interval.lower < 0.44,
            "{interval:?}"
        );
        let nps = nps_clustered(&same, 1.0, 30, 0.95)
            .unwrap()
            .interval
            .unwrap();
        assert_eq!((nps.upper, nps.method), (1.0, Method::ClusteredTango));
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
        fn one_answer_each_is_the_simple_result(
            values in prop::collection::vec(-1e3..1e3_f64, 2..40),
        ) {
            let mut clusters = Clusters::default();
            for &x in &values { clusters.push(1.0, x); }
            let moments: Moments = values.iter().copied().collect();
            let all_at_once = Clusters::of_single_answers(
                moments.n(), moments.mean().unwrap(), moments.m2());
            let simple = mean_t(&moments, 0.95).unwrap();
            for clusters in [clusters, all_at_once] {
                let clustered = mean_clustered(&clusters, moments.n(), 0.95).unwrap();
                prop_assert!((clustered.value - simple.value).abs() < 1e-9);
                if let (Ok(a), Ok(b)) = (&clustered.interval, &simple.interval) {
                    prop_assert!((a.width() - b.width()).abs() <= 1e-9 * (1.0 + b.width()));
                }
            }
        }

        #[test]
        fn one_answer_each_is_the_simple_share_but_for_one(hits in 1_u64..20, misses in 1_u64..20) {
            let mut clusters = Clusters::default();
            clusters.push_many(1.0, 1.0, hits);
            clusters.push_many(1.0, 0.0, misses);
            let n = (hits + misses) as f64;
            let p = hits as f64 / n;
            // k/(k − 1): the variance between people has n − 1 below, that of a share n.
            let effective = clusters.effective_n(p * (1.0 - p)).unwrap();
            prop_assert!((effective - (n - 1.0)).abs() < 1e-9);
            let expected = wilson(p * (n - 1.0), n - 1.0, 0.95).unwrap();
            let found = share_clustered(&clusters, hits + misses, 0.95).unwrap().interval.unwrap();
            prop_assert!((found.lower - expected.lower).abs() < 1e-9);
            prop_assert!((found.upper - expected.upper).abs() < 1e-9);
        }

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
