//! Partial pooling: units share what they have in common, each by its own precision.
//!
//! Sources: random-effects model yᵢ ~ N(μ, τ² + vᵢ); τ² by restricted maximum likelihood
//! (Viechtbauer 2005), DerSimonian & Laird (1986) or Paule & Mandel (1982); best linear
//! unbiased predictions as in R metafor `blup`.
//! Shrunken values prevent false league tables; they are still never ranked.

use crate::distribution::{bisect, chi_squared_ln_sf, t, z};
use crate::interval::{Interval, Method};
use crate::undefined::Undefined;
use serde::{Deserialize, Serialize};

/// An estimate of one unit with its sampling variance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct UnitEstimate {
    /// The estimate.
    pub value: f64,
    /// Its sampling variance; above 0. Where all answers are the same, the caller takes the
    /// variance of the adjusted Wald interval.
    pub variance: f64,
}

/// How the variance between units is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heterogeneity {
    /// Restricted maximum likelihood (default).
    Reml,
    /// Moment estimator of DerSimonian and Laird.
    DerSimonianLaird,
    /// Paule and Mandel: the τ² at which Q equals its degrees of freedom.
    PauleMandel,
}

/// One unit after pooling.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Shrunken {
    /// Value drawn towards the common mean by 1 − τ²/(τ² + v).
    pub value: f64,
    /// Standard error of the prediction.
    pub standard_error: f64,
}

/// The common mean, the spread between units, and each unit after pooling.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pooled {
    /// Common mean μ.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Normal interval of the mean.
    pub interval: Interval,
    /// Standard error after Knapp and Hartung (2003): better with few units.
    pub knapp_hartung_error: f64,
    /// t interval of the mean with that error and units − 1 degrees of freedom.
    pub knapp_hartung: Interval,
    /// Variance between units τ².
    pub tau2: f64,
    /// Share of the spread that is between units, 0..1 (Higgins & Thompson 2002).
    pub i2: f64,
    /// Cochran's Q, degrees of freedom units − 1.
    pub q: f64,
    /// Natural log of the p-value of Q.
    pub q_ln_p: f64,
    /// Where the true value of a new unit is expected.
    pub prediction: Interval,
    /// Units in the order given.
    pub units: Vec<Shrunken>,
}

/// Pools the estimates of several units.
///
/// Assumes independent, near-normal estimates with known variances. τ² = 0 draws every unit to
/// the mean. Undefined: fewer than two units; a variance that is not above 0.
pub fn pool(
    estimates: &[UnitEstimate],
    heterogeneity: Heterogeneity,
    level: f64,
) -> Result<Pooled, Undefined> {
    let k = estimates.len() as f64;
    match estimates.len() {
        0 => return Err(Undefined::NoAnswers),
        1 => return Err(Undefined::OneUnit),
        _ => {}
    }
    if estimates
        .iter()
        .any(|e| e.variance <= 0.0 || !e.variance.is_finite())
    {
        return Err(Undefined::ZeroVariance);
    }
    let fixed = Fit::at(estimates, 0.0);
    let tau2 = match heterogeneity {
        Heterogeneity::Reml => reml(estimates),
        Heterogeneity::DerSimonianLaird => {
            let c = fixed.sum_w - fixed.sum_w2 / fixed.sum_w;
            ((fixed.q - (k - 1.0)) / c).max(0.0)
        }
        Heterogeneity::PauleMandel => root(estimates, |fit| fit.q - (k - 1.0)),
    };
    let fit = Fit::at(estimates, tau2);
    let error = fit.sum_w.sqrt().recip();
    let typical = (k - 1.0) * fixed.sum_w / (fixed.sum_w * fixed.sum_w - fixed.sum_w2);
    let knapp_hartung_error = (fit.q / (k - 1.0) / fit.sum_w).sqrt();
    let units = estimates.iter().map(|e| {
        let own = tau2 / (tau2 + e.variance);
        let variance = own * e.variance + (1.0 - own).powi(2) * error * error;
        Shrunken {
            value: own * e.value + (1.0 - own) * fit.mean,
            standard_error: variance.sqrt(),
        }
    });
    let wald = |half: f64| Interval::around(fit.mean, half, level, Method::Wald);
    Ok(Pooled {
        mean: fit.mean,
        standard_error: error,
        interval: wald(z(level) * error),
        knapp_hartung_error,
        knapp_hartung: Interval::around(
            fit.mean,
            t(level, k - 1.0) * knapp_hartung_error,
            level,
            Method::T,
        ),
        tau2,
        i2: tau2 / (tau2 + typical),
        q: fixed.q,
        q_ln_p: chi_squared_ln_sf(fixed.q, k - 1.0),
        prediction: wald(z(level) * (error * error + tau2).sqrt()),
        units: units.collect(),
    })
}

/// Weights, mean and Q at one τ².
struct Fit {
    sum_w: f64,
    sum_w2: f64,
    mean: f64,
    q: f64,
    /// Σw²(y − μ)².
    q2: f64,
}

impl Fit {
    fn at(estimates: &[UnitEstimate], tau2: f64) -> Self {
        let weight = |e: &UnitEstimate| (e.variance + tau2).recip();
        let sum_w: f64 = estimates.iter().map(weight).sum();
        let sum_w2 = estimates.iter().map(|e| weight(e).powi(2)).sum();
        let mean = estimates.iter().map(|e| weight(e) * e.value).sum::<f64>() / sum_w;
        let squared = |e: &UnitEstimate| (e.value - mean).powi(2);
        Self {
            sum_w,
            sum_w2,
            mean,
            q: estimates.iter().map(|e| weight(e) * squared(e)).sum(),
            q2: estimates
                .iter()
                .map(|e| weight(e).powi(2) * squared(e))
                .sum(),
        }
    }
}

/// τ² where the restricted likelihood's derivative passes 0; 0 when it is never positive.
fn reml(estimates: &[UnitEstimate]) -> f64 {
    root(estimates, |fit| fit.q2 + fit.sum_w2 / fit.sum_w - fit.sum_w)
}

/// τ² ≥ 0 where a falling function of the fit passes 0.
fn root(estimates: &[UnitEstimate], f: impl Fn(&Fit) -> f64) -> f64 {
    let at = |tau2: f64| f(&Fit::at(estimates, tau2));
    if at(0.0) <= 0.0 {
        return 0.0;
    }
    let mut high = estimates
        .iter()
        .map(|e| e.variance)
        .fold(f64::MIN_POSITIVE, f64::max);
    while at(high) > 0.0 && high < 1e300 {
        high *= 4.0;
    }
    bisect(0.0, high, |tau2| -at(tau2))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rubin's (1981) eight schools; R metafor rma(yi, sei=...): DL τ² = 0, μ = 7.6856, se 4.0719.
    const SCHOOLS: [(f64, f64); 8] = [
        (28.0, 15.0),
        (8.0, 10.0),
        (-3.0, 16.0),
        (7.0, 11.0),
        (-1.0, 9.0),
        (1.0, 11.0),
        (18.0, 10.0),
        (12.0, 18.0),
    ];

    fn schools() -> Vec<UnitEstimate> {
        SCHOOLS
            .iter()
            .map(|&(value, error)| UnitEstimate {
                value,
                variance: error * error,
            })
            .collect()
    }

    #[test]
    fn eight_schools() {
        for heterogeneity in [
            Heterogeneity::Reml,
            Heterogeneity::DerSimonianLaird,
            Heterogeneity::PauleMandel,
        ] {
            let pooled = pool(&schools(), heterogeneity, 0.95).unwrap();
            assert_eq!(pooled.tau2, 0.0);
            assert!((pooled.mean - 7.685_6).abs() < 1e-4);
            assert!((pooled.standard_error - 4.071_9).abs() < 1e-4);
            assert!(
                pooled
                    .units
                    .iter()
                    .all(|u| (u.value - pooled.mean).abs() < 1e-12)
            );
        }
    }

    #[test]
    fn a_precise_unit_keeps_its_value() {
        let estimates = [(0.0, 1e-9), (10.0, 1e-9), (5.0, 50.0)]
            .map(|(value, variance)| UnitEstimate { value, variance });
        let pooled = pool(&estimates, Heterogeneity::Reml, 0.95).unwrap();
        assert!((pooled.units[1].value - 10.0).abs() < 1e-6);
        assert!(pooled.i2 > 0.9);
    }

    #[test]
    fn reasons() {
        let one = UnitEstimate {
            value: 1.0,
            variance: 1.0,
        };
        assert_eq!(
            pool(&[one], Heterogeneity::Reml, 0.95),
            Err(Undefined::OneUnit)
        );
        let flat = UnitEstimate {
            variance: 0.0,
            ..one
        };
        assert_eq!(
            pool(&[one, flat], Heterogeneity::Reml, 0.95),
            Err(Undefined::ZeroVariance)
        );
    }
}
