//! Estimators, intervals, alignment: pure functions over sufficient statistics.
//!
//! Invariant: no function here returns NaN. What cannot be computed is an [`Undefined`] with
//! its reason. Every interval says its level and its method. Shares are 0..1, net promoter
//! scores −1..1, means on the scale of the item; pages multiply by 100.
//!
//! Absent on purpose: I/O, time, async, units and indicators (see `compare`), any table type.

pub mod alignment;
pub mod distribution;
pub mod histogram;
pub mod interval;
pub mod mean;
pub mod moments;
pub mod nps;
pub mod proportion;
pub mod quantile;
pub mod sufficient;
pub mod undefined;

pub use histogram::{Frequencies, Histogram};
pub use interval::{Interval, Measured, Method};
pub use moments::{CoMoments, Moments, WeightedMoments};
pub use sufficient::{Part, Statistics};
pub use undefined::Undefined;
