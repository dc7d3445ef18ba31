//! What an alignment is asked with.

use std::collections::BTreeMap;

use evenkeel_foundation::{Covariate, Direction, Indicator, IndicatorId, PartyId, Period, UnitId};
use evenkeel_stats::{Counted, Statistics, Undefined};

use crate::estimate::Context;
use crate::evidence::Evidence;
use crate::gate::Passed;
use crate::measured::{measured, sampling_variance};
use crate::scale::ScaleRange;

/// One side of an alignment.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// An indicator of a party or standard.
    Indicator {
        /// The indicator.
        indicator: &'a Indicator,
        /// Its party, for the warning about non-response.
        party: Option<&'a PartyId>,
        /// Smallest n of that party; the indicator's own minimum counts too.
        minimum_n: u32,
        /// Scale of its values; the two sides are subtracted only when their scales are equal.
        scale: Option<ScaleRange>,
    },
    /// A number from outside, without n and interval: no unit can be placed by it.
    Covariate(&'a Covariate),
}

impl Subject<'_> {
    /// Id of the indicator or covariate.
    pub fn id(&self) -> &str {
        match self {
            Self::Indicator { indicator, .. } => indicator.id.as_str(),
            Self::Covariate(covariate) => covariate.id.as_str(),
        }
    }

    /// +1 when more is better (or unknown), −1 when less is.
    pub fn sign(&self) -> f64 {
        let direction = match self {
            Self::Indicator { indicator, .. } => Some(indicator.direction),
            Self::Covariate(covariate) => covariate.direction,
        };
        match direction {
            Some(Direction::LowerIsBetter) => -1.0,
            Some(Direction::HigherIsBetter) | None => 1.0,
        }
    }

    /// What the organisation aims for.
    pub fn target(&self) -> Option<f64> {
        match self {
            Self::Indicator { indicator, .. } => indicator.target,
            Self::Covariate(_) => None,
        }
    }

    pub(super) fn minimum_n(&self) -> u64 {
        match self {
            Self::Indicator {
                indicator,
                minimum_n,
                ..
            } => u64::from(indicator.minimum_n.max(*minimum_n)),
            Self::Covariate(_) => 0,
        }
    }

    /// Whether there are answers, but of fewer people than may be shown.
    pub(super) fn is_hidden(&self, counted: &Counted) -> bool {
        Evidence::from(counted).is_below(self.minimum_n())
    }

    pub(super) fn value(
        &self,
        statistics: &Statistics,
        indicators: &BTreeMap<IndicatorId, Indicator>,
    ) -> Result<f64, Undefined> {
        match (self, statistics) {
            (Self::Indicator { indicator, .. }, _) => {
                measured(indicator, statistics.into(), indicators, 0.95).map(|m| m.value)
            }
            (Self::Covariate(_), Statistics::Value { value, .. }) => Ok(*value),
            (Self::Covariate(_), Statistics::MeanOnly { mean, .. }) => Ok(*mean),
            (
                Self::Covariate(_),
                Statistics::Rate {
                    numerator,
                    denominator,
                },
            ) if *denominator > 0.0 => Ok(numerator / denominator),
            (Self::Covariate(_), _) => Err(Undefined::WrongStatistics),
        }
    }

    pub(super) fn variance(
        &self,
        counted: &Counted,
        indicators: &BTreeMap<IndicatorId, Indicator>,
    ) -> Result<f64, Undefined> {
        match self {
            Self::Indicator { indicator, .. } => {
                sampling_variance(indicator, counted.into(), indicators)
            }
            Self::Covariate(_) => Err(Undefined::NotASample),
        }
    }
}

/// Weight of a value: its n, its sum of weights, its denominator, or the weight given with it.
pub(super) fn weight_of(statistics: &Statistics) -> Option<f64> {
    match statistics {
        Statistics::Value { weight, .. } => *weight,
        Statistics::Weighted(moments) => Some(moments.sum_w()),
        Statistics::Rate { denominator, .. } => Some(*denominator),
        other => other.n().map(|n| n as f64),
    }
}

/// Who answered, of those who were asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResponseRate {
    /// Answered.
    pub responded: f64,
    /// Invited.
    pub invited: f64,
}

/// Both sides of one unit in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct AlignmentCell {
    /// The unit.
    pub unit: UnitId,
    /// The period; `None` when the question was not by period.
    pub period: Option<Period>,
    /// Internal side, if there is anything.
    pub internal: Option<Passed>,
    /// External side, if there is anything.
    pub external: Option<Passed>,
    /// Response rate of the internal party, if known.
    pub internal_response: Option<ResponseRate>,
    /// Response rate of the external party, if known.
    pub external_response: Option<ResponseRate>,
    /// Of each covariate of [`AlignmentRequest::lagged_weights`], those that are known.
    pub weights: Vec<Passed>,
}

impl AlignmentCell {
    /// A unit and period of which nothing is known yet.
    pub fn empty(unit: UnitId, period: Option<Period>) -> Self {
        Self {
            unit,
            period,
            internal: None,
            external: None,
            internal_response: None,
            external_response: None,
            weights: Vec::new(),
        }
    }

    /// What the gate lets through of the internal side.
    pub(super) fn internal(&self) -> Option<&Counted> {
        self.internal
            .as_ref()
            .and_then(|passed| passed.counted().ok())
    }

    /// What the gate lets through of the external side.
    pub(super) fn external(&self) -> Option<&Counted> {
        self.external
            .as_ref()
            .and_then(|passed| passed.counted().ok())
    }
}

/// The question.
#[derive(Debug, Clone, Copy)]
pub struct AlignmentRequest<'a> {
    /// Internal side.
    pub internal: Subject<'a>,
    /// External side.
    pub external: Subject<'a>,
    /// At most one cell per unit and period, in any order.
    pub cells: &'a [AlignmentCell],
    /// Where `cells` are by period and rows say who answered: each unit over all periods
    /// together, so that a person of several months counts once. Empty otherwise.
    pub whole: &'a [AlignmentCell],
    /// Units are placed by this period; `None`: by all periods together.
    pub placement_period: Option<Period>,
    /// All indicators, for the parts of composites.
    pub indicators: &'a BTreeMap<IndicatorId, Indicator>,
    /// Confidence level, 0..1; of placements, of all units together.
    pub level: f64,
    /// Version of the tables of both sides.
    pub snapshot: &'a str,
    /// Covariates whose product weighs the rows of the lagged regressions; none: by n.
    pub lagged_weights: &'a [Covariate],
}

impl<'a> AlignmentRequest<'a> {
    pub(super) fn context(&self, minimum_n: u32, level: f64) -> Context<'a> {
        Context {
            indicators: self.indicators,
            level,
            minimum_n,
            snapshot: self.snapshot,
        }
    }
}
