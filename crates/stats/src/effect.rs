//! Effect sizes of means, and Welch's comparison of several means.
//!
//! Sources: Cohen (1988), Hedges (1981) with the exact gamma correction, Welch (1951).

use crate::distribution::{f_ln_sf, z};
use crate::interval::{Interval, Measured, Method};
use crate::moments::Moments;
use crate::undefined::Undefined;
use statrs::function::gamma::ln_gamma;

/// Cohen's d of first − second over the pooled standard deviation.
pub fn cohen_d(first: &Moments, second: &Moments) -> Result<f64, Undefined> {
    first.variance()?;
    second.variance()?;
    let df = (first.n() + second.n()) as f64 - 2.0;
    let pooled = (first.m2() + second.m2()) / df;
    if pooled <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    Ok((first.mean()? - second.mean()?) / pooled.sqrt())
}

/// Hedges' g: d without its small-sample bias.
pub fn hedges_g(first: &Moments, second: &Moments) -> Result<f64, Undefined> {
    let d = cohen_d(first, second)?;
    let m = (first.n() + second.n()) as f64 - 2.0;
    let correction = (ln_gamma(m / 2.0) - ln_gamma((m - 1.0) / 2.0)).exp() / (m / 2.0).sqrt();
    Ok(d * correction)
}

/// Hedges' g with its large-sample normal interval (Hedges & Olkin 1985, p. 86):
/// variance (n + m)/(nm) + g²/(2(n + m)).
pub fn hedges_g_measured(
    first: &Moments,
    second: &Moments,
    level: f64,
) -> Result<Measured, Undefined> {
    let g = hedges_g(first, second)?;
    let (n, m) = (first.n() as f64, second.n() as f64);
    let variance = (n + m) / (n * m) + g * g / (2.0 * (n + m));
    let half = z(level) * variance.sqrt();
    let interval = Interval::around(g, half, level, Method::Wald);
    Ok(Measured::new(g, first.n() + second.n(), Ok(interval)))
}

/// Cohen's h of two independent shares, 2·asin√p − 2·asin√q, with its normal interval: the
/// variance of each angle is 1/n whatever the share.
///
/// Hits and n of both; undefined when one n is 0.
pub fn cohen_h(
    (hits, n): (f64, u64),
    (others, m): (f64, u64),
    level: f64,
) -> Result<Measured, Undefined> {
    if n == 0 || m == 0 {
        return Err(Undefined::NoAnswers);
    }
    let angle = |hits: f64, n: u64| 2.0 * (hits / n as f64).clamp(0.0, 1.0).sqrt().asin();
    let h = angle(hits, n) - angle(others, m);
    let half = z(level) * (1.0 / n as f64 + 1.0 / m as f64).sqrt();
    let interval = Interval::around(h, half, level, Method::Wald);
    Ok(Measured::new(h, n + m, Ok(interval)))
}

/// Welch's one-way test of equal means: F, both degrees of freedom, ln p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WelchAnova {
    /// F statistic.
    pub f: f64,
    /// Groups − 1.
    pub df1: f64,
    /// Denominator degrees of freedom.
    pub df2: f64,
    /// Natural log of p.
    pub ln_p: f64,
}

/// Welch's test of several independent means with unequal variances.
///
/// Undefined: fewer than two groups, a group with fewer than two values or without spread.
pub fn welch_anova(groups: &[Moments]) -> Result<WelchAnova, Undefined> {
    let k = groups.len() as f64;
    if groups.len() < 2 {
        return Err(Undefined::TooFew {
            n: groups.len() as u64,
            needed: 2,
        });
    }
    let mut weights = Vec::new();
    for group in groups {
        let variance = group.variance()?;
        if variance <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        weights.push((group.n() as f64 / variance, group.mean()?, group.n() as f64));
    }
    let sum: f64 = weights.iter().map(|w| w.0).sum();
    let mean = weights.iter().map(|w| w.0 * w.1).sum::<f64>() / sum;
    let lost: f64 = weights
        .iter()
        .map(|w| (1.0 - w.0 / sum).powi(2) / (w.2 - 1.0))
        .sum::<f64>()
        / (k * k - 1.0);
    let squares: f64 = weights.iter().map(|w| w.0 * (w.1 - mean).powi(2)).sum();
    let f = squares / ((k - 1.0) * (1.0 + 2.0 * (k - 2.0) * lost));
    let df2 = 1.0 / (3.0 * lost);
    Ok(WelchAnova {
        f,
        df1: k - 1.0,
        df2,
        ln_p: f_ln_sf(f, k - 1.0, df2),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mean::welch;

    #[test]
    fn two_groups_are_welchs_t_squared() {
        let a: Moments = [1.0, 3.0, 4.0, 6.0].into_iter().collect();
        let b: Moments = [2.0, 7.0, 9.0, 9.5, 12.0].into_iter().collect();
        let (anova, t) = (welch_anova(&[a, b]).unwrap(), welch(&a, &b, 0.95).unwrap());
        assert!((anova.f - t.t * t.t).abs() < 1e-12);
        assert!((anova.df2 - t.df).abs() < 1e-9);
        assert!((anova.ln_p.exp() - t.p).abs() < 1e-12);
    }

    // Cohen (1988), table 6.2.2: .50 is at an angle of 1.571, .25 at 1.047.
    #[test]
    fn h_is_a_difference_of_angles() {
        let h = cohen_h((50.0, 100), (25.0, 100), 0.95).unwrap();
        assert!((h.value - (1.571 - 1.047)).abs() < 1e-3);
        let interval = h.interval.unwrap();
        assert!((interval.width() - 2.0 * 1.959_964 * 0.02_f64.sqrt()).abs() < 1e-6);
        assert_eq!(cohen_h((0.0, 0), (1.0, 2), 0.95), Err(Undefined::NoAnswers));
    }

    #[test]
    fn the_interval_of_g_holds_zero_when_groups_are_alike() {
        let a: Moments = [1.0, 2.0, 3.0, 4.0].into_iter().collect();
        let b: Moments = [1.5, 2.0, 3.0, 4.0].into_iter().collect();
        let g = hedges_g_measured(&a, &b, 0.95).unwrap();
        assert_eq!(g.n, 8);
        assert!(g.interval.unwrap().contains(0.0) && g.value < 0.0);
    }

    #[test]
    fn g_is_smaller_than_d() {
        let a: Moments = [1.0, 2.0, 3.0].into_iter().collect();
        let b: Moments = [3.0, 4.0, 5.0].into_iter().collect();
        assert_eq!(cohen_d(&a, &b), Ok(-2.0));
        let g = hedges_g(&a, &b).unwrap();
        assert!((g / -2.0 - 0.797_9).abs() < 1e-4);
    }
}
