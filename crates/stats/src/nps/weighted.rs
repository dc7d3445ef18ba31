//! Weighted scores.

use super::counts::Counts;
use super::score::score_interval;
use crate::distribution::t;
use crate::interval::{Interval, Measured, Method};
use crate::moments::WeightedMoments;
use crate::undefined::Undefined;

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

#[cfg(test)]
mod tests {
    use super::super::nps;
    use super::*;

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
}
