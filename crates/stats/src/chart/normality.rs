//! Are values near normal? Anderson and Darling's test.
//!
//! Source: Anderson & Darling (1954); p for estimated mean and deviation by D'Agostino & Stephens
//! (1986, table 4.9), as R nortest. Tests tails, where capability is decided. With thousands of
//! values it rejects what does not matter; look at the quantiles too.

use crate::distribution::normal_ln_sf;
use crate::moments::Moments;
use crate::undefined::Undefined;
use serde::Serialize;

/// Fewest values that the p holds for.
const VALUES_MIN: u64 = 8;

/// Test of normality.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Normality {
    /// A².
    pub statistic: f64,
    /// p of values at least as far from normal.
    pub p: f64,
}

/// Anderson–Darling test of ascending (value, count).
///
/// Undefined: fewer than 8 values; all the same.
pub fn anderson_darling(sorted: &[(f64, u64)]) -> Result<Normality, Undefined> {
    let mut moments = Moments::default();
    for &(value, count) in sorted {
        moments.merge(&Moments::from_parts(count, value, 0.0));
    }
    if moments.n() < VALUES_MIN {
        return Err(Undefined::TooFew {
            n: moments.n(),
            needed: VALUES_MIN,
        });
    }
    let (mean, sd) = (moments.mean()?, moments.sd()?);
    if sd <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let n = moments.n() as f64;
    let (mut sum, mut before) = (0.0, 0.0);
    for &(value, count) in sorted {
        let z = (value - mean) / sd;
        // Ranks before + 1 … before + count: Σ(2i − 1) = c·(2·before + c), and the mirror of it.
        let count = count as f64;
        let low = count * (2.0 * before + count);
        let high = count * (2.0 * (n - before) - count);
        sum += low * normal_ln_sf(-z) + high * normal_ln_sf(z);
        before += count;
    }
    let statistic = -n - sum / n;
    let a = statistic * (1.0 + 0.75 / n + 2.25 / (n * n));
    let p = if a < 0.2 {
        1.0 - (-13.436 + 101.14 * a - 223.73 * a * a).exp()
    } else if a < 0.34 {
        1.0 - (-8.318 + 42.796 * a - 59.938 * a * a).exp()
    } else if a < 0.6 {
        (0.9177 - 4.279 * a - 1.38 * a * a).exp()
    } else if a < 10.0 {
        (1.2937 - 5.709 * a + 0.0186 * a * a).exp()
    } else {
        3.7e-24
    };
    Ok(Normality {
        statistic,
        p: p.clamp(0.0, 1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;
    use rand_distr::{Distribution as _, StandardNormal};

    fn sorted(mut values: Vec<f64>) -> Vec<(f64, u64)> {
        values.sort_by(f64::total_cmp);
        values.into_iter().map(|v| (v, 1)).collect()
    }

    // D'Agostino & Stephens, table 4.7: A*² = .752 is the 5 % point, .631 the 10 % point.
    #[test]
    fn rejects_as_often_as_it_says() {
        let mut rng = StdRng::seed_from_u64(1);
        let rejected = (0..2000)
            .filter(|_| {
                let values = (0..25).map(|_| StandardNormal.sample(&mut rng)).collect();
                anderson_darling(&sorted(values)).unwrap().p < 0.05
            })
            .count();
        assert!((70..=132).contains(&rejected), "{rejected}");
    }

    // Quantiles of a double exponential distribution.
    #[test]
    fn heavy_tails_are_found_and_counts_are_values() {
        let laplace = |i: i32| {
            let u = (f64::from(i) - 500.0) / 1001.0;
            -u.signum() * (1.0 - 2.0 * u.abs()).ln()
        };
        let values: Vec<f64> = (0..1001).map(laplace).collect();
        assert!(anderson_darling(&sorted(values)).unwrap().p < 1e-4);
        let (one, two) = (
            [1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 4.0],
            [(1.0, 2), (2.0, 3), (3.0, 2), (4.0, 1)],
        );
        let apart = anderson_darling(&one.map(|v| (v, 1))).unwrap();
        let together = anderson_darling(&two).unwrap();
        assert!((apart.statistic - together.statistic).abs() < 1e-12);
    }

    #[test]
    fn reasons() {
        assert!(anderson_darling(&[(1.0, 3), (2.0, 4)]).is_err());
        assert_eq!(anderson_darling(&[(1.0, 30)]), Err(Undefined::ZeroVariance));
    }
}
