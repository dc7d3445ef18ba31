//! Shares: hits among n.
//!
//! Invariant: a share's interval lies in [0, 1] and has width above 0, also at 0 of n and n of
//! n. Wald's interval is absent on purpose: it has width 0 there.

use crate::distribution::{beta_quantile, normal_quantile, z};
use crate::interval::{Interval, Measured, Method};
use crate::undefined::Undefined;

/// Wilson (1927) score interval of a proportion.
///
/// `successes` and `trials` need not be whole (published shares × n, effective n of a weighted
/// share). Assumes independent answers. At 0 of n the lower limit is exactly 0, at n of n the
/// upper one exactly 1. Undefined: n = 0; `successes` outside `0..=trials`.
pub fn wilson(successes: f64, trials: f64, level: f64) -> Result<Interval, Undefined> {
    let (lower, upper) = wilson_limits(successes, trials, z(level))?;
    Ok(Interval {
        lower,
        upper,
        level,
        method: Method::Wilson,
    })
}

/// One-sided lower Wilson limit: with confidence `level` the share is not below it.
pub fn wilson_lower(successes: f64, trials: f64, level: f64) -> Result<f64, Undefined> {
    Ok(wilson_limits(successes, trials, normal_quantile(level))?.0)
}

/// One-sided upper Wilson limit.
pub fn wilson_upper(successes: f64, trials: f64, level: f64) -> Result<f64, Undefined> {
    Ok(wilson_limits(successes, trials, normal_quantile(level))?.1)
}

fn wilson_limits(successes: f64, trials: f64, z: f64) -> Result<(f64, f64), Undefined> {
    check(successes, trials)?;
    let p = successes / trials;
    let square = z * z;
    let scale = 1.0 + square / trials;
    let centre = (p + square / (2.0 * trials)) / scale;
    let half = z / scale * (p * (1.0 - p) / trials + square / (4.0 * trials * trials)).sqrt();
    let lower = if successes <= 0.0 {
        0.0
    } else {
        (centre - half).max(0.0)
    };
    let upper = if successes >= trials {
        1.0
    } else {
        (centre + half).min(1.0)
    };
    Ok((lower, upper))
}

fn check(successes: f64, trials: f64) -> Result<(), Undefined> {
    if trials <= 0.0 {
        return Err(Undefined::NoAnswers);
    }
    // Shares published with rounding may exceed n by a hair.
    if !(0.0..=trials * (1.0 + 1e-9)).contains(&successes) {
        return Err(Undefined::parameter("hits"));
    }
    Ok(())
}

/// A share with its Wilson interval.
///
/// `hits` among `n`; hits may be fractional (published shares × n).
pub fn share(hits: f64, n: u64, level: f64) -> Result<Measured, Undefined> {
    check(hits, n as f64)?;
    let hits = hits.min(n as f64);
    Ok(Measured::new(
        hits / n as f64,
        n,
        wilson(hits, n as f64, level),
    ))
}

/// Wilson's interval with continuity correction (R `prop.test`); the correction is left out
/// when the observed share is closer to ½ than it.
pub fn wilson_corrected(successes: f64, trials: f64, level: f64) -> Result<Interval, Undefined> {
    check(successes, trials)?;
    let z = z(level);
    let p = successes / trials;
    let correction = (successes - trials / 2.0).abs().min(0.5);
    let square = z * z / (2.0 * trials);
    let limit = |p: f64, sign: f64| {
        let root = (p * (1.0 - p) / trials + square / (2.0 * trials))
            .max(0.0)
            .sqrt();
        (p + square + sign * z * root) / (1.0 + 2.0 * square)
    };
    let upper = if successes >= trials {
        1.0
    } else {
        limit(p + correction / trials, 1.0).min(1.0)
    };
    let lower = if successes <= 0.0 {
        0.0
    } else {
        limit(p - correction / trials, -1.0).max(0.0)
    };
    Ok(Interval {
        lower,
        upper,
        level,
        method: Method::WilsonCorrected,
    })
}

/// Clopper–Pearson exact interval: covers at least `level`, and is wider than needed.
pub fn clopper_pearson(successes: u64, trials: u64, level: f64) -> Result<Interval, Undefined> {
    check(successes as f64, trials as f64)?;
    let alpha = (1.0 - level) / 2.0;
    let (k, n) = (successes as f64, trials as f64);
    let lower = if successes == 0 {
        0.0
    } else {
        beta_quantile(k, n - k + 1.0, alpha)
    };
    let upper = if successes == trials {
        1.0
    } else {
        beta_quantile(k + 1.0, n - k, 1.0 - alpha)
    };
    Ok(Interval {
        lower,
        upper,
        level,
        method: Method::ClopperPearson,
    })
}

/// Jeffreys' interval: quantiles of Beta(k + ½, n − k + ½), without an end-point rule.
pub fn jeffreys(successes: f64, trials: f64, level: f64) -> Result<Interval, Undefined> {
    check(successes, trials)?;
    let alpha = (1.0 - level) / 2.0;
    let (a, b) = (successes + 0.5, trials - successes + 0.5);
    Ok(Interval {
        lower: beta_quantile(a, b, alpha),
        upper: beta_quantile(a, b, 1.0 - alpha),
        level,
        method: Method::Jeffreys,
    })
}

/// Agresti and Coull's (1998) interval, not cut to [0, 1].
pub fn agresti_coull(successes: f64, trials: f64, level: f64) -> Result<Interval, Undefined> {
    check(successes, trials)?;
    let z = z(level);
    let n = trials + z * z;
    let p = (successes + z * z / 2.0) / n;
    let half = z * (p * (1.0 - p) / n).sqrt();
    Ok(Interval::around(p, half, level, Method::AgrestiCoull))
}

/// Difference of two independent shares, first − second, by Newcombe (1998) method 10: square
/// and add of the two Wilson intervals.
///
/// Each group is (hits, n). n of the result is the sum of both.
pub fn newcombe10(
    first: (f64, u64),
    second: (f64, u64),
    level: f64,
) -> Result<Measured, Undefined> {
    let a = share(first.0, first.1, level)?;
    let b = share(second.0, second.1, level)?;
    let interval = mover(
        (a.value, a.interval?),
        (b.value, b.interval?),
        Method::Newcombe10,
    );
    Ok(Measured::new(a.value - b.value, a.n + b.n, Ok(interval)))
}

/// Interval of a difference from two independent values with their intervals (Zou & Donner
/// 2008, MOVER): the distance to each limit of the difference is the root of the sum of squares
/// of the two distances that lead there.
///
/// Both intervals must have the same level.
pub fn mover(first: (f64, Interval), second: (f64, Interval), method: Method) -> Interval {
    let ((a, of_a), (b, of_b)) = (first, second);
    Interval {
        lower: a - b - (a - of_a.lower).hypot(of_b.upper - b),
        upper: a - b + (of_a.upper - a).hypot(b - of_b.lower),
        level: of_a.level,
        method,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    // Newcombe (1998), Statistics in Medicine 17:857, table I, method 3 (Wilson).
    #[rstest]
    #[case(81.0, 263.0, 0.2553, 0.3662)]
    #[case(15.0, 148.0, 0.0624, 0.1605)]
    #[case(0.0, 20.0, 0.0000, 0.1611)]
    #[case(1.0, 29.0, 0.0061, 0.1718)]
    fn wilson_as_published(#[case] k: f64, #[case] n: f64, #[case] lower: f64, #[case] upper: f64) {
        let interval = wilson(k, n, 0.95).unwrap();
        assert!((interval.lower - lower).abs() < 5.1e-5, "{interval:?}");
        assert!((interval.upper - upper).abs() < 5.1e-5, "{interval:?}");
    }

    // Newcombe (1998), Statistics in Medicine 17:873, table II, method 10.
    #[rstest]
    #[case((56.0, 70), (48.0, 80), 0.0524, 0.3339)]
    #[case((9.0, 10), (3.0, 10), 0.1705, 0.8090)]
    #[case((10.0, 10), (0.0, 10), 0.6075, 1.0000)]
    #[case((5.0, 56), (0.0, 29), -0.0381, 0.1926)]
    fn newcombe_as_published(
        #[case] a: (f64, u64),
        #[case] b: (f64, u64),
        #[case] lower: f64,
        #[case] upper: f64,
    ) {
        let interval = newcombe10(a, b, 0.95).unwrap().interval.unwrap();
        assert!((interval.lower - lower).abs() < 5.1e-5, "{interval:?}");
        assert!((interval.upper - upper).abs() < 5.1e-5, "{interval:?}");
    }

    #[test]
    fn nobody_has_no_share() {
        assert_eq!(share(0.0, 0, 0.95), Err(Undefined::NoAnswers));
        assert!(wilson(3.0, 2.0, 0.95).is_err());
    }

    #[test]
    fn twenty_of_twenty_does_not_show_ninety_five_percent() {
        assert!((wilson_lower(20.0, 20.0, 0.95).unwrap() - 0.881).abs() < 5e-4);
    }

    proptest! {
        #[test]
        fn wilson_holds_the_share_and_narrows_with_n(k in 0_u32..200, extra in 0_u32..200) {
            prop_assume!(k + extra > 0);
            let (k, n) = (f64::from(k), f64::from(k + extra));
            let one = wilson(k, n, 0.95).unwrap();
            prop_assert!(one.contains(k / n) && one.lower >= 0.0 && one.upper <= 1.0);
            let four = wilson(4.0 * k, 4.0 * n, 0.95).unwrap();
            prop_assert!(four.width() < one.width());
        }

        #[test]
        fn wilson_is_symmetric(k in 0_u32..200, extra in 1_u32..200) {
            let n = f64::from(k + extra);
            let hits = wilson(f64::from(k), n, 0.9).unwrap();
            let misses = wilson(f64::from(extra), n, 0.9).unwrap();
            prop_assert!((hits.lower - (1.0 - misses.upper)).abs() < 1e-12);
        }
    }
}
