//! Effect sizes of means, and Welch's comparison of several means.
//!
//! Sources: Cohen (1988), Hedges (1981) with the exact gamma correction, Welch (1951).

use crate::distribution::f_ln_sf;
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

    #[test]
    fn g_is_smaller_than_d() {
        let a: Moments = [1.0, 2.0, 3.0].into_iter().collect();
        let b: Moments = [3.0, 4.0, 5.0].into_iter().collect();
        assert_eq!(cohen_d(&a, &b), Ok(-2.0));
        let g = hedges_g(&a, &b).unwrap();
        assert!((g / -2.0 - 0.797_9).abs() < 1e-4);
    }
}
