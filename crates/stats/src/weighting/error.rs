//! Why margins cannot be met: always with the margin and the category.

use crate::undefined::Undefined;

/// Why margins cannot be met.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum CalibrationError {
    /// A category that exists in the population has no respondent.
    #[error(
        "margin {margin}, category {category}: nobody in the sample, but {wanted} in the population"
    )]
    EmptyCategory {
        /// Margin, 0-based.
        margin: usize,
        /// Category, 0-based.
        category: usize,
        /// Population count.
        wanted: f64,
    },
    /// Margins that add up to different populations.
    #[error("margin {margin} adds up to {sum}, the first one to {expected}")]
    MarginsDisagree {
        /// Margin, 0-based.
        margin: usize,
        /// Its sum.
        sum: f64,
        /// Sum of the first margin.
        expected: f64,
    },
    /// A cell that names a category outside its margin.
    #[error("cell {cell} names a category that its margin does not have")]
    UnknownCategory {
        /// Cell, 0-based.
        cell: usize,
    },
    /// No factors meet all margins: cells between them are empty.
    #[error("the margins cannot be met after {rounds} rounds: too many empty cells")]
    NotConverged {
        /// Rounds done.
        rounds: u32,
    },
    /// Everything else.
    #[error(transparent)]
    Undefined(#[from] Undefined),
}
