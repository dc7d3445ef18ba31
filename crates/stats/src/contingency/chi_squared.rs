//! Pearson's χ² test of independence.
//!
//! Source: Pearson (1900); Yates (1934); standardised residuals of Haberman (1973); Cramér (1946).

use crate::distribution::chi_squared_ln_sf;
use crate::undefined::Undefined;

/// Pearson's χ² test of independence.
#[derive(Debug, Clone, PartialEq)]
pub struct ChiSquared {
    /// Σ(O − E)²/E.
    pub statistic: f64,
    /// (rows − 1)·(columns − 1).
    pub df: f64,
    /// Natural log of p.
    pub ln_p: f64,
    /// √(χ²/(n·(min(rows, columns) − 1))).
    pub cramers_v: f64,
    /// Smallest expected count.
    pub expected_min: f64,
    /// (O − E)/√(E(1 − row share)(1 − column share)), row by row.
    pub standardised_residuals: Vec<Vec<f64>>,
}

/// χ² of a table of rows of equal length; `corrected` applies Yates' correction (2 × 2 only).
///
/// Undefined: an empty table; a row or column without counts; a single row or column.
pub fn chi_squared(table: &[Vec<u64>], corrected: bool) -> Result<ChiSquared, Undefined> {
    let columns = table.first().map_or(0, Vec::len);
    if table.len() < 2 || columns < 2 || table.iter().any(|row| row.len() != columns) {
        return Err(Undefined::parameter("table"));
    }
    let row_sums: Vec<f64> = table.iter().map(|r| r.iter().sum::<u64>() as f64).collect();
    let column_sums: Vec<f64> = (0..columns)
        .map(|j| table.iter().map(|r| r[j]).sum::<u64>() as f64)
        .collect();
    let n: f64 = row_sums.iter().sum();
    if n == 0.0 {
        return Err(Undefined::NoAnswers);
    }
    if row_sums.iter().chain(&column_sums).any(|s| *s == 0.0) {
        return Err(Undefined::NoVariation);
    }
    let yates: f64 = if corrected && table.len() == 2 && columns == 2 {
        0.5
    } else {
        0.0
    };
    let mut statistic = 0.0;
    let mut expected_min = f64::INFINITY;
    let mut residuals = Vec::new();
    for (row, sum) in table.iter().zip(&row_sums) {
        let mut of_row = Vec::new();
        for (&count, column) in row.iter().zip(&column_sums) {
            let expected = sum * column / n;
            let distance = count as f64 - expected;
            statistic += (distance.abs() - yates.min(distance.abs())).powi(2) / expected;
            expected_min = expected_min.min(expected);
            of_row.push(distance / (expected * (1.0 - sum / n) * (1.0 - column / n)).sqrt());
        }
        residuals.push(of_row);
    }
    let smaller = table.len().min(columns) as f64 - 1.0;
    let df = (table.len() as f64 - 1.0) * (columns as f64 - 1.0);
    Ok(ChiSquared {
        statistic,
        df,
        ln_p: chi_squared_ln_sf(statistic, df),
        cramers_v: (statistic / (n * smaller)).sqrt(),
        expected_min,
        standardised_residuals: residuals,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn independence_is_zero() {
        let result = chi_squared(&[vec![10, 20], vec![20, 40]], false).unwrap();
        assert!(result.statistic.abs() < 1e-12 && result.cramers_v.abs() < 1e-6);
        assert_eq!(
            chi_squared(&[vec![0, 0], vec![1, 2]], false),
            Err(Undefined::NoVariation)
        );
    }

    proptest! {
        // Neither the order of rows nor swapping rows and columns matters; V stays within 0..1.
        #[test]
        fn order_does_not_matter(cells in prop::collection::vec(1_u64..40, 6)) {
            let table = [cells[..3].to_vec(), cells[3..].to_vec()];
            let turned: Vec<Vec<u64>> = (0..3).map(|j| vec![cells[3 + j], cells[j]]).collect();
            let (a, b) = (chi_squared(&table, false).unwrap(), chi_squared(&turned, false).unwrap());
            prop_assert!((a.statistic - b.statistic).abs() < 1e-9 * (1.0 + a.statistic));
            prop_assert!((0.0..=1.0).contains(&a.cramers_v));
        }
    }
}
