//! What an assessment says.

use serde::{Deserialize, Serialize};

/// How an observation departs from its requirement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Deviation {
    /// It took longer than allowed; 0 where exactly the limit is too long.
    OverTime {
        /// By how many seconds.
        by_seconds: f64,
    },
    /// It has not ended yet and is longer than allowed already.
    StillOpen {
        /// By how many seconds so far.
        by_seconds: f64,
    },
    /// The number is below the lower limit; 0 where the limit itself is too low.
    TooLow {
        /// By how much, in the unit of measure.
        by: f64,
    },
    /// The number is above the upper limit; 0 where the limit itself is too high.
    TooHigh {
        /// By how much, in the unit of measure.
        by: f64,
    },
}

/// The judgement on one observation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// Whether the standard was kept; None while nobody can know.
    pub kept: Option<bool>,
    /// How it was not kept; empty when it was.
    pub deviations: Vec<Deviation>,
    /// What came on top. Never weighed against deviations.
    pub extras: Vec<String>,
}

impl Assessment {
    /// Kept, with nothing on top.
    pub(crate) fn kept() -> Self {
        Self {
            kept: Some(true),
            ..Self::default()
        }
    }

    /// Not kept, in this way.
    pub(crate) fn deviated(deviation: Deviation) -> Self {
        Self {
            kept: Some(false),
            deviations: vec![deviation],
            ..Self::default()
        }
    }

    /// Not known yet.
    pub(crate) fn censored() -> Self {
        Self::default()
    }
}
