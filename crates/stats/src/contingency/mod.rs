//! Tables of counts: are rows and columns independent?
//!
//! χ² where every expected count is at least 5, otherwise Fisher's test (2 × 2) or χ² with a
//! seeded Monte Carlo p ([`independence`] chooses); weighted answers by Rao and Scott. The effect
//! size is Cramér's V, shown first.

mod chi_squared;
mod choice;
mod fisher;
mod monte_carlo;
mod rao_scott;

pub use chi_squared::{ChiSquared, chi_squared};
pub use choice::{EXPECTED_MIN, Independence, IndependenceTest, independence};
pub use fisher::{Fisher, fisher};
pub use monte_carlo::{MonteCarlo, REPLICATES, monte_carlo};
pub use rao_scott::{RaoScott, rao_scott};
