//! Shares of R²: how much each predictor goes with the outcome.
//!
//! Sources: Johnson (2000) relative weights (= Genizi 1993); Lindeman, Merenda & Gold (1980) as
//! in R relaimpo; Zuber & Strimmer (2011) CAR scores.
//! LMG, Johnson and CAR sum to R²; the others do not.

use super::lmg::lmg;
use crate::linear::Matrix;
use crate::moments::CoMoments;
use crate::regression::{Fit, ols};
use crate::undefined::Undefined;

/// Predictors for which all subsets are still tried.
pub const LMG_PREDICTORS_MAX: usize = 15;

/// Importance of each predictor, in the order given.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// The regression.
    pub fit: Fit,
    /// Johnson's relative weights.
    pub johnson: Vec<f64>,
    /// LMG (Shapley) shares of R²; `None` above 15 predictors.
    pub lmg: Option<Vec<f64>>,
    /// R² of each predictor alone.
    pub first: Vec<f64>,
    /// R² that each predictor adds to all others.
    pub last: Vec<f64>,
    /// Squared standardised coefficients.
    pub beta_squared: Vec<f64>,
    /// Standardised coefficient × correlation; may be negative.
    pub pratt: Vec<f64>,
    /// Squared CAR scores.
    pub car: Vec<f64>,
    /// Variance inflation factors.
    pub vif: Vec<f64>,
}

/// Key drivers of a column of the co-moments.
///
/// Undefined: as [`ols`]; `Singular` names the predictors (by place) that repeat others.
pub fn drivers(
    moments: &CoMoments,
    outcome: usize,
    predictors: &[usize],
) -> Result<Drivers, Undefined> {
    let fit = ols(moments, outcome, predictors)?;
    let p = predictors.len();
    let Correlations { r, with_outcome } = correlations(moments, outcome, predictors);
    let inverse = r.inverse()?;
    let (johnson, car) = johnson_and_car(&r, &with_outcome);
    let last = (0..p)
        .map(|i| fit.standardised[i].powi(2) / inverse.get(i, i))
        .collect();
    Ok(Drivers {
        johnson,
        lmg: (p <= LMG_PREDICTORS_MAX).then(|| lmg(&r, &with_outcome)),
        first: with_outcome.iter().map(|c| c * c).collect(),
        last,
        beta_squared: fit.standardised.iter().map(|b| b * b).collect(),
        pratt: fit
            .standardised
            .iter()
            .zip(&with_outcome)
            .map(|(b, c)| b * c)
            .collect(),
        car,
        vif: (0..p).map(|i| inverse.get(i, i)).collect(),
        fit,
    })
}

/// Johnson's relative weights alone, cheap enough to be computed a thousand times over.
///
/// They sum to R². Undefined: an outcome or predictor that does not vary; `Singular`.
pub fn relative_weights(
    moments: &CoMoments,
    outcome: usize,
    predictors: &[usize],
) -> Result<Vec<f64>, Undefined> {
    if moments.n() < predictors.len() as u64 + 2 {
        return Err(Undefined::TooFew {
            n: moments.n(),
            needed: predictors.len() as u64 + 2,
        });
    }
    if moments.product(outcome, outcome) <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let Correlations { r, with_outcome } = correlations(moments, outcome, predictors);
    // Refuses what `drivers` refuses.
    r.cholesky()?;
    Ok(johnson_and_car(&r, &with_outcome).0)
}

struct Correlations {
    r: Matrix,
    with_outcome: Vec<f64>,
}

fn correlations(moments: &CoMoments, outcome: usize, predictors: &[usize]) -> Correlations {
    let scale = |i: usize| moments.product(i, i).sqrt();
    // A predictor that does not vary gets a zero on the diagonal, which is refused as singular.
    let correlation = |i: usize, j: usize| {
        let scale = scale(i) * scale(j);
        if scale > 0.0 {
            moments.product(i, j) / scale
        } else {
            0.0
        }
    };
    Correlations {
        r: Matrix::from_fn(predictors.len(), |i, j| {
            correlation(predictors[i], predictors[j])
        }),
        with_outcome: predictors
            .iter()
            .map(|&i| correlation(i, outcome))
            .collect(),
    }
}

/// Relative weights and squared CAR scores: the outcome's correlations with the predictors made
/// orthogonal by R^(−½), and what each predictor has of those by R^½.
fn johnson_and_car(r: &Matrix, with_outcome: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let p = with_outcome.len();
    let (values, vectors) = r.eigen();
    let power = |exponent: f64| {
        let powers: Vec<f64> = values.iter().map(|v| v.max(0.0).powf(exponent)).collect();
        Matrix::from_fn(p, |i, j| {
            (0..p)
                .map(|k| vectors.get(i, k) * powers[k] * vectors.get(j, k))
                .sum()
        })
    };
    let root = power(0.5);
    let car = power(-0.5).apply(with_outcome);
    let johnson = (0..p)
        .map(|i| (0..p).map(|k| (root.get(i, k) * car[k]).powi(2)).sum())
        .collect();
    (johnson, car.iter().map(|c| c * c).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> CoMoments {
        let mut moments = CoMoments::new(4);
        let mut state = 12345_u64;
        let mut draw = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as f64 / f64::from(1_u32 << 31)
        };
        for _ in 0..200 {
            let (a, b, c) = (draw(), draw(), draw());
            let x2 = a + b;
            assert!(moments.push(&[a + 0.5 * x2 + 0.3 * c + draw(), a, x2, c]));
        }
        moments
    }

    #[test]
    fn three_decompositions_sum_to_r2() {
        let result = drivers(&sample(), 0, &[1, 2, 3]).unwrap();
        for parts in [
            &result.johnson,
            result.lmg.as_ref().unwrap(),
            &result.car,
            &result.pratt,
        ] {
            assert!((parts.iter().sum::<f64>() - result.fit.r2).abs() < 1e-12);
        }
        assert!(result.vif.iter().all(|v| *v >= 1.0));
        let without = ols(&sample(), 0, &[1, 3]).unwrap();
        assert!((result.last[1] - (result.fit.r2 - without.r2)).abs() < 1e-12);
    }

    #[test]
    fn the_order_of_predictors_does_not_matter() {
        let one = drivers(&sample(), 0, &[1, 2, 3]).unwrap();
        let other = drivers(&sample(), 0, &[3, 1, 2]).unwrap();
        assert!((one.johnson[0] - other.johnson[1]).abs() < 1e-12);
        assert!((one.lmg.unwrap()[2] - other.lmg.unwrap()[0]).abs() < 1e-12);
    }
}
