//! Comparisons: a difference, how large it is, and whether it may be chance.
//!
//! Invariant: difference and effect come before p; where a side is hidden, difference, effect and
//! p are hidden too.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Estimated, Reason};

/// Two groups or periods compared: first less second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Comparison {
    /// First less second, on the scale of the indicator.
    pub difference: Estimated,
    /// The same in standard units, positive where the first is higher. Its method says which:
    /// `hedges_g` (means and scores), `cohen_h` (shares).
    pub effect: Estimated,
    /// `null` where the difference is hidden, or nobody answered on one side.
    #[schema(required = true)]
    pub test: Option<Test>,
}

/// A test of "no difference".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Test {
    /// Such as `welch`, `score`, `chi_squared`, `fisher`, `wald`, `clustered`.
    pub method: String,
    /// Two-sided p.
    #[schema(required = true)]
    pub p: Option<f64>,
    /// Why there is no p.
    #[schema(required = true)]
    pub p_reason: Option<Reason>,
    /// p adjusted for all comparisons of this answer (Benjamini–Hochberg); `null` where there is
    /// only one comparison or no p.
    #[schema(required = true)]
    pub q: Option<f64>,
}
