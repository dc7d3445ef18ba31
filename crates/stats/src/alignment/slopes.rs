//! Slope of each unit, to be pooled.

use super::pooling::UnitEstimate;
use super::within::UnitSeries;

/// Slope of y on x within each unit, with its sampling variance, for [`pool`].
///
/// Ordinary least squares over the unit's periods. `None` for a unit with fewer than three
/// periods, no variation in x, or an exact line (its variance would be 0).
pub fn unit_slopes(units: &[UnitSeries]) -> Vec<Option<UnitEstimate>> {
    units.iter().map(slope).collect()
}

fn slope(unit: &UnitSeries) -> Option<UnitEstimate> {
    let points: Vec<_> = unit.points.iter().filter(|p| p.weight > 0.0).collect();
    let n = points.len() as f64;
    if n < 3.0 {
        return None;
    }
    let mean_x = points.iter().map(|p| p.x).sum::<f64>() / n;
    let mean_y = points.iter().map(|p| p.y).sum::<f64>() / n;
    let sum = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        points.iter().map(|p| f(p.x - mean_x, p.y - mean_y)).sum()
    };
    let xx = sum(&|x, _| x * x);
    if xx <= 1e-24 * n * mean_x * mean_x {
        return None;
    }
    let value = sum(&|x, y| x * y) / xx;
    let residual = sum(&|x, y| (y - value * x).powi(2));
    let variance = residual / (n - 2.0) / xx;
    (variance > 0.0).then_some(UnitEstimate { value, variance })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_of_units() {
        let units = [
            UnitSeries::of([(1.0, 1.0), (2.0, 2.1), (3.0, 2.9), (4.0, 4.0)]),
            UnitSeries::of([(1.0, 1.0), (2.0, 2.0)]),
        ];
        let slopes = unit_slopes(&units);
        assert!((slopes[0].unwrap().value - 0.98).abs() < 1e-12);
        assert_eq!(slopes[1], None);
    }
}
