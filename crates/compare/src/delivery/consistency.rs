//! Consistency: the spread of the share kept between units, weekdays or hours, as a number of its
//! own with n and interval.
//!
//! Invariant: chance is taken off; what is left may be 0. Absent on purpose: which unit is which.

use evenkeel_stats::spread::{Cluster, spread};

use crate::estimate::{Estimate, EstimateMethod, Estimated};

/// The spread between `groups`, each a list of (kept, n) by day, and how many groups had looks.
pub fn consistency(groups: &[Vec<Cluster>], level: f64, snapshot: &str) -> (Estimated, u64) {
    let seen = groups
        .iter()
        .filter(|days| days.iter().any(|(_, n)| *n > 0))
        .count() as u64;
    let estimated = match spread(groups, level) {
        Ok(found) => Estimated::Estimate(Estimate::new(
            found.sd,
            EstimateMethod::SpreadBetween,
            snapshot,
        )),
        Err(reason) => Estimated::Undefined {
            reason,
            n: groups.iter().flatten().map(|(_, n)| n).sum(),
            snapshot: snapshot.to_owned(),
        },
    };
    (estimated, seen)
}
