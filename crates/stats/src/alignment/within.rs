//! Within units and between units.
//!
//! Sources: Bland & Altman (1995), BMJ 310:446 and 310:633; Bakdash & Marusich (2017),
//! Frontiers in Psychology 8:456 (repeated-measures correlation).
//! The two may differ in sign: −.11 within and −.71 between companies in the same data.

use super::correlation::{CentredSums, Correlation, fisher, p_of, pearson, pearson_weighted};
use crate::interval::{Interval, Method};
use crate::undefined::{Undefined, either};
use serde::{Deserialize, Serialize};

/// Both indicators of one unit in one period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Internal indicator.
    pub x: f64,
    /// External indicator.
    pub y: f64,
    /// Weight of the point; 1 when unweighted, and 0 leaves it out.
    pub weight: f64,
}

/// The points of one unit, one per period; their order does not matter here.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UnitSeries {
    /// Points with both sides known.
    pub points: Vec<Point>,
}

impl UnitSeries {
    /// From pairs of equal weight.
    pub fn of(pairs: impl IntoIterator<Item = (f64, f64)>) -> Self {
        Self {
            points: pairs
                .into_iter()
                .map(|(x, y)| Point { x, y, weight: 1.0 })
                .collect(),
        }
    }

    /// The same points, each with weight 1.
    #[must_use]
    pub fn unweighted(&self) -> Self {
        Self::of(
            self.points
                .iter()
                .filter(|p| p.weight > 0.0)
                .map(|p| (p.x, p.y)),
        )
    }

    fn usable(&self) -> Vec<(f64, f64, f64)> {
        self.points
            .iter()
            .filter(|p| p.weight > 0.0)
            .map(|p| (p.x, p.y, p.weight))
            .collect()
    }
}

/// The within-unit (repeated-measures) correlation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Within {
    /// When one moves in a unit, does the other? −1..1.
    pub value: f64,
    /// Common slope of y on x within units.
    pub slope: f64,
    /// Points of units with at least two periods.
    pub points: u64,
    /// Units with at least two periods.
    pub units: u64,
    /// Error degrees of freedom, points − units − 1 (points at their effective number when
    /// weighted).
    pub df: f64,
    /// Two-sided p.
    pub p: f64,
    /// Fisher's interval with standard error 1/√(df − 1), or why there is none.
    #[serde(with = "either")]
    pub interval: Result<Interval, Undefined>,
}

/// Repeated-measures correlation: the correlation of deviations from each unit's own means.
///
/// It asks: when the internal indicator moves here, does the external one move too? Units with
/// one period say nothing about it and are left out. Assumes a slope common to all units and
/// periods that are otherwise independent. Undefined: no unit with two periods
/// (`OnePeriod`), no variation within units.
pub fn rmcorr(units: &[UnitSeries], level: f64) -> Result<Within, Undefined> {
    let mut sums = CentredSums::empty();
    let (mut points, mut used) = (0_u64, 0_u64);
    for unit in units {
        let pairs = unit.usable();
        if pairs.len() < 2 {
            continue;
        }
        sums.add(&CentredSums::of(&pairs));
        points += pairs.len() as u64;
        used += 1;
    }
    if used == 0 {
        return Err(if units.iter().all(|u| u.usable().is_empty()) {
            Undefined::NoAnswers
        } else {
            Undefined::OnePeriod
        });
    }
    let value = sums.correlation()?;
    let effective = sums.weight * sums.weight / sums.weight_squared;
    let df = effective - used as f64 - 1.0;
    let interval = if df > 1.0 {
        fisher(
            value,
            (df - 1.0).sqrt().recip(),
            level,
            Method::RmcorrFisherZ,
        )
    } else {
        Err(Undefined::TooFew {
            n: points,
            needed: used + 3,
        })
    };
    Ok(Within {
        value,
        slope: sums.xy / sums.xx,
        points,
        units: used,
        df,
        p: p_of(value, df),
        interval,
    })
}

/// Correlation of unit means, weighted and unweighted side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Between {
    /// Each unit counts once.
    pub unweighted: Correlation,
    /// Each unit counts by the sum of the weights of its points; absent when all weights are 1.
    pub weighted: Option<Correlation>,
}

/// Between-unit correlation: do units with a higher x have a higher y?
///
/// A unit's mean is the mean over its periods: plain for the unweighted figure, weighted for
/// the weighted one. Undefined: fewer than three units, or a side that does not vary.
pub fn between(units: &[UnitSeries], level: f64) -> Result<Between, Undefined> {
    let (xs, ys) = means(units.iter().map(UnitSeries::unweighted));
    let unweighted = pearson(&xs, &ys, level)?;
    let all_equal = units
        .iter()
        .flat_map(|u| &u.points)
        .all(|p| p.weight == 1.0 || p.weight <= 0.0);
    let weighted = if all_equal {
        None
    } else {
        let (xs, ys) = means(units.iter().cloned());
        let weights: Vec<f64> = units
            .iter()
            .map(|u| u.usable().iter().map(|p| p.2).sum::<f64>())
            .filter(|&w| w > 0.0)
            .collect();
        Some(pearson_weighted(&xs, &ys, &weights, level)?)
    };
    Ok(Between {
        unweighted,
        weighted,
    })
}

fn means(units: impl Iterator<Item = UnitSeries>) -> (Vec<f64>, Vec<f64>) {
    units
        .filter_map(|unit| {
            let pairs = unit.usable();
            let weight: f64 = pairs.iter().map(|p| p.2).sum();
            (weight > 0.0).then(|| {
                let mean = |f: fn(&(f64, f64, f64)) -> f64| {
                    pairs.iter().map(|p| p.2 * f(p)).sum::<f64>() / weight
                };
                (mean(|p| p.0), mean(|p| p.1))
            })
        })
        .unzip()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // Bland & Altman (1995), BMJ 310:446: intramural pH and PaCO2, eight subjects: r = −0.51,
    // 38 degrees of freedom, P = 0.0008 (as in R rmcorr, −0.5067697).
    fn intramural() -> Vec<UnitSeries> {
        let ph: [&[f64]; 8] = [
            &[6.68, 6.53, 6.43, 6.33],
            &[6.85, 7.06, 7.13, 7.17],
            &[7.40, 7.42, 7.41, 7.37, 7.34, 7.35, 7.28, 7.30, 7.34],
            &[7.36, 7.33, 7.29, 7.30, 7.35],
            &[7.35, 7.30, 7.30, 7.37, 7.27, 7.28, 7.32, 7.32],
            &[7.38, 7.30, 7.29, 7.33, 7.31, 7.33],
            &[6.86, 6.94, 6.92],
            &[7.19, 7.29, 7.21, 7.25, 7.20, 7.19, 6.77, 6.82],
        ];
        let co2: [&[f64]; 8] = [
            &[3.97, 4.12, 4.09, 3.97],
            &[5.27, 5.37, 5.41, 5.44],
            &[5.67, 3.64, 4.32, 4.73, 4.96, 5.04, 5.22, 4.82, 5.07],
            &[5.67, 5.10, 5.53, 4.75, 5.51],
            &[4.28, 4.44, 4.32, 3.23, 4.46, 4.72, 4.75, 4.99],
            &[4.78, 4.73, 5.12, 4.93, 5.03, 4.93],
            &[6.85, 6.44, 6.52],
            &[5.28, 4.56, 4.34, 4.32, 4.41, 3.69, 6.09, 5.58],
        ];
        ph.iter()
            .zip(co2)
            .map(|(x, y)| UnitSeries::of(x.iter().copied().zip(y.iter().copied())))
            .collect()
    }

    #[test]
    fn within_subjects_as_published() {
        let result = rmcorr(&intramural(), 0.95).unwrap();
        assert!((result.value + 0.506_769_7).abs() < 1e-6, "{result:?}");
        assert_eq!((result.points, result.units, result.df), (47, 8, 38.0));
        assert!((result.p - 0.000_847).abs() < 1e-6, "{}", result.p);
        let interval = result.interval.unwrap();
        assert!((interval.lower + 0.707).abs() < 1e-3 && (interval.upper + 0.232).abs() < 1e-3);
    }

    #[test]
    fn between_subjects_as_published() {
        let weighted: Vec<UnitSeries> = intramural()
            .into_iter()
            .map(|mut unit| {
                for point in &mut unit.points {
                    point.weight = 2.0;
                }
                unit
            })
            .collect();
        let result = between(&weighted, 0.95).unwrap();
        let weighted = result.weighted.unwrap();
        // Published as 0.08, from means rounded to two decimals.
        assert!((weighted.value - 0.08).abs() < 0.015, "{weighted:?}");
        assert_eq!(between(&intramural(), 0.95).unwrap().weighted, None);
    }

    #[test]
    fn one_period_has_no_within_figure() {
        let units = [UnitSeries::of([(1.0, 2.0)]), UnitSeries::of([(2.0, 1.0)])];
        assert_eq!(rmcorr(&units, 0.95), Err(Undefined::OnePeriod));
        assert_eq!(rmcorr(&[], 0.95), Err(Undefined::NoAnswers));
    }

    #[test]
    fn units_of_one_period_change_nothing() {
        let mut units = intramural();
        let before = rmcorr(&units, 0.95).unwrap();
        units.push(UnitSeries::of([(100.0, -100.0)]));
        assert_eq!(rmcorr(&units, 0.95).unwrap(), before);
    }

    proptest! {
        #[test]
        fn level_of_a_unit_does_not_matter(
            a in prop::collection::vec((-1.0..1.0_f64, -1.0..1.0_f64), 3..8),
            b in prop::collection::vec((-1.0..1.0_f64, -1.0..1.0_f64), 3..8),
            shift in -50.0..50.0_f64,
        ) {
            let moved = b.iter().map(|&(x, y)| (x + shift, y - 2.0 * shift));
            let plain = rmcorr(&[UnitSeries::of(a.clone()), UnitSeries::of(b.clone())], 0.95).unwrap();
            let other = rmcorr(&[UnitSeries::of(moved), UnitSeries::of(a)], 0.95).unwrap();
            prop_assert!((plain.value - other.value).abs() < 1e-9);
        }
    }
}
