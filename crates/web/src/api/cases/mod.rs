//! `/cases`: follow-ups that signals ask for, and what their standards' owners do with them.

pub mod list;
pub mod step;
