//! Wild cluster bootstrap: a check on the robust standard error when units are few.
//!
//! Source: Cameron, Gelbach & Miller (2008), the null imposed, Rademacher weights; as R
//! fwildclusterboot and Stata boottest. Up to twelve units all 2ᴳ sign patterns are enumerated,
//! so that nothing is random.
//! With very few treated units it is too cautious or too bold (Webb 2023): the exact
//! permutation goes first.

use super::panel::{TwoWay, dot};
use crate::undefined::Undefined;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde::Serialize;

/// Units up to which every sign pattern is tried.
pub const ENUMERATED_UNITS_MAX: usize = 12;

/// Sign patterns drawn beyond.
pub const REPLICATES: u64 = 9999;

/// A bootstrap test of no effect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WildBootstrap {
    /// Effect over its CR1 standard error.
    pub t: f64,
    /// Two-sided p: share of patterns with a t at least as far from 0.
    pub p: f64,
    /// Sign patterns, the actual one included; the smallest possible p is 2 over it when they
    /// were enumerated.
    pub patterns: u64,
    /// Whether all patterns were tried; otherwise they were drawn with the seed.
    pub enumerated: bool,
}

impl TwoWay {
    /// Wild cluster bootstrap of the effect, clusters being units.
    ///
    /// `seed` is used beyond twelve units only. Undefined: one unit; residuals of 0.
    pub fn wild_bootstrap(&self, seed: u64) -> Result<WildBootstrap, Undefined> {
        let scores = Scores::of(self)?;
        let units = scores.of_unit.len();
        let actual = scores.t(&vec![1.0; units]).ok_or(Undefined::ZeroVariance)?;
        let as_far = |t: Option<f64>| u64::from(t.is_none_or(|t| t.abs() >= actual.abs() - 1e-10));
        if units <= ENUMERATED_UNITS_MAX {
            let patterns = 1_u64 << units;
            let count = (0..patterns)
                .map(|mask| {
                    let signs: Vec<f64> = (0..units)
                        .map(|u| if mask >> u & 1 == 1 { -1.0 } else { 1.0 })
                        .collect();
                    as_far(scores.t(&signs))
                })
                .sum::<u64>();
            return Ok(WildBootstrap {
                t: actual,
                p: count as f64 / patterns as f64,
                patterns,
                enumerated: true,
            });
        }
        let mut rng = StdRng::seed_from_u64(seed);
        let mut count = 1;
        for _ in 0..REPLICATES {
            let signs: Vec<f64> = (0..units)
                .map(|_| if rng.random::<bool>() { -1.0 } else { 1.0 })
                .collect();
            count += as_far(scores.t(&signs));
        }
        Ok(WildBootstrap {
            t: actual,
            p: count as f64 / (REPLICATES + 1) as f64,
            patterns: REPLICATES + 1,
            enumerated: false,
        })
    }
}

/// What a pattern of signs needs: G² numbers instead of a new fit of all rows.
struct Scores {
    /// Treatment's residual on the effects × restricted residual, summed by unit.
    of_unit: Vec<f64>,
    /// The same of unit g with the residuals of unit h alone, effects taken out again.
    of_pair: Vec<Vec<f64>>,
    /// Squared residual of the treatment by unit.
    own: Vec<f64>,
}

impl Scores {
    fn of(fit: &TwoWay) -> Result<Self, Undefined> {
        let place = fit.place;
        let scale = fit.inverse.get(place, place);
        let contrast: Vec<f64> = (0..fit.coefficients)
            .map(|i| fit.inverse.get(i, place) / scale)
            .collect();
        // Treatment less what units and periods explain of it.
        let treatment: Vec<f64> = fit.design.iter().map(|x| dot(x, &contrast)).collect();
        // Residuals of the fit without treatment: the null imposed.
        let restricted: Vec<f64> = fit
            .residuals
            .iter()
            .zip(&treatment)
            .map(|(e, d)| e + d * fit.effect)
            .collect();
        let members: Vec<Vec<usize>> = (0..fit.units)
            .map(|u| {
                (0..fit.rows.len())
                    .filter(|&i| fit.rows[i].unit == u)
                    .collect()
            })
            .filter(|own: &Vec<usize>| !own.is_empty())
            .collect();
        if members.len() < 2 {
            return Err(Undefined::OneCluster);
        }
        let over = |own: &[usize], values: &[f64]| -> f64 {
            own.iter().map(|&i| treatment[i] * values[i]).sum()
        };
        let mut of_pair = vec![vec![0.0; members.len()]; members.len()];
        for (h, own) in members.iter().enumerate() {
            let mut alone = vec![0.0; fit.rows.len()];
            for &i in own {
                alone[i] = restricted[i];
            }
            let free = without_effects(fit, &treatment, &alone);
            for (g, others) in members.iter().enumerate() {
                of_pair[g][h] = over(others, &free);
            }
        }
        Ok(Self {
            of_unit: members.iter().map(|own| over(own, &restricted)).collect(),
            own: members.iter().map(|own| over(own, &treatment)).collect(),
            of_pair,
        })
    }

    /// Effect over its cluster-robust standard error when residuals of each unit get these
    /// signs; `None` when the standard error is 0.
    fn t(&self, signs: &[f64]) -> Option<f64> {
        let units = signs.len() as f64;
        let whole: f64 = self.own.iter().sum();
        let effect = dot(signs, &self.of_unit) / whole;
        let squares: f64 = self
            .of_pair
            .iter()
            .zip(&self.own)
            .map(|(of, own)| (dot(signs, of) - effect * own).powi(2))
            .sum();
        let error = (units / (units - 1.0) * squares).sqrt() / whole;
        (error > 1e-12 * (1.0 + effect.abs())).then(|| effect / error)
    }
}

/// Residuals of `values` on units and periods, treatment left in.
fn without_effects(fit: &TwoWay, treatment: &[f64], values: &[f64]) -> Vec<f64> {
    let mut right = vec![0.0; fit.coefficients];
    for (x, value) in fit.design.iter().zip(values) {
        for (sum, x) in right.iter_mut().zip(x) {
            *sum += x * value;
        }
    }
    let b = fit.inverse.apply(&right);
    fit.design
        .iter()
        .zip(values)
        .zip(treatment)
        .map(|((x, value), d)| value - dot(x, &b) + d * b[fit.place])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::panel;
    use super::super::{Cluster, Row, two_way};

    #[test]
    fn the_actual_pattern_is_the_fit_itself() {
        let fit = two_way(&panel(), true).unwrap();
        let robust = fit.robust(Cluster::Cr1).unwrap();
        let found = fit.wild_bootstrap(1).unwrap();
        assert!(
            (found.t - fit.effect / robust.standard_error).abs() < 1e-8,
            "{found:?}"
        );
        assert!(found.enumerated && found.patterns == 256);
    }

    /// Refits every pattern from its rows: what the sums by pair stand for.
    fn by_refitting(rows: &[Row]) -> f64 {
        let t_of = |rows: &[Row]| {
            let fit = two_way(rows, true).unwrap();
            fit.effect / fit.robust(Cluster::Cr1).unwrap().standard_error
        };
        let (fit, actual) = (two_way(rows, true).unwrap(), t_of(rows));
        let scale = fit.inverse.get(fit.place, fit.place);
        let units = fit.units;
        let restricted: Vec<f64> = (0..rows.len())
            .map(|i| {
                let d: f64 = (0..fit.coefficients)
                    .map(|k| fit.design[i][k] * fit.inverse.get(k, fit.place) / scale)
                    .sum();
                fit.residuals[i] + d * fit.effect
            })
            .collect();
        let count = (0..1_u64 << units)
            .filter(|mask| {
                let drawn: Vec<Row> = rows
                    .iter()
                    .zip(&restricted)
                    .map(|(row, e)| {
                        let sign = if mask >> row.unit & 1 == 1 { -1.0 } else { 1.0 };
                        Row {
                            outcome: row.outcome - e + sign * e,
                            ..*row
                        }
                    })
                    .collect();
                t_of(&drawn).abs() >= actual.abs() - 1e-8
            })
            .count();
        count as f64 / (1_u64 << units) as f64
    }

    #[test]
    fn sums_by_pair_are_refits() {
        let rows: Vec<Row> = panel().into_iter().filter(|r| r.unit % 4 != 3).collect();
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|r| Row {
                unit: r.unit - usize::from(r.unit > 3),
                outcome: r.outcome - 2.9 * r.treatment,
                ..r
            })
            .collect();
        let found = two_way(&rows, true).unwrap().wild_bootstrap(1).unwrap();
        assert!((found.p - by_refitting(&rows)).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn many_units_are_drawn_and_the_seed_decides() {
        let mut rows = panel();
        for copy in 1..3 {
            rows.extend(panel().into_iter().map(|r| Row {
                unit: r.unit + 8 * copy,
                outcome: r.outcome + ((r.unit * copy * 13 + r.period * 5) % 7) as f64,
                ..r
            }));
        }
        let fit = two_way(&rows, true).unwrap();
        let found = fit.wild_bootstrap(4).unwrap();
        assert_eq!(found, fit.wild_bootstrap(4).unwrap());
        assert!(!found.enumerated && found.p < 0.01, "{found:?}");
    }
}
