//! Indicators: named measures of one party or standard; and covariates, which are numbers from
//! outside without n or interval.
//!
//! Invariant: an indicator says what is counted, never how: plans live in `measure`, formulas in
//! `stats`. Values are on their natural scale (NPS −1 to 1, shares 0 to 1, means on the item's
//! scale); pages multiply by 100.

use serde::{Deserialize, Serialize};

use crate::ids::{CovariateId, IndicatorId, InstrumentId, ItemId, PartyId, StandardId};
use crate::text::Text;

/// Which way is up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    #[default]
    HigherIsBetter,
    /// Less is better.
    LowerIsBetter,
}

/// What an indicator counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum IndicatorKind {
    /// Promoters (9, 10) less passives' rest: (P − D) / n over a 0–10 item.
    Nps {
        /// The instrument.
        instrument: InstrumentId,
        /// Its item, a rating from 0 to 10.
        item: ItemId,
    },
    /// The share of answers at or above `from`.
    TopBox {
        /// The instrument.
        instrument: InstrumentId,
        /// Its item, a rating.
        item: ItemId,
        /// The lowest answer that counts.
        from: i32,
    },
    /// The mean of a rating or number.
    Mean {
        /// The instrument.
        instrument: InstrumentId,
        /// Its item.
        item: ItemId,
    },
    /// The share of answers that are one of `values`.
    Share {
        /// The instrument.
        instrument: InstrumentId,
        /// Its item.
        item: ItemId,
        /// The answers that count; ratings as decimal numbers, booleans `true` and `false`.
        values: Vec<String>,
    },
    /// A figure from outside with numerator and denominator, such as absence.
    Rate {
        /// The id under which imports store the figure.
        figure: String,
    },
    /// The mean of other indicators' indices.
    Composite {
        /// The parts.
        of: Vec<IndicatorId>,
    },
    /// The share of stored assessments that were kept.
    Conformance {
        /// The standard.
        standard: StandardId,
    },
    /// The share of observed numbers inside the standard's limits.
    WithinTarget {
        /// The standard, of kind duration or range.
        standard: StandardId,
    },
}

impl IndicatorKind {
    /// Every kind, the words in files.
    pub const EVERY: [&'static str; 8] = [
        "nps",
        "top_box",
        "mean",
        "share",
        "rate",
        "composite",
        "conformance",
        "within_target",
    ];

    /// The word in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Nps { .. } => "nps",
            Self::TopBox { .. } => "top_box",
            Self::Mean { .. } => "mean",
            Self::Share { .. } => "share",
            Self::Rate { .. } => "rate",
            Self::Composite { .. } => "composite",
            Self::Conformance { .. } => "conformance",
            Self::WithinTarget { .. } => "within_target",
        }
    }

    /// The instrument and item that it counts, if it counts answers.
    pub fn item(&self) -> Option<(&InstrumentId, &ItemId)> {
        match self {
            Self::Nps { instrument, item }
            | Self::TopBox {
                instrument, item, ..
            }
            | Self::Mean { instrument, item }
            | Self::Share {
                instrument, item, ..
            } => Some((instrument, item)),
            Self::Rate { .. }
            | Self::Composite { .. }
            | Self::Conformance { .. }
            | Self::WithinTarget { .. } => None,
        }
    }

    /// The standard that it counts, if it counts observations.
    pub fn standard(&self) -> Option<&StandardId> {
        match self {
            Self::Conformance { standard } | Self::WithinTarget { standard } => Some(standard),
            _ => None,
        }
    }
}

/// A named measure of one party or standard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its id.
    pub id: IndicatorId,
    /// Its name.
    pub title: Text,
    /// Whose voice it is; that of its instrument where it counts answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
    /// What it counts.
    #[serde(flatten)]
    pub kind: IndicatorKind,
    /// Which way is up.
    #[serde(default)]
    pub direction: Direction,
    /// The smallest n for which it is shown.
    pub minimum_n: u32,
    /// What the organisation aims for, on the scale of the values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<f64>,
    /// Whether the overview shows it.
    #[serde(default)]
    pub headline: bool,
}

/// A number per unit and period from outside, without n.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Covariate {
    /// Its id.
    pub id: CovariateId,
    /// Its name.
    pub title: Text,
    /// Which way is up, where that can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
}
