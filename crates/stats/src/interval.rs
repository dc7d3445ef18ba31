//! Intervals and measured values.
//!
//! Invariant: an interval carries its level and the method that made it; lower ≤ upper, both
//! finite. A measured value carries its n, and its interval or the reason why it has none.
//! Absent on purpose: standard errors on their own; they travel inside estimates of methods
//! that need them.

use crate::undefined::{Undefined, either};
use serde::{Deserialize, Serialize};

/// The method that made an interval. Serialised in `snake_case`; pages translate it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Wilson (1927) score interval of a proportion.
    Wilson,
    /// Wilson score interval at the effective sample size of a weighted proportion.
    WilsonEffective,
    /// Wilson score interval with continuity correction.
    WilsonCorrected,
    /// Jeffreys' equal-tailed interval.
    Jeffreys,
    /// Agresti and Coull (1998).
    AgrestiCoull,
    /// Newcombe (1998) method 10 for a difference of two proportions.
    Newcombe10,
    /// Tango (1998) score interval of a net promoter score.
    TangoScore,
    /// Tango score interval at the effective sample size of a weighted net promoter score.
    TangoEffective,
    /// Wald interval after adding ¾, 1½, ¾ answers to a net promoter score.
    AdjustedWald,
    /// Square-and-add (MOVER) of two intervals.
    Mover,
    /// Student's t interval of a mean.
    T,
    /// Welch's t interval of a difference of means.
    Welch,
    /// t interval with a Taylor-linearised standard error of a weighted estimate.
    Linearised,
    /// t interval with the linearised variance between people who answered more than once.
    ClusteredT,
    /// Wilson score interval at the effective sample size between people.
    ClusteredWilson,
    /// Tango score interval at the effective sample size between people.
    ClusteredTango,
    /// Normal interval of a combination of estimates with their covariance.
    Composite,
    /// Widest normal interval of a combination whose covariance is not known.
    CompositeBound,
    /// Fisher's z transformation of a correlation.
    FisherZ,
    /// Fisher's z with the error degrees of freedom of a repeated-measures correlation.
    RmcorrFisherZ,
    /// A pair of order statistics (binomial, exact).
    OrderStatistics,
    /// Delete-a-bucket or delete-a-cluster jackknife.
    Jackknife,
    /// Percentiles of a seeded bootstrap of parts.
    BootstrapPercentile,
    /// Feldt's (1965) F interval of Cronbach's alpha.
    Feldt,
    /// Wald interval of a fitted coefficient.
    Wald,
    /// Clopper–Pearson (exact).
    ClopperPearson,
    /// A confidence sequence: holds at every look.
    AlwaysValid,
    /// Miettinen and Nurminen (1985) score interval of a difference of shares.
    MiettinenNurminen,
    /// Agresti and Caffo (2000).
    AgrestiCaffo,
    /// An interval that comes with the method itself (χ² of a variance, F of a ratio).
    Exact,
    /// Q-profile of a variance between groups (Viechtbauer 2007).
    QProfile,
}

/// A confidence interval on the scale of its estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower limit.
    pub lower: f64,
    /// Upper limit, not below `lower`.
    pub upper: f64,
    /// Two-sided confidence level, 0..1 (for instance 0.95).
    pub level: f64,
    /// How it was made.
    pub method: Method,
}

impl Interval {
    /// `value ± half_width`.
    pub fn around(value: f64, half_width: f64, level: f64, method: Method) -> Self {
        Self {
            lower: value - half_width,
            upper: value + half_width,
            level,
            method,
        }
    }

    /// The same interval, cut to what is possible (`[−1, 1]` of a score, `[0, 1]` of a share).
    #[must_use]
    pub fn clipped(self, lowest: f64, highest: f64) -> Self {
        Self {
            lower: self.lower.clamp(lowest, highest),
            upper: self.upper.clamp(lowest, highest),
            ..self
        }
    }

    /// The interval of the same quantity seen the other way round (sign changed).
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            lower: -self.upper,
            upper: -self.lower,
            ..self
        }
    }

    /// Whether the interval holds `value`, limits included.
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// Width of the interval.
    pub fn width(&self) -> f64 {
        self.upper - self.lower
    }
}

/// A value with its n, and its interval or the reason why it has none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The estimate.
    pub value: f64,
    /// Answers (or looks, or pairs) behind it.
    pub n: u64,
    /// Interval, or why there is none.
    #[serde(with = "either")]
    pub interval: Result<Interval, Undefined>,
}

impl Measured {
    /// A value with what is known about its precision.
    pub fn new(value: f64, n: u64, interval: Result<Interval, Undefined>) -> Self {
        Self { value, n, interval }
    }
}
