//! Net promoter score: share of promoters less share of detractors, −1..1.
//!
//! Sources: Tango (1998), Statistics in Medicine 17:891; Rocks (2016), The American
//! Statistician 70:365 (the same interval as "iterative score").
//! Invariant: the interval shown is the score interval; Wald's covers as little as .225 where
//! .95 is promised, and is here only because comparisons with other tools need it.

mod counts;
mod difference;
mod other_intervals;
mod score;
mod weighted;

pub use counts::Counts;
pub use difference::{Paired, nps_difference, nps_difference_test, nps_paired};
pub use other_intervals::{adjusted_wald, trinomial_t, wald};
pub use score::{answers_needed, nps, score_interval};
pub use weighted::nps_weighted;
