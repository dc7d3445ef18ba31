//! Key drivers with what is uncertain about them: one result for a page.
//!
//! Sources: relative weights of Johnson (2000); intervals by leaving out a part at a time;
//! Tonidandel et al. (2009) for the comparison with a random predictor; ranks from
//! the pairwise differences of the weights, as Goldstein & Spiegelhalter (1996) and Klein, Wright
//! & Wieczorek (2020).
//! Invariant: a driver's range of ranks holds at the level for that driver; it is not a joint
//! statement over all drivers.

use super::decomposition::{Drivers, drivers, relative_weights};
use super::random::against_random;
use crate::alignment::bonferroni_level;
use crate::interval::Measured;
use crate::jackknife::{JackknifedAll, jackknife_all, merged};
use crate::moments::CoMoments;
use crate::undefined::{Undefined, either};
use serde::Serialize;

/// Where a driver stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RankRange {
    /// By weight, 1 the heaviest.
    pub rank: u64,
    /// Best rank that the data allow: 1 + those that are heavier for certain.
    pub best: u64,
    /// Worst rank that the data allow: all less those that are lighter for certain.
    pub worst: u64,
}

/// One driver.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyDriver {
    /// Place among the predictors given, 0-based.
    pub predictor: usize,
    /// Johnson's relative weight: part of R², with a jackknife interval cut at 0 and 1.
    pub weight: Measured,
    /// Weight over R², with a jackknife interval cut at 0 and 1.
    pub share: Measured,
    /// Standardised coefficient: the direction.
    pub coefficient: Measured,
    /// Correlation with the outcome.
    pub correlation: Measured,
    /// Variance inflation factor: above 5 or so the coefficient is fragile, the weight less so.
    pub vif: f64,
    /// Weight less that of a random predictor.
    #[serde(with = "either")]
    pub above_random: Result<Measured, Undefined>,
    /// Whether the interval of `above_random` is above 0.
    pub beats_random: bool,
    /// Rank among the drivers.
    #[serde(with = "either")]
    pub rank: Result<RankRange, Undefined>,
}

/// All drivers of an outcome, in the order of the predictors given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyDrivers {
    /// Complete rows.
    pub n: u64,
    /// Parts that were left out in turn.
    pub parts: u64,
    /// Seed of the random predictors.
    pub seed: u64,
    /// Share of the variance explained.
    pub r2: Measured,
    /// R² adjusted for the number of predictors.
    pub r2_adjusted: f64,
    /// Each predictor.
    pub drivers: Vec<KeyDriver>,
    /// The other decompositions and the regression.
    #[serde(skip)]
    pub decompositions: Drivers,
}

/// Key drivers of column `outcome` among the columns `predictors` (0-based) of parts of complete
/// rows.
///
/// `parts` are the 64 buckets or, below 320 clusters, one part per cluster; empty ones are left
/// out here. Undefined: as [`drivers`] on all parts together. What cannot be had without some
/// part (one part only; an item that does not vary without it) leaves the figures in place and
/// gives the reason instead of their intervals.
pub fn key_drivers(
    parts: &[CoMoments],
    outcome: usize,
    predictors: &[usize],
    level: f64,
    seed: u64,
) -> Result<KeyDrivers, Undefined> {
    let parts: Vec<CoMoments> = parts.iter().filter(|p| p.n() > 0).cloned().collect();
    let all = merged(&parts)?;
    let decompositions = drivers(&all, outcome, predictors)?;
    let p = predictors.len();
    let n = all.n();
    let statistics = |rest: &mut dyn Iterator<Item = &CoMoments>| {
        let rows = merged(rest)?;
        let weights = relative_weights(&rows, outcome, predictors)?;
        let r2: f64 = weights.iter().sum();
        if r2 <= 0.0 {
            return Err(Undefined::NoVariation);
        }
        let mut values = weights.clone();
        values.extend(weights.iter().map(|w| w / r2));
        values.extend(crate::regression::ols(&rows, outcome, predictors)?.standardised);
        for &i in predictors {
            values.push(rows.correlation(i, outcome)?);
        }
        values.push(r2);
        Ok(values)
    };
    let uncertain = jackknife_all(&parts, statistics);
    // The figures themselves do not depend on whether leaving out a part was possible.
    let measured = |place: usize, value: f64, lowest: f64, highest: f64| {
        let interval = match &uncertain {
            Ok(all) => all.of(place, level).map(|j| j.interval),
            Err(reason) => Err(reason.clone()),
        };
        Measured::new(value, n, interval.map(|i| i.clipped(lowest, highest)))
    };
    // A standardised coefficient may pass 1 where items go together.
    let endless = f64::INFINITY;
    let r2 = decompositions.fit.r2;
    let random = against_random(&parts, outcome, predictors, level, seed);
    let mut found = Vec::with_capacity(p);
    for i in 0..p {
        let weight = decompositions.johnson[i];
        let above_random = random.clone().map(|of| of[i].clone());
        let share = if r2 > 0.0 { weight / r2 } else { 0.0 };
        found.push(KeyDriver {
            predictor: i,
            weight: measured(i, weight, 0.0, 1.0),
            share: measured(p + i, share, 0.0, 1.0),
            coefficient: measured(
                2 * p + i,
                decompositions.fit.standardised[i],
                -endless,
                endless,
            ),
            correlation: measured(
                3 * p + i,
                all.correlation(predictors[i], outcome)?,
                -1.0,
                1.0,
            ),
            vif: decompositions.vif[i],
            beats_random: beats(&above_random),
            above_random,
            rank: match &uncertain {
                Ok(all) => rank(all, i, p, level),
                Err(reason) => Err(reason.clone()),
            },
        });
    }
    Ok(KeyDrivers {
        n,
        parts: parts.len() as u64,
        seed,
        r2: measured(4 * p, r2, 0.0, 1.0),
        r2_adjusted: decompositions.fit.adjusted_r2(),
        drivers: found,
        decompositions,
    })
}

fn beats(above_random: &Result<Measured, Undefined>) -> bool {
    let interval = above_random.as_ref().ok().map(|m| &m.interval);
    interval.is_some_and(|i| i.as_ref().is_ok_and(|i| i.lower > 0.0))
}

/// The first `p` statistics are the weights. Two that differ by nothing cannot be told apart.
fn rank(all: &JackknifedAll, i: usize, p: usize, level: f64) -> Result<RankRange, Undefined> {
    let level = bonferroni_level(level, p.saturating_sub(1) as u64);
    let (mut rank, mut heavier, mut lighter) = (1, 0, 0);
    for j in (0..p).filter(|j| *j != i) {
        rank += u64::from(all.values[j] > all.values[i]);
        match all.difference(j, i, level) {
            Ok(difference) => {
                heavier += u64::from(difference.interval.lower > 0.0);
                lighter += u64::from(difference.interval.upper < 0.0);
            }
            Err(Undefined::ZeroVariance) => {}
            Err(reason) => return Err(reason),
        }
    }
    Ok(RankRange {
        rank,
        best: 1 + heavier,
        worst: p as u64 - lighter,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;
    use rand_distr::{Distribution as _, StandardNormal};

    /// Outcome = .6·a + .3·b + noise, c apart; a and b go together.
    fn parts(rows: usize, buckets: usize, seed: u64) -> Vec<CoMoments> {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut parts = vec![CoMoments::new(4); buckets];
        for i in 0..rows {
            let g: [f64; 4] = std::array::from_fn(|_| StandardNormal.sample(&mut rng));
            let (a, b) = (g[0], 0.5 * g[0] + 0.8 * g[1]);
            assert!(parts[i % buckets].push(&[0.6 * a + 0.3 * b + g[3], a, b, g[2]]));
        }
        parts
    }

    #[test]
    fn everything_in_one_result() {
        let found = key_drivers(&parts(2000, 64, 1), 0, &[1, 2, 3], 0.95, 9).unwrap();
        let [a, b, c] = &found.drivers[..] else {
            panic!("three drivers");
        };
        assert_eq!((found.n, found.parts), (2000, 64));
        let shares: f64 = found.drivers.iter().map(|d| d.share.value).sum();
        assert!((shares - 1.0).abs() < 1e-12);
        for driver in [a, b] {
            assert!(driver.beats_random, "{driver:?}");
            assert!(
                driver
                    .weight
                    .interval
                    .as_ref()
                    .unwrap()
                    .contains(driver.weight.value)
            );
        }
        assert!(!c.beats_random);
        let ranks = [a, b, c].map(|d| d.rank.clone().unwrap());
        assert_eq!(ranks.map(|r| r.rank), [1, 2, 3]);
        assert_eq!((ranks[0].best, ranks[0].worst, ranks[2].best), (1, 1, 3));
        assert!(found.r2.interval.unwrap().contains(found.r2.value));
    }

    #[test]
    fn one_part_leaves_the_figures_and_says_why_there_is_no_interval() {
        let found = key_drivers(&parts(200, 1, 1), 0, &[1, 2], 0.95, 9).unwrap();
        let driver = &found.drivers[0];
        assert_eq!(driver.weight.interval, Err(Undefined::OneCluster));
        assert_eq!(driver.rank, Err(Undefined::OneCluster));
        assert!(driver.weight.value > 0.1 && driver.above_random.is_err());
    }

    #[test]
    fn repeated_items_are_refused_by_place() {
        let mut all = vec![CoMoments::new(3); 12];
        for i in 0..60_u32 {
            let x = f64::from(i * 7 % 11);
            assert!(all[i as usize % 12].push(&[x + f64::from(i % 3), x, 2.0 * x]));
        }
        assert_eq!(
            key_drivers(&all, 0, &[1, 2], 0.95, 9).unwrap_err(),
            Undefined::Singular { columns: vec![1] }
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        // Ranks hold the rank itself, and units of items do not matter.
        #[test]
        fn ranges_hold_ranks_and_scale_does_not_matter(seed in 0_u64..1000, scale in 0.01..100.0_f64) {
            let plain = parts(300, 20, seed);
            let scaled: Vec<CoMoments> = plain
                .iter()
                .map(|part| {
                    let by = |i: usize| if i == 2 { scale } else { 1.0 };
                    let products = (0..4)
                        .flat_map(|i| (i..4).map(move |j| (i, j)))
                        .map(|(i, j)| part.product(i, j) * by(i) * by(j))
                        .collect();
                    let means = part.means().iter().enumerate().map(|(i, m)| m * by(i)).collect();
                    CoMoments::from_parts(part.n(), means, products).unwrap()
                })
                .collect();
            let one = key_drivers(&plain, 0, &[1, 2, 3], 0.9, 3).unwrap();
            let other = key_drivers(&scaled, 0, &[1, 2, 3], 0.9, 3).unwrap();
            for (a, b) in one.drivers.iter().zip(&other.drivers) {
                let rank = a.rank.clone().unwrap();
                prop_assert!(rank.best <= rank.rank && rank.rank <= rank.worst);
                prop_assert!((a.weight.value - b.weight.value).abs() < 1e-9);
                prop_assert_eq!(&a.rank, &b.rank);
                prop_assert_eq!(a.beats_random, b.beats_random);
            }
        }
    }
}
