//! How often a rule set signals although nothing happened.
//!
//! By seeded simulation of normal series that are read against their own limits, as a page reads
//! them: exact figures exist for known limits only, and are far too small. With autocorrelation
//! every set signals more, so that the share is asked at the correlation that was found.

use super::sets::RuleSet;
use crate::distribution::chi_squared_ln_sf;
use crate::interval::Measured;
use crate::proportion::share;
use crate::undefined::Undefined;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rand_distr::{Distribution as _, StandardNormal};
use serde::Serialize;

/// Series that are simulated: the share is then right to about ± .8 points.
pub const SERIES: u64 = 10_000;

/// Share of chance series of `points` that signal somewhere; n is the number of series, the
/// interval is Wilson's at 95 % and says how well the simulation knows it.
///
/// `autocorrelation` is that of one point with the next, 0 for independent points. Undefined:
/// fewer than three points; a correlation of ± 1 or beyond.
pub fn false_alarm_share(
    set: RuleSet,
    points: usize,
    autocorrelation: f64,
    seed: u64,
) -> Result<Measured, Undefined> {
    if points < 3 {
        return Err(Undefined::TooFew {
            n: points as u64,
            needed: 3,
        });
    }
    if autocorrelation.abs() >= 1.0 || autocorrelation.is_nan() {
        return Err(Undefined::parameter("autocorrelation"));
    }
    let mut rng = StdRng::seed_from_u64(seed);
    let fresh = (1.0 - autocorrelation * autocorrelation).sqrt();
    let mut alarms = 0_u64;
    let mut series = vec![0.0; points];
    for _ in 0..SERIES {
        let mut before: f64 = StandardNormal.sample(&mut rng);
        for value in &mut series {
            let shock: f64 = StandardNormal.sample(&mut rng);
            before = autocorrelation * before + fresh * shock;
            *value = before;
        }
        alarms += u64::from(set.alarms(&series)?);
    }
    share(alarms as f64, SERIES, 0.95)
}

/// Whether a series remembers its last point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Autocorrelation {
    /// Correlation of one point with the next.
    pub r: f64,
    /// Ljung and Box's p of none (one lag).
    pub p: f64,
    /// Positive and not by chance (p below .05): limits are too narrow and every set signals too
    /// often.
    pub warns: bool,
}

/// Autocorrelation of lag 1 (Ljung & Box 1978).
///
/// Undefined: fewer than 8 points, where nothing could be found; no variation.
pub fn autocorrelation(values: &[f64]) -> Result<Autocorrelation, Undefined> {
    const POINTS_MIN: usize = 8;
    if values.len() < POINTS_MIN {
        return Err(Undefined::TooFew {
            n: values.len() as u64,
            needed: POINTS_MIN as u64,
        });
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    if squares <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let products: f64 = values
        .windows(2)
        .map(|w| (w[0] - mean) * (w[1] - mean))
        .sum();
    let r = products / squares;
    let p = chi_squared_ln_sf(n * (n + 2.0) * r * r / (n - 1.0), 1.0).exp();
    Ok(Autocorrelation {
        r,
        p,
        warns: r > 0.0 && p < 0.05,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(set: RuleSet, points: usize, autocorrelation: f64) -> f64 {
        false_alarm_share(set, points, autocorrelation, 1)
            .unwrap()
            .value
    }

    // docs/METHODS: 24 months: limits 8.8 %, NHS 18.5 %, Anhøj 3.3 %; AR .4 takes NHS to 58 %.
    #[test]
    fn two_years_of_months() {
        for (set, autocorrelation, expected) in [
            (RuleSet::Limits, 0.0, 0.088),
            (RuleSet::Nhs, 0.0, 0.185),
            (RuleSet::Anhoej, 0.0, 0.033),
            (RuleSet::Nhs, 0.4, 0.58),
        ] {
            let found = of(set, 24, autocorrelation);
            assert!((found - expected).abs() < 0.012, "{set:?} {found}");
        }
    }

    #[test]
    fn longer_series_and_more_rules_alarm_more() {
        assert!(of(RuleSet::Nhs, 48, 0.0) > of(RuleSet::Nhs, 24, 0.0));
        for set in [RuleSet::Nhs, RuleSet::Nelson, RuleSet::WesternElectric] {
            assert!(of(set, 24, 0.0) > of(RuleSet::Limits, 24, 0.0), "{set:?}");
        }
    }

    #[test]
    fn a_series_that_remembers_warns() {
        let walk: Vec<f64> = (0..24).map(|i| (f64::from(i) / 4.0).sin()).collect();
        let found = autocorrelation(&walk).unwrap();
        assert!(found.warns && found.r > 0.8, "{found:?}");
        let saw: Vec<f64> = (0..24).map(|i| f64::from(i % 2)).collect();
        let found = autocorrelation(&saw).unwrap();
        assert!(!found.warns && found.p < 0.001);
        assert!(autocorrelation(&[1.0; 5]).is_err());
        assert_eq!(autocorrelation(&[1.0; 9]), Err(Undefined::ZeroVariance));
    }

    #[test]
    fn reasons() {
        assert!(false_alarm_share(RuleSet::Nhs, 2, 0.0, 1).is_err());
        assert!(false_alarm_share(RuleSet::Nhs, 24, 1.0, 1).is_err());
    }
}
