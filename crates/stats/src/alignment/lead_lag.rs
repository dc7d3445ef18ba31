//! Does one series move before the other?
//!
//! Sources: cross-correlation as R `ccf`; effective n of Pyper & Peterman (1998); circular-shift
//! permutation with the maximum over lags.
//! Only differenced (and deseasonalised) series may be interpreted: the cross-correlation of two
//! trends is high at every lag. At most three lags, declared before looking; below 20 periods
//! there is a picture and no claim (the caller enforces both).

use super::correlation::CentredSums;
use crate::distribution::normal_quantile;
use crate::undefined::Undefined;

/// First differences xₜ − xₜ₋ₗₐ; `lag` 1 removes a trend, 12 the seasons of months.
pub fn differences(series: &[f64], lag: usize) -> Vec<f64> {
    series
        .iter()
        .skip(lag.max(1))
        .zip(series)
        .map(|(later, earlier)| later - earlier)
        .collect()
}

/// Cross-correlation at one lag: of xₜ₊ₖ with yₜ. A negative lag means that x leads.
///
/// Both series are centred by their own whole mean, the divisor is n at every lag. Undefined:
/// series of different or too small length, one that does not vary.
pub fn cross_correlation(xs: &[f64], ys: &[f64], lag: i32) -> Result<f64, Undefined> {
    let n = xs.len();
    if n != ys.len() || n < 2 || lag.unsigned_abs() as usize >= n {
        return Err(Undefined::TooFew {
            n: n.min(ys.len()) as u64,
            needed: u64::from(lag.unsigned_abs()) + 2,
        });
    }
    let pairs: Vec<(f64, f64, f64)> = xs.iter().zip(ys).map(|(x, y)| (*x, *y, 1.0)).collect();
    let sums = CentredSums::of(&pairs);
    // Refuses a series that does not vary.
    sums.correlation()?;
    let mean = |v: &[f64]| v.iter().sum::<f64>() / n as f64;
    let (mx, my) = (mean(xs), mean(ys));
    let shift = lag.unsigned_abs() as usize;
    let product: f64 = if lag >= 0 {
        xs[shift..]
            .iter()
            .zip(ys)
            .map(|(x, y)| (x - mx) * (y - my))
            .sum()
    } else {
        xs.iter()
            .zip(&ys[shift..])
            .map(|(x, y)| (x - mx) * (y - my))
            .sum()
    };
    Ok(product / (sums.xx.sqrt() * sums.yy.sqrt()))
}

/// Band in which the cross-correlations of two unrelated white series stay, z/√n; with `lags`
/// above 1 it holds for all of them together (Bonferroni).
pub fn band(n: usize, lags: usize, level: f64) -> f64 {
    let alpha = (1.0 - level) / lags.max(1) as f64;
    normal_quantile(1.0 - alpha / 2.0) / (n as f64).sqrt()
}

/// Number of independent pairs that two autocorrelated series are worth, never above n.
///
/// 1/n* = 1/n + 2/n·Σ rₓ(j)·rᵧ(j), j up to ⌊n/5⌋.
pub fn effective_pairs(xs: &[f64], ys: &[f64]) -> Result<f64, Undefined> {
    let n = xs.len().min(ys.len());
    let mut sum = 0.0;
    for lag in 1..=(n / 5) as i32 {
        sum += cross_correlation(&xs[..n], &xs[..n], lag)?
            * cross_correlation(&ys[..n], &ys[..n], lag)?;
    }
    let inverse = (1.0 + 2.0 * sum) / n as f64;
    if inverse <= 0.0 {
        return Ok(n as f64);
    }
    Ok(inverse.recip().min(n as f64))
}

/// A test of declared lags.
#[derive(Debug, Clone, PartialEq)]
pub struct LagTest {
    /// The lag with the strongest cross-correlation, over units together.
    pub lag: i32,
    /// Its mean cross-correlation over units.
    pub value: f64,
    /// p of the strongest over all declared lags under circular shifts.
    pub p: f64,
    /// Shifts tried; the smallest possible p is 1/(shifts + 1).
    pub shifts: u64,
}

/// Circular-shift permutation of the strongest cross-correlation over declared lags.
///
/// `units` are (x, y) series of equal length within a unit, already differenced. x of every unit
/// is shifted by the same share of its length, all shifts but those within the lags, so that
/// the autocorrelation of each series stays; the maximum over lags makes one p for all.
pub fn lag_test(units: &[(Vec<f64>, Vec<f64>)], lags: &[i32]) -> Result<LagTest, Undefined> {
    let longest = units.iter().map(|u| u.0.len()).min().unwrap_or(0);
    let reach = lags.iter().map(|l| l.unsigned_abs() as usize).max();
    let Some(reach) = reach.filter(|r| longest > 2 * r + 3) else {
        return Err(Undefined::TooFew {
            n: longest as u64,
            needed: 2 * reach.unwrap_or(0) as u64 + 4,
        });
    };
    let strongest = |shift: usize| -> Result<(i32, f64), Undefined> {
        let mut best = (0, 0.0_f64);
        for &lag in lags {
            let mut sum = 0.0;
            for (xs, ys) in units {
                let mut shifted = xs.clone();
                shifted.rotate_left(shift % xs.len());
                sum += cross_correlation(&shifted, ys, lag)?;
            }
            let mean = sum / units.len() as f64;
            if mean.abs() > best.1.abs() {
                best = (lag, mean);
            }
        }
        Ok(best)
    };
    let (lag, value) = strongest(0)?;
    let (mut tried, mut as_strong) = (0_u64, 0_u64);
    for shift in reach + 1..longest - reach {
        tried += 1;
        as_strong += u64::from(strongest(shift)?.1.abs() >= value.abs() - 1e-12);
    }
    Ok(LagTest {
        lag,
        value,
        p: (as_strong + 1) as f64 / (tried + 1) as f64,
        shifts: tried,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A series without pattern, from a multiplicative generator.
    fn noise(n: usize, mut state: u64) -> Vec<f64> {
        (0..n)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (state >> 40) as f64 / f64::from(1 << 24) - 0.5
            })
            .collect()
    }

    #[test]
    fn a_series_that_follows_is_found_at_its_lag() {
        let x = noise(60, 7);
        let mut y = noise(60, 11).iter().map(|v| 0.2 * v).collect::<Vec<_>>();
        for t in 2..60 {
            y[t] += x[t - 2];
        }
        let result = lag_test(&[(x.clone(), y.clone())], &[-3, -2, -1]).unwrap();
        assert_eq!(result.lag, -2);
        assert!(result.value > 0.8 && result.p < 0.05);
        let unrelated = lag_test(&[(x, noise(60, 99))], &[-3, -2, -1]).unwrap();
        assert!(unrelated.p > 0.05);
    }

    #[test]
    fn lag_zero_is_the_correlation() {
        let (x, y) = (noise(30, 1), noise(30, 2));
        let at_zero = cross_correlation(&x, &y, 0).unwrap();
        let r = super::super::pearson(&x, &y, 0.95).unwrap().value;
        assert!((at_zero - r).abs() < 1e-14);
        let (ahead, behind) = (cross_correlation(&x, &y, 3), cross_correlation(&y, &x, -3));
        assert!((ahead.unwrap() - behind.unwrap()).abs() < 1e-14);
    }

    #[test]
    fn trends_are_worth_few_pairs() {
        let trend: Vec<f64> = (0..50).map(f64::from).collect();
        assert!(effective_pairs(&trend, &trend).unwrap() < 5.0);
        assert_eq!(differences(&trend, 1), vec![1.0; 49]);
        assert!(cross_correlation(&differences(&trend, 1), &trend[1..], 0).is_err());
    }
}
