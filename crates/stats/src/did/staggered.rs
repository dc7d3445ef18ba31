//! Starts at different times: each cohort against units that have not started yet.
//!
//! Source: Callaway & Sant'Anna (2021), group-time effects without covariates, not-yet-treated
//! comparison, base period the one before the start; as R did with `control_group =
//! "notyettreated", base_period = "universal"`. Two-way fixed effects compare late starters with
//! early ones, whose effect may still grow (Goodman-Bacon 2021).
//! Assumes that without the start cohorts would have moved alike and that nobody reacts before it;
//! the horizons below −1 show whether they did.
//! Invariant: a unit that has started is never a comparison.

use crate::interval::Measured;
use crate::jackknife::jackknife;
use crate::undefined::Undefined;
use serde::Serialize;
use std::collections::BTreeSet;

/// One unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// First period in which the change is in force; `None` when it never is.
    pub start: Option<usize>,
    /// Outcome by period, 0-based; `None` where there is none.
    pub outcomes: Vec<Option<f64>>,
}

/// Effect on the cohort that started together, in one period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupTime {
    /// Period in which the cohort started.
    pub start: usize,
    /// Period that is looked at.
    pub period: usize,
    /// Change since the period before the start, less that of the comparison.
    pub effect: f64,
    /// Units of the cohort with both outcomes.
    pub treated: u64,
    /// Units of the comparison with both outcomes.
    pub controls: u64,
}

/// Effect so many periods after the start, cohorts weighted by their units.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AfterStart {
    /// Periods since the start; below −1 before it, where an effect would be a warning.
    pub horizon: i64,
    /// The effect; n is the number of treated units behind it, the interval leaves out a unit at
    /// a time.
    pub effect: Measured,
}

/// Effects of a change that units started at different times.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Staggered {
    /// Mean effect over all cohorts and periods from the start on, weighted by units; n is the
    /// number of units, the interval leaves out a unit at a time.
    pub overall: Measured,
    /// By periods since the start, ascending.
    pub by_horizon: Vec<AfterStart>,
    /// The effects that both are means of.
    pub cells: Vec<GroupTime>,
    /// Cohorts × periods from the start on that had nobody left to compare with.
    pub without_controls: u64,
}

/// Group-time effects and their means.
///
/// Undefined: no cohort that started after period 0 and has a comparison in any period from its
/// start on. Intervals are undefined where an effect hangs on a single unit.
pub fn staggered(units: &[Unit], level: f64) -> Result<Staggered, Undefined> {
    let all: Vec<&Unit> = units.iter().collect();
    let (cells, without_controls) = cells(&all);
    let overall = mean(&cells, |cell| cell.period >= cell.start)?;
    let interval = jackknife(
        units,
        |rest| {
            let rest: Vec<&Unit> = rest.collect();
            mean(&self::cells(&rest).0, |cell| cell.period >= cell.start)
        },
        level,
    );
    let horizon = |cell: &GroupTime| cell.period as i64 - cell.start as i64;
    let horizons: BTreeSet<i64> = cells.iter().map(horizon).collect();
    let mut by_horizon = Vec::new();
    for at in horizons {
        let treated = cells
            .iter()
            .filter(|c| horizon(c) == at)
            .map(|c| c.treated)
            .sum();
        let of_rest = jackknife(
            units,
            |rest| {
                let rest: Vec<&Unit> = rest.collect();
                mean(&self::cells(&rest).0, |cell| horizon(cell) == at)
            },
            level,
        );
        by_horizon.push(AfterStart {
            horizon: at,
            effect: Measured::new(
                mean(&cells, |cell| horizon(cell) == at)?,
                treated,
                of_rest.map(|j| j.interval),
            ),
        });
    }
    Ok(Staggered {
        overall: Measured::new(overall, units.len() as u64, interval.map(|j| j.interval)),
        by_horizon,
        cells,
        without_controls,
    })
}

/// All group-time effects that have somebody on both sides, and how many from the start on lack
/// a comparison.
fn cells(units: &[&Unit]) -> (Vec<GroupTime>, u64) {
    let starts: BTreeSet<usize> = units
        .iter()
        .filter_map(|u| u.start)
        .filter(|s| *s > 0)
        .collect();
    let periods = units.iter().map(|u| u.outcomes.len()).max().unwrap_or(0);
    let (mut cells, mut alone) = (Vec::new(), 0);
    for &start in &starts {
        let base = start - 1;
        for period in (0..periods).filter(|p| *p != base) {
            let change = |unit: &Unit| {
                let at = |p: usize| unit.outcomes.get(p).copied().flatten();
                Some(at(period)? - at(base)?)
            };
            let over = |wanted: &dyn Fn(Option<usize>) -> bool| -> Vec<f64> {
                let of = units.iter().filter(|u| wanted(u.start));
                of.filter_map(|u| change(u)).collect()
            };
            let open = period.max(base);
            let treated = over(&|s| s == Some(start));
            let controls = over(&|s| s != Some(start) && s.is_none_or(|s| s > open));
            if treated.is_empty() {
                continue;
            }
            if controls.is_empty() {
                alone += u64::from(period >= start);
                continue;
            }
            let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
            cells.push(GroupTime {
                start,
                period,
                effect: mean(&treated) - mean(&controls),
                treated: treated.len() as u64,
                controls: controls.len() as u64,
            });
        }
    }
    (cells, alone)
}

/// Mean of some cells by their treated units.
fn mean(cells: &[GroupTime], wanted: impl Fn(&GroupTime) -> bool) -> Result<f64, Undefined> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for cell in cells.iter().filter(|c| wanted(c)) {
        sum += cell.treated as f64 * cell.effect;
        weight += cell.treated as f64;
    }
    if weight == 0.0 {
        return Err(Undefined::TooFewUnits {
            units: 0,
            needed: 1,
        });
    }
    Ok(sum / weight)
}

#[cfg(test)]
mod tests {
    use super::super::{Row, two_way};
    use super::*;
    use proptest::prelude::*;

    /// Effect that grows by 1 each period from the start on; no noise.
    fn growing(starts: &[Option<usize>], periods: usize) -> Vec<Unit> {
        starts
            .iter()
            .enumerate()
            .map(|(place, &start)| Unit {
                start,
                outcomes: (0..periods)
                    .map(|t| {
                        let effect = start
                            .filter(|s| t >= *s)
                            .map_or(0.0, |s| (t - s + 1) as f64);
                        Some(place as f64 + 0.5 * t as f64 + effect)
                    })
                    .collect(),
            })
            .collect()
    }

    const STARTS: [Option<usize>; 6] = [Some(2), Some(2), Some(4), Some(4), None, None];

    #[test]
    fn a_growing_effect_is_found_where_two_way_effects_miss_it() {
        let units = growing(&STARTS, 6);
        let found = staggered(&units, 0.95).unwrap();
        for after in &found.by_horizon {
            let truth = (after.horizon + 1).max(0) as f64;
            assert!((after.effect.value - truth).abs() < 1e-12, "{after:?}");
        }
        // Starters of 2 have effects 1, 2, 3, 4, those of 4 have 1, 2: 13 over 6 cells.
        assert!((found.overall.value - 13.0 / 6.0).abs() < 1e-12);
        let rows: Vec<Row> = units
            .iter()
            .enumerate()
            .flat_map(|(unit, of)| {
                of.outcomes.iter().enumerate().map(move |(period, y)| Row {
                    unit,
                    period,
                    outcome: y.unwrap(),
                    treatment: f64::from(u8::from(of.start.is_some_and(|s| period >= s))),
                })
            })
            .collect();
        let biased = two_way(&rows, true).unwrap().effect;
        assert!((biased - 13.0 / 6.0).abs() > 0.2, "{biased}");
    }

    #[test]
    fn the_last_cohort_has_nobody_to_compare_with() {
        let units = growing(&[Some(1), Some(1), Some(3), Some(3)], 5);
        let found = staggered(&units, 0.95).unwrap();
        // Starters of 1 have the others until period 2; from 3 on nobody has anybody.
        assert_eq!(found.without_controls, 2 + 2);
        assert!(found.cells.iter().all(|c| c.period < 3));
        assert!(staggered(&growing(&[Some(0), None], 4), 0.95).is_err());
    }

    #[test]
    fn an_effect_that_hangs_on_one_unit_has_no_interval() {
        let units = growing(&[Some(2), None, None, None], 4);
        let found = staggered(&units, 0.95).unwrap();
        assert!(found.overall.interval.is_err());
    }

    // One start is the plain difference in differences.
    #[test]
    fn one_start_is_before_and_after() {
        let mut units = growing(&[Some(1), Some(1), None, None, None], 2);
        for (unit, noise) in units.iter_mut().zip([0.3, -0.4, 0.2, 0.5, -0.1]) {
            unit.outcomes[1] = unit.outcomes[1].map(|y| y + noise);
        }
        let found = staggered(&units, 0.95).unwrap();
        let effect = 1.0 + (0.3 - 0.4) / 2.0 - (0.2 + 0.5 - 0.1) / 3.0;
        assert!((found.overall.value - effect).abs() < 1e-12);
        assert!(found.overall.interval.unwrap().contains(effect));
    }

    proptest! {
        // Levels of units and movements of periods do not matter.
        #[test]
        fn unit_and_period_effects_cancel(
            levels in prop::collection::vec(-9.0..9.0_f64, 6),
            moves in prop::collection::vec(-9.0..9.0_f64, 6),
        ) {
            let plain = staggered(&growing(&STARTS, 6), 0.95).unwrap();
            let mut units = growing(&STARTS, 6);
            for (unit, level) in units.iter_mut().zip(&levels) {
                for (y, step) in unit.outcomes.iter_mut().zip(&moves) {
                    *y = y.map(|y| y + level + step);
                }
            }
            let moved = staggered(&units, 0.95).unwrap();
            prop_assert!((plain.overall.value - moved.overall.value).abs() < 1e-9);
        }
    }
}
