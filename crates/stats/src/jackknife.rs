//! Standard errors of any smooth statistic: leave one part out at a time.
//!
//! Source: Efron & Tibshirani (1993), chapter 11; grouped as in Kott (2001).
//! Parts are the 64 buckets that each row carries (a salted hash of the respondent, or of the
//! cluster where answers cluster); below [`CLUSTERS_FOR_BUCKETS_MIN`] clusters the parts are the
//! clusters themselves, because buckets would then be too unequal.
//! Good for means, correlations, drivers, alpha, concordance. Not for quantiles, which are not
//! smooth: they have order-statistic intervals.

use crate::distribution::t;
use crate::interval::{Interval, Method};
use crate::moments::Moments;
use crate::undefined::Undefined;

/// Below this many clusters, leave out one cluster at a time instead of one bucket.
pub const CLUSTERS_FOR_BUCKETS_MIN: u64 = 320;

/// A statistic with its jackknife interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jackknifed {
    /// The statistic of all parts.
    pub value: f64,
    /// √((k − 1)/k·Σ(θ₍ᵢ₎ − θ̄)²).
    pub standard_error: f64,
    /// t interval with k − 1 degrees of freedom.
    pub interval: Interval,
}

/// Leaves out each of k parts in turn.
///
/// `parts` hold the sufficient statistics of a bucket or cluster (empty ones left out by the
/// caller); `statistic` merges those it is given and computes the value. Undefined: fewer than
/// two parts; a statistic that is undefined without some part; a statistic that no part changes.
pub fn jackknife<T>(
    parts: &[T],
    statistic: impl Fn(&mut dyn Iterator<Item = &T>) -> Result<f64, Undefined>,
    level: f64,
) -> Result<Jackknifed, Undefined> {
    if parts.len() < 2 {
        return Err(Undefined::OneCluster);
    }
    let value = statistic(&mut parts.iter())?;
    let mut without = Moments::default();
    for left_out in 0..parts.len() {
        let mut rest = parts
            .iter()
            .enumerate()
            .filter(|(i, _)| *i != left_out)
            .map(|(_, part)| part);
        without.push(statistic(&mut rest)?);
    }
    let k = parts.len() as f64;
    let standard_error = ((k - 1.0) / k * without.m2()).sqrt();
    if standard_error <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let half = t(level, k - 1.0) * standard_error;
    Ok(Jackknifed {
        value,
        standard_error,
        interval: Interval::around(value, half, level, Method::Jackknife),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reliability::alpha;
    use crate::{CoMoments, mean::mean_t};

    // The jackknife of a mean, one value at a time, is the t interval.
    #[test]
    fn of_a_mean() {
        let values = [1.0, 4.0, 5.0, 8.0];
        let mean = |rows: &mut dyn Iterator<Item = &f64>| rows.copied().collect::<Moments>().mean();
        let result = jackknife(&values, mean, 0.95).unwrap();
        let expected = mean_t(&values.into_iter().collect(), 0.95)
            .unwrap()
            .interval
            .unwrap();
        assert!((result.interval.lower - expected.lower).abs() < 1e-12);
        assert!((result.interval.upper - expected.upper).abs() < 1e-12);
    }

    #[test]
    fn of_alpha_over_buckets() {
        let mut buckets = vec![CoMoments::new(3); 8];
        for i in 0..160_u32 {
            let trait_level = f64::from(i * 37 % 23);
            let noise = |k: u32| f64::from((i * k + k) % 13);
            let row = [
                trait_level + noise(5),
                trait_level + noise(7),
                trait_level + noise(11),
            ];
            assert!(buckets[i as usize % 8].push(&row));
        }
        let merged = |parts: &mut dyn Iterator<Item = &CoMoments>| {
            let mut all = CoMoments::new(3);
            for part in parts {
                all.merge(part);
            }
            alpha(&all).map(|a| a.raw)
        };
        let result = jackknife(&buckets, merged, 0.95).unwrap();
        assert!(result.interval.contains(result.value) && result.interval.width() < 0.3);
    }

    #[test]
    fn reasons() {
        let mean = |rows: &mut dyn Iterator<Item = &f64>| rows.copied().collect::<Moments>().mean();
        assert_eq!(jackknife(&[1.0], mean, 0.95), Err(Undefined::OneCluster));
        assert_eq!(
            jackknife(&[2.0, 2.0], mean, 0.95),
            Err(Undefined::ZeroVariance)
        );
    }
}
