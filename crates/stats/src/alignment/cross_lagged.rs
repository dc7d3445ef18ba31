//! Cross-lagged regression: does one side say something about the other one period later?
//!
//! Source: Kenny (1975); Hamaker, Kuiper & Grasman (2015) on what it mixes up: stable differences
//! between units and change within them, which is why it stands below the within-unit correlation
//! and is never called cause.
//! Outcome on the indicator and on the outcome itself, both one period before, over all units and
//! pairs of neighbouring periods; and the reverse path. Standard errors leave out a unit at a
//! time. Weighted and unweighted are both shown; a path on which they disagree is fragile.

use crate::interval::Measured;
use crate::jackknife::{JackknifedAll, jackknife_all};
use crate::linear::{Matrix, solve};
use crate::undefined::Undefined;
use serde::Serialize;

/// Units below which a path is a picture and no claim is made.
pub const UNITS_FOR_CLAIM_MIN: u64 = 8;

/// Both indicators of a unit in two neighbouring periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transition {
    /// Internal and external indicator in the earlier period.
    pub before: [f64; 2],
    /// Internal and external indicator in the later period.
    pub after: [f64; 2],
    /// Weight; 0 leaves the transition out.
    pub weight: f64,
}

/// What an interval says about a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PathVerdict {
    /// Above 0.
    Up,
    /// Below 0.
    Down,
    /// 0 is not left out, or there is no interval.
    Undecided,
}

/// One fit of a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathFit {
    /// Change of the outcome per unit of the other side one period before; n is the number of
    /// transitions.
    pub slope: Measured,
    /// Coefficient of the outcome's own previous period.
    pub own: Measured,
    /// Share of the (weighted) variance explained.
    pub r2: f64,
    /// What the interval of the slope says.
    pub verdict: PathVerdict,
}

/// One path, both ways of weighting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// Every transition the same.
    pub unweighted: PathFit,
    /// By the weights given.
    pub weighted: PathFit,
    /// The two disagree in the sign of the slope or in the verdict.
    pub fragile: bool,
}

/// Both paths.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrossLagged {
    /// Units with at least one transition.
    pub units: u64,
    /// Transitions.
    pub transitions: u64,
    /// External on internal one period before.
    pub forward: Path,
    /// Internal on external one period before.
    pub reverse: Path,
    /// From 8 units on; below, the figures are a picture.
    pub claim: bool,
}

/// Both paths from the transitions of each unit.
///
/// Assumes that all units share the slopes. Undefined: fewer than four transitions; a side that
/// does not vary, or that repeats the other (`Singular`; column 0 is the other side, 1 the
/// outcome's own past). One unit has figures without intervals.
pub fn cross_lagged(units: &[Vec<Transition>], level: f64) -> Result<CrossLagged, Undefined> {
    let used: Vec<Vec<Transition>> = units
        .iter()
        .map(|unit| unit.iter().copied().filter(|t| t.weight > 0.0).collect())
        .filter(|unit: &Vec<Transition>| !unit.is_empty())
        .collect();
    let transitions = used.iter().map(Vec::len).sum::<usize>() as u64;
    Ok(CrossLagged {
        units: used.len() as u64,
        transitions,
        forward: path(&used, 1, level)?,
        reverse: path(&used, 0, level)?,
        claim: used.len() as u64 >= UNITS_FOR_CLAIM_MIN,
    })
}

fn path(units: &[Vec<Transition>], outcome: usize, level: f64) -> Result<Path, Undefined> {
    let unweighted = path_fit(units, outcome, false, level)?;
    let weighted = path_fit(units, outcome, true, level)?;
    let opposite = unweighted.slope.value * weighted.slope.value < 0.0;
    Ok(Path {
        fragile: opposite || unweighted.verdict != weighted.verdict,
        unweighted,
        weighted,
    })
}

fn path_fit(
    units: &[Vec<Transition>],
    outcome: usize,
    weighted: bool,
    level: f64,
) -> Result<PathFit, Undefined> {
    let all = fit(units.iter(), outcome, weighted)?;
    let n = units.iter().map(Vec::len).sum::<usize>() as u64;
    let without = jackknife_all(units, |rest| {
        let of = fit(rest, outcome, weighted)?;
        Ok(vec![of.slope, of.own])
    });
    let measured = |place: usize, value: f64| {
        let of = |all: &JackknifedAll| all.of(place, level).map(|j| j.interval);
        let interval = without.as_ref().map_err(Clone::clone).and_then(of);
        Measured::new(value, n, interval)
    };
    let slope = measured(0, all.slope);
    let verdict = match &slope.interval {
        Ok(interval) if interval.lower > 0.0 => PathVerdict::Up,
        Ok(interval) if interval.upper < 0.0 => PathVerdict::Down,
        _ => PathVerdict::Undecided,
    };
    Ok(PathFit {
        own: measured(1, all.own),
        slope,
        r2: all.r2,
        verdict,
    })
}

struct Fit {
    slope: f64,
    own: f64,
    r2: f64,
}

/// Weighted least squares of the outcome on the other side and its own past.
fn fit<'a>(
    units: impl Iterator<Item = &'a Vec<Transition>>,
    outcome: usize,
    weighted: bool,
) -> Result<Fit, Undefined> {
    const TRANSITIONS_MIN: u64 = 4;
    let rows: Vec<([f64; 3], f64)> = units
        .flatten()
        .map(|t| {
            let row = [t.before[1 - outcome], t.before[outcome], t.after[outcome]];
            (row, if weighted { t.weight } else { 1.0 })
        })
        .collect();
    if (rows.len() as u64) < TRANSITIONS_MIN {
        return Err(Undefined::TooFew {
            n: rows.len() as u64,
            needed: TRANSITIONS_MIN,
        });
    }
    let whole: f64 = rows.iter().map(|r| r.1).sum();
    let means = [0, 1, 2].map(|i| rows.iter().map(|(x, w)| w * x[i]).sum::<f64>() / whole);
    let product = |i: usize, j: usize| -> f64 {
        rows.iter()
            .map(|(x, w)| w * (x[i] - means[i]) * (x[j] - means[j]))
            .sum()
    };
    let total = product(2, 2);
    if total <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let normal = Matrix::from_fn(2, product);
    // Refuses, and names, a column that says nothing new.
    normal.cholesky()?;
    let right = [product(0, 2), product(1, 2)];
    let b = solve(&normal, &right)?;
    Ok(Fit {
        slope: b[0],
        own: b[1],
        r2: ((b[0] * right[0] + b[1] * right[1]) / total).clamp(0.0, 1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moments::CoMoments;
    use crate::regression::ols;
    use rand::rngs::StdRng;
    use rand::{RngExt as _, SeedableRng as _};
    use rand_distr::{Distribution as _, StandardNormal};

    /// External = .5·internal before + .3·itself before + noise; internal only itself.
    fn panel(units: usize, seed: u64) -> Vec<Vec<Transition>> {
        let mut rng = StdRng::seed_from_u64(seed);
        (0..units)
            .map(|_| {
                let mut now = [0.0, 0.0];
                (0..24)
                    .map(|_| {
                        let noise: [f64; 2] =
                            std::array::from_fn(|_| StandardNormal.sample(&mut rng));
                        let before = now;
                        now = [
                            0.3 * before[0] + noise[0],
                            0.5 * before[0] + 0.3 * before[1] + noise[1],
                        ];
                        Transition {
                            before,
                            after: now,
                            weight: rng.random_range(1.0..3.0),
                        }
                    })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn the_path_that_is_there_is_found_and_the_other_is_not() {
        let found = cross_lagged(&panel(20, 1), 0.95).unwrap();
        assert_eq!((found.units, found.transitions), (20, 480));
        let forward = &found.forward;
        assert_eq!(forward.weighted.verdict, PathVerdict::Up);
        assert!(
            forward
                .unweighted
                .slope
                .interval
                .as_ref()
                .unwrap()
                .contains(0.5)
        );
        assert_eq!(found.reverse.unweighted.verdict, PathVerdict::Undecided);
        assert!(!forward.fragile && found.claim);
    }

    #[test]
    fn unweighted_is_least_squares() {
        let units = panel(5, 2);
        let mut rows = CoMoments::new(3);
        for t in units.iter().flatten() {
            assert!(rows.push(&[t.after[1], t.before[0], t.before[1]]));
        }
        let expected = ols(&rows, 0, &[1, 2]).unwrap();
        let found = cross_lagged(&units, 0.95).unwrap();
        let fit = &found.forward.unweighted;
        assert!((fit.slope.value - expected.slopes[0]).abs() < 1e-12);
        assert!((fit.own.value - expected.slopes[1]).abs() < 1e-12);
        assert!((fit.r2 - expected.r2).abs() < 1e-12);
        assert!(!found.claim);
    }

    #[test]
    fn one_heavy_unit_that_disagrees_makes_a_path_fragile() {
        let mut units = panel(12, 3);
        for t in &mut units[0] {
            t.weight = 400.0;
            t.after[1] -= 1.2 * t.before[0];
        }
        assert!(cross_lagged(&units, 0.95).unwrap().forward.fragile);
    }

    #[test]
    fn reasons() {
        assert!(matches!(
            cross_lagged(&panel(1, 1)[..0], 0.95),
            Err(Undefined::TooFew { .. })
        ));
        let one = cross_lagged(&panel(1, 1), 0.95).unwrap();
        assert_eq!(
            one.forward.weighted.slope.interval,
            Err(Undefined::OneCluster)
        );
        let mut same = panel(3, 1);
        for t in same.iter_mut().flatten() {
            t.before[0] = t.before[1];
        }
        assert!(matches!(
            cross_lagged(&same, 0.95),
            Err(Undefined::Singular { .. })
        ));
    }
}
