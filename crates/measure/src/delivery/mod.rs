//! Delivery: looks by standard, unit, period, version and way of choosing; when they were; how they
//! deviated.
//!
//! Invariants: of an `observation_id` the latest received event counts, as in every other question;
//! what is not known yet is counted apart from kept and deviated; figures that others published are
//! cells of their own, without a version.
//! Absent on purpose: limits, signals and verdicts (`compare`), and single looks in answers: events
//! leave this room as times and counts. Rows leave it only to be judged again (`stored`), and looks
//! with a photo do, of units that the caller names.

mod events;
mod hours;
mod looks;
mod numbers;
mod on_top;
mod photos;
mod rounds;
mod stored;
mod ways;

pub use events::{SeenEvent, SeenEvents};
pub use hours::HourOfDay;
pub use looks::{LookAnswer, LookQuestion, LooksCell, OUTSIDE};
pub use numbers::SeenNumbers;
pub use on_top::{LookedDay, LookedDays};
pub use photos::SeenPhoto;
pub(crate) use rounds::Rounds;
pub use stored::{StoredBatches, StoredLooks};
pub use ways::{PeriodWays, Way, Ways};

use std::collections::BTreeSet;

use evenkeel_foundation::StandardId;

use crate::tally::Only;

const STANDARD: &str = "standard";
const VERSION: &str = "standard_version";
const CHOSEN: &str = "chosen";
const KEPT: &str = "kept";
const VALUE: &str = "value";
const OCCURRED: &str = "occurred_at";

fn only_standard(standard: &StandardId) -> Only {
    Only {
        column: STANDARD.to_owned(),
        values: BTreeSet::from([standard.to_string()]),
    }
}

/// Looks that speak for all; with those chosen for convenience where they are asked for.
fn only_chosen(convenience: bool) -> Only {
    let words = ["census", "random"].into_iter();
    let more = convenience.then_some("convenience");
    Only {
        column: CHOSEN.to_owned(),
        values: words.chain(more).map(str::to_owned).collect(),
    }
}
