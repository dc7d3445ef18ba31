//! Charts of proportions: p, and Laney's p′ for large denominators.
//!
//! Sources: Shewhart; Laney (2002). With n = 5000 and one point of true variation between
//! periods a p chart signals falsely nearly always; p′ is the default there.
//! Rates per area of opportunity (u, u′) are the same with `Spread::Poisson`.

use crate::distribution::chi_squared_ln_sf;
use crate::undefined::Undefined;

/// How a single period varies by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Hits among n: p(1 − p)/n.
    Binomial,
    /// Events per exposure: u/n.
    Poisson,
}

/// A chart of proportions or rates.
#[derive(Debug, Clone, PartialEq)]
pub struct Proportions {
    /// Σ numerators / Σ denominators of the baseline.
    pub centre: f64,
    /// Laney's σz of the baseline: 1 when only chance varies.
    pub sigma_z: f64,
    spread: Spread,
}

/// Mean moving range of standardised values over this is σz (table value of d2 for n = 2).
pub const D2_TABLE: f64 = 1.128;

/// Baseline of a chart from (numerator, denominator) in the order of time.
///
/// `d2` turns the mean moving range into a standard deviation: [`D2_TABLE`] or 2/√π. Undefined:
/// fewer than two periods with a denominator; a centre of 0 or 1.
pub fn proportions(
    periods: &[(f64, f64)],
    spread: Spread,
    d2: f64,
) -> Result<Proportions, Undefined> {
    let used: Vec<(f64, f64)> = periods.iter().copied().filter(|p| p.1 > 0.0).collect();
    if used.len() < 2 {
        return Err(Undefined::TooFew {
            n: used.len() as u64,
            needed: 2,
        });
    }
    let centre = used.iter().map(|p| p.0).sum::<f64>() / used.iter().map(|p| p.1).sum::<f64>();
    let mut chart = Proportions {
        centre,
        sigma_z: 1.0,
        spread,
    };
    if chart.chance(1.0) <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let z: Vec<f64> = used
        .iter()
        .map(|&(hits, n)| (hits / n - centre) / chart.chance(n))
        .collect();
    let ranges: f64 = z.windows(2).map(|w| (w[1] - w[0]).abs()).sum();
    chart.sigma_z = ranges / (z.len() as f64 - 1.0) / d2;
    Ok(chart)
}

impl Proportions {
    /// Standard deviation of one period of denominator n by chance alone.
    pub fn chance(&self, n: f64) -> f64 {
        match self.spread {
            Spread::Binomial => (self.centre * (1.0 - self.centre) / n).max(0.0).sqrt(),
            Spread::Poisson => (self.centre / n).max(0.0).sqrt(),
        }
    }

    /// Three-sigma limits of a period, cut to what is possible; `laney` widens them by σz.
    pub fn limits(&self, n: f64, laney: bool) -> (f64, f64) {
        let reach = 3.0 * self.chance(n) * if laney { self.sigma_z } else { 1.0 };
        let highest = match self.spread {
            Spread::Binomial => 1.0,
            Spread::Poisson => f64::INFINITY,
        };
        (
            (self.centre - reach).max(0.0),
            (self.centre + reach).min(highest),
        )
    }
}

/// Test of more variation than chance: (observed/expected variance, χ², ln p).
///
/// Counts of the same denominator; df = periods − 1.
pub fn overdispersion(counts: &[f64], denominators: &[f64]) -> Result<(f64, f64, f64), Undefined> {
    let moments: crate::Moments = counts.iter().copied().collect();
    let p = counts.iter().sum::<f64>() / denominators.iter().sum::<f64>();
    let size = denominators.iter().sum::<f64>() / denominators.len() as f64;
    let expected = size * p * (1.0 - p);
    if expected <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let ratio = moments.variance()? / expected;
    let df = moments.n() as f64 - 1.0;
    Ok((ratio, ratio * df, chi_squared_ln_sf(ratio * df, df)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let chart =
            proportions(&[(10.0, 100.0), (20.0, 100.0)], Spread::Binomial, D2_TABLE).unwrap();
        assert_eq!(chart.centre, 0.15);
        let sigma = (0.15_f64 * 0.85 / 100.0).sqrt();
        assert!((chart.limits(100.0, false).1 - (0.15 + 3.0 * sigma)).abs() < 1e-14);
        assert!((chart.sigma_z - 0.1 / sigma / 1.128).abs() < 1e-12);
        assert_eq!(chart.limits(5.0, false).0, 0.0);
    }

    #[test]
    fn reasons() {
        assert!(proportions(&[(1.0, 10.0)], Spread::Binomial, D2_TABLE).is_err());
        assert_eq!(
            proportions(&[(0.0, 10.0), (0.0, 10.0)], Spread::Poisson, D2_TABLE),
            Err(Undefined::ZeroVariance)
        );
    }
}
