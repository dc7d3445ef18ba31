//! Truth and bias: what a prediction follows besides the truth.
//!
//! Source: West & Kenny (2011). Projection is the coefficient of one's own answer beside the
//! truth.

use crate::moments::CoMoments;
use crate::regression::ols;
use crate::undefined::Undefined;

/// Prediction regressed on truth, and on truth and own answer, all about the mean truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TruthAndBias {
    /// Mean prediction less mean truth.
    pub directional_bias: f64,
    /// Slope on the truth alone.
    pub truth: f64,
    /// Bias left when the own answer is at the mean truth.
    pub bias_beside_projection: f64,
    /// Slope on the truth beside the own answer.
    pub truth_beside_projection: f64,
    /// Slope on the own answer.
    pub projection: f64,
}

/// From co-moments of (prediction, truth, own answer).
pub fn truth_and_bias(rows: &CoMoments) -> Result<TruthAndBias, Undefined> {
    let alone = ols(rows, 0, &[1])?;
    let both = ols(rows, 0, &[1, 2])?;
    let truth_mean = rows.means()[1];
    let bias = rows.means()[0] - truth_mean;
    Ok(TruthAndBias {
        directional_bias: bias,
        truth: alone.slopes[0],
        bias_beside_projection: bias - both.slopes[1] * (rows.means()[2] - truth_mean),
        truth_beside_projection: both.slopes[0],
        projection: both.slopes[1],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Prediction = 1 + .3·truth + .5·own answer, exactly.
    #[test]
    fn projection_is_the_weight_of_the_own_answer() {
        let mut rows = CoMoments::new(3);
        for (truth, own) in [(1.0, 4.0), (2.0, 2.0), (5.0, 3.0), (4.0, 5.0), (3.0, 1.0)] {
            assert!(rows.push(&[1.0 + 0.3 * truth + 0.5 * own, truth, own]));
        }
        let found = truth_and_bias(&rows).unwrap();
        assert!((found.projection - 0.5).abs() < 1e-12);
        assert!((found.truth_beside_projection - 0.3).abs() < 1e-12);
        assert!((found.directional_bias - (1.0 + 0.8 * 3.0 - 3.0)).abs() < 1e-12);
    }

    #[test]
    fn an_own_answer_that_is_the_truth_is_refused() {
        let mut rows = CoMoments::new(3);
        for x in [1.0, 2.0, 4.0, 4.0, 5.0] {
            assert!(rows.push(&[x + 1.0, x, x]));
        }
        assert!(matches!(
            truth_and_bias(&rows),
            Err(Undefined::Singular { .. })
        ));
    }
}
