//! Intraclass correlations of targets × raters.

use crate::distribution::f_quantile;
use crate::interval::{Interval, Method};
use crate::undefined::Undefined;

/// The six intraclass correlations of targets × raters, each with its F interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RaterIcc {
    /// ICC(1,1): raters differ from target to target.
    pub one: (f64, Interval),
    /// ICC(A,1): the same raters, absolute agreement.
    pub agreement: (f64, Interval),
    /// ICC(C,1): the same raters, consistency.
    pub consistency: (f64, Interval),
    /// ICC(1,k).
    pub one_mean: (f64, Interval),
    /// ICC(A,k).
    pub agreement_mean: (f64, Interval),
    /// ICC(C,k).
    pub consistency_mean: (f64, Interval),
}

/// Intraclass correlations of a complete table of targets (rows) × raters.
///
/// Undefined: fewer than two targets or raters, rows of unequal length, no variation.
pub fn rater_icc(table: &[Vec<f64>], level: f64) -> Result<RaterIcc, Undefined> {
    let (targets, raters) = (table.len(), table.first().map_or(0, Vec::len));
    if targets < 2 || raters < 2 || table.iter().any(|r| r.len() != raters) {
        return Err(Undefined::parameter("table"));
    }
    let (n, k) = (targets as f64, raters as f64);
    let grand = table.iter().flatten().sum::<f64>() / (n * k);
    let total: f64 = table.iter().flatten().map(|x| (x - grand).powi(2)).sum();
    let rows: f64 = table
        .iter()
        .map(|r| k * (r.iter().sum::<f64>() / k - grand).powi(2))
        .sum();
    let columns: f64 = (0..raters)
        .map(|j| n * (table.iter().map(|r| r[j]).sum::<f64>() / n - grand).powi(2))
        .sum();
    let msr = rows / (n - 1.0);
    let msc = columns / (k - 1.0);
    let mse = (total - rows - columns) / ((n - 1.0) * (k - 1.0));
    let msw = (total - rows) / (n * (k - 1.0));
    if msr <= 0.0 || mse <= 0.0 || msw <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let p = 0.5 + level / 2.0;
    let interval = |lower: f64, upper: f64| Interval {
        lower,
        upper,
        level,
        method: Method::Exact,
    };
    let single = |f_low: f64, f_high: f64| {
        interval(
            (f_low - 1.0) / (f_low + k - 1.0),
            (f_high - 1.0) / (f_high + k - 1.0),
        )
    };
    let of_mean = |f_low: f64, f_high: f64| interval(1.0 - 1.0 / f_low, 1.0 - 1.0 / f_high);
    let (f1, f3) = (msr / msw, msr / mse);
    let (d1, dw, de) = (n - 1.0, n * (k - 1.0), (n - 1.0) * (k - 1.0));
    let one_limits = (f1 / f_quantile(p, d1, dw), f1 * f_quantile(p, dw, d1));
    let three_limits = (f3 / f_quantile(p, d1, de), f3 * f_quantile(p, de, d1));
    let agreement = (msr - mse) / (msr + (k - 1.0) * mse + k * (msc - mse) / n);
    let (a_low, a_high) = agreement_limits(
        &Squares {
            n,
            k,
            msr,
            msc,
            mse,
        },
        agreement,
        p,
    );
    let spearman_brown = |r: f64| r * k / (1.0 + r * (k - 1.0));
    Ok(RaterIcc {
        one: (
            (msr - msw) / (msr + (k - 1.0) * msw),
            single(one_limits.0, one_limits.1),
        ),
        agreement: (agreement, interval(a_low, a_high)),
        consistency: (
            (msr - mse) / (msr + (k - 1.0) * mse),
            single(three_limits.0, three_limits.1),
        ),
        one_mean: ((msr - msw) / msr, of_mean(one_limits.0, one_limits.1)),
        agreement_mean: (
            (msr - mse) / (msr + (msc - mse) / n),
            interval(spearman_brown(a_low), spearman_brown(a_high)),
        ),
        consistency_mean: ((msr - mse) / msr, of_mean(three_limits.0, three_limits.1)),
    })
}

struct Squares {
    n: f64,
    k: f64,
    msr: f64,
    msc: f64,
    mse: f64,
}

/// Satterthwaite limits of ICC(A,1) (Shrout & Fleiss 1979).
fn agreement_limits(s: &Squares, icc: f64, p: f64) -> (f64, f64) {
    let Squares {
        n,
        k,
        msr,
        msc,
        mse,
    } = *s;
    let fj = msc / mse;
    let numerator =
        (k - 1.0) * (n - 1.0) * (k * icc * fj + n * (1.0 + (k - 1.0) * icc) - k * icc).powi(2);
    let denominator =
        (n - 1.0) * k * k * icc * icc * fj * fj + (n * (1.0 + (k - 1.0) * icc) - k * icc).powi(2);
    let v = numerator / denominator;
    let high = f_quantile(p, n - 1.0, v);
    let low = f_quantile(p, v, n - 1.0);
    let rest = k * msc + (k * n - k - n) * mse;
    (
        n * (msr - high * mse) / (high * rest + n * msr),
        n * (low * msr - mse) / (rest + n * low * msr),
    )
}
