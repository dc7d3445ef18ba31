//! Do the items of an instrument measure one thing?
//!
//! Sources: Cronbach (1951); McDonald (1999) omega from a one-factor maximum likelihood fit;
//! Lord (1963) for differences.
//! Works on the covariance matrix of complete rows. A negative alpha means that an item's key
//! is reversed: it is reported, never clipped. Omega is always shown with the fit.

use crate::distribution::chi_squared_ln_sf;
use crate::linear::Matrix;
use crate::moments::CoMoments;
use crate::undefined::Undefined;

/// Cronbach's alpha and what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Alpha {
    /// Complete rows.
    pub n: u64,
    /// From covariances.
    pub raw: f64,
    /// From correlations.
    pub standardised: f64,
    /// Mean correlation between items.
    pub mean_correlation: f64,
    /// Correlation of each item with the sum of the others; `None` when one does not vary.
    pub item_rest: Vec<Option<f64>>,
    /// Alpha without each item; `None` with two items.
    pub without_item: Vec<Option<f64>>,
}

/// Alpha of all columns of the co-moments (reverse items beforehand).
pub fn alpha(items: &CoMoments) -> Result<Alpha, Undefined> {
    let k = items.columns();
    if items.n() < 2 {
        return Err(Undefined::TooFew {
            n: items.n(),
            needed: 2,
        });
    }
    if k < 2 {
        return Err(Undefined::parameter("items"));
    }
    let all: Vec<usize> = (0..k).collect();
    let raw = of_columns(items, &all)?;
    let mut sum = 0.0;
    for i in 0..k {
        for j in i + 1..k {
            sum += items.correlation(i, j)?;
        }
    }
    let mean_correlation = sum / (k * (k - 1) / 2) as f64;
    let size = k as f64;
    let rest_of = |left_out: usize| -> Vec<usize> { (0..k).filter(|i| *i != left_out).collect() };
    Ok(Alpha {
        n: items.n(),
        raw,
        standardised: size * mean_correlation / (1.0 + (size - 1.0) * mean_correlation),
        mean_correlation,
        item_rest: (0..k)
            .map(|i| {
                let rest = rest_of(i);
                let with: f64 = rest.iter().map(|&j| items.product(i, j)).sum();
                let scale = (items.product(i, i) * total(items, &rest)).sqrt();
                (scale > 0.0).then(|| with / scale)
            })
            .collect(),
        without_item: (0..k)
            .map(|i| {
                (k > 2)
                    .then(|| of_columns(items, &rest_of(i)).ok())
                    .flatten()
            })
            .collect(),
    })
}

/// Sum of all products of the columns: that of their sum score.
fn total(items: &CoMoments, columns: &[usize]) -> f64 {
    columns
        .iter()
        .flat_map(|&i| columns.iter().map(move |&j| items.product(i, j)))
        .sum()
}

/// Alpha of some columns: k/(k − 1)·(1 − Σ item variances/variance of the sum).
pub fn of_columns(items: &CoMoments, columns: &[usize]) -> Result<f64, Undefined> {
    let k = columns.len() as f64;
    let whole = total(items, columns);
    if columns.len() < 2 {
        return Err(Undefined::parameter("items"));
    }
    if whole <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let own: f64 = columns.iter().map(|&i| items.product(i, i)).sum();
    Ok(k / (k - 1.0) * (1.0 - own / whole))
}

/// A one-factor model fitted by maximum likelihood.
#[derive(Debug, Clone, PartialEq)]
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
    const ROUNDS_MAX: u32 = 200_000;
    let k = items.columns();
    if k < 4 || items.n() <= k as u64 {
        return Err(Undefined::TooFew {
            n: items.n().min(k as u64),
            needed: 4,
        });
    }
    let n = items.n() as f64;
    let s = Matrix::from_fn(k, |i, j| items.product(i, j) / n);
    s.inverse()?;
    // Start: half of each variance, signs by the first principal component.
    let first = s.eigen().1;
    let mut loadings: Vec<f64> = (0..k)
        .map(|i| (s.get(i, i) / 2.0).sqrt() * first.get(i, 0).signum())
        .collect();
    let mut unique: Vec<f64> = (0..k).map(|i| s.get(i, i) / 2.0).collect();
    let mut rounds = 0;
    loop {
        rounds += 1;
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
        if moved < 1e-13 {
            break;
        }
        if rounds >= ROUNDS_MAX {
            return Err(Undefined::NotConverged { iterations: rounds });
        }
    }
    if loadings.iter().sum::<f64>() < 0.0 {
        for loading in &mut loadings {
            *loading = -*loading;
        }
    }
    fit_of(&s, n, loadings, &unique)
}

fn fit_of(s: &Matrix, n: f64, loadings: Vec<f64>, unique: &[f64]) -> Result<OneFactor, Undefined> {
    let k = s.size();
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
    let sum: f64 = loadings.iter().sum();
    Ok(OneFactor {
        omega: sum * sum / (sum * sum + unique.iter().sum::<f64>()),
        loadings,
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

/// Reliability of a difference of two scores (Lord 1963): why a gap is never a score.
///
/// Standard deviations, reliabilities and correlation of both scores. Undefined when the
/// difference does not vary.
pub fn of_difference(
    (sd_1, reliability_1): (f64, f64),
    (sd_2, reliability_2): (f64, f64),
    r: f64,
) -> Result<f64, Undefined> {
    let shared = 2.0 * r * sd_1 * sd_2;
    let whole = sd_1 * sd_1 + sd_2 * sd_2 - shared;
    if whole <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    Ok((sd_1 * sd_1 * reliability_1 + sd_2 * sd_2 * reliability_2 - shared) / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_matrix(n: u64, rows: &[&[f64]]) -> CoMoments {
        let k = rows.len();
        let products = (0..k)
            .flat_map(|i| (i..k).map(move |j| (i, j)))
            .map(|(i, j)| rows[i][j] * n as f64)
            .collect();
        CoMoments::from_parts(n, vec![0.0; k], products).unwrap()
    }

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

    #[test]
    fn equal_correlations_have_a_closed_form() {
        let rows: [&[f64]; 3] = [&[1.0, 0.5, 0.5], &[0.5, 1.0, 0.5], &[0.5, 0.5, 1.0]];
        let result = alpha(&of_matrix(100, &rows)).unwrap();
        assert!((result.raw - 0.75).abs() < 1e-12 && (result.standardised - 0.75).abs() < 1e-12);
        assert!((result.without_item[0].unwrap() - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_reversed_key_shows_as_negative() {
        let rows: [&[f64]; 2] = [&[1.0, -0.5], &[-0.5, 1.0]];
        assert!(alpha(&of_matrix(100, &rows)).unwrap().raw < 0.0);
        assert_eq!(of_difference((1.0, 0.8), (1.0, 0.8), 0.8), Ok(0.0));
    }
}
