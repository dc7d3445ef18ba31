//! Tables of counts: χ² and Fisher's exact test.
//!
//! χ² where every expected count is at least 5 ([`ChiSquared::expected_min`]); otherwise
//! Fisher's test for 2 × 2 tables. The effect size is Cramér's V.

use crate::distribution::{bisect, chi_squared_ln_sf};
use crate::interval::{Interval, Method};
use crate::undefined::Undefined;
use statrs::function::gamma::ln_gamma;

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

/// Fisher's exact test of a 2 × 2 table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fisher {
    /// Two-sided p: tables at most as likely as the observed one.
    pub p: f64,
    /// Conditional maximum likelihood estimate of the odds ratio; `None` at 0 or infinity.
    pub odds_ratio: Option<f64>,
    /// Exact conditional interval; `None` where a limit is 0 or infinite.
    pub interval: Option<Interval>,
}

/// Fisher's exact test (R `fisher.test`).
pub fn fisher(table: [[u64; 2]; 2], level: f64) -> Result<Fisher, Undefined> {
    let [[a, b], [c, d]] = table;
    let (row, column, n) = (a + b, a + c, a + b + c + d);
    if n == 0 {
        return Err(Undefined::NoAnswers);
    }
    if row == 0 || row == n || column == 0 || column == n {
        return Err(Undefined::NoVariation);
    }
    let low = (row + column).saturating_sub(n);
    let high = row.min(column);
    let ln_choose = |n: u64, k: u64| {
        ln_gamma(n as f64 + 1.0) - ln_gamma(k as f64 + 1.0) - ln_gamma((n - k) as f64 + 1.0)
    };
    let weights: Vec<f64> = (low..=high)
        .map(|x| ln_choose(row, x) + ln_choose(n - row, column - x))
        .collect();
    // Distribution of the first cell under an odds ratio of e^θ.
    let shares = |theta: f64| -> Vec<f64> {
        let logs: Vec<f64> = weights
            .iter()
            .zip(low..)
            .map(|(w, x)| w + theta * x as f64)
            .collect();
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let raw: Vec<f64> = logs.iter().map(|l| (l - top).exp()).collect();
        let sum: f64 = raw.iter().sum();
        raw.iter().map(|r| r / sum).collect()
    };
    let place = (a - low) as usize;
    let null = shares(0.0);
    let p = null
        .iter()
        .filter(|q| **q <= null[place] * (1.0 + 1e-7))
        .sum::<f64>()
        .min(1.0);
    let mean = |theta: f64| -> f64 {
        shares(theta)
            .iter()
            .zip(low..)
            .map(|(q, x)| q * x as f64)
            .sum()
    };
    let inside = a > low && a < high;
    let odds_ratio = inside.then(|| bisect(-50.0, 50.0, |t| mean(t) - a as f64).exp());
    let tail = (1.0 - level) / 2.0;
    let interval = inside.then(|| Interval {
        lower: bisect(-50.0, 50.0, |t| {
            shares(t)[place..].iter().sum::<f64>() - tail
        })
        .exp(),
        upper: bisect(-50.0, 50.0, |t| {
            tail - shares(t)[..=place].iter().sum::<f64>()
        })
        .exp(),
        level,
        method: Method::Exact,
    });
    Ok(Fisher {
        p,
        odds_ratio,
        interval,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Fisher (1935), the lady tasting tea: p = 0.4857, odds ratio 6.408, exact limits 0.2117 and
    // 626.24 (R's root finding stops at 621.9).
    #[test]
    fn tea() {
        let result = fisher([[3, 1], [1, 3]], 0.95).unwrap();
        assert!((result.p - 0.485_714_285_714).abs() < 1e-10);
        assert!((result.odds_ratio.unwrap() - 6.408).abs() < 1e-3);
        let interval = result.interval.unwrap();
        assert!((interval.lower - 0.211_7).abs() < 1e-3, "{interval:?}");
        assert!((interval.upper - 626.24).abs() < 0.01, "{interval:?}");
    }

    #[test]
    fn a_perfect_table_has_no_finite_odds_ratio() {
        let result = fisher([[4, 0], [0, 4]], 0.95).unwrap();
        assert_eq!((result.odds_ratio, result.interval), (None, None));
        assert!((result.p - 2.0 / 70.0).abs() < 1e-12);
    }

    #[test]
    fn independence_is_zero() {
        let result = chi_squared(&[vec![10, 20], vec![20, 40]], false).unwrap();
        assert!(result.statistic.abs() < 1e-12 && result.cramers_v.abs() < 1e-6);
        assert_eq!(
            chi_squared(&[vec![0, 0], vec![1, 2]], false),
            Err(Undefined::NoVariation)
        );
    }
}
