//! May individual answers be reported by unit? Agreement within and differences between units.
//!
//! Sources: Bliese (2000) for ICC(1), ICC(2) and WABA; James, Demaree & Wolf (1984) for rwg;
//! restricted maximum likelihood of the one-way random model for shrinkage.
//! Works on n, mean and centred sums per unit. Negative ICC(1) is reported as it is.

use crate::distribution::f_ln_sf;
use crate::moments::{CoMoments, Moments};
use crate::undefined::Undefined;

/// One-way analysis of variance of units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anova {
    /// Answers.
    pub n: u64,
    /// Units with answers.
    pub units: u64,
    /// Mean square between units.
    pub between: f64,
    /// Mean square within units.
    pub within: f64,
    /// Mean number of answers per unit.
    pub mean_size: f64,
    /// (N − Σn²/N)/(G − 1): the size that unequal units are worth (Donner).
    pub k0: f64,
}

/// Analysis of variance from the moments of each unit (empty ones are left out).
///
/// Undefined: fewer than two units; no unit with two answers.
pub fn anova(units: &[Moments]) -> Result<Anova, Undefined> {
    let used: Vec<&Moments> = units.iter().filter(|u| u.n() > 0).collect();
    let groups = used.len() as f64;
    if used.len() < 2 {
        return Err(Undefined::OneUnit);
    }
    let mut all = Moments::default();
    for unit in &used {
        all.merge(unit);
    }
    let n = all.n() as f64;
    if n <= groups {
        return Err(Undefined::OneAnswer);
    }
    let within_sum: f64 = used.iter().map(|u| u.m2()).sum();
    let squares: f64 = used.iter().map(|u| (u.n() as f64).powi(2)).sum();
    Ok(Anova {
        n: all.n(),
        units: used.len() as u64,
        between: (all.m2() - within_sum).max(0.0) / (groups - 1.0),
        within: within_sum / (n - groups),
        mean_size: n / groups,
        k0: (n - squares / n) / (groups - 1.0),
    })
}

impl Anova {
    /// F ratio; undefined when nobody differs within units.
    pub fn f(&self) -> Result<f64, Undefined> {
        if self.within <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        Ok(self.between / self.within)
    }

    /// Natural log of the p of no difference between units.
    pub fn f_ln_p(&self) -> Result<f64, Undefined> {
        Ok(f_ln_sf(
            self.f()?,
            self.units as f64 - 1.0,
            (self.n - self.units) as f64,
        ))
    }

    /// ICC(1) with the given size: `mean_size` (Bliese) or `k0` (Donner).
    pub fn icc1(&self, size: f64) -> Result<f64, Undefined> {
        let whole = self.between + (size - 1.0) * self.within;
        if whole <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        Ok((self.between - self.within) / whole)
    }

    /// ICC(2): reliability of unit means, (MSB − MSW)/MSB.
    pub fn icc2(&self) -> Result<f64, Undefined> {
        if self.between <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        Ok((self.between - self.within) / self.between)
    }
}

/// rwg of one item in one unit: 1 − s²/σ², σ² = (A² − 1)/12 of answers spread evenly over A
/// scale points. Not clipped: negative means more spread than chance.
pub fn rwg(unit: &Moments, scale_points: u32) -> Result<f64, Undefined> {
    Ok(1.0 - unit.variance()? / even_variance(scale_points)?)
}

/// rwg(j) of several items in one unit, from the variance of each item; 0 when the mean
/// variance exceeds that of answers spread evenly.
pub fn rwg_j(item_variances: &[f64], scale_points: u32) -> Result<f64, Undefined> {
    if item_variances.is_empty() {
        return Err(Undefined::NoAnswers);
    }
    let j = item_variances.len() as f64;
    let ratio = item_variances.iter().sum::<f64>() / j / even_variance(scale_points)?;
    if ratio > 1.0 {
        return Ok(0.0);
    }
    Ok(j * (1.0 - ratio) / (j * (1.0 - ratio) + ratio))
}

fn even_variance(scale_points: u32) -> Result<f64, Undefined> {
    if scale_points < 2 {
        return Err(Undefined::parameter("scale_points"));
    }
    let a = f64::from(scale_points);
    Ok((a * a - 1.0) / 12.0)
}

/// Within and between analysis of two variables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waba {
    /// Correlation over all answers.
    pub raw: f64,
    /// Correlation of unit means, each weighted by n.
    pub between: f64,
    /// Correlation of deviations from unit means.
    pub within: f64,
    /// √(SS between/SS total) of both variables.
    pub eta_between: [f64; 2],
    /// √(SS within/SS total) of both variables.
    pub eta_within: [f64; 2],
}

/// WABA from the co-moments of (x, y) in each unit.
///
/// The raw correlation is `η_bx·η_by·between + η_wx·η_wy·within`. Undefined when a part does not
/// vary.
pub fn waba(units: &[CoMoments]) -> Result<Waba, Undefined> {
    let mut all = CoMoments::new(2);
    let mut within = [0.0; 3];
    for unit in units {
        if !all.merge(unit) {
            return Err(Undefined::WrongStatistics);
        }
        for (sum, (i, j)) in within.iter_mut().zip([(0, 0), (1, 1), (0, 1)]) {
            *sum += unit.product(i, j);
        }
    }
    let total = [all.product(0, 0), all.product(1, 1), all.product(0, 1)];
    let between = [0, 1, 2].map(|i| total[i] - within[i]);
    let correlation = |s: [f64; 3]| {
        let scale = (s[0] * s[1]).sqrt();
        if scale > 0.0 {
            Ok(s[2] / scale)
        } else {
            Err(Undefined::NoVariation)
        }
    };
    Ok(Waba {
        raw: correlation(total)?,
        between: correlation(between)?,
        within: correlation(within)?,
        eta_between: [0, 1].map(|i| (between[i] / total[i]).sqrt()),
        eta_within: [0, 1].map(|i| (within[i] / total[i]).sqrt()),
    })
}

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

    #[test]
    fn agreement() {
        assert_eq!(rwg(&unit(&[4.0, 4.0, 4.0]), 5), Ok(1.0));
        assert_eq!(rwg(&unit(&[1.0, 5.0]), 5), Ok(1.0 - 8.0 / 2.0));
        assert_eq!(rwg_j(&[0.5, 0.5], 5), Ok(2.0 * 0.75 / (2.0 * 0.75 + 0.25)));
        assert_eq!(rwg(&unit(&[1.0]), 5), Err(Undefined::OneAnswer));
    }

    #[test]
    fn one_unit_says_nothing_about_units() {
        assert_eq!(anova(&[unit(&[1.0, 2.0])]), Err(Undefined::OneUnit));
    }
}
