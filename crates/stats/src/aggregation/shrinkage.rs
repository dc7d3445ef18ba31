//! Unit means drawn towards the common mean by how little is known about each.
//!
//! Source: restricted maximum likelihood of the one-way random model (Searle et al.
//! 1992); best linear unbiased prediction, as lme4.

use super::anova::anova;
use crate::moments::Moments;
use crate::undefined::Undefined;

/// The one-way random model, fitted by REML.
#[derive(Debug, Clone, PartialEq)]
pub struct RandomUnits {
    /// Mean of unit means, each by its precision.
    pub mean: f64,
    /// Variance between units.
    pub between: f64,
    /// Variance within units.
    pub within: f64,
    /// Shrunken mean of each unit, in the order given (empty units get the common mean).
    pub units: Vec<f64>,
}

impl RandomUnits {
    /// Share of the variance that is between units.
    pub fn icc(&self) -> f64 {
        self.between / (self.between + self.within)
    }
}

/// Fits yᵢⱼ = μ + uⱼ + eᵢⱼ by REML and shrinks the unit means.
///
/// Undefined: fewer than two units, no unit with two answers, no variance within units.
pub fn random_units(units: &[Moments]) -> Result<RandomUnits, Undefined> {
    let table = anova(units)?;
    if table.within <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let used: Vec<(f64, f64)> = units
        .iter()
        .filter_map(|u| Some((u.n() as f64, u.mean().ok()?)))
        .collect();
    let within_sum = table.within * (table.n - table.units) as f64;
    let n = table.n as f64;
    // −2 × restricted log-likelihood as a function of λ = σ²between/σ²within.
    let fit = |lambda: f64| {
        let weight = |size: f64| size / (1.0 + size * lambda);
        let sum: f64 = used.iter().map(|&(s, _)| weight(s)).sum();
        let mean = used.iter().map(|&(s, m)| weight(s) * m).sum::<f64>() / sum;
        let squares: f64 = used
            .iter()
            .map(|&(s, m)| weight(s) * (m - mean).powi(2))
            .sum();
        let variance = (within_sum + squares) / (n - 1.0);
        let logs: f64 = used.iter().map(|&(s, _)| (s * lambda).ln_1p()).sum();
        ((n - 1.0) * variance.ln() + logs + sum.ln(), mean, variance)
    };
    let lambda = lowest(|ln_lambda| fit(ln_lambda.exp()).0);
    let lambda = if fit(0.0).0 <= fit(lambda).0 {
        0.0
    } else {
        lambda
    };
    let (_, mean, within) = fit(lambda);
    Ok(RandomUnits {
        mean,
        between: lambda * within,
        within,
        units: units
            .iter()
            .map(|u| {
                let size = u.n() as f64;
                let own = size * lambda / (1.0 + size * lambda);
                u.mean().map_or(mean, |m| mean + own * (m - mean))
            })
            .collect(),
    })
}

/// exp of the place between ln 1e-12 and ln 1e6 where a function with one valley is lowest:
/// a grid, then golden section.
fn lowest(f: impl Fn(f64) -> f64) -> f64 {
    let (first, last) = (1e-12_f64.ln(), 1e6_f64.ln());
    let step = (last - first) / 200.0;
    let best = (0..=200)
        .map(|i| first + f64::from(i) * step)
        .min_by(|a, b| f(*a).total_cmp(&f(*b)))
        .unwrap_or(first);
    let (mut low, mut high) = (best - step, best + step);
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    for _ in 0..100 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if f(a) < f(b) {
            high = b;
        } else {
            low = a;
        }
    }
    f64::midpoint(low, high).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(values: &[f64]) -> Moments {
        values.iter().copied().collect()
    }

    // Balanced data have a closed form: σ²between = (MSB − MSW)/k.
    #[test]
    fn balanced_reml_is_anova() {
        let units = [
            unit(&[1.0, 2.0, 3.0]),
            unit(&[4.0, 5.0, 7.0]),
            unit(&[2.0, 4.0, 3.0]),
            unit(&[8.0, 6.0, 7.0]),
        ];
        let table = anova(&units).unwrap();
        let model = random_units(&units).unwrap();
        assert!((model.within - table.within).abs() < 1e-6);
        assert!((model.between - (table.between - table.within) / 3.0).abs() < 1e-5);
        assert!((table.icc1(table.k0).unwrap() - model.icc()).abs() < 1e-6);
        assert!(model.units[0] > 2.0 && model.units[3] < 7.0);
    }

    #[test]
    fn equal_units_shrink_to_the_mean() {
        let units = [unit(&[1.0, 2.0, 3.0]), unit(&[3.0, 2.0, 1.0])];
        let model = random_units(&units).unwrap();
        assert_eq!((model.between, model.units[0]), (0.0, 2.0));
        assert!(anova(&units).unwrap().icc1(3.0).unwrap() < 0.0);
    }
}
