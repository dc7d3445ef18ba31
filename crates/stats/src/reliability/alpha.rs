//! Cronbach's alpha.
//!
//! Sources: Cronbach (1951); Feldt (1965) for the interval.
//! Alpha is a lower bound of the reliability of a sum score when errors are uncorrelated, and
//! equals it when all items load alike.

use crate::distribution::f_quantile;
use crate::interval::{Interval, Method};
use crate::moments::CoMoments;
use crate::undefined::Undefined;
use serde::Serialize;

/// Cronbach's alpha and what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
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

/// Feldt's interval of alpha: (1 − α)/(1 − α̂) is F with n − 1 and (n − 1)(k − 1) degrees of
/// freedom.
///
/// Assumes independent rows, normal answers and items that load alike; the jackknife of
/// [`super::scale_reliability`] does not. Undefined: fewer than two rows or items, an alpha of 1.
pub fn feldt_interval(alpha: f64, n: u64, items: usize, level: f64) -> Result<Interval, Undefined> {
    if n < 2 {
        return Err(Undefined::TooFew { n, needed: 2 });
    }
    if items < 2 {
        return Err(Undefined::parameter("items"));
    }
    if alpha >= 1.0 {
        return Err(Undefined::PerfectCorrelation);
    }
    let df = n as f64 - 1.0;
    let rest = df * (items as f64 - 1.0);
    let at = |p: f64| 1.0 - (1.0 - alpha) * f_quantile(p, df, rest);
    let tail = (1.0 - level) / 2.0;
    Ok(Interval {
        lower: at(1.0 - tail),
        upper: at(tail),
        level,
        method: Method::Feldt,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::of_matrix;
    use super::*;

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
    }

    // 41 people and 26 items: the lower limit follows from the F table, F(.95; 40, 1000) = 1.406.
    #[test]
    fn feldt_from_the_table_of_f() {
        let interval = feldt_interval(0.79, 41, 26, 0.90).unwrap();
        assert!(
            (interval.lower - (1.0 - 0.21 * 1.406)).abs() < 5e-4,
            "{interval:?}"
        );
        assert!(interval.contains(0.79));
        assert!(feldt_interval(1.0, 41, 26, 0.9).is_err());
    }
}
