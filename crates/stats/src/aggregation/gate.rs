//! The gate for reporting by unit: ICC(1), ICC(2) and the median rwg(j) against thresholds.
//!
//! Sources: James (1982) and Bliese (2000) for the conventions .05, .70 and .70, which
//! are data here and not truths.

use super::agreement::rwg_median;
use super::anova::anova;
use crate::interval::Measured;
use crate::moments::{CoMoments, Moments};
use crate::undefined::{Undefined, either};
use serde::{Deserialize, Serialize};

/// What each figure should reach.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Units differ at all.
    pub icc1_min: f64,
    /// Unit means can be told apart.
    pub icc2_min: f64,
    /// People within units agree.
    pub rwg_min: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            icc1_min: 0.05,
            icc2_min: 0.70,
            rwg_min: 0.70,
        }
    }
}

/// A figure that does not reach its threshold, or does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shortfall {
    /// Units hardly differ.
    Icc1,
    /// Unit means rest on too few answers to be told apart.
    Icc2,
    /// People of the same unit disagree.
    Rwg,
}

/// Whether answers may be reported by unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ByUnit {
    /// Complete rows.
    pub n: u64,
    /// Units with rows.
    pub units: u64,
    /// ICC(1), one-way, size k0: share of the variance of one answer that is between units.
    #[serde(with = "either")]
    pub icc1: Result<Measured, Undefined>,
    /// ICC(2): reliability of unit means.
    #[serde(with = "either")]
    pub icc2: Result<Measured, Undefined>,
    /// Natural log of the p of no difference between units.
    #[serde(with = "either")]
    pub f_ln_p: Result<f64, Undefined>,
    /// Median of rwg(j) over units with two answers or more.
    #[serde(with = "either")]
    pub rwg_median: Result<f64, Undefined>,
    /// Units in that median.
    pub rwg_units: u64,
    /// What falls short; empty when reporting by unit is supported.
    pub shortfalls: Vec<Shortfall>,
}

/// The gate, from the complete rows of each unit, one column per item of the scale (reverse items
/// beforehand); the score of a row is the mean of its items.
///
/// ICC(1) and ICC(2) of the score, rwg(j) of the items on a scale of `scale_points` points.
/// Undefined: as [`anova`] (fewer than two units, no unit with two rows).
pub fn gate(
    units: &[CoMoments],
    scale_points: u32,
    thresholds: &Thresholds,
    level: f64,
) -> Result<ByUnit, Undefined> {
    let scores: Vec<Moments> = units.iter().map(score).collect();
    let table = anova(&scores)?;
    let icc1 = table.icc1_measured(level);
    let icc2 = table.icc2_measured(level);
    let median = rwg_median(units, scale_points);
    let reaches = |of: &Result<Measured, Undefined>, least: f64| {
        of.as_ref().is_ok_and(|measured| measured.value >= least)
    };
    let mut shortfalls = Vec::new();
    if !reaches(&icc1, thresholds.icc1_min) {
        shortfalls.push(Shortfall::Icc1);
    }
    if !reaches(&icc2, thresholds.icc2_min) {
        shortfalls.push(Shortfall::Icc2);
    }
    if !median
        .as_ref()
        .is_ok_and(|(value, _)| *value >= thresholds.rwg_min)
    {
        shortfalls.push(Shortfall::Rwg);
    }
    Ok(ByUnit {
        n: table.n,
        units: table.units,
        icc1,
        icc2,
        f_ln_p: table.f_ln_p(),
        rwg_units: median.as_ref().map_or(0, |(_, units)| *units),
        rwg_median: median.map(|(value, _)| value),
        shortfalls,
    })
}

/// Moments of the mean of the columns.
fn score(unit: &CoMoments) -> Moments {
    let k = unit.columns() as f64;
    let mean = unit.means().iter().sum::<f64>() / k;
    let squares: f64 = (0..unit.columns())
        .flat_map(|i| (0..unit.columns()).map(move |j| (i, j)))
        .map(|(i, j)| unit.product(i, j))
        .sum();
    Moments::from_parts(unit.n(), mean, squares / (k * k))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(rows: &[[f64; 2]]) -> CoMoments {
        let mut unit = CoMoments::new(2);
        for row in rows {
            assert!(unit.push(row));
        }
        unit
    }

    #[test]
    fn the_score_is_the_mean_of_the_items() {
        let rows = [[1.0, 3.0], [4.0, 5.0], [2.0, 2.0]];
        let direct: Moments = rows.iter().map(|[a, b]| f64::midpoint(*a, *b)).collect();
        let found = score(&unit(&rows));
        assert!((found.mean().unwrap() - direct.mean().unwrap()).abs() < 1e-14);
        assert!((found.m2() - direct.m2()).abs() < 1e-14);
    }

    #[test]
    fn units_that_differ_and_agree_pass() {
        let high = unit(&[[5.0, 5.0], [5.0, 4.0], [4.0, 5.0], [5.0, 5.0]]);
        let low = unit(&[[2.0, 1.0], [1.0, 1.0], [1.0, 2.0], [2.0, 1.0]]);
        let found = gate(&[high, low], 5, &Thresholds::default(), 0.95).unwrap();
        assert_eq!(found.shortfalls, []);
        assert_eq!((found.units, found.rwg_units, found.n), (2, 2, 8));
        assert!(found.icc1.unwrap().value > 0.9);
    }

    #[test]
    fn units_alike_warn_and_still_show_their_figures() {
        let mixed = unit(&[[5.0, 1.0], [1.0, 5.0], [5.0, 5.0], [1.0, 1.0]]);
        let other = unit(&[[5.0, 1.0], [1.0, 5.0], [5.0, 5.0], [1.0, 2.0]]);
        let found = gate(&[mixed, other], 5, &Thresholds::default(), 0.95).unwrap();
        assert_eq!(
            found.shortfalls,
            [Shortfall::Icc1, Shortfall::Icc2, Shortfall::Rwg]
        );
        assert!(found.icc1.unwrap().value < 0.0);
        assert_eq!(found.rwg_median, Ok(0.0));
    }
}
