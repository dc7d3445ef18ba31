//! Estimates of indicators.
//!
//! Invariant: an [`Estimate`] has no constructor without n, interval (or the reason why it has
//! none) and snapshot; below the minimum n there is no estimate, only [`Estimated::Hidden`],
//! which never says the n.
//! Evidence comes through the gate only ([`Passed`]), which also protects small groups from being
//! subtracted out.

use std::collections::BTreeMap;

use evenkeel_foundation::{Indicator, IndicatorId};
use evenkeel_stats::{Interval, Measured, Undefined, proportion};
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::evidence::Evidence;
use crate::gate::Passed;
use crate::measured::{measured, method_of};

/// What an estimate is made with.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// All indicators, for the parts of composites.
    pub indicators: &'a BTreeMap<IndicatorId, Indicator>,
    /// Confidence level of intervals, 0..1.
    pub level: f64,
    /// Smallest n of the party; the indicator's own minimum counts too, the larger one rules.
    pub minimum_n: u32,
    /// Version of the tables that the statistics come from.
    pub snapshot: &'a str,
}

impl<'a> Context<'a> {
    /// The same, with the snapshot of what was frozen.
    pub(crate) fn frozen_by(&self, passed: &'a Passed) -> Self {
        Self {
            snapshot: passed.snapshot().unwrap_or(self.snapshot),
            ..*self
        }
    }
}

/// How a value was computed from the statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EstimateMethod {
    /// Share of promoters less share of detractors.
    Nps,
    /// Weighted net promoter score.
    NpsWeighted,
    /// Hits among n.
    Share,
    /// Weighted share.
    ShareWeighted,
    /// Mean of answers.
    Mean,
    /// Weighted mean.
    MeanWeighted,
    /// A mean or score as a source outside published it, joined by n.
    Published,
    /// Sum of numerators over sum of denominators.
    Rate,
    /// Mean of the parts.
    Composite,
    /// First value less second.
    Difference,
    /// Difference of means in standard deviations, without small-sample bias (Hedges).
    HedgesG,
    /// Difference of shares as angles (Cohen).
    CohenH,
    /// Mean or share with calibrated weights.
    Calibrated,
    /// Share of the variance explained.
    RSquared,
    /// Johnson's relative weight over R².
    JohnsonRelativeWeights,
    /// Cronbach's alpha from covariances.
    CronbachAlpha,
    /// Cronbach's alpha from correlations.
    StandardisedAlpha,
    /// `McDonald`'s omega of one factor.
    Omega,
    /// ICC(1), one-way, mean unit size.
    Icc1,
    /// ICC(2): reliability of unit means.
    Icc2,
    /// Median of rwg(j) over units.
    RwgMedian,
    /// Krippendorff's alpha, ordinal.
    KrippendorffOrdinal,
    /// Krippendorff's alpha, interval.
    KrippendorffInterval,
    /// Share of equal pairs of ratings.
    RawAgreement,
    /// Standard deviation of true shares between groups (Paule & Mandel).
    SpreadBetween,
    /// Deviations per look.
    PerLook,
    /// Looks kept between two that deviated.
    LooksBetween,
    /// Days between two deviations.
    DaysBetween,
    /// Sum of departures from the centre line, in standard deviations.
    Cusum,
    /// Exponentially weighted mean of departures from the centre line, in standard deviations.
    Ewma,
    /// Share of simulated series.
    Simulated,
    /// Room that the specification leaves over the spread.
    Capability,
    /// A value at a rank.
    Quantile,
}

/// A number that may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    measured: Measured,
    method: EstimateMethod,
    snapshot: String,
}

impl Estimate {
    /// A value with all that it needs to be shown.
    pub fn new(measured: Measured, method: EstimateMethod, snapshot: &str) -> Self {
        Self {
            measured,
            method,
            snapshot: snapshot.to_owned(),
        }
    }

    /// The value, on the scale of the indicator.
    pub fn value(&self) -> f64 {
        self.measured.value
    }

    /// Answers or looks behind it.
    pub fn n(&self) -> u64 {
        self.measured.n
    }

    /// Its interval, or why there is none.
    pub fn interval(&self) -> &Result<Interval, Undefined> {
        &self.measured.interval
    }

    /// How the value was computed.
    pub fn method(&self) -> EstimateMethod {
        self.method
    }

    /// Version of the tables it was computed from.
    pub fn snapshot(&self) -> &str {
        &self.snapshot
    }
}

/// Why a number is hidden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum HiddenReason {
    /// Answers of fewer people than may be shown.
    BelowMinimumN {
        /// The smallest n that may be shown.
        minimum_n: u32,
    },
    /// So that nobody's answer can be subtracted out of what is shown.
    Subtractable,
    /// Answers of employees that no release holds yet.
    NotReleased,
    /// Delivery of a team of so few people that it would be about single persons.
    SmallTeam {
        /// Below so many people a team is small.
        minimum: u32,
    },
}

/// An estimate, or why there is none.
///
/// Serialised with `status`: `estimate` {value, n, interval, `interval_reason`, method,
/// snapshot}, `undefined` {reason, n, snapshot} or `hidden` {reason, snapshot}.
#[derive(Debug, Clone, PartialEq)]
pub enum Estimated {
    /// A number.
    Estimate(Estimate),
    /// It cannot be computed.
    Undefined {
        /// Why.
        reason: Undefined,
        /// Answers behind it.
        n: u64,
        /// Version of the tables.
        snapshot: String,
    },
    /// It may not be shown.
    Hidden {
        /// Why.
        reason: HiddenReason,
        /// Version of the tables.
        snapshot: String,
    },
}

impl Estimated {
    /// The estimate, if there is one.
    pub fn estimate(&self) -> Option<&Estimate> {
        match self {
            Self::Estimate(estimate) => Some(estimate),
            Self::Undefined { .. } | Self::Hidden { .. } => None,
        }
    }

    /// The value, if there is an estimate.
    pub fn value(&self) -> Option<f64> {
        self.estimate().map(Estimate::value)
    }

    /// Its interval, if there is one.
    pub fn interval(&self) -> Option<&Interval> {
        self.estimate().and_then(|e| e.interval().as_ref().ok())
    }

    /// Whether it is hidden for privacy.
    pub fn is_hidden(&self) -> bool {
        matches!(self, Self::Hidden { .. })
    }

    pub(crate) fn of(
        result: Result<Measured, Undefined>,
        n: u64,
        method: EstimateMethod,
        snapshot: &str,
    ) -> Self {
        match result {
            Ok(measured) => Self::Estimate(Estimate::new(measured, method, snapshot)),
            Err(reason) => Self::Undefined {
                reason,
                n,
                snapshot: snapshot.to_owned(),
            },
        }
    }

    pub(crate) fn hidden(reason: HiddenReason, snapshot: &str) -> Self {
        Self::Hidden {
            reason,
            snapshot: snapshot.to_owned(),
        }
    }
}

impl Serialize for Estimated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Estimate(estimate) => {
                let mut out = serializer.serialize_struct("Estimated", 7)?;
                out.serialize_field("status", "estimate")?;
                out.serialize_field("value", &estimate.value())?;
                out.serialize_field("n", &estimate.n())?;
                out.serialize_field("interval", &estimate.interval().as_ref().ok())?;
                out.serialize_field("interval_reason", &estimate.interval().as_ref().err())?;
                out.serialize_field("method", &estimate.method())?;
                out.serialize_field("snapshot", estimate.snapshot())?;
                out.end()
            }
            Self::Undefined {
                reason,
                n,
                snapshot,
            } => {
                let mut out = serializer.serialize_struct("Estimated", 4)?;
                out.serialize_field("status", "undefined")?;
                out.serialize_field("reason", reason)?;
                out.serialize_field("n", n)?;
                out.serialize_field("snapshot", snapshot)?;
                out.end()
            }
            Self::Hidden { reason, snapshot } => {
                let mut out = serializer.serialize_struct("Estimated", 3)?;
                out.serialize_field("status", "hidden")?;
                out.serialize_field("reason", reason)?;
                out.serialize_field("snapshot", snapshot)?;
                out.end()
            }
        }
    }
}

/// The estimate of an indicator in one cell.
///
/// Hidden when the gate hides it, and when fewer people than the minimum n answered (the larger
/// one of indicator and party), however often; but not when nobody did: there is nobody to
/// protect, and who is not heard must be seen. The n of an estimate are answers. A covariate
/// (`Statistics::Value`) is never an estimate: undefined, `wrong_statistics`.
pub fn estimate(indicator: &Indicator, passed: &Passed, context: &Context<'_>) -> Estimated {
    let context = context.frozen_by(passed);
    match may_show(indicator, passed, &context) {
        Ok(evidence) => judge(indicator, evidence, &context),
        Err(reason) => Estimated::hidden(reason, context.snapshot),
    }
}

/// The estimate of evidence that may be shown.
pub(crate) fn judge(
    indicator: &Indicator,
    evidence: Evidence<'_>,
    context: &Context<'_>,
) -> Estimated {
    let result = measured(indicator, evidence, context.indicators, context.level);
    let method = method_of(&indicator.kind, evidence.statistics);
    Estimated::of(result, evidence.n(), method, context.snapshot)
}

/// The evidence, when the gate and the minimum n let it be shown.
pub(crate) fn may_show<'a>(
    indicator: &Indicator,
    passed: &'a Passed,
    context: &Context<'_>,
) -> Result<Evidence<'a>, HiddenReason> {
    let evidence = Evidence::from(passed.counted().map_err(Clone::clone)?);
    let minimum_n = indicator.minimum_n.max(context.minimum_n);
    if evidence.is_below(u64::from(minimum_n)) {
        return Err(HiddenReason::BelowMinimumN { minimum_n });
    }
    Ok(evidence)
}

/// Share of those invited who answered, with Wilson's interval.
///
/// Never hidden: it says who was heard, not what they said. Undefined: nobody was invited, or
/// more answered than were invited (a shared link).
pub fn response_rate(responded: f64, invited: f64, level: f64, snapshot: &str) -> Estimated {
    let n = invited.max(0.0).round() as u64;
    let result = proportion::share(responded, n, level);
    Estimated::of(result, n, EstimateMethod::Share, snapshot)
}
