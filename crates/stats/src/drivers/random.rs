//! Does a driver get more weight than a column of pure noise would?
//!
//! Source: Tonidandel et al. (2009), Psychological Methods 14:387. A relative weight
//! is never negative, so that its own interval cannot leave 0 out; its distance from the weight
//! of a random predictor in the same model can.
//! Parts are drawn with replacement; each draw gets a fresh random predictor. Rows are not needed
//! for it: given the rows, the products of a normal column r with the others are normal with
//! covariance X'X, and what is left of Σ(r − r̄)² is χ² with n − 1 − q degrees of freedom.
//! Cautious: of predictors without any weight in truth far fewer than the level's share pass.

use super::decomposition::relative_weights;
use crate::interval::{Interval, Measured, Method};
use crate::jackknife::merged;
use crate::linear::Matrix;
use crate::moments::CoMoments;
use crate::undefined::Undefined;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rand_distr::{ChiSquared, Distribution as _, StandardNormal};

/// Draws, one less than a round number so that percentiles are order statistics.
pub const REPLICATES: usize = 999;

/// Parts below which drawing them again says nothing.
const PARTS_MIN: u64 = 10;

/// Weight of each predictor less that of a random one, with a percentile interval.
///
/// The value is the mean over the draws. The same `seed` gives the same figures. Undefined: fewer
/// than 10 parts; more than one draw in twenty in which the weights do not exist (few clusters).
pub fn against_random(
    parts: &[CoMoments],
    outcome: usize,
    predictors: &[usize],
    level: f64,
    seed: u64,
) -> Result<Vec<Measured>, Undefined> {
    if (parts.len() as u64) < PARTS_MIN {
        return Err(Undefined::TooFewUnits {
            units: parts.len() as u64,
            needed: PARTS_MIN,
        });
    }
    let n = parts.iter().map(CoMoments::n).sum();
    let p = predictors.len();
    let mut rng = StdRng::seed_from_u64(seed);
    let mut distances: Vec<Vec<f64>> = vec![Vec::with_capacity(REPLICATES); p];
    let mut failed = (0, None);
    for _ in 0..REPLICATES {
        let drawn = (0..parts.len()).map(|_| &parts[rng.random_range(0..parts.len())]);
        let rows = merged(drawn.collect::<Vec<_>>())?;
        match draw(&rows, outcome, predictors, &mut rng) {
            Ok(weights) => {
                for (of, weight) in distances.iter_mut().zip(&weights[..p]) {
                    of.push(weight - weights[p]);
                }
            }
            Err(reason) => failed = (failed.0 + 1, Some(reason)),
        }
    }
    if let (count, Some(reason)) = failed
        && count * 20 > REPLICATES
    {
        return Err(reason);
    }
    Ok(distances
        .into_iter()
        .map(|of| percentile(of, n, level))
        .collect())
}

/// Weights of the predictors and, last, of a random predictor drawn for these rows.
fn draw(
    rows: &CoMoments,
    outcome: usize,
    predictors: &[usize],
    rng: &mut StdRng,
) -> Result<Vec<f64>, Undefined> {
    let columns: Vec<usize> = std::iter::once(outcome)
        .chain(predictors.iter().copied())
        .collect();
    let q = columns.len();
    let root = Matrix::from_fn(q, |i, j| rows.product(columns[i], columns[j])).cholesky()?;
    let normal: Vec<f64> = (0..q).map(|_| StandardNormal.sample(rng)).collect();
    let with: Vec<f64> = root.apply(&normal);
    let df = rows.n() as f64 - 1.0 - q as f64;
    let rest = ChiSquared::new(df).map_err(|_| Undefined::TooFew {
        n: rows.n(),
        needed: q as u64 + 2,
    })?;
    let own = normal.iter().map(|g| g * g).sum::<f64>() + rest.sample(rng);
    let product = |i: usize, j: usize| match (i == q, j == q) {
        (true, true) => own,
        (true, false) => with[j],
        (false, true) => with[i],
        (false, false) => rows.product(columns[i], columns[j]),
    };
    let products = (0..=q)
        .flat_map(|i| (i..=q).map(move |j| (i, j)))
        .map(|(i, j)| product(i, j))
        .collect();
    let extended = CoMoments::from_parts(rows.n(), vec![0.0; q + 1], products)
        .ok_or(Undefined::WrongStatistics)?;
    relative_weights(&extended, 0, &(1..=q).collect::<Vec<_>>())
}

fn percentile(mut of: Vec<f64>, n: u64, level: f64) -> Measured {
    of.sort_by(f64::total_cmp);
    let mean = of.iter().sum::<f64>() / of.len() as f64;
    let rank = ((of.len() + 1) as f64 * (1.0 - level) / 2.0)
        .floor()
        .max(1.0) as usize;
    let interval = Interval {
        lower: of[rank - 1],
        upper: of[of.len() - rank],
        level,
        method: Method::BootstrapPercentile,
    };
    Measured::new(mean, n, Ok(interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Outcome = strength × first + noise; the second goes with nothing.
    fn parts(strength: f64, seed: u64) -> Vec<CoMoments> {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut parts = vec![CoMoments::new(3); 64];
        for i in 0..640 {
            let x: [f64; 3] = std::array::from_fn(|_| StandardNormal.sample(&mut rng));
            assert!(parts[i % 64].push(&[x[0] + strength * x[1], x[1], x[2]]));
        }
        parts
    }

    #[test]
    fn a_driver_beats_noise_and_noise_does_not() {
        let found = against_random(&parts(0.4, 1), 0, &[1, 2], 0.95, 7).unwrap();
        assert!(found[0].interval.as_ref().unwrap().lower > 0.0, "{found:?}");
        assert!(found[1].interval.as_ref().unwrap().contains(0.0));
        assert_eq!(
            found,
            against_random(&parts(0.4, 1), 0, &[1, 2], 0.95, 7).unwrap()
        );
    }

    // The random predictor's weight on average: that of noise, (1 − R²)/(n − 1) or so.
    #[test]
    fn the_random_predictor_is_noise() {
        let rows = merged(&parts(0.4, 3)).unwrap();
        let mut rng = StdRng::seed_from_u64(5);
        let mean = (0..4000)
            .map(|_| draw(&rows, 0, &[1, 2], &mut rng).unwrap()[2])
            .sum::<f64>()
            / 4000.0;
        assert!((mean * 639.0 - 1.0).abs() < 0.15, "{}", mean * 639.0);
    }

    #[test]
    fn few_parts_say_nothing() {
        let result = against_random(&parts(0.4, 1)[..5], 0, &[1, 2], 0.95, 7);
        assert!(matches!(result, Err(Undefined::TooFewUnits { .. })));
    }
}
