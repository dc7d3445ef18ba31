//! One direction of understanding with its uncertainty, and both together.
//!
//! Invariant: where the truth does not vary only bias is given. The mutual figure is the lower of
//! both directions; it is undefined when one of them is.

use super::agreement::{agreement, bias_and_error};
use super::truth_and_bias::truth_and_bias;
use crate::interval::Measured;
use crate::jackknife::{jackknife, merged};
use crate::moments::CoMoments;
use crate::undefined::{Undefined, either};
use serde::Serialize;

/// How well one party predicts the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Direction {
    /// Pairs.
    pub n: u64,
    /// Clusters that were left out in turn.
    pub clusters: u64,
    /// Lin's concordance: the headline.
    #[serde(with = "either")]
    pub concordance: Result<Measured, Undefined>,
    /// Mean prediction less mean truth.
    pub bias: Measured,
    /// Correlation of prediction and truth.
    #[serde(with = "either")]
    pub correlation: Result<Measured, Undefined>,
    /// Weight of the own answer beside the truth.
    #[serde(with = "either")]
    pub projection: Result<Measured, Undefined>,
}

/// Both directions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mutual {
    /// The first party predicting the second.
    pub first: Direction,
    /// The second party predicting the first.
    pub second: Direction,
    /// The lower concordance of the two; n is that of the direction with fewer pairs.
    #[serde(with = "either")]
    pub lower: Result<Measured, Undefined>,
}

/// One direction, from the co-moments of (prediction, truth, own answer) of each cluster; two
/// columns when own answers are not known.
///
/// Intervals leave out a cluster at a time. Undefined: no pair at all.
pub fn direction(clusters: &[CoMoments], level: f64) -> Result<Direction, Undefined> {
    let used: Vec<CoMoments> = clusters.iter().filter(|c| c.n() > 0).cloned().collect();
    let all = merged(&used)?;
    let n = all.n();
    let measured = |of: &dyn Fn(&CoMoments) -> Result<f64, Undefined>, limit: f64| {
        let value = of(&all)?;
        let interval = jackknife(&used, |rest| of(&merged(rest)?), level);
        let interval = interval.map(|j| j.interval.clipped(-limit, limit));
        Ok(Measured::new(value, n, interval))
    };
    let endless = f64::INFINITY;
    Ok(Direction {
        n,
        clusters: used.len() as u64,
        concordance: measured(&|rows| Ok(agreement(&pairs(rows)?)?.concordance), 1.0),
        bias: measured(&|rows| Ok(bias_and_error(rows)?.0), endless)?,
        correlation: measured(&|rows| rows.correlation(0, 1), 1.0),
        projection: if all.columns() > 2 {
            measured(&|rows| Ok(truth_and_bias(rows)?.projection), endless)
        } else {
            Err(Undefined::WrongStatistics)
        },
    })
}

/// Both directions and the lower of the two, the clusters of both in one order (an empty one
/// where a cluster has no pairs of a direction).
///
/// Undefined: lists of different lengths; a direction without any pair.
pub fn mutual(first: &[CoMoments], second: &[CoMoments], level: f64) -> Result<Mutual, Undefined> {
    if first.len() != second.len() {
        return Err(Undefined::WrongStatistics);
    }
    let both: Vec<(&CoMoments, &CoMoments)> = first
        .iter()
        .zip(second)
        .filter(|(a, b)| a.n() + b.n() > 0)
        .collect();
    let lower_of = |rest: &[(&CoMoments, &CoMoments)]| {
        let of = |side: Vec<&CoMoments>| {
            let used = side.into_iter().filter(|c| c.n() > 0);
            Ok(agreement(&pairs(&merged(used)?)?)?.concordance)
        };
        let one: Result<f64, Undefined> = of(rest.iter().map(|c| c.0).collect());
        let other: Result<f64, Undefined> = of(rest.iter().map(|c| c.1).collect());
        Ok(one?.min(other?))
    };
    let interval = jackknife(
        &both,
        |rest| lower_of(&rest.copied().collect::<Vec<_>>()),
        level,
    );
    let (one, other) = (direction(first, level)?, direction(second, level)?);
    let n = one.n.min(other.n);
    let interval = interval.map(|j| j.interval.clipped(-1.0, 1.0));
    Ok(Mutual {
        lower: lower_of(&both).map(|value| Measured::new(value, n, interval)),
        first: one,
        second: other,
    })
}

/// The first two columns.
fn pairs(rows: &CoMoments) -> Result<CoMoments, Undefined> {
    if rows.columns() < 2 {
        return Err(Undefined::WrongStatistics);
    }
    let products = [(0, 0), (0, 1), (1, 1)].map(|(i, j)| rows.product(i, j));
    CoMoments::from_parts(rows.n(), rows.means()[..2].to_vec(), products.to_vec())
        .ok_or(Undefined::WrongStatistics)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(rows: &[&[[f64; 3]]]) -> Vec<CoMoments> {
        rows.iter()
            .map(|rows| {
                let mut cluster = CoMoments::new(3);
                for row in *rows {
                    assert!(cluster.push(row));
                }
                cluster
            })
            .collect()
    }

    fn good() -> Vec<CoMoments> {
        clusters(&[
            &[[1.0, 1.2, 3.0], [4.0, 3.9, 2.0]],
            &[[2.0, 2.3, 5.0], [5.0, 4.7, 1.0]],
            &[[3.0, 2.8, 4.0], [2.0, 2.0, 2.0]],
            &[[4.0, 4.1, 1.0], [1.0, 0.8, 5.0]],
        ])
    }

    fn poor() -> Vec<CoMoments> {
        clusters(&[
            &[[1.0, 2.0, 3.0], [4.0, 3.0, 2.0]],
            &[[2.0, 4.0, 5.0], [5.0, 3.0, 1.0]],
            &[[3.0, 1.0, 4.0], [2.0, 5.0, 2.0]],
            &[],
        ])
    }

    #[test]
    fn mutual_is_the_lower_direction() {
        let found = mutual(&good(), &poor(), 0.95).unwrap();
        let (first, second) = (
            found.first.concordance.unwrap(),
            found.second.concordance.unwrap(),
        );
        assert!(first.value > 0.95 && second.value < 0.5);
        let lower = found.lower.unwrap();
        assert_eq!((lower.value, lower.n), (second.value, 6));
        assert!(lower.interval.unwrap().contains(second.value));
        assert_eq!((found.first.clusters, found.second.clusters), (4, 3));
        assert!(found.first.projection.is_ok());
    }

    #[test]
    fn a_truth_that_does_not_vary_leaves_bias() {
        let flat = clusters(&[&[[1.0, 3.0, 2.0], [2.0, 3.0, 4.0]], &[[4.0, 3.0, 1.0]]]);
        let found = direction(&flat, 0.95).unwrap();
        assert_eq!(found.concordance, Err(Undefined::NoVariation));
        assert!((found.bias.value + 2.0 / 3.0).abs() < 1e-12);
        let both = mutual(&flat, &good()[..2], 0.95).unwrap();
        assert_eq!(both.lower, Err(Undefined::NoVariation));
    }

    #[test]
    fn one_cluster_has_a_figure_and_no_interval() {
        let found = direction(&good()[..1], 0.95).unwrap();
        assert_eq!(found.bias.interval, Err(Undefined::OneCluster));
        assert!(direction(&[], 0.95).is_err());
        assert!(mutual(&good(), &good()[..2], 0.95).is_err());
    }
}
