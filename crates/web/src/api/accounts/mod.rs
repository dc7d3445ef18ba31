//! `/accounts`: people, and what they may do.

pub mod badge;
pub mod change;
pub mod create;
pub mod link;
pub mod list;
