//! Why a gap between two answers is never a score.
//!
//! Source: Lord (1963). Perception less expectation of the same person loses most of the
//! reliability that both have; both are shown apart instead.

use crate::undefined::Undefined;

/// Reliability of a difference of two scores (Lord 1963): why a gap is never a score.
///
/// Standard deviations, reliabilities and correlation of both scores. Undefined when the
/// difference does not vary.
pub fn of_difference(
    (sd_1, reliability_1): (f64, f64),
    (sd_2, reliability_2): (f64, f64),
    r: f64,
) -> Result<f64, Undefined> {
    let shared = 2.0 * r * sd_1 * sd_2;
    let whole = sd_1 * sd_1 + sd_2 * sd_2 - shared;
    if whole <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    Ok((sd_1 * sd_1 * reliability_1 + sd_2 * sd_2 * reliability_2 - shared) / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_good_scores_make_a_useless_difference() {
        assert_eq!(of_difference((1.0, 0.8), (1.0, 0.8), 0.8), Ok(0.0));
        let uncorrelated = of_difference((1.0, 0.8), (1.0, 0.8), 0.0).unwrap();
        assert!((uncorrelated - 0.8).abs() < 1e-12);
        assert_eq!(
            of_difference((1.0, 0.8), (1.0, 0.8), 1.0),
            Err(Undefined::ZeroVariance)
        );
    }
}
