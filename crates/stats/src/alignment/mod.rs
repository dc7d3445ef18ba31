//! Internal and external indicators side by side: do they move together?
//!
//! Within a unit over time ([`within`]), between units ([`correlation`]), slopes that units
//! share ([`pooling`]), what non-response may do to it ([`nonresponse`]), and where
//! a unit stands ([`quadrant`]).
//!
//! Invariant: association only; nothing here is called cause. A correlation without enough
//! units or periods is a reason, not a number.
//! Absent on purpose: which indicator is on which side, and which direction is better; `compare`
//! turns both so that higher is better.

pub mod correlation;
pub mod cross_lagged;
pub mod lead_lag;
pub mod pooling;
pub mod quadrant;
pub mod sensitivity;
pub mod slopes;
pub mod within;

pub use correlation::{Correlation, fisher_interval, pairs_needed, pearson, pearson_weighted};
pub use cross_lagged::{CrossLagged, Path, PathFit, PathVerdict, Transition, cross_lagged};
pub use pooling::{Heterogeneity, Pooled, Shrunken, UnitEstimate, pool};
pub use quadrant::{Placement, Quadrant, bonferroni_level, place, side};
pub use sensitivity::{attenuation_corrected, nonresponse, reliability};
pub use slopes::unit_slopes;
pub use within::{Between, Point, UnitSeries, Within, between, rmcorr};
