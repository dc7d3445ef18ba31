//! An internal and an external indicator side by side, over units.
//!
//! Invariant: units come in the order of their titles, never of their values; a unit
//! whose numbers are hidden is `not_shown`, in no quadrant.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::lagged::Lagged;
use super::{Direction, HiddenReason, IndicatorKind, Interval, PeriodRef, Reason, Scale, Text};

/// One side of an alignment: an indicator, or a covariate (then `kind` is `null`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MeasureRef {
    pub id: String,
    pub title: Text,
    #[schema(required = true)]
    pub party: Option<String>,
    #[schema(required = true)]
    pub kind: Option<IndicatorKind>,
    #[schema(required = true)]
    pub direction: Option<Direction>,
    #[schema(required = true)]
    pub target: Option<f64>,
    #[schema(required = true)]
    pub scale: Option<Scale>,
    pub headline: bool,
}

/// Where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Customers and team satisfied.
    Both,
    /// Customers satisfied, team not: the pedestal.
    CustomersOnly,
    /// Team satisfied, customers not.
    EmployeesOnly,
    Neither,
    /// An interval holds the cut line: cannot tell yet.
    Undecided,
    /// A side has no number that may be shown.
    NotShown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CutOrigin {
    /// The organisation's target.
    Target,
    /// No target is set: the organisation's mean without the unit in question.
    MeanWithoutUnit,
}

/// A cut line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Cut {
    /// Where to draw it; with `mean_without_unit` each unit has its own, and this is
    /// the mean over all.
    #[schema(required = true)]
    pub value: Option<f64>,
    pub origin: CutOrigin,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Cuts {
    pub internal: Cut,
    pub external: Cut,
}

/// One side of a unit: an estimate as everywhere, or a number from outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum SideValue {
    /// A value with its n, interval and snapshot.
    Estimate {
        value: f64,
        n: u64,
        /// At the simultaneous level.
        #[schema(required = true)]
        interval: Option<Interval>,
        #[schema(required = true)]
        interval_reason: Option<Reason>,
        method: String,
        snapshot: String,
    },
    /// There is no such number, and why.
    Undefined {
        reason: Reason,
        n: u64,
        snapshot: String,
    },
    /// There is a number, and it is not shown to protect people.
    Hidden {
        reason: HiddenReason,
        snapshot: String,
    },
    /// A number from outside, without n; `null` where the source has none.
    Covariate {
        #[schema(required = true)]
        value: Option<f64>,
        snapshot: String,
    },
}

/// A unit with both its numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UnitAlignment {
    pub unit: String,
    pub title: Text,
    #[schema(required = true)]
    pub parent: Option<String>,
    pub internal: SideValue,
    pub external: SideValue,
    /// The cut line that this unit is held against.
    #[schema(required = true)]
    pub internal_cut: Option<f64>,
    /// The cut line that this unit is held against.
    #[schema(required = true)]
    pub external_cut: Option<f64>,
    pub quadrant: Quadrant,
}

/// How many units stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuadrantCounts {
    pub both: u64,
    pub customers_only: u64,
    pub employees_only: u64,
    pub neither: u64,
    pub undecided: u64,
    pub not_shown: u64,
}

/// A correlation with its interval, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Correlation {
    Estimate {
        r: f64,
        #[schema(required = true)]
        lower: Option<f64>,
        #[schema(required = true)]
        upper: Option<f64>,
        /// Confidence level, 0..1.
        level: f64,
        /// Why there is no interval.
        #[schema(required = true)]
        interval_reason: Option<Reason>,
        units: u64,
        /// Pairs of values: units × periods.
        pairs: u64,
        /// Two-sided p of no correlation.
        p: f64,
        /// Which weights, if any.
        #[schema(required = true)]
        weights: Option<Weights>,
    },
    Undefined {
        reason: Reason,
    },
}

/// How units and periods count in a weighted correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weights {
    /// Harmonic mean of the n of both sides.
    HarmonicN,
    /// The n (or weight) of the internal side; the other side has none.
    InternalN,
    /// The n (or weight) of the external side; the other side has none.
    ExternalN,
    /// The product of covariates that were named.
    Covariates,
}

/// Change of the external side per unit of the internal side, pooled over units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Slopes {
    Estimate {
        /// In the typical unit.
        mean: f64,
        interval: Interval,
        /// Standard deviation of the slopes between units.
        sd_between: f64,
        /// Units with at least three periods and a slope.
        units: u64,
    },
    Undefined {
        reason: Reason,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SideName {
    Internal,
    External,
}

/// Which correlation answers the question asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Headline {
    /// Do they move together within a unit?
    Within,
    /// Do units with more of one have more of the other?
    Between,
}

/// A party's non-response goes with its own result: the result may be about who answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NonResponse {
    pub side: SideName,
    #[schema(required = true)]
    pub party: Option<String>,
    pub indicator: String,
    /// Correlation over units of response rate and result.
    pub r: f64,
    #[schema(required = true)]
    pub lower: Option<f64>,
    #[schema(required = true)]
    pub upper: Option<f64>,
    /// Confidence level, 0..1.
    pub level: f64,
    pub units: u64,
    /// The interval leaves out 0.
    pub warn: bool,
}

/// The units' values of one side, unweighted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SideSummary {
    #[schema(required = true)]
    pub mean: Option<f64>,
    #[schema(required = true)]
    pub sd: Option<f64>,
    pub units: u64,
    /// Of the mean, over units (t).
    #[schema(required = true)]
    pub interval: Option<Interval>,
    /// Why there is no interval.
    #[schema(required = true)]
    pub interval_reason: Option<Reason>,
}

/// Internal less external over the same units, paired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DifferenceOfMeans {
    pub value: f64,
    pub t: f64,
    pub n: u64,
    pub p: f64,
    pub interval: Interval,
}

/// Something worth saying: a stable word and its parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    pub code: String,
    #[serde(flatten)]
    pub parameters: BTreeMap<String, serde_json::Value>,
}

/// Internal and external, side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AlignmentView {
    pub internal: MeasureRef,
    pub external: MeasureRef,
    pub level: String,
    /// The period of the units' values; `null` when over the whole range asked for.
    #[schema(required = true)]
    pub period: Option<PeriodRef>,
    pub cuts: Cuts,
    /// The intervals' level, corrected for the number of units compared.
    pub interval_level: f64,
    pub units_compared: u64,
    pub units: Vec<UnitAlignment>,
    pub counts: QuadrantCounts,
    pub within: Correlation,
    pub within_weighted: Correlation,
    /// Each unit once.
    pub between: Correlation,
    pub between_weighted: Correlation,
    pub headline: Headline,
    /// Between units, corrected for the sampling error of both sides: sensitivity only.
    pub corrected_for_attenuation: Correlation,
    pub slopes: Slopes,
    /// `null` where it was not asked by period.
    #[schema(required = true)]
    pub lagged: Option<Lagged>,
    pub internal_summary: SideSummary,
    pub external_summary: SideSummary,
    /// `null` when the scales differ or units are too few.
    #[schema(required = true)]
    pub difference: Option<DifferenceOfMeans>,
    pub nonresponse: Vec<NonResponse>,
    /// Cells that were left out because a side of them is hidden.
    pub cells_left_out: u64,
    /// The headline first.
    pub findings: Vec<Finding>,
    pub snapshot: String,
}
