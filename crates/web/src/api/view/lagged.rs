//! Each side on the other, given how it stood the period before.
//!
//! Invariant: weighted and unweighted stand side by side and rest on the same rows.

use evenkeel_compare::alignment as compare;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Reason, Weights};

/// What is regressed on what, given the outcome's own period before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LaggedPath {
    /// External on internal of the same period.
    ExternalOnInternal,
    /// External on internal of the period before.
    ExternalOnInternalBefore,
    /// Internal on external of the same period: the reverse.
    InternalOnExternal,
}

/// A coefficient with its interval, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Coefficient {
    Estimate {
        /// Change of the outcome per unit of the other side.
        slope: f64,
        lower: f64,
        upper: f64,
        /// Confidence level, 0..1.
        level: f64,
        /// Two-sided p of no association.
        p: f64,
        /// Rows: units × periods.
        n: u64,
        units: u64,
        /// Which weights, if any.
        #[schema(required = true)]
        weights: Option<Weights>,
    },
    Undefined {
        reason: Reason,
    },
}

/// One path, with weights and without.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LaggedRegression {
    pub path: LaggedPath,
    pub unweighted: Coefficient,
    pub weighted: Coefficient,
    /// The two disagree in sign or verdict.
    pub fragile: bool,
}

/// All paths, from the same tables as the alignment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Lagged {
    /// Covariates whose product is the weight; empty: by n.
    pub weights: Vec<String>,
    pub regressions: Vec<LaggedRegression>,
}

impl From<compare::Lagged> for Lagged {
    fn from(lagged: compare::Lagged) -> Self {
        Self {
            weights: lagged.covariates,
            regressions: lagged.regressions.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<compare::Regression> for LaggedRegression {
    fn from(regression: compare::Regression) -> Self {
        Self {
            path: match regression.path {
                compare::LaggedPath::ExternalOnInternal => LaggedPath::ExternalOnInternal,
                compare::LaggedPath::ExternalOnInternalBefore => {
                    LaggedPath::ExternalOnInternalBefore
                }
                compare::LaggedPath::InternalOnExternal => LaggedPath::InternalOnExternal,
            },
            unweighted: regression.unweighted.into(),
            weighted: regression.weighted.map_or_else(
                || Coefficient::Undefined {
                    reason: Reason::word("no_weights"),
                },
                Coefficient::from,
            ),
            fragile: regression.fragile,
        }
    }
}

impl From<compare::RegressionView> for Coefficient {
    fn from(view: compare::RegressionView) -> Self {
        match view {
            compare::RegressionView::Estimate {
                slope,
                lower,
                upper,
                level,
                p,
                n,
                units,
                weights,
            } => Self::Estimate {
                slope,
                lower,
                upper,
                level,
                p,
                n,
                units,
                weights: weights.map(Weights::from),
            },
            compare::RegressionView::Undefined { reason } => Self::Undefined {
                reason: Reason::from(&reason),
            },
        }
    }
}
