//! A number as the API says it: never without its n, its interval (or why there is
//! none) and its snapshot; or why there is no number.
//!
//! Invariant: `hidden` has no place for an n, so that a small group's size cannot slip
//! out of any endpoint.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PeriodRef;

/// The answer to "what is this indicator here and now?".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Estimated {
    /// A value with its n, interval and snapshot.
    Estimate {
        /// NPS −1..1, shares 0..1, means on the item's own scale.
        value: f64,
        /// Answers, looks or persons that it rests on.
        n: u64,
        #[schema(required = true)]
        interval: Option<Interval>,
        /// Why there is no interval.
        #[schema(required = true)]
        interval_reason: Option<Reason>,
        /// How the value was estimated, such as `wilson`.
        method: String,
        /// Table versions that it was computed from, such as `responses_guest@12`.
        snapshot: String,
    },
    /// There is no such number, and why.
    Undefined {
        reason: Reason,
        n: u64,
        snapshot: String,
    },
    /// Its raters agree too little for a score: Krippendorff's ordinal alpha is below
    /// `alpha_min`.
    NotReliable {
        /// Krippendorff's alpha, ordinal.
        alpha: f64,
        /// Least alpha of a score.
        alpha_min: f64,
        /// Things that two or more rated.
        n: u64,
        /// Of the alpha.
        #[schema(required = true)]
        interval: Option<Interval>,
        /// Why there is no interval.
        #[schema(required = true)]
        interval_reason: Option<Reason>,
        snapshot: String,
    },
    /// There is a number, and it is not shown to protect people.
    Hidden {
        reason: HiddenReason,
        snapshot: String,
    },
}

/// A confidence interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Interval {
    pub lower: f64,
    pub upper: f64,
    /// Confidence level, 0..1.
    pub level: f64,
    /// How it was computed, such as `wilson` or `tango_score`.
    pub method: String,
}

/// Why something is not there: a stable word and its parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// Such as `no_answers`, `zero_variance` or `too_few_units`.
    pub reason: String,
    /// What the sentence needs, such as `units` and `needed`.
    #[serde(flatten)]
    pub parameters: BTreeMap<String, serde_json::Value>,
}

impl Reason {
    /// A reason without parameters.
    pub fn word(reason: &str) -> Self {
        Self {
            reason: reason.to_owned(),
            parameters: BTreeMap::new(),
        }
    }
}

/// Why a number is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum HiddenReason {
    /// Fewer answered than the promised minimum.
    BelowMinimumN { minimum_n: u32 },
    /// So that nobody's answer can be subtracted out of what is shown.
    Subtractable,
    /// Answers of employees that are in no release yet.
    NotReleased,
    /// Delivery of a team of so few people that it would be about single persons.
    SmallTeam { minimum: u32 },
}

/// One period of a trend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TrendPoint {
    pub period: PeriodRef,
    pub estimate: Estimated,
}

/// Periods in order of time; only those with facts.
pub type Trend = Vec<TrendPoint>;

/// The difference of two estimates: this period less the one before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    pub value: f64,
    /// Answers of both periods.
    pub n: u64,
    #[schema(required = true)]
    pub interval: Option<Interval>,
    /// Why there is no interval.
    #[schema(required = true)]
    pub interval_reason: Option<Reason>,
}
