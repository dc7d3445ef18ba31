//! rwg: do the answers within a unit agree?
//!
//! Source: James, Demaree & Wolf (1984). Agreement is measured against answers spread evenly
//! over the scale, which flatters scales that nobody answers evenly.

use crate::moments::{CoMoments, Moments};
use crate::undefined::Undefined;

/// rwg of one item in one unit: 1 − s²/σ², σ² = (A² − 1)/12 of answers spread evenly over A
/// scale points. Not clipped: negative means more spread than chance.
pub fn rwg(unit: &Moments, scale_points: u32) -> Result<f64, Undefined> {
    Ok(1.0 - unit.variance()? / even_variance(scale_points)?)
}

/// rwg(j) of several items in one unit, from the variance of each item; 0 when the mean
/// variance exceeds that of answers spread evenly.
pub fn rwg_j(item_variances: &[f64], scale_points: u32) -> Result<f64, Undefined> {
    if item_variances.is_empty() {
        return Err(Undefined::NoAnswers);
    }
    let j = item_variances.len() as f64;
    let ratio = item_variances.iter().sum::<f64>() / j / even_variance(scale_points)?;
    if ratio > 1.0 {
        return Ok(0.0);
    }
    Ok(j * (1.0 - ratio) / (j * (1.0 - ratio) + ratio))
}

fn even_variance(scale_points: u32) -> Result<f64, Undefined> {
    if scale_points < 2 {
        return Err(Undefined::parameter("scale_points"));
    }
    let a = f64::from(scale_points);
    Ok((a * a - 1.0) / 12.0)
}

/// rwg(j) of a unit from the co-moments of its complete rows, one column per item (rwg, cut at
/// 0, of a single one).
pub fn rwg_of(unit: &CoMoments, scale_points: u32) -> Result<f64, Undefined> {
    let variances = (0..unit.columns())
        .map(|i| unit.covariance(i, i))
        .collect::<Result<Vec<_>, _>>()?;
    rwg_j(&variances, scale_points)
}

/// Median of rwg(j) over the units that have one, and how many those are. Undefined: none has.
pub fn rwg_median(units: &[CoMoments], scale_points: u32) -> Result<(f64, u64), Undefined> {
    let mut values = Vec::new();
    let mut reason = Undefined::NoAnswers;
    for unit in units {
        match rwg_of(unit, scale_points) {
            Ok(value) => values.push(value),
            Err(why) => reason = why,
        }
    }
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => Err(reason),
        n => Ok((f64::midpoint(values[(n - 1) / 2], values[n / 2]), n as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unit(values: &[f64]) -> Moments {
        values.iter().copied().collect()
    }

    fn rows(values: &[[f64; 2]]) -> CoMoments {
        let mut rows = CoMoments::new(2);
        for row in values {
            assert!(rows.push(row));
        }
        rows
    }

    #[test]
    fn agreement() {
        assert_eq!(rwg(&unit(&[4.0, 4.0, 4.0]), 5), Ok(1.0));
        assert_eq!(rwg(&unit(&[1.0, 5.0]), 5), Ok(1.0 - 8.0 / 2.0));
        assert_eq!(rwg_j(&[0.5, 0.5], 5), Ok(2.0 * 0.75 / (2.0 * 0.75 + 0.25)));
        assert_eq!(rwg(&unit(&[1.0]), 5), Err(Undefined::OneAnswer));
    }

    #[test]
    fn the_median_leaves_out_units_of_one() {
        let units = [
            rows(&[[4.0, 4.0], [4.0, 4.0]]),
            rows(&[[1.0, 5.0]]),
            rows(&[[1.0, 1.0], [5.0, 5.0]]),
        ];
        assert_eq!(rwg_median(&units, 5), Ok((0.5, 2)));
        assert_eq!(rwg_median(&units[1..2], 5), Err(Undefined::OneAnswer));
        assert_eq!(rwg_median(&[], 5), Err(Undefined::NoAnswers));
    }

    proptest! {
        #[test]
        fn between_0_and_1_and_lower_with_more_spread(
            variances in prop::collection::vec(0.0..4.0_f64, 1..6),
            more in 0.0..2.0_f64,
        ) {
            let wider: Vec<f64> = variances.iter().map(|v| v + more).collect();
            let (one, other) = (rwg_j(&variances, 5).unwrap(), rwg_j(&wider, 5).unwrap());
            prop_assert!((0.0..=1.0).contains(&one) && other <= one);
        }
    }
}
