//! Standard errors of any smooth statistic: leave one part out at a time.
//!
//! Source: Efron & Tibshirani (1993), chapter 11; grouped as in Kott (2001).
//! Parts are the 64 buckets that each row carries (a salted hash of the respondent, or of the
//! cluster where answers cluster); below [`CLUSTERS_FOR_BUCKETS_MIN`] clusters the parts are the
//! clusters themselves, because buckets would then be too unequal.
//! Good for means, correlations, drivers, alpha, concordance. Not for quantiles, which are not
//! smooth: they have order-statistic intervals.

use crate::distribution::t;
use crate::interval::{Interval, Measured, Method};
use crate::moments::CoMoments;
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

/// Several statistics of the same parts, with how they vary together.
#[derive(Debug, Clone, PartialEq)]
pub struct JackknifedAll {
    /// The statistics of all parts.
    pub values: Vec<f64>,
    /// Parts left out in turn.
    pub parts: u64,
    without: CoMoments,
}

impl JackknifedAll {
    /// One of the statistics. Undefined: one that no part changes.
    pub fn of(&self, i: usize, level: f64) -> Result<Jackknifed, Undefined> {
        self.at(self.values[i], self.without.product(i, i), level)
    }

    /// Statistic i less statistic j.
    pub fn difference(&self, i: usize, j: usize, level: f64) -> Result<Jackknifed, Undefined> {
        let product = |a, b| self.without.product(a, b);
        let squares = product(i, i) + product(j, j) - 2.0 * product(i, j);
        self.at(self.values[i] - self.values[j], squares, level)
    }

    /// One of the statistics with its interval, or why it has none.
    pub fn measured(&self, i: usize, n: u64, level: f64) -> Measured {
        Measured::new(self.values[i], n, self.of(i, level).map(|j| j.interval))
    }

    fn at(&self, value: f64, squares: f64, level: f64) -> Result<Jackknifed, Undefined> {
        let k = self.parts as f64;
        let standard_error = ((k - 1.0) / k * squares.max(0.0)).sqrt();
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
    jackknife_all(parts, |rest| Ok(vec![statistic(rest)?]))?.of(0, level)
}

/// Leaves out each of k parts in turn, for several statistics at once; each call of `statistic`
/// gives as many. Undefined: fewer than two parts; a statistic that is undefined without one.
pub fn jackknife_all<T>(
    parts: &[T],
    statistic: impl Fn(&mut dyn Iterator<Item = &T>) -> Result<Vec<f64>, Undefined>,
) -> Result<JackknifedAll, Undefined> {
    if parts.len() < 2 {
        return Err(Undefined::OneCluster);
    }
    let values = statistic(&mut parts.iter())?;
    let mut without = CoMoments::new(values.len());
    for left_out in 0..parts.len() {
        let mut rest = parts
            .iter()
            .enumerate()
            .filter(|(i, _)| *i != left_out)
            .map(|(_, part)| part);
        if !without.push(&statistic(&mut rest)?) {
            return Err(Undefined::WrongStatistics);
        }
    }
    Ok(JackknifedAll {
        values,
        parts: parts.len() as u64,
        without,
    })
}

/// Co-moments of all parts together; parts of different widths are refused.
pub fn merged<'a>(parts: impl IntoIterator<Item = &'a CoMoments>) -> Result<CoMoments, Undefined> {
    let mut parts = parts.into_iter();
    let mut all = parts.next().cloned().ok_or(Undefined::NoAnswers)?;
    for part in parts {
        if !all.merge(part) {
            return Err(Undefined::WrongStatistics);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mean::mean_t;
    use crate::moments::Moments;
    use crate::reliability::alpha;

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
        let result = jackknife(&buckets, |rest| Ok(alpha(&merged(rest)?)?.raw), 0.95).unwrap();
        assert!(result.interval.contains(result.value) && result.interval.width() < 0.3);
    }

    // The difference of two means jackknifed together is the paired t interval.
    #[test]
    fn of_a_difference() {
        let pairs = [[1.0, 2.0], [4.0, 3.0], [5.0, 9.0], [8.0, 9.5]];
        let means = |rows: &mut dyn Iterator<Item = &[f64; 2]>| {
            let mut both = CoMoments::new(2);
            for row in rows {
                assert!(both.push(row));
            }
            Ok(both.means().to_vec())
        };
        let result = jackknife_all(&pairs, means).unwrap();
        let found = result.difference(0, 1, 0.95).unwrap().interval;
        let differences: Moments = pairs.iter().map(|[a, b]| a - b).collect();
        let expected = mean_t(&differences, 0.95).unwrap().interval.unwrap();
        assert!((found.lower - expected.lower).abs() < 1e-12);
        assert!((found.upper - expected.upper).abs() < 1e-12);
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
