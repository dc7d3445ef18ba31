//! One-way analysis of variance of units: ICC(1) and ICC(2).
//!
//! Sources: Bliese (2000); Donner & Wells (1986) and McGraw & Wong (1996) for the intervals.
//! Works on n, mean and centred sums per unit. Negative ICC(1) is reported as it is.

use crate::distribution::{f_ln_sf, f_quantile};
use crate::interval::{Interval, Measured, Method};
use crate::moments::Moments;
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

    /// ICC(1) with the size that unequal units are worth ([`Anova::k0`]), and its F interval.
    ///
    /// Exact for units of one size, an approximation otherwise (Donner & Wells 1986). The value
    /// and its limits may be negative.
    pub fn icc1_measured(&self, level: f64) -> Result<Measured, Undefined> {
        let value = self.icc1(self.k0)?;
        let limits = self.f_limits(level).map(|(low, high)| {
            let at = |f: f64| (f - 1.0) / (f + self.k0 - 1.0);
            Self::exact(at(low), at(high), level)
        });
        Ok(Measured::new(value, self.n, limits))
    }

    /// ICC(2) and its F interval (McGraw & Wong 1996, ICC(k) of one-way data).
    pub fn icc2_measured(&self, level: f64) -> Result<Measured, Undefined> {
        let value = self.icc2()?;
        let limits = self
            .f_limits(level)
            .map(|(low, high)| Self::exact(1.0 - 1.0 / low, 1.0 - 1.0 / high, level));
        Ok(Measured::new(value, self.n, limits))
    }

    /// Limits of the ratio of expected mean squares: F over, and times, its quantiles.
    fn f_limits(&self, level: f64) -> Result<(f64, f64), Undefined> {
        let (f, p) = (self.f()?, 0.5 + level / 2.0);
        let (between, within) = (self.units as f64 - 1.0, (self.n - self.units) as f64);
        let (low, high) = (
            f / f_quantile(p, between, within),
            f * f_quantile(p, within, between),
        );
        // F = 0: all unit means are the same; 1 − 1/F has no limit then.
        if low <= 0.0 {
            return Err(Undefined::NoVariation);
        }
        Ok((low, high))
    }

    fn exact(lower: f64, upper: f64, level: f64) -> Interval {
        Interval {
            lower,
            upper,
            level,
            method: Method::Exact,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(values: &[f64]) -> Moments {
        values.iter().copied().collect()
    }

    // Shrout & Fleiss (1979), table 2, one way: ICC(1,1) .17 with limits −.13 and .72, ICC(1,4)
    // .44 with limits −.88 and .91.
    #[test]
    fn intervals_as_published() {
        let targets = [
            unit(&[9.0, 2.0, 5.0, 8.0]),
            unit(&[6.0, 1.0, 3.0, 2.0]),
            unit(&[8.0, 4.0, 6.0, 8.0]),
            unit(&[7.0, 1.0, 2.0, 6.0]),
            unit(&[10.0, 5.0, 6.0, 9.0]),
            unit(&[6.0, 2.0, 4.0, 7.0]),
        ];
        let table = anova(&targets).unwrap();
        let (one, two) = (table.icc1_measured(0.95), table.icc2_measured(0.95));
        for (found, [value, lower, upper]) in [
            (one.unwrap(), [0.17, -0.13, 0.72]),
            (two.unwrap(), [0.44, -0.88, 0.91]),
        ] {
            let interval = found.interval.unwrap();
            assert!((found.value - value).abs() < 0.006, "{}", found.value);
            assert!((interval.lower - lower).abs() < 0.006, "{interval:?}");
            assert!((interval.upper - upper).abs() < 0.006, "{interval:?}");
        }
    }

    #[test]
    fn one_unit_says_nothing_about_units() {
        assert_eq!(anova(&[unit(&[1.0, 2.0])]), Err(Undefined::OneUnit));
    }

    #[test]
    fn equal_unit_means_have_a_reason() {
        let table = anova(&[unit(&[1.0, 3.0]), unit(&[1.0, 3.0])]).unwrap();
        assert_eq!(
            table.icc1_measured(0.95).unwrap().interval,
            Err(Undefined::NoVariation)
        );
        assert_eq!(table.icc2_measured(0.95), Err(Undefined::ZeroVariance));
    }
}
