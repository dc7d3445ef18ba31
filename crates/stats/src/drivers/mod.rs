//! Key drivers: which items go with the outcome, and how much.
//!
//! Works on the covariance matrix alone; what is uncertain comes from the parts (buckets or
//! clusters) that the covariance is kept in. [`key_drivers`] gives everything that a page shows,
//! [`drivers`] the decompositions of one covariance matrix.
//! Invariant: items that repeat each other are refused, by their place. Always labelled
//! association: nothing here says what would happen if an item were changed.

mod decomposition;
mod key;
mod lmg;
mod performance;
mod random;

pub use decomposition::{Drivers, LMG_PREDICTORS_MAX, drivers, relative_weights};
pub use key::{KeyDriver, KeyDrivers, RankRange, key_drivers};
pub use performance::performance;
pub use random::{REPLICATES, against_random};
