//! Concordance of predictions with the truth.
//!
//! Source: Lin (1989, corrected 2000). 1 − MSE over the MSE if pairs were made at random: both
//! tracking and bias lower it.

use crate::distribution::z;
use crate::interval::{Interval, Method};
use crate::moments::CoMoments;
use crate::undefined::Undefined;

/// Agreement of predictions with the truth, from pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Pairs.
    pub n: u64,
    /// Mean prediction less mean truth.
    pub bias: f64,
    /// Mean squared error.
    pub mse: f64,
    /// Pearson correlation.
    pub correlation: f64,
    /// Lin's concordance 1 − MSE/(MSE if paired at random), denominators n.
    pub concordance: f64,
    /// Concordance over correlation: 1 when means and spreads are equal.
    pub bias_correction: f64,
    /// (mean truth − mean prediction)/√(sd·sd).
    pub location_shift: f64,
    /// sd of truth over sd of prediction.
    pub scale_shift: f64,
    /// 1 − MSE/variance of the truth: below 0 means worse than saying the mean.
    pub skill: f64,
}

/// Agreement of column 0 (prediction) with column 1 (truth).
///
/// Undefined when the truth or the prediction does not vary: then only bias is shown
/// ([`bias_and_error`]).
pub fn agreement(pairs: &CoMoments) -> Result<Agreement, Undefined> {
    let (bias, mse) = bias_and_error(pairs)?;
    let n = pairs.n() as f64;
    let [pp, oo, po] = [(0, 0), (1, 1), (0, 1)].map(|(i, j)| pairs.product(i, j) / n);
    let correlation = pairs.correlation(0, 1)?;
    let concordance = 2.0 * po / (pp + oo + bias * bias);
    Ok(Agreement {
        n: pairs.n(),
        bias,
        mse,
        correlation,
        concordance,
        bias_correction: 2.0 * (pp * oo).sqrt() / (pp + oo + bias * bias),
        location_shift: -bias / (pp * oo).powf(0.25),
        scale_shift: (oo / pp).sqrt(),
        skill: 1.0 - mse / oo,
    })
}

/// Bias and mean squared error: defined also when nothing varies.
pub fn bias_and_error(pairs: &CoMoments) -> Result<(f64, f64), Undefined> {
    if pairs.n() == 0 {
        return Err(Undefined::NoAnswers);
    }
    let bias = pairs.means()[0] - pairs.means()[1];
    let spread = pairs.product(0, 0) + pairs.product(1, 1) - 2.0 * pairs.product(0, 1);
    Ok((bias, spread / pairs.n() as f64 + bias * bias))
}

/// Lin's z-transformed interval of a concordance, for independent pairs only.
pub fn lin_interval(a: &Agreement, level: f64) -> Result<Interval, Undefined> {
    let (r, p, u) = (a.correlation, a.concordance, a.location_shift);
    if a.n < 4 {
        return Err(Undefined::TooFew { n: a.n, needed: 4 });
    }
    if r == 0.0 || p.abs() >= 1.0 {
        return Err(Undefined::PerfectCorrelation);
    }
    let variance = ((1.0 - r * r) * p * p * (1.0 - p * p) / (r * r)
        + 2.0 * p.powi(3) * (1.0 - p) * u * u / r
        - 0.5 * p.powi(4) * u.powi(4) / (r * r))
        / (a.n as f64 - 2.0);
    let half = z(level) * variance.max(0.0).sqrt() / (1.0 - p * p);
    Ok(Interval {
        lower: (p.atanh() - half).tanh(),
        upper: (p.atanh() + half).tanh(),
        level,
        method: Method::FisherZ,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(rows: &[(f64, f64)]) -> CoMoments {
        let mut moments = CoMoments::new(2);
        for (p, o) in rows {
            moments.push(&[*p, *o]);
        }
        moments
    }

    #[test]
    fn perfect_prediction() {
        let result = agreement(&pairs(&[(1.0, 1.0), (3.0, 3.0), (4.0, 4.0)])).unwrap();
        assert!((result.concordance - 1.0).abs() < 1e-14);
        assert!(result.mse.abs() < 1e-14 && (result.skill - 1.0).abs() < 1e-14);
    }

    #[test]
    fn when_everybody_says_the_same_only_bias_is_left() {
        let same = pairs(&[(2.0, 5.0), (4.0, 5.0)]);
        assert_eq!(agreement(&same), Err(Undefined::NoVariation));
        assert_eq!(bias_and_error(&same), Ok((-2.0, 5.0)));
    }

    proptest! {
        #[test]
        fn concordance_is_never_above_correlation(
            rows in prop::collection::vec((1.0..7.0_f64, 1.0..7.0_f64), 5..30),
        ) {
            let result = agreement(&pairs(&rows)).unwrap();
            prop_assert!(result.concordance.abs() <= result.correlation.abs() + 1e-12);
            prop_assert!((result.concordance - result.correlation * result.bias_correction).abs() < 1e-10);
        }

        // Swapping prediction and truth turns the bias and leaves the concordance.
        #[test]
        fn symmetric(rows in prop::collection::vec((1.0..7.0_f64, 1.0..7.0_f64), 5..30)) {
            let turned: Vec<(f64, f64)> = rows.iter().map(|(p, o)| (*o, *p)).collect();
            let (a, b) = (agreement(&pairs(&rows)).unwrap(), agreement(&pairs(&turned)).unwrap());
            prop_assert!((a.concordance - b.concordance).abs() < 1e-12);
            prop_assert!((a.bias + b.bias).abs() < 1e-12);
        }
    }
}
