//! Other intervals of a score: for comparison with other tools only, never shown.

use super::counts::Counts;
use crate::distribution::{t, z};
use crate::interval::{Interval, Method};
use crate::undefined::Undefined;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walds_interval_has_no_width_when_all_agree() {
        let all = Counts::new(0, 0, 20);
        assert_eq!(wald(&all, 0.95).unwrap().width(), 0.0);
        assert!(adjusted_wald(&all, 0.95).unwrap().2.width() > 0.2);
        assert!(wald(&Counts::new(0, 0, 0), 0.95).is_err());
    }

    // Three answers are added, half of them passives, so that the centre moves towards 0.
    #[test]
    fn the_adjusted_centre() {
        let (centre, _, _) = adjusted_wald(&Counts::new(2, 3, 12), 0.95).unwrap();
        assert!((centre - 10.0 / 20.0).abs() < 1e-12);
        let t = trinomial_t(&Counts::new(0, 1, 20), 0.95).unwrap();
        assert!(t.upper <= 1.0);
    }
}
