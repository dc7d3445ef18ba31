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
pub mod difference;
pub mod estimate;
mod evidence;
pub mod gate;
mod measured;
pub mod scale;

pub use alignment::{
    Alignment, AlignmentCell, AlignmentRequest, ResponseRate, Standing, Subject, align,
};
pub use difference::{Group, Segments, change, segments};
pub use estimate::{
    Context, Estimate, EstimateMethod, Estimated, HiddenReason, estimate, response_rate,
};
pub use gate::{Passed, Release};
pub use scale::{ScaleRange, scale_of};
