//! Two answers as predictors: polynomial regression instead of a difference.
//!
//! Sources: Edwards (1994); Shanock et al. (2010).
//! z = b₀ + b₁x + b₂y + b₃x² + b₄xy + b₅y². Centre both on the same point of the scale, not on
//! their own means.

use crate::distribution::{f_ln_sf, t_p_two_sided};
use crate::moments::CoMoments;
use crate::regression::{Fit, ols};
use crate::undefined::Undefined;

/// A combination of coefficients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// Value.
    pub value: f64,
    /// Standard error.
    pub standard_error: f64,
    /// value / standard error.
    pub t: f64,
    /// Two-sided p.
    pub p: f64,
}

/// The response surface.
#[derive(Debug, Clone, PartialEq)]
pub struct Surface {
    /// Slopes b₁..b₅ with intercept b₀.
    pub fit: Fit,
    /// a₁ slope and a₂ curvature along x = y, a₃ slope and a₄ curvature along x = −y, a₅ = b₃ − b₅.
    pub features: [Contrast; 5],
    /// Where the surface is flat; `None` when it has no such point.
    pub stationary: Option<(f64, f64)>,
    /// Slope and intercept of the first principal axis; `None` without interaction.
    pub principal_axis: Option<(f64, f64)>,
}

/// The row (z, x, y, x², xy, y²) whose co-moments [`surface`] takes.
pub fn row(x: f64, y: f64, outcome: f64) -> [f64; 6] {
    [outcome, x, y, x * x, x * y, y * y]
}

/// Fits the surface to co-moments of [`row`]s.
pub fn surface(rows: &CoMoments) -> Result<Surface, Undefined> {
    let fit = ols(rows, 0, &[1, 2, 3, 4, 5])?;
    let b = &fit.slopes;
    let contrast = |weights: [f64; 5]| {
        let value: f64 = weights.iter().zip(b).map(|(w, b)| w * b).sum();
        let spread: f64 = fit
            .covariance
            .apply(&weights)
            .iter()
            .zip(weights)
            .map(|(c, w)| c * w)
            .sum();
        let standard_error = spread.sqrt();
        Contrast {
            value,
            standard_error,
            t: value / standard_error,
            p: t_p_two_sided(value / standard_error, fit.df),
        }
    };
    let features = [
        contrast([1.0, 1.0, 0.0, 0.0, 0.0]),
        contrast([0.0, 0.0, 1.0, 1.0, 1.0]),
        contrast([1.0, -1.0, 0.0, 0.0, 0.0]),
        contrast([0.0, 0.0, 1.0, -1.0, 1.0]),
        contrast([0.0, 0.0, 1.0, 0.0, -1.0]),
    ];
    let determinant = 4.0 * b[2] * b[4] - b[3] * b[3];
    let stationary = (determinant != 0.0).then(|| {
        (
            (b[1] * b[3] - 2.0 * b[0] * b[4]) / determinant,
            (b[0] * b[3] - 2.0 * b[1] * b[2]) / determinant,
        )
    });
    let principal_axis = stationary.filter(|_| b[3] != 0.0).map(|(x0, y0)| {
        let slope = (b[4] - b[2] + (b[2] - b[4]).hypot(b[3])) / b[3];
        (slope, y0 - slope * x0)
    });
    Ok(Surface {
        fit,
        features,
        stationary,
        principal_axis,
    })
}

/// F test of a full regression against one that is a special case of it.
///
/// Returns F, both degrees of freedom and ln p; both fits are of the same rows.
pub fn nested(full: &Fit, restricted_r2: f64, restrictions: u64) -> (f64, f64, f64, f64) {
    let df1 = restrictions as f64;
    let f = (full.r2 - restricted_r2) / df1 / ((1.0 - full.r2) / full.df);
    (f, df1, full.df, f_ln_sf(f, df1, full.df))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_bowl() {
        // z = 3 − (x − 1)² − (y − 2)² with a ripple that keeps the residual above 0.
        let mut rows = CoMoments::new(6);
        for i in -5..=5 {
            for j in -5..=5 {
                let (x, y) = (f64::from(i), f64::from(j));
                let ripple = if (i + j) % 2 == 0 { 1e-3 } else { -1e-3 };
                let outcome = 3.0 - (x - 1.0).powi(2) - (y - 2.0).powi(2) + 0.5 * x * y + ripple;
                assert!(rows.push(&row(x, y, outcome)));
            }
        }
        let result = surface(&rows).unwrap();
        assert!((result.features[1].value - (-1.5)).abs() < 1e-4);
        assert!((result.features[3].value - (-2.5)).abs() < 1e-4);
        let (x0, y0) = result.stationary.unwrap();
        // Gradient: 2(1 − x) + y/2 = 0 and 2(2 − y) + x/2 = 0.
        assert!(
            (2.0 * (1.0 - x0) + y0 / 2.0).abs() < 1e-3
                && (2.0 * (2.0 - y0) + x0 / 2.0).abs() < 1e-3
        );
    }
}
