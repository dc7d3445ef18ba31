//! The score with its interval, and the answers that an interval takes.

use super::counts::Counts;
use crate::distribution::{bisect, z};
use crate::interval::{Interval, Measured, Method};
use crate::undefined::Undefined;

/// Net promoter score with Tango's score interval.
///
/// `counts` of detractors, passives, promoters; value and limits in −1..1. Assumes independent
/// answers. With one class only, the limit on that side is exactly ±1 and the other one still
/// says how little is known. Undefined: nobody answered.
pub fn nps(counts: &Counts, level: f64) -> Result<Measured, Undefined> {
    let score = counts.score()?;
    Ok(Measured::new(
        score,
        counts.n,
        score_interval(counts, level),
    ))
}

/// Tango's score interval: the values d that a score test does not reject, that is
/// |b − c − n·d| ≤ z·√(n(2q + d(1 − d))) with q the detractors' share most likely under d.
pub fn score_interval(counts: &Counts, level: f64) -> Result<Interval, Undefined> {
    let score = counts.score()?;
    let (b, c, n) = (counts.promoters, counts.detractors, counts.total());
    let z = z(level);
    let spread = |d: f64| {
        let (aa, bb, cc) = (2.0 * n, -b - c + (2.0 * n - b + c) * d, -c * d * (1.0 - d));
        let q = ((bb * bb - 4.0 * aa * cc).max(0.0).sqrt() - bb) / (2.0 * aa);
        (n * (2.0 * q + d * (1.0 - d))).max(0.0).sqrt()
    };
    let lower = if score <= -1.0 {
        -1.0
    } else {
        bisect(-1.0, score, |d| b - c - n * d - z * spread(d))
    };
    let upper = if score >= 1.0 {
        1.0
    } else {
        bisect(score, 1.0, |d| b - c - n * d + z * spread(d))
    };
    Ok(Interval {
        lower,
        upper,
        level,
        method: Method::TangoScore,
    })
}

/// Answers needed for a half width (0.05 = five points), for answers whose variance is
/// `variance` (about 0.6 in practice; 1 at worst).
pub fn answers_needed(half_width: f64, variance: f64, level: f64) -> Result<u64, Undefined> {
    if half_width <= 0.0 {
        return Err(Undefined::parameter("half_width"));
    }
    if !(0.0..=1.0).contains(&variance) {
        return Err(Undefined::parameter("variance"));
    }
    Ok((z(level).powi(2) * variance / (half_width * half_width)).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn five_points_take_about_920_answers() {
        assert_eq!(answers_needed(0.05, 0.6, 0.95), Ok(922));
    }

    #[test]
    fn one_class_only_still_has_an_interval() {
        let interval = score_interval(&Counts::new(0, 0, 20), 0.95).unwrap();
        assert_eq!(interval.upper, 1.0);
        // n/(n + z²) − z²/(n + z²): the Wilson limit of 20 of 20 on the −1..1 scale.
        let wilson = crate::proportion::wilson(20.0, 20.0, 0.95).unwrap();
        assert!((interval.lower - (2.0 * wilson.lower - 1.0)).abs() < 1e-12);
    }

    #[test]
    fn without_passives_it_is_wilson() {
        let interval = score_interval(&Counts::new(30, 0, 70), 0.95).unwrap();
        assert!(interval.contains(0.4));
        let at_limit = |d: f64| (40.0 - 100.0 * d).abs();
        assert!(at_limit(interval.lower) > 0.0);
    }

    #[test]
    fn nobody_has_no_score() {
        assert_eq!(nps(&Counts::new(0, 0, 0), 0.95), Err(Undefined::NoAnswers));
    }

    proptest! {
        #[test]
        fn interval_holds_the_score_and_mirrors(d in 0_u64..60, s in 0_u64..60, p in 0_u64..60) {
            prop_assume!(d + s + p > 0);
            let one = nps(&Counts::new(d, s, p), 0.95).unwrap();
            let interval = one.interval.unwrap();
            prop_assert!(interval.contains(one.value));
            prop_assert!(interval.width() > 0.0 && interval.lower >= -1.0 && interval.upper <= 1.0);
            let other = score_interval(&Counts::new(p, s, d), 0.95).unwrap();
            prop_assert!((interval.lower + other.upper).abs() < 1e-10);
        }

        #[test]
        fn more_answers_narrow(d in 0_u64..40, s in 0_u64..40, p in 0_u64..40) {
            prop_assume!(d + s + p > 0);
            let one = score_interval(&Counts::new(d, s, p), 0.95).unwrap();
            let many = score_interval(&Counts::new(5 * d, 5 * s, 5 * p), 0.95).unwrap();
            prop_assert!(many.width() < one.width());
        }
    }
}
