//! Mean, share and net promoter score of people who may have answered more than once.
//!
//! Invariant: one person has no interval, however often they answered.

use super::Clusters;
use crate::distribution::t;
use crate::interval::{Interval, Measured, Method};
use crate::nps::{Counts, score_interval};
use crate::proportion::wilson;
use crate::undefined::Undefined;

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
    use super::super::tests::of;
    use super::*;
    use crate::mean::mean_t;
    use crate::moments::Moments;
    use proptest::prelude::*;

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

    }
}
