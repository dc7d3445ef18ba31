//! Small drifts: tabular CUSUM and EWMA, and how long each takes to signal.
//!
//! Sources: Page (1954), Roberts (1959), Montgomery; average run lengths by Gauss–Legendre
//! solution of the integral equation (Crowder 1987; Vance 1986).

use crate::distribution::{normal_cdf, normal_density, normal_sf};
use crate::linear::{Matrix, solve};
use crate::undefined::Undefined;

/// Nodes of the quadrature; 40 give more digits than anyone needs.
const NODES: usize = 40;

/// Upper and lower CUSUM of standardised values.
///
/// `reference` k is half the shift to find (0.5 for one sigma). A signal is a value beyond ±h.
pub fn cusum(z: &[f64], reference: f64) -> (Vec<f64>, Vec<f64>) {
    let (mut high, mut low) = (0.0_f64, 0.0_f64);
    z.iter()
        .map(|z| {
            high = (high + z - reference).max(0.0);
            low = (low + z + reference).min(0.0);
            (high, low)
        })
        .unzip()
}

/// One point of an EWMA chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EwmaPoint {
    /// Smoothed value.
    pub value: f64,
    /// Lower limit at this point.
    pub lower: f64,
    /// Upper limit at this point.
    pub upper: f64,
}

/// EWMA of means with a known centre and standard error, limits widening from the first point.
pub fn ewma(
    values: &[f64],
    centre: f64,
    error: f64,
    lambda: f64,
    width: f64,
) -> Result<Vec<EwmaPoint>, Undefined> {
    if !(0.0..=1.0).contains(&lambda) || lambda == 0.0 {
        return Err(Undefined::parameter("lambda"));
    }
    let mut smoothed = centre;
    let mut forgotten = 1.0;
    Ok(values
        .iter()
        .map(|value| {
            smoothed += lambda * (value - smoothed);
            forgotten *= (1.0 - lambda).powi(2);
            let reach = width * error * (lambda / (2.0 - lambda) * (1.0 - forgotten)).sqrt();
            EwmaPoint {
                value: smoothed,
                lower: centre - reach,
                upper: centre + reach,
            }
        })
        .collect())
}

/// Average run length of a Shewhart chart with limits at ± `width` sigma, at a shift in sigma.
pub fn shewhart_run_length(width: f64, shift: f64) -> f64 {
    1.0 / (normal_sf(width - shift) + normal_sf(width + shift))
}

/// Average run length of a two-sided EWMA with fixed limits, started at the centre.
pub fn ewma_run_length(lambda: f64, width: f64, shift: f64) -> Result<f64, Undefined> {
    let limit = width * (lambda / (2.0 - lambda)).sqrt();
    let (nodes, weights) = gauss_legendre(-limit, limit);
    let kernel =
        |from: f64, to: f64| normal_density((to - (1.0 - lambda) * from) / lambda - shift) / lambda;
    let system = Matrix::from_fn(NODES, |i, j| {
        f64::from(u8::from(i == j)) - weights[j] * kernel(nodes[i], nodes[j])
    });
    let lengths = solve(&system, &[1.0; NODES])?;
    Ok(1.0
        + (0..NODES)
            .map(|j| weights[j] * kernel(0.0, nodes[j]) * lengths[j])
            .sum::<f64>())
}

/// Average run length of a two-sided CUSUM started at 0: 1/(1/L⁺ + 1/L⁻).
pub fn cusum_run_length(reference: f64, limit: f64, shift: f64) -> Result<f64, Undefined> {
    let up = one_sided_cusum(reference, limit, shift)?;
    let down = one_sided_cusum(reference, limit, -shift)?;
    Ok(1.0 / (1.0 / up + 1.0 / down))
}

fn one_sided_cusum(reference: f64, limit: f64, shift: f64) -> Result<f64, Undefined> {
    let (nodes, weights) = gauss_legendre(0.0, limit);
    // State 0 is an atom; the others are the nodes.
    let state = |i: usize| if i == 0 { 0.0 } else { nodes[i - 1] };
    let system = Matrix::from_fn(NODES + 1, |i, j| {
        let from = state(i);
        let step = if j == 0 {
            normal_cdf(reference - from - shift)
        } else {
            weights[j - 1] * normal_density(nodes[j - 1] + reference - from - shift)
        };
        f64::from(u8::from(i == j)) - step
    });
    Ok(solve(&system, &[1.0; NODES + 1])?[0])
}

/// Nodes and weights on an interval, by Newton's method on Legendre polynomials.
fn gauss_legendre(low: f64, high: f64) -> ([f64; NODES], [f64; NODES]) {
    let (mut nodes, mut weights) = ([0.0; NODES], [0.0; NODES]);
    let n = NODES as f64;
    for i in 0..NODES {
        let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n + 0.5)).cos();
        let mut slope = 0.0;
        for _ in 0..100 {
            let (mut before, mut value) = (0.0, 1.0);
            for k in 0..NODES {
                let k = k as f64;
                let next = ((2.0 * k + 1.0) * x * value - k * before) / (k + 1.0);
                before = value;
                value = next;
            }
            slope = n * (x * value - before) / (x * x - 1.0);
            let step = value / slope;
            x -= step;
            if step.abs() < 1e-15 {
                break;
            }
        }
        nodes[i] = f64::midpoint(low, high) + (high - low) / 2.0 * x;
        weights[i] = (high - low) / ((1.0 - x * x) * slope * slope);
    }
    (nodes, weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Montgomery, table 9.3: CUSUM h = 5, k = ½: 465 at no shift, 10.4 at one sigma; Lucas &
    // Saccucci (1990): EWMA λ = .2, L = 2.962: 500 and 10.5.
    #[test]
    fn run_lengths_as_published() {
        assert!((cusum_run_length(0.5, 5.0, 0.0).unwrap() - 465.0).abs() < 1.0);
        assert!((cusum_run_length(0.5, 5.0, 1.0).unwrap() - 10.4).abs() < 0.05);
        assert!((ewma_run_length(0.2, 2.962, 0.0).unwrap() - 500.0).abs() < 1.0);
        assert!((ewma_run_length(0.2, 2.962, 1.0).unwrap() - 10.5).abs() < 0.06);
        assert!((shewhart_run_length(3.0, 0.0) - 370.4).abs() < 0.05);
    }

    #[test]
    fn both_sides() {
        let (high, low) = cusum(&[1.0, 1.0, -3.0], 0.5);
        assert_eq!((high, low), (vec![0.5, 1.0, 0.0], vec![0.0, 0.0, -2.5]));
        let points = ewma(&[2.0, 0.0], 0.0, 1.0, 0.5, 3.0).unwrap();
        assert_eq!((points[0].value, points[1].value), (1.0, 0.5));
        assert!((points[0].upper - 1.5).abs() < 1e-14);
    }
}
