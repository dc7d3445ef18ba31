//! Statistics against what was agreed: estimates, differences, alignment.
//!
//! Invariant: a number leaves this room as an [`Estimated`]: with its n, its interval (or the
//! reason why it has none) and its snapshot, or hidden; and what it is made of came through the
//! [`gate`], the only way to evidence.
//! Whatever Evenkeel has to say about a number is a code with parameters; pages and the command
//! line make the sentence.
//!
//! Absent on purpose: SQL and tables (measure), texts in any language (web), time.

pub mod alignment;
pub mod comparison;
pub mod delivery;
pub mod difference;
pub mod distribution;
pub mod drivers;
pub mod estimate;
mod evidence;
pub mod gate;
mod measured;
pub mod raters;
pub mod reliability;
pub mod scale;
pub mod weighted;

pub use alignment::{
    Alignment, AlignmentCell, AlignmentRequest, ResponseRate, Standing, Subject, align,
};
pub use comparison::{Comparison, Test, TestMethod, comparison};
pub use difference::{Group, PairDifference, Segments, change, segments};
pub use distribution::{Category, Distribution, distribution};
pub use drivers::{AboveRandom, Driver, Drivers, FoundDrivers, drivers};
pub use estimate::{
    Context, Estimate, EstimateMethod, Estimated, HiddenReason, estimate, response_rate,
};
pub use gate::{Passed, PassedProducts, PassedUnits, Release};
pub use raters::{RaterAgreement, RaterVerdict, rater_agreement};
pub use reliability::{
    Aggregation, Figure, ItemReliability, ScaleReliability, Verdict, aggregation, scale_reliability,
};
pub use scale::{ScaleRange, scale_of};
pub use weighted::{CalibratedSample, SampleCell, Weighted, WeightedError, Weighting, weighted};
