//! Net promoter score: share of promoters less share of detractors, −1..1.
//!
//! Sources: Tango (1998), Statistics in Medicine 17:891; Rocks (2016), The American
//! Statistician 70:365 (the same interval as "iterative score").
//! Invariant: the interval shown is the score interval; Wald's covers as little as .225 where
//! .95 is promised, and is here only because comparisons with other tools need it.

use crate::distribution::{bisect, normal_ln_sf, t, t_p_two_sided, z};
use crate::histogram::{Frequencies, Histogram};
use crate::interval::{Interval, Measured, Method};
use crate::moments::{Moments, WeightedMoments};
use crate::proportion::mover;
use crate::undefined::Undefined;

/// Answers as detractors, passives, promoters; counts need not be whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counts {
    /// Answers at or below the detractors' cut.
    pub detractors: f64,
    /// Answers between.
    pub passives: f64,
    /// Answers at or above the promoters' cut.
    pub promoters: f64,
    /// Number of answers; with published shares it may differ from the sum by rounding.
    pub n: u64,
}

impl Counts {
    /// From whole counts.
    pub fn new(detractors: u64, passives: u64, promoters: u64) -> Self {
        Self {
            detractors: detractors as f64,
            passives: passives as f64,
            promoters: promoters as f64,
            n: detractors + passives + promoters,
        }
    }

    /// From scores, for instance `detractor_max` 6 and `promoter_min` 9 on 0..10.
    pub fn of(histogram: &Histogram, detractor_max: i32, promoter_min: i32) -> Self {
        let detractors = histogram.at_most(detractor_max);
        let promoters = histogram.at_least(promoter_min);
        Self::new(
            detractors,
            histogram.n() - detractors - promoters,
            promoters,
        )
    }

    /// From published shares × n, scaled to the published n.
    pub fn of_frequencies(scores: &Frequencies, detractor_max: i32, promoter_min: i32) -> Self {
        let n = scores.n as f64;
        let detractors = scores.share(|s| s <= detractor_max).unwrap_or(0.0) * n;
        let promoters = scores.share(|s| s >= promoter_min).unwrap_or(0.0) * n;
        Self {
            detractors,
            passives: (n - detractors - promoters).max(0.0),
            promoters,
            n: scores.n,
        }
    }

    fn total(&self) -> f64 {
        self.detractors + self.passives + self.promoters
    }

    /// (P − D)/n.
    pub fn score(&self) -> Result<f64, Undefined> {
        let total = self.total();
        if total <= 0.0 {
            return Err(Undefined::NoAnswers);
        }
        Ok((self.promoters - self.detractors) / total)
    }

    /// Variance of one answer coded −1, 0, 1, with denominator n.
    pub fn variance(&self) -> Result<f64, Undefined> {
        let score = self.score()?;
        Ok((self.promoters + self.detractors) / self.total() - score * score)
    }

    /// The answers coded −1, 0, 1.
    pub fn moments(&self) -> Result<Moments, Undefined> {
        Ok(Moments::from_parts(
            self.n,
            self.score()?,
            self.variance()? * self.n as f64,
        ))
    }
}

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

/// Wald's interval: for comparison with other tools only, never to be shown.
pub fn wald(counts: &Counts, level: f64) -> Result<Interval, Undefined> {
    let half = z(level) * (counts.variance()? / counts.total()).sqrt();
    Ok(Interval::around(counts.score()?, half, level, Method::Wald))
}

/// Adjusted Wald interval (Rocks 2016): Wald's after adding ¾ detractors, 1½ passives and ¾
/// promoters; returned with its centre and standard error, not cut to [−1, 1].
pub fn adjusted_wald(counts: &Counts, level: f64) -> Result<(f64, f64, Interval), Undefined> {
    counts.score()?;
    let adjusted = Counts {
        detractors: counts.detractors + 0.75,
        passives: counts.passives + 1.5,
        promoters: counts.promoters + 0.75,
        n: counts.n + 3,
    };
    let centre = adjusted.score()?;
    let error = (adjusted.variance()? / adjusted.total()).sqrt();
    let interval = Interval::around(centre, z(level) * error, level, Method::AdjustedWald);
    Ok((centre, error, interval))
}

/// Student's t interval of the answers coded −1, 0, 1, cut to [−1, 1].
pub fn trinomial_t(counts: &Counts, level: f64) -> Result<Interval, Undefined> {
    let moments = counts.moments()?;
    let half = t(level, counts.n as f64 - 1.0) * moments.standard_error()?;
    Ok(Interval::around(counts.score()?, half, level, Method::T).clipped(-1.0, 1.0))
}

/// Weighted net promoter score from values coded −1, 0, 1.
///
/// Taylor-linearised t interval; below 100 effective answers the score interval at the
/// effective n (Kish), because the linearised one has width 0 when all answers fall in one class.
pub fn nps_weighted(moments: &WeightedMoments, level: f64) -> Result<Measured, Undefined> {
    let score = moments.mean()?;
    let effective = moments.effective_n();
    if effective >= 100.0 {
        let half = t(level, moments.n() as f64 - 1.0) * moments.linearised_standard_error()?;
        let interval = Interval::around(score, half, level, Method::Linearised);
        return Ok(Measured::new(
            score,
            moments.n(),
            Ok(interval.clipped(-1.0, 1.0)),
        ));
    }
    let outside = (moments.population_variance()? + score * score).min(1.0);
    let counts = Counts {
        detractors: (outside - score).max(0.0) / 2.0 * effective,
        passives: (1.0 - outside) * effective,
        promoters: (outside + score).max(0.0) / 2.0 * effective,
        n: moments.n(),
    };
    let interval = score_interval(&counts, level).map(|i| Interval {
        method: Method::TangoEffective,
        ..i
    });
    Ok(Measured::new(score, moments.n(), interval))
}

/// Difference of two independent net promoter scores, first − second: square-and-add (MOVER) of
/// the two score intervals. n is the sum of both.
pub fn nps_difference(first: &Counts, second: &Counts, level: f64) -> Result<Measured, Undefined> {
    let (a, b) = (nps(first, level)?, nps(second, level)?);
    let interval = mover(
        (a.value, a.interval?),
        (b.value, b.interval?),
        Method::Mover,
    );
    Ok(Measured::new(a.value - b.value, a.n + b.n, Ok(interval)))
}

/// z test of two independent net promoter scores: standard error, z, natural log of the
/// two-sided p. Undefined when both have no variance.
pub fn nps_difference_test(first: &Counts, second: &Counts) -> Result<(f64, f64, f64), Undefined> {
    let error = (first.variance()? / first.total() + second.variance()? / second.total()).sqrt();
    if error <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let z = (first.score()? - second.score()?) / error;
    let ln_p = (normal_ln_sf(z.abs()) + std::f64::consts::LN_2).min(0.0);
    Ok((error, z, ln_p))
}

/// Two scores given by the same respondents: mean difference with its t interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paired {
    /// First score less second.
    pub difference: f64,
    /// Respondents who gave both.
    pub n: u64,
    /// Standard error of the difference.
    pub standard_error: f64,
    /// difference / standard error.
    pub t: f64,
    /// n − 1.
    pub df: f64,
    /// Two-sided p.
    pub p: f64,
    /// t interval.
    pub interval: Interval,
}

/// Difference of two net promoter scores of the same people.
///
/// `joint[i][j]` counts respondents who are i (detractor, passive, promoter) on the first and j
/// on the second. Treating them as independent would give a standard error a third too large.
pub fn nps_paired(joint: &[[u64; 3]; 3], level: f64) -> Result<Paired, Undefined> {
    let mut differences = Histogram::new();
    for (i, row) in (0..).zip(joint) {
        for (j, &count) in (0..).zip(row) {
            differences.add(i - j, count);
        }
    }
    let moments = differences.moments();
    let difference = moments.mean()?;
    let standard_error = moments.standard_error()?;
    if standard_error <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let df = moments.n() as f64 - 1.0;
    let statistic = difference / standard_error;
    Ok(Paired {
        difference,
        n: moments.n(),
        standard_error,
        t: statistic,
        df,
        p: t_p_two_sided(statistic, df),
        interval: Interval::around(difference, t(level, df) * standard_error, level, Method::T),
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

    #[test]
    fn equal_weights_change_nothing() {
        let mut weighted = WeightedMoments::default();
        weighted.push_many(-1.0, 2.5, 12);
        weighted.push_many(0.0, 2.5, 20);
        weighted.push_many(1.0, 2.5, 18);
        let plain = nps(&Counts::new(12, 20, 18), 0.95).unwrap();
        let with = nps_weighted(&weighted, 0.95).unwrap();
        assert!((plain.value - with.value).abs() < 1e-12);
        let (a, b) = (plain.interval.unwrap(), with.interval.unwrap());
        assert!((a.lower - b.lower).abs() < 1e-10 && (a.upper - b.upper).abs() < 1e-10);
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
