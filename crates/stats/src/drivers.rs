//! Key drivers: which items go with the outcome, and how much.
//!
//! Sources: Johnson (2000) relative weights (= Genizi 1993); Lindeman, Merenda & Gold (1980) as
//! in R relaimpo; Zuber & Strimmer (2011) CAR scores.
//! Works on the covariance matrix alone. LMG, Johnson and CAR sum to R²; the others do not.
//! Always labelled association. Items that repeat each other are refused by name.

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
    let scale = |i: usize| moments.product(i, i).sqrt();
    let correlation = |i: usize, j: usize| moments.product(i, j) / (scale(i) * scale(j));
    let r = Matrix::from_fn(p, |i, j| correlation(predictors[i], predictors[j]));
    let with_outcome: Vec<f64> = predictors
        .iter()
        .map(|&i| correlation(i, outcome))
        .collect();
    let inverse = r.inverse()?;
    let (values, vectors) = r.eigen();
    let power = |exponent: f64| {
        Matrix::from_fn(p, |i, j| {
            (0..p)
                .map(|k| vectors.get(i, k) * values[k].max(0.0).powf(exponent) * vectors.get(j, k))
                .sum()
        })
    };
    let root = power(0.5);
    let car = power(-0.5).apply(&with_outcome);
    let johnson = (0..p)
        .map(|i| (0..p).map(|k| (root.get(i, k) * car[k]).powi(2)).sum())
        .collect();
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
        car: car.iter().map(|c| c * c).collect(),
        vif: (0..p).map(|i| inverse.get(i, i)).collect(),
        fit,
    })
}

/// Mean gain in R² over all orders in which predictors can enter.
fn lmg(r: &Matrix, with_outcome: &[f64]) -> Vec<f64> {
    let p = with_outcome.len();
    let r2: Vec<f64> = (0..1_usize << p)
        .map(|subset| {
            let members: Vec<usize> = (0..p).filter(|i| subset >> i & 1 == 1).collect();
            let part = Matrix::from_fn(members.len(), |i, j| r.get(members[i], members[j]));
            let known: Vec<f64> = members.iter().map(|&i| with_outcome[i]).collect();
            // A subset of a regular matrix is regular.
            part.inverse().map_or(0.0, |m| {
                m.apply(&known).iter().zip(&known).map(|(b, c)| b * c).sum()
            })
        })
        .collect();
    let mut factorials = vec![1.0; p + 1];
    for i in 1..=p {
        factorials[i] = factorials[i - 1] * i as f64;
    }
    (0..p)
        .map(|i| {
            (0..1_usize << p)
                .filter(|subset| subset >> i & 1 == 0)
                .map(|subset| {
                    let size = subset.count_ones() as usize;
                    let orders = factorials[size] * factorials[p - size - 1] / factorials[p];
                    orders * (r2[subset | 1 << i] - r2[subset])
                })
                .sum()
        })
        .collect()
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
