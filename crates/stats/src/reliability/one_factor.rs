//! McDonald's omega: a one-factor model fitted by maximum likelihood.
//!
//! Sources: McDonald (1999); EM for factor analysis of Rubin & Thayer (1982); fit indices as
//! Bentler (1990) and Steiger (1990), as lavaan.

use crate::distribution::chi_squared_ln_sf;
use crate::linear::Matrix;
use crate::moments::CoMoments;
use crate::undefined::Undefined;
use serde::Serialize;

/// A one-factor model fitted by maximum likelihood.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OneFactor {
    /// Loading of each item, factor variance 1.
    pub loadings: Vec<f64>,
    /// McDonald's omega (Σλ)²/((Σλ)² + Σψ).
    pub omega: f64,
    /// n times the discrepancy.
    pub chi_squared: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// ln p of the model.
    pub ln_p: f64,
    /// Comparative fit index.
    pub cfi: f64,
    /// Root mean square error of approximation.
    pub rmsea: f64,
    /// Standardised root mean square residual.
    pub srmr: f64,
}

/// Fits one factor to at least four items (three leave nothing to test) by EM.
///
/// Covariances have denominator n, as in lavaan. Undefined: items that repeat each other, a fit
/// that does not settle or explains an item wholly (Heywood).
pub fn one_factor(items: &CoMoments) -> Result<OneFactor, Undefined> {
    let s = covariance(items)?;
    // Start: half of each variance, signs by the first principal component.
    let first = s.eigen().1;
    let k = s.size();
    let start = Factor {
        loadings: (0..k)
            .map(|i| (s.get(i, i) / 2.0).sqrt() * first.get(i, 0).signum())
            .collect(),
        unique: (0..k).map(|i| s.get(i, i) / 2.0).collect(),
    };
    let factor = settle(&s, start, 1e-13)?;
    fit_of(&s, items.n() as f64, &factor)
}

/// Omega of items like those that `near` was fitted to: fewer rounds, as many digits as a
/// standard error needs.
pub(super) fn omega_near(items: &CoMoments, near: &OneFactor) -> Result<f64, Undefined> {
    let s = covariance(items)?;
    let unique = (0..s.size())
        .map(|i| (s.get(i, i) - near.loadings[i].powi(2)).max(0.05 * s.get(i, i)))
        .collect();
    let start = Factor {
        loadings: near.loadings.clone(),
        unique,
    };
    Ok(settle(&s, start, 1e-9)?.omega())
}

fn covariance(items: &CoMoments) -> Result<Matrix, Undefined> {
    let k = items.columns();
    if k < 4 || items.n() <= k as u64 {
        return Err(Undefined::TooFew {
            n: items.n().min(k as u64),
            needed: 4,
        });
    }
    let n = items.n() as f64;
    let s = Matrix::from_fn(k, |i, j| items.product(i, j) / n);
    s.cholesky()?;
    Ok(s)
}

struct Factor {
    loadings: Vec<f64>,
    unique: Vec<f64>,
}

impl Factor {
    fn omega(&self) -> f64 {
        let common = self.loadings.iter().sum::<f64>().powi(2);
        common / (common + self.unique.iter().sum::<f64>())
    }
}

/// Rounds of EM until no loading moves by more than `smallest_step` standard deviations.
fn settle(s: &Matrix, start: Factor, smallest_step: f64) -> Result<Factor, Undefined> {
    const ROUNDS_MAX: u32 = 200_000;
    let k = s.size();
    let Factor {
        mut loadings,
        mut unique,
    } = start;
    for rounds in 1..=ROUNDS_MAX {
        // Regression of the factor on the items: β = λ'Σ⁻¹ with Σ⁻¹ by Woodbury.
        let scaled: Vec<f64> = loadings.iter().zip(&unique).map(|(l, u)| l / u).collect();
        let gain = 1.0
            + scaled
                .iter()
                .zip(&loadings)
                .map(|(a, l)| a * l)
                .sum::<f64>();
        let beta: Vec<f64> = scaled.iter().map(|a| a / gain).collect();
        let with = s.apply(&beta);
        let known: f64 = beta.iter().zip(&with).map(|(b, w)| b * w).sum();
        let explained: f64 = beta.iter().zip(&loadings).map(|(b, l)| b * l).sum();
        let spread = 1.0 - explained + known;
        let mut moved = 0.0_f64;
        for i in 0..k {
            let loading = with[i] / spread;
            moved = moved.max((loading - loadings[i]).abs() / s.get(i, i).sqrt());
            loadings[i] = loading;
            unique[i] = s.get(i, i) - loading * with[i];
            if unique[i] < 1e-6 * s.get(i, i) {
                return Err(Undefined::NotConverged { iterations: rounds });
            }
        }
        if moved < smallest_step {
            if loadings.iter().sum::<f64>() < 0.0 {
                for loading in &mut loadings {
                    *loading = -*loading;
                }
            }
            return Ok(Factor { loadings, unique });
        }
    }
    Err(Undefined::NotConverged {
        iterations: ROUNDS_MAX,
    })
}

fn fit_of(s: &Matrix, n: f64, factor: &Factor) -> Result<OneFactor, Undefined> {
    let k = s.size();
    let Factor { loadings, unique } = factor;
    let model = Matrix::from_fn(k, |i, j| {
        loadings[i] * loadings[j] + if i == j { unique[i] } else { 0.0 }
    });
    let product = s.times(&model.inverse()?);
    let trace: f64 = (0..k).map(|i| product.get(i, i)).sum();
    let size = k as f64;
    let chi_squared = (n * (ln_determinant(&model) - ln_determinant(s) + trace - size)).max(0.0);
    let df = size * (size + 1.0) / 2.0 - 2.0 * size;
    let alone: f64 = (0..k).map(|i| s.get(i, i).ln()).sum();
    let baseline = n * (alone - ln_determinant(s)) - size * (size - 1.0) / 2.0;
    let excess = (chi_squared - df).max(0.0);
    let mut squares = 0.0;
    for i in 0..k {
        for j in 0..=i {
            let residual = s.get(i, j) - model.get(i, j);
            squares += residual * residual / (s.get(i, i) * s.get(j, j));
        }
    }
    Ok(OneFactor {
        omega: factor.omega(),
        loadings: loadings.clone(),
        chi_squared,
        df,
        ln_p: chi_squared_ln_sf(chi_squared, df),
        cfi: if excess <= 0.0 {
            1.0
        } else {
            1.0 - excess / baseline.max(excess)
        },
        rmsea: (excess / (df * n)).sqrt(),
        srmr: (squares / (size * (size + 1.0) / 2.0)).sqrt(),
    })
}

fn ln_determinant(m: &Matrix) -> f64 {
    m.eigen()
        .0
        .iter()
        .map(|v| v.max(f64::MIN_POSITIVE).ln())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::super::tests::of_matrix;
    use super::*;

    // One factor by construction: λ = (.8, .7, .6, .5, .4), standardised.
    #[test]
    fn a_constructed_factor_is_found() {
        let l = [0.8, 0.7, 0.6, 0.5, 0.4];
        let rows: Vec<Vec<f64>> = (0..5)
            .map(|i| {
                (0..5)
                    .map(|j| if i == j { 1.0 } else { l[i] * l[j] })
                    .collect()
            })
            .collect();
        let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        let fit = one_factor(&of_matrix(500, &rows)).unwrap();
        for (found, made) in fit.loadings.iter().zip(l) {
            assert!((found - made).abs() < 1e-6);
        }
        assert!((fit.omega - 9.0 / (9.0 + 5.0 - 1.9)).abs() < 1e-6);
        assert!(fit.chi_squared < 1e-6 && fit.cfi == 1.0 && fit.rmsea == 0.0);
    }
}
