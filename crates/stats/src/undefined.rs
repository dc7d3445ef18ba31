//! Why a number does not exist.
//!
//! Invariant: an undefined number is a value that says its reason; it is never NaN, never 0.
//! The serialised form has the code in `reason`; pages translate the code, the `Display` text
//! is plain English for the command line and for logs.
//! Absent on purpose: hiding for privacy, which is not a matter of statistics (see `compare`).

use serde::{Deserialize, Serialize};

/// The reason why an estimate, or its interval, cannot be given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Undefined {
    /// n = 0.
    #[error("nobody answered")]
    NoAnswers,
    /// One answer has no spread, so that its mean has no interval.
    #[error("one answer only: its spread is unknown")]
    OneAnswer,
    /// All answers are the same: an interval from their spread would have no width.
    #[error("all answers are the same: their spread says nothing about the next one")]
    ZeroVariance,
    /// One side of a correlation does not vary.
    #[error("one of the two does not vary, so that they cannot move together")]
    NoVariation,
    /// Fewer units than the method needs.
    #[error("{units} units, and the method needs {needed}")]
    TooFewUnits {
        /// Units that were usable.
        units: u64,
        /// Units that the method needs.
        needed: u64,
    },
    /// One unit only.
    #[error("one unit only: there is nothing to compare it with")]
    OneUnit,
    /// A within-unit figure needs at least two periods in some unit.
    #[error("one period only: whether they move together within a unit cannot be seen")]
    OnePeriod,
    /// Not enough observations for the method.
    #[error("{n} observations, and the method needs {needed}")]
    TooFew {
        /// Observations that were usable.
        n: u64,
        /// Observations that the method needs.
        needed: u64,
    },
    /// A mean from outside came without its standard deviation.
    #[error("the source gave a mean without its spread")]
    NoSpreadGiven,
    /// The figure is a complete count or an outside number, not a sample.
    #[error("a figure from outside, not a sample: it has no sampling interval")]
    NotASample,
    /// The parts of a composite overlap and their covariance is not known.
    #[error("the covariance of the parts is not known")]
    NoCovariance,
    /// One cluster only.
    #[error("one cluster only: the spread between clusters is unknown")]
    OneCluster,
    /// The weights sum to nothing.
    #[error("the weights sum to zero")]
    ZeroWeight,
    /// A matrix cannot be inverted because some columns repeat each other.
    #[error("columns {} say the same thing as others", columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    Singular {
        /// The columns that could be left out, 0-based.
        columns: Vec<usize>,
    },
    /// An iteration did not settle.
    #[error("the iteration did not converge after {iterations} rounds")]
    NotConverged {
        /// Rounds done.
        iterations: u32,
    },
    /// A perfect correlation: its Fisher interval has no width and says nothing.
    #[error("a perfect correlation has no interval")]
    PerfectCorrelation,
    /// The sample is too small for this quantile: no pair of order statistics reaches the level.
    #[error("too few values for an interval of this quantile at this level")]
    QuantileOutOfReach,
    /// The statistics at hand are not those that the method needs.
    #[error("these statistics do not give that figure")]
    WrongStatistics,
    /// Groups that differ less than chance would have them: the interval of what lies between them
    /// is empty.
    #[error("the groups differ less than chance alone would have it")]
    LessThanChance,
    /// A parameter outside its allowed range.
    #[error("{name} is outside its allowed range")]
    Parameter {
        /// The parameter.
        name: String,
    },
}

impl Undefined {
    /// A parameter outside its range, by name.
    pub fn parameter(name: &str) -> Self {
        Self::Parameter {
            name: name.to_owned(),
        }
    }
}

/// Serialises `Result<T, Undefined>` as the value itself or as `{"reason": …}`.
///
/// For fields: `#[serde(with = "evenkeel_stats::undefined::either")]`.
pub mod either {
    use super::Undefined;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either<T> {
        Not(Undefined),
        Is(T),
    }

    /// Writes the value or the reason.
    pub fn serialize<T: Serialize, S: Serializer>(
        result: &Result<T, Undefined>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match result {
            Ok(value) => value.serialize(serializer),
            Err(reason) => reason.serialize(serializer),
        }
    }

    /// Reads the value or the reason.
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Result<T, Undefined>, D::Error> {
        Ok(match Either::deserialize(deserializer)? {
            Either::Is(value) => Ok(value),
            Either::Not(reason) => Err(reason),
        })
    }
}
