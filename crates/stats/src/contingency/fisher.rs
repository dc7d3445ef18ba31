//! Fisher's exact test.
//!
//! Source: Fisher (1935); the conditional odds ratio and its limits as R `fisher.test`.

use crate::distribution::bisect;
use crate::interval::{Interval, Method};
use crate::undefined::Undefined;
use statrs::function::gamma::ln_gamma;

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
}
