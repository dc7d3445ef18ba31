//! Weights that bring a sample in line with known margins.
//!
//! Sources: raking by iterative proportional fitting (Deming & Stephan 1940); standard error by
//! Deville & Särndal (1992): the residual of the linearised variable from a regression on the
//! margin dummies with BASE weights, times the calibrated weight, between PSUs within strata.
//! That is R survey's `calibrate(calfun = "raking")`; `rake` gives another, wrong one where cells
//! matter.
//!
//! Works on cells: rows that share all their categories share one factor. Factors are kept by
//! cell and joined in the plan, never stored on rows.

mod calibrated;
mod error;
mod rake;

pub use calibrated::{Calibrated, PsuCell};
pub use error::CalibrationError;
pub use rake::{Cell, rake};
