//! May individual answers be reported by unit? Agreement within and differences between units.
//!
//! [`gate`] gives everything that a page shows, with a warning for each figure that falls short.
//! Invariant: a gate warns, it never hides; the figures are always there.

mod agreement;
mod anova;
mod gate;
mod shrinkage;
mod waba;

pub use agreement::{rwg, rwg_j, rwg_median, rwg_of};
pub use anova::{Anova, anova};
pub use gate::{ByUnit, Shortfall, Thresholds, gate};
pub use shrinkage::{RandomUnits, random_units};
pub use waba::{Waba, waba};
