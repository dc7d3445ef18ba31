//! Estimators, intervals, alignment: pure functions over sufficient statistics.
//!
//! Invariant: no function here returns NaN. What cannot be computed is an [`Undefined`] with
//! its reason. Every interval says its level and its method. Shares are 0..1, net promoter
//! scores −1..1, means on the scale of the item; pages multiply by 100.
//!
//! Absent on purpose: I/O, time, async, units and indicators (see `compare`), any table type.

pub mod aggregation;
pub mod alignment;
pub mod always_valid;
pub mod chart;
pub mod clusters;
pub mod contingency;
pub mod design;
pub mod did;
pub mod disclosure;
pub mod distribution;
pub mod drivers;
pub mod effect;
pub mod histogram;
pub mod interval;
pub mod jackknife;
pub mod linear;
pub mod linear_audit;
pub mod looks;
pub mod mean;
pub mod moments;
pub mod multiplicity;
pub mod nps;
pub mod ordinal;
pub mod proportion;
pub mod quantile;
pub mod raters;
pub mod regression;
pub mod reliability;
pub mod speed;
pub mod spread;
pub mod sufficient;
pub mod surface;
pub mod undefined;
pub mod understanding;
pub mod verdict;
pub mod weighting;

pub use clusters::Clusters;
pub use histogram::{Frequencies, Histogram};
pub use interval::{Interval, Measured, Method};
pub use looks::Looks;
pub use moments::{CoMoments, Moments, WeightedMoments};
pub use sufficient::{Counted, Part, People, Statistics};
pub use undefined::Undefined;
