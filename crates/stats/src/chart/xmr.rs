//! XmR chart: individual values and moving ranges.
//!
//! Sources: Wheeler & Chambers; NHS England "Making data count" (2.66, ranges screened once).

use crate::undefined::Undefined;
use std::f64::consts::PI;

/// Ranges above this multiple of the mean range are dropped once when screening.
const SCREEN: f64 = 3.267;

/// Factor from the mean moving range to three standard deviations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovingRangeConstant {
    /// 2.66: the default.
    Nhs,
    /// 3/1.128, the rounded table value.
    Table,
    /// 3·√π/2 = 2.658681.
    Exact,
}

impl MovingRangeConstant {
    /// The factor.
    pub fn value(self) -> f64 {
        match self {
            Self::Nhs => 2.66,
            Self::Table => 3.0 / 1.128,
            Self::Exact => 1.5 * PI.sqrt(),
        }
    }

    /// Upper limit of the moving ranges over their mean: D₄ = 1 + 3·d₃/d₂ of two values.
    ///
    /// The table value 3.267, or exactly: d₂ = 2/√π and d₃ = √(2 − 4/π), because the range of two
    /// values is √2·σ·|Z|.
    pub fn range_limit(self) -> f64 {
        match self {
            Self::Nhs | Self::Table => SCREEN,
            Self::Exact => 1.0 + 3.0 * (2.0 - 4.0 / PI).sqrt() / (2.0 / PI.sqrt()),
        }
    }
}

/// Limits of an XmR chart.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Xmr {
    /// Mean of the baseline.
    pub centre: f64,
    /// Mean of the moving ranges that were used.
    pub mean_range: f64,
    /// Median of all moving ranges.
    pub median_range: f64,
    /// A third of the distance from centre to limit.
    pub sigma: f64,
    /// Lower natural process limit.
    pub lower: f64,
    /// Upper natural process limit.
    pub upper: f64,
    /// Upper limit of the moving ranges: [`MovingRangeConstant::range_limit`] times their mean.
    pub range_upper: f64,
}

/// Limits from a baseline of values in the order of time.
///
/// `screened`: ranges of at least 3.267 times the mean range are left out once. Provisional
/// below 12 points, full from 20 (the caller says so). Undefined: fewer than two values; no
/// moving range above 0.
pub fn xmr(
    values: &[f64],
    screened: bool,
    constant: MovingRangeConstant,
) -> Result<Xmr, Undefined> {
    if values.len() < 2 {
        return Err(Undefined::TooFew {
            n: values.len() as u64,
            needed: 2,
        });
    }
    let mut ranges: Vec<f64> = values.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    let mean = |ranges: &[f64]| ranges.iter().sum::<f64>() / ranges.len() as f64;
    let mut mean_range = mean(&ranges);
    if screened {
        let kept: Vec<f64> = ranges
            .iter()
            .copied()
            .filter(|r| *r < SCREEN * mean_range)
            .collect();
        if !kept.is_empty() {
            mean_range = mean(&kept);
        }
    }
    if mean_range <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    ranges.sort_by(f64::total_cmp);
    let middle = ranges.len() / 2;
    let median_range = if ranges.len().is_multiple_of(2) {
        f64::midpoint(ranges[middle - 1], ranges[middle])
    } else {
        ranges[middle]
    };
    let centre = values.iter().sum::<f64>() / values.len() as f64;
    let reach = constant.value() * mean_range;
    Ok(Xmr {
        centre,
        mean_range,
        median_range,
        sigma: reach / 3.0,
        lower: centre - reach,
        upper: centre + reach,
        range_upper: constant.range_limit() * mean_range,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let chart = xmr(&[4.0, 6.0, 5.0, 9.0], false, MovingRangeConstant::Nhs).unwrap();
        assert_eq!((chart.centre, chart.median_range), (6.0, 2.0));
        assert!((chart.mean_range - 7.0 / 3.0).abs() < 1e-14);
        assert!((chart.upper - (6.0 + 2.66 * 7.0 / 3.0)).abs() < 1e-14);
    }

    #[test]
    fn one_wild_range_is_screened_out() {
        let mut values: Vec<f64> = (0..20).map(|i| f64::from(i % 2)).collect();
        values.push(50.0);
        let chart = xmr(&values, true, MovingRangeConstant::Nhs).unwrap();
        assert_eq!(chart.mean_range, 1.0);
    }

    // ASTM Manual 7: D4 of two values is 3.267 (d2 1.128, d3 .853). A range passes it in .9 % of
    // cases: P(|Z| > 3.267·√(2/π)).
    #[test]
    fn the_range_limit_is_the_table_value() {
        let exact = MovingRangeConstant::Exact.range_limit();
        assert!((exact - 3.267).abs() < 5e-4, "{exact}");
        let tail = 2.0 * crate::distribution::normal_sf(exact * (2.0 / PI).sqrt());
        assert!((tail - 0.009).abs() < 5e-4, "{tail}");
    }

    #[test]
    fn reasons() {
        assert!(xmr(&[1.0], false, MovingRangeConstant::Nhs).is_err());
        assert_eq!(
            xmr(&[1.0, 1.0], false, MovingRangeConstant::Nhs),
            Err(Undefined::ZeroVariance)
        );
    }
}
