//! What a re-assessment says of delivery, by the rules of every other answer about it.
//!
//! Invariant: a share comes with its n, interval and snapshot here too.

use evenkeel_compare::delivery::{Chosen, Edition, LookCell, Protection, verdict};
use evenkeel_foundation::{Foundation, Granularity, Period, UnitId};
use evenkeel_stats::Looks;

use super::teams;
use crate::answers::LEVEL;
use crate::api::standards::reassess::KeptCounts;
use crate::api::view::Estimated;

/// How a unit's delivery may be counted.
pub fn protected(foundation: &Foundation, unit: Option<&UnitId>) -> Protection {
    teams(foundation).protect(unit, Granularity::Day)
}

/// The share kept of looks that speak for all.
pub fn kept_share(counts: &KeptCounts, editions: &[Edition], snapshot: &str) -> Estimated {
    let cell = LookCell {
        period: Period::all(),
        version: editions.last().map(|edition| edition.version),
        chosen: Chosen::Census,
        looks: Looks {
            not_known: counts.not_known,
            ..Looks::counted(counts.kept as f64, counts.n)
        },
    };
    verdict(&[cell], editions, LEVEL, snapshot).share.into()
}
