//! Figures from elsewhere: unit × period results that were imported as such.
//!
//! Read from the table `aggregates`, reduced to those in force (the latest received counts), chosen
//! for the question's periods and segments, and shaped into the statistics of the indicator.
//!
//! Invariant: no answer counts twice: of figures of one unit that overlap in time the longer period
//! counts, and a unit's own figure replaces those of the units below it in the same cell.
//! Absent on purpose: estimates. A mean without spread stays one.

mod choose;
mod rows;
mod shape;

pub use choose::{Chooser, Chosen};
pub use rows::figures;
pub use shape::shape;
