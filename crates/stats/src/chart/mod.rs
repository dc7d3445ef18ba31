//! Control charts: is this ordinary variation?
//!
//! Invariant: limits come from a stated baseline; rule sets and constants are data, not code.
//! Absent on purpose: choosing a baseline (a person does, with a reason), drawing.

pub mod capability;
pub mod drift;
pub mod false_alarm;
pub mod normality;
pub mod proportions;
pub mod rare;
pub mod rules;
pub mod sets;
pub mod subgroups;
pub mod xmr;

pub use rules::{Anhoej, NELSON, NHS, Rule, WESTERN_ELECTRIC, anhoej};
pub use sets::{Maturity, RuleSet, Signal};
pub use xmr::{MovingRangeConstant, Xmr, xmr};
