//! Quantiles of counted values, with distribution-free intervals.
//!
//! Source: order statistics, Conover (1999), section 3.2: the number of values below the true
//! quantile is binomial.
//! Values come as ascending (value, count) pairs: exact values, or buckets of a sketch with
//! their representative value.

use crate::distribution::binomial_cdf;
use crate::interval::{Interval, Method};
use crate::undefined::Undefined;

/// Value at a 1-based rank of ascending (value, count) pairs.
pub fn at_rank(sorted: &[(f64, u64)], rank: u64) -> Option<f64> {
    if rank == 0 {
        return None;
    }
    let mut seen = 0;
    sorted.iter().find_map(|&(value, count)| {
        seen += count;
        (seen >= rank).then_some(value)
    })
}

/// Number of values.
pub fn n(sorted: &[(f64, u64)]) -> u64 {
    sorted.iter().map(|&(_, count)| count).sum()
}

fn check(sorted: &[(f64, u64)], q: f64) -> Result<u64, Undefined> {
    if !(0.0..=1.0).contains(&q) {
        return Err(Undefined::parameter("q"));
    }
    match n(sorted) {
        0 => Err(Undefined::NoAnswers),
        n => Ok(n),
    }
}

/// Quantile of type 1: the smallest value that at least a share `q` of the values do not exceed.
pub fn quantile(sorted: &[(f64, u64)], q: f64) -> Result<f64, Undefined> {
    let n = check(sorted, q)?;
    let rank = (q * n as f64 - 1e-9).ceil().max(1.0) as u64;
    at_rank(sorted, rank.min(n)).ok_or(Undefined::NoAnswers)
}

/// Quantile at rank ⌊1 + q(n − 1)⌋: what a sketch of buckets aims at.
pub fn quantile_lower_rank(sorted: &[(f64, u64)], q: f64) -> Result<f64, Undefined> {
    let n = check(sorted, q)?;
    let rank = (1.0 + q * (n as f64 - 1.0)).floor() as u64;
    at_rank(sorted, rank.clamp(1, n)).ok_or(Undefined::NoAnswers)
}

/// Quantile of type 7 (linear between ranks; the default of R and NumPy).
pub fn quantile_linear(sorted: &[(f64, u64)], q: f64) -> Result<f64, Undefined> {
    let n = check(sorted, q)?;
    let place = q * (n as f64 - 1.0);
    let rank = place.floor() as u64 + 1;
    let low = at_rank(sorted, rank).ok_or(Undefined::NoAnswers)?;
    let high = at_rank(sorted, (rank + 1).min(n)).ok_or(Undefined::NoAnswers)?;
    Ok(low + (place - place.floor()) * (high - low))
}

/// A quantile's interval between two order statistics.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct RankInterval {
    /// 1-based rank of the lower limit.
    pub lower_rank: u64,
    /// 1-based rank of the upper limit.
    pub upper_rank: u64,
    /// Probability that the interval covers the quantile of a continuous distribution.
    pub coverage: f64,
    /// The values at those ranks.
    pub interval: Interval,
}

/// Interval of a quantile between order statistics, equal-tailed.
///
/// Lower rank: the largest l with P(Bin(n, q) ≤ l − 1) ≤ α/2; upper rank: the smallest u with
/// P(Bin(n, q) ≤ u − 1) ≥ 1 − α/2. Needs no distribution; ties only raise the coverage.
/// Undefined when a rank lies outside 1..=n: the sample is too small for this quantile.
pub fn quantile_interval(
    sorted: &[(f64, u64)],
    q: f64,
    level: f64,
) -> Result<RankInterval, Undefined> {
    let n = check(sorted, q)?;
    let half = (1.0 - level) / 2.0;
    // P(Bin ≤ k) as a function of the rank k + 1.
    let below = |rank: u64| {
        if rank == 0 {
            0.0
        } else {
            binomial_cdf(rank - 1, n, q)
        }
    };
    let lower_rank = last_true(n, |rank| below(rank) <= half);
    let upper_rank = last_true(n, |rank| below(rank) < 1.0 - half) + 1;
    if lower_rank == 0 || upper_rank > n {
        return Err(Undefined::QuantileOutOfReach);
    }
    let value = |rank| at_rank(sorted, rank).ok_or(Undefined::NoAnswers);
    Ok(RankInterval {
        lower_rank,
        upper_rank,
        coverage: below(upper_rank) - below(lower_rank),
        interval: Interval {
            lower: value(lower_rank)?,
            upper: value(upper_rank)?,
            level,
            method: Method::OrderStatistics,
        },
    })
}

/// Largest rank in 0..=n for which the condition, true at 0 and then false once, holds.
fn last_true(n: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, n + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ones(n: u32) -> Vec<(f64, u64)> {
        (1..=n).map(|i| (f64::from(i), 1)).collect()
    }

    // Conover's table: the median of 10 has the interval [x2, x9] with coverage 97.9 %.
    #[test]
    fn median_of_ten() {
        let result = quantile_interval(&ones(10), 0.5, 0.95).unwrap();
        assert_eq!((result.lower_rank, result.upper_rank), (2, 9));
        assert!((result.coverage - 0.978_515_625).abs() < 1e-12);
    }

    #[test]
    fn three_values_say_nothing_about_the_95th_percentile() {
        assert_eq!(
            quantile_interval(&ones(3), 0.95, 0.95),
            Err(Undefined::QuantileOutOfReach)
        );
    }

    #[test]
    fn kinds_of_quantile() {
        let values = ones(4);
        assert_eq!(quantile(&values, 0.5), Ok(2.0));
        assert_eq!(quantile_linear(&values, 0.5), Ok(2.5));
        assert_eq!(quantile_lower_rank(&values, 0.5), Ok(2.0));
        assert_eq!(quantile(&[], 0.5), Err(Undefined::NoAnswers));
    }
}
