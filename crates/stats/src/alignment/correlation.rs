//! Correlations of pairs, with Fisher's interval.
//!
//! Sources: Fisher (1921); Bland & Altman (1995, BMJ 310:633) for the weighted one; Spearman
//! (1904) for the correction for attenuation.
//! Assumes independent pairs; the interval also assumes near-normal values, and is rough below
//! ten pairs.

use crate::distribution::{normal_quantile, t_p_two_sided, z};
use crate::interval::{Interval, Method};
use crate::undefined::{Undefined, either};
use serde::{Deserialize, Serialize};

/// A correlation with its interval or the reason why it has none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correlation {
    /// The correlation, −1..1.
    pub value: f64,
    /// Pairs (of units: units).
    pub n: u64,
    /// Pairs it is worth after weighting, (Σw)²/Σw²; equal to `n` without weights.
    pub effective_n: f64,
    /// Two-sided p of no correlation, t test at the effective n.
    pub p: f64,
    /// Fisher's interval, or why there is none.
    #[serde(with = "either")]
    pub interval: Result<Interval, Undefined>,
}

/// Pearson's correlation of the pairs (xᵢ, yᵢ), with Fisher's interval.
///
/// Undefined: fewer than three pairs, or a side that does not vary. Slices of different
/// lengths are cut to the shorter one.
pub fn pearson(xs: &[f64], ys: &[f64], level: f64) -> Result<Correlation, Undefined> {
    correlate(xs.iter().zip(ys).map(|(&x, &y)| (x, y, 1.0)), level)
}

/// Pearson's correlation with weights: Σw(x − x̄)(y − ȳ)/√(…), means weighted too.
///
/// Interval and p count the pairs as (Σw)²/Σw² equal ones (Kish). Pairs of weight 0 or less are
/// left out.
pub fn pearson_weighted(
    xs: &[f64],
    ys: &[f64],
    weights: &[f64],
    level: f64,
) -> Result<Correlation, Undefined> {
    let pairs = xs.iter().zip(ys).zip(weights);
    correlate(pairs.map(|((&x, &y), &w)| (x, y, w)), level)
}

fn correlate(
    pairs: impl Iterator<Item = (f64, f64, f64)>,
    level: f64,
) -> Result<Correlation, Undefined> {
    let pairs: Vec<(f64, f64, f64)> = pairs.filter(|&(_, _, w)| w > 0.0).collect();
    let n = pairs.len() as u64;
    if n < 3 {
        return Err(Undefined::TooFewUnits {
            units: n,
            needed: 3,
        });
    }
    let sums = CentredSums::of(&pairs);
    let value = sums.correlation()?;
    let effective_n = sums.weight * sums.weight / sums.weight_squared;
    Ok(Correlation {
        value,
        n,
        effective_n,
        p: p_of(value, effective_n - 2.0),
        interval: fisher_interval(value, effective_n, level),
    })
}

/// Weighted centred sums of products of pairs.
pub(super) struct CentredSums {
    pub weight: f64,
    pub weight_squared: f64,
    pub xx: f64,
    pub yy: f64,
    pub xy: f64,
    /// Σw·x² + Σw·y² about 0: the scale against which a centred sum counts as nothing.
    magnitude: (f64, f64),
}

impl CentredSums {
    /// Of (x, y, weight) with positive weights, about the weighted means.
    pub fn of(pairs: &[(f64, f64, f64)]) -> Self {
        let weight: f64 = pairs.iter().map(|p| p.2).sum();
        let mean_x = pairs.iter().map(|p| p.2 * p.0).sum::<f64>() / weight;
        let mean_y = pairs.iter().map(|p| p.2 * p.1).sum::<f64>() / weight;
        let mut sums = Self::empty();
        for &(x, y, w) in pairs {
            let (dx, dy) = (x - mean_x, y - mean_y);
            sums.weight += w;
            sums.weight_squared += w * w;
            sums.xx += w * dx * dx;
            sums.yy += w * dy * dy;
            sums.xy += w * dx * dy;
            sums.magnitude.0 += w * x * x;
            sums.magnitude.1 += w * y * y;
        }
        sums
    }

    pub fn empty() -> Self {
        Self {
            weight: 0.0,
            weight_squared: 0.0,
            xx: 0.0,
            yy: 0.0,
            xy: 0.0,
            magnitude: (0.0, 0.0),
        }
    }

    /// Adds the sums of another group, each about its own means.
    pub fn add(&mut self, other: &Self) {
        self.weight += other.weight;
        self.weight_squared += other.weight_squared;
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
        self.magnitude.0 += other.magnitude.0;
        self.magnitude.1 += other.magnitude.1;
    }

    /// Correlation; undefined when a side varies by no more than rounding.
    pub fn correlation(&self) -> Result<f64, Undefined> {
        const ROUNDING: f64 = 1e-26;
        if self.xx <= ROUNDING * self.magnitude.0 || self.yy <= ROUNDING * self.magnitude.1 {
            return Err(Undefined::NoVariation);
        }
        Ok((self.xy / (self.xx.sqrt() * self.yy.sqrt())).clamp(-1.0, 1.0))
    }
}

/// Two-sided p of a correlation with `df` = pairs − 2 (t test). 1 when df is not above 0.
pub(super) fn p_of(r: f64, df: f64) -> f64 {
    if df <= 0.0 {
        return 1.0;
    }
    if r.abs() >= 1.0 {
        return 0.0;
    }
    t_p_two_sided(r * (df / (1.0 - r * r)).sqrt(), df)
}

/// Fisher's interval tanh(artanh r ± z/√(n − 3)).
///
/// `n` may be an effective number of pairs. Undefined: n ≤ 3; a perfect correlation.
pub fn fisher_interval(r: f64, n: f64, level: f64) -> Result<Interval, Undefined> {
    if n <= 3.0 {
        return Err(Undefined::TooFewUnits {
            units: n.max(0.0) as u64,
            needed: 4,
        });
    }
    fisher(r, (n - 3.0).sqrt().recip(), level, Method::FisherZ)
}

pub(super) fn fisher(
    r: f64,
    error: f64,
    level: f64,
    method: Method,
) -> Result<Interval, Undefined> {
    // Computed correlations of exact lines differ from 1 by rounding.
    if r.abs() >= 1.0 - 1e-12 {
        return Err(Undefined::PerfectCorrelation);
    }
    let (centre, half) = (r.atanh(), z(level) * error);
    Ok(Interval {
        lower: (centre - half).tanh(),
        upper: (centre + half).tanh(),
        level,
        method,
    })
}

/// Number of pairs at which a correlation of `r` is told apart from 0 with the given power.
///
/// Fisher's approximation: ((z of the level + z of the power)/artanh r)² + 3.
pub fn pairs_needed(r: f64, level: f64, power: f64) -> Result<u64, Undefined> {
    if r == 0.0 || r.abs() >= 1.0 {
        return Err(Undefined::parameter("r"));
    }
    let sum = z(level) + normal_quantile(power);
    Ok(((sum / r.atanh()).powi(2) + 3.0).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // Bland & Altman (1995), BMJ 310:633: mean pH and PaCO2 of eight subjects, weighted by the
    // number of observations: r = 0.08, P = 0.9.
    #[test]
    fn weighted_as_published() {
        let ph = [6.49, 7.05, 7.36, 7.33, 7.31, 7.32, 6.91, 7.12];
        let co2 = [4.04, 5.37, 4.83, 5.31, 4.40, 4.92, 6.60, 4.78];
        let n = [4.0, 4.0, 9.0, 5.0, 8.0, 6.0, 3.0, 8.0];
        let result = pearson_weighted(&ph, &co2, &n, 0.95).unwrap();
        assert!((result.value - 0.08).abs() < 0.005, "{result:?}");
        assert!(result.p > 0.8);
        assert!(result.effective_n < 8.0);
    }

    // Anscombe (1973): r = 0.816 in each of the four sets.
    #[test]
    fn anscombe() {
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y = [
            8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68,
        ];
        let result = pearson(&x, &y, 0.95).unwrap();
        assert!((result.value - 0.816_420_516).abs() < 1e-8);
        assert!((result.p - 0.002_17).abs() < 1e-5);
        let interval = result.interval.unwrap();
        assert!((interval.lower - 0.424_391_2).abs() < 1e-6);
        assert!((interval.upper - 0.950_693_3).abs() < 1e-6);
    }

    #[test]
    fn reasons() {
        let constant = [0.1 + 0.2, 0.3, 0.1 + 0.2, 0.3];
        let x = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(pearson(&constant, &x, 0.95), Err(Undefined::NoVariation));
        assert!(matches!(
            pearson(&x[..2], &x[..2], 0.95),
            Err(Undefined::TooFewUnits { units: 2, .. })
        ));
        let line = pearson(&x, &x, 0.95).unwrap();
        assert_eq!(line.interval, Err(Undefined::PerfectCorrelation));
    }

    proptest! {
        #[test]
        fn symmetric_and_free_of_scale(
            pairs in prop::collection::vec((-10.0..10.0_f64, -10.0..10.0_f64), 5..30),
            scale in 0.1..100.0_f64,
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let moved: Vec<f64> = x.iter().map(|v| 7.0 + scale * v).collect();
            let a = pearson(&x, &y, 0.95).unwrap();
            let b = pearson(&y, &moved, 0.95).unwrap();
            prop_assert!((a.value - b.value).abs() < 1e-9);
            prop_assert!(a.interval.unwrap().contains(a.value));
        }
    }
}
