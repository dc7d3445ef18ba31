//! Means and their differences.
//!
//! Invariant: a mean without spread keeps its value and loses its interval, with the reason.
//! Absent on purpose: the pooled two-sample t; Welch's never needs equal variances.

use crate::distribution::{t, t_p_two_sided, z};
use crate::interval::{Interval, Measured, Method};
use crate::moments::{Moments, WeightedMoments};
use crate::proportion::wilson;
use crate::undefined::Undefined;

/// Mean with Student's t interval.
///
/// On the scale of the values. Assumes independent answers and a mean that is near normal,
/// which integer scales are from about ten answers on; always show it with the distribution.
/// Undefined: n = 0. Interval undefined: one answer, or all answers the same.
pub fn mean_t(moments: &Moments, level: f64) -> Result<Measured, Undefined> {
    let mean = moments.mean()?;
    let interval = moments.standard_error().and_then(|error| {
        if error <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        let half = t(level, moments.n() as f64 - 1.0) * error;
        Ok(Interval::around(mean, half, level, Method::T))
    });
    Ok(Measured::new(mean, moments.n(), interval))
}

/// Weighted mean with a Taylor-linearised t interval (every answer its own cluster).
pub fn mean_weighted(moments: &WeightedMoments, level: f64) -> Result<Measured, Undefined> {
    let mean = moments.mean()?;
    let interval = moments.linearised_standard_error().and_then(|error| {
        if error <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        let half = t(level, moments.n() as f64 - 1.0) * error;
        Ok(Interval::around(mean, half, level, Method::Linearised))
    });
    Ok(Measured::new(mean, moments.n(), interval))
}

/// Weighted share from values coded 0 and 1.
///
/// Wilson's interval at the effective n p(1−p)/SE² of the linearised standard error, which is
/// Kish's when all answers are the same.
pub fn share_weighted(moments: &WeightedMoments, level: f64) -> Result<Measured, Undefined> {
    let p = moments.mean()?.clamp(0.0, 1.0);
    let kish = moments.effective_n();
    let effective = match moments.linearised_standard_error() {
        Ok(error) if error > 0.0 && p > 0.0 && p < 1.0 => {
            (p * (1.0 - p) / (error * error)).min(moments.n() as f64)
        }
        _ => kish,
    };
    let interval = wilson(p * effective, effective, level).map(|i| Interval {
        method: Method::WilsonEffective,
        ..i
    });
    Ok(Measured::new(p, moments.n(), interval))
}

/// A difference of two means.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Difference {
    /// First mean less second.
    pub value: f64,
    /// Values in both groups (of pairs: pairs).
    pub n: u64,
    /// Standard error.
    pub standard_error: f64,
    /// value / standard error.
    pub t: f64,
    /// Degrees of freedom (Welch–Satterthwaite; of pairs n − 1).
    pub df: f64,
    /// Two-sided p.
    pub p: f64,
    /// t interval.
    pub interval: Interval,
}

/// Welch's (1947) difference of two independent means, first − second.
///
/// Undefined: a group with fewer than two values, or no spread in both.
pub fn welch(first: &Moments, second: &Moments, level: f64) -> Result<Difference, Undefined> {
    let (a, b) = (
        first.standard_error()?.powi(2),
        second.standard_error()?.powi(2),
    );
    let variance = a + b;
    if variance <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let df = variance * variance
        / (a * a / (first.n() as f64 - 1.0) + b * b / (second.n() as f64 - 1.0));
    let value = first.mean()? - second.mean()?;
    Ok(of_t(
        value,
        variance.sqrt(),
        df,
        first.n() + second.n(),
        level,
        Method::Welch,
    ))
}

/// Mean of paired differences with its t interval.
///
/// `differences` are the moments of first − second within each pair.
pub fn paired_t(differences: &Moments, level: f64) -> Result<Difference, Undefined> {
    let error = differences.standard_error()?;
    if error <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let df = differences.n() as f64 - 1.0;
    Ok(of_t(
        differences.mean()?,
        error,
        df,
        differences.n(),
        level,
        Method::T,
    ))
}

fn of_t(value: f64, error: f64, df: f64, n: u64, level: f64, method: Method) -> Difference {
    let statistic = value / error;
    Difference {
        value,
        n,
        standard_error: error,
        t: statistic,
        df,
        p: t_p_two_sided(statistic, df),
        interval: Interval::around(value, t(level, df) * error, level, method),
    }
}

/// A combination Σ wᵢ·xᵢ of estimates (a composite: the mean of indices) with its normal
/// interval.
///
/// `parts` are (weight, value, sampling variance); `covariance` the sampling covariances of the
/// pairs (0,1) (0,2) … (1,2) …, row by row. Without it the widest possible interval is given
/// (all parts move together, Cauchy–Schwarz), and the method says so: parts asked of the same
/// people are never independent. `n` is what the caller counts as answers.
pub fn composite(
    parts: &[(f64, f64, f64)],
    covariance: Option<&[f64]>,
    n: u64,
    level: f64,
) -> Result<Measured, Undefined> {
    if parts.is_empty() || n == 0 {
        return Err(Undefined::NoAnswers);
    }
    let value = parts.iter().map(|(w, x, _)| w * x).sum();
    let (variance, method) = match covariance {
        Some(pairs) if pairs.len() == parts.len() * (parts.len() - 1) / 2 => {
            let own: f64 = parts.iter().map(|(w, _, v)| w * w * v).sum();
            let mut shared = 0.0;
            let mut place = 0;
            for (i, first) in parts.iter().enumerate() {
                for second in &parts[i + 1..] {
                    shared += 2.0 * first.0 * second.0 * pairs[place];
                    place += 1;
                }
            }
            ((own + shared).max(0.0), Method::Composite)
        }
        Some(_) => return Err(Undefined::parameter("covariance")),
        None => {
            let widest: f64 = parts.iter().map(|(w, _, v)| w.abs() * v.sqrt()).sum();
            (widest * widest, Method::CompositeBound)
        }
    };
    let interval = if variance > 0.0 {
        Ok(Interval::around(
            value,
            z(level) * variance.sqrt(),
            level,
            method,
        ))
    } else {
        Err(Undefined::ZeroVariance)
    };
    Ok(Measured::new(value, n, interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Student's sleep data (Cushny & Peebles 1905): R t.test(extra ~ group).
    const FIRST: [f64; 10] = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const SECOND: [f64; 10] = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    #[test]
    fn welch_on_the_sleep_data() {
        let (a, b) = (FIRST.into_iter().collect(), SECOND.into_iter().collect());
        let result = welch(&a, &b, 0.95).unwrap();
        assert!((result.t + 1.8608).abs() < 5e-5);
        assert!((result.df - 17.776).abs() < 5e-4);
        assert!((result.p - 0.07939).abs() < 5e-6);
        assert!((result.interval.lower + 3.365_483_2).abs() < 5e-7);
        assert!((result.interval.upper - 0.205_483_2).abs() < 5e-7);
    }

    #[test]
    fn pairs_on_the_sleep_data() {
        let differences = FIRST.iter().zip(SECOND).map(|(a, b)| a - b).collect();
        let result = paired_t(&differences, 0.95).unwrap();
        assert!((result.t + 4.0621).abs() < 5e-5);
        assert!((result.p - 0.002_833).abs() < 5e-7);
    }

    #[test]
    fn without_spread_the_mean_stays_and_the_interval_goes() {
        let one = mean_t(&[4.0].into_iter().collect(), 0.95).unwrap();
        assert_eq!((one.value, one.interval), (4.0, Err(Undefined::OneAnswer)));
        let same = mean_t(&[4.0, 4.0].into_iter().collect(), 0.95).unwrap();
        assert_eq!(
            (same.value, same.interval),
            (4.0, Err(Undefined::ZeroVariance))
        );
        assert_eq!(mean_t(&Moments::default(), 0.95), Err(Undefined::NoAnswers));
    }

    #[test]
    fn equal_weights_give_the_plain_mean() {
        let plain: Moments = FIRST.into_iter().collect();
        let mut weighted = WeightedMoments::default();
        for x in FIRST {
            weighted.push(x, 3.0);
        }
        let (a, b) = (
            mean_t(&plain, 0.95).unwrap(),
            mean_weighted(&weighted, 0.95).unwrap(),
        );
        let (a, b) = (a.interval.unwrap(), b.interval.unwrap());
        assert!((a.lower - b.lower).abs() < 1e-12 && (a.upper - b.upper).abs() < 1e-12);
    }

    #[test]
    fn unknown_covariance_is_never_narrower() {
        let parts = [(0.5, 3.0, 0.04), (0.5, 4.0, 0.09)];
        let known = composite(&parts, Some(&[0.01]), 50, 0.95).unwrap();
        let bound = composite(&parts, None, 50, 0.95).unwrap();
        assert_eq!(known.value, 3.5);
        assert!(bound.interval.unwrap().width() > known.interval.unwrap().width());
        let all_the_same = composite(&parts, Some(&[0.06]), 50, 0.95).unwrap();
        assert!((all_the_same.interval.unwrap().width() - 2.0 * 1.959_964 * 0.25).abs() < 1e-5);
    }
}
