//! What an alignment answers with: numbers, codes and parameters, no sentences.

use evenkeel_foundation::UnitId;
use evenkeel_stats::alignment::{Correlation, Within};
use evenkeel_stats::mean::Difference;
use evenkeel_stats::{Interval, Undefined};
use serde::Serialize;

use super::lagged::{Lagged, LaggedPath};
use crate::estimate::Estimated;

/// Which figure answers the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Headline {
    /// Within units over time.
    Within,
    /// Between units.
    Between,
}

/// How units and periods count in a weighted figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weights {
    /// Harmonic mean of the n of both sides.
    HarmonicN,
    /// The n (or weight) of the internal side; the other side has none.
    InternalN,
    /// The n (or weight) of the external side; the other side has none.
    ExternalN,
    /// The product of covariates that were named; lagged regressions only.
    Covariates,
}

/// A correlation, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum CorrelationView {
    /// A correlation of the values as they are, whichever direction is better.
    Estimate {
        /// −1..1.
        r: f64,
        /// Lower limit, if there is an interval.
        lower: Option<f64>,
        /// Upper limit, if there is an interval.
        upper: Option<f64>,
        /// Confidence level.
        level: f64,
        /// Why there is no interval.
        interval_reason: Option<Undefined>,
        /// Units it rests on.
        units: u64,
        /// Unit × period pairs it rests on.
        pairs: u64,
        /// Two-sided p of no correlation.
        p: f64,
        /// Weights, if any.
        weights: Option<Weights>,
    },
    /// It cannot be computed.
    Undefined {
        /// Why.
        reason: Undefined,
    },
}

impl CorrelationView {
    pub(super) fn within(
        result: Result<Within, Undefined>,
        level: f64,
        weights: Option<Weights>,
    ) -> Self {
        match result {
            Ok(w) => Self::of(
                w.value,
                w.interval,
                level,
                (w.units, w.points),
                w.p,
                weights,
            ),
            Err(reason) => Self::Undefined { reason },
        }
    }

    pub(super) fn between(
        result: Result<Correlation, Undefined>,
        level: f64,
        pairs: u64,
        weights: Option<Weights>,
    ) -> Self {
        match result {
            Ok(c) => Self::of(c.value, c.interval, level, (c.n, pairs), c.p, weights),
            Err(reason) => Self::Undefined { reason },
        }
    }

    pub(super) fn of(
        r: f64,
        interval: Result<Interval, Undefined>,
        level: f64,
        (units, pairs): (u64, u64),
        p: f64,
        weights: Option<Weights>,
    ) -> Self {
        let (limits, interval_reason) = match interval {
            Ok(interval) => (Some(interval), None),
            Err(reason) => (None, Some(reason)),
        };
        Self::Estimate {
            r,
            lower: limits.map(|i| i.lower),
            upper: limits.map(|i| i.upper),
            level,
            interval_reason,
            units,
            pairs,
            p,
            weights,
        }
    }

    /// Whether there is a correlation.
    pub fn is_defined(&self) -> bool {
        matches!(self, Self::Estimate { .. })
    }

    /// The correlation, if there is one.
    pub fn r(&self) -> Option<f64> {
        match self {
            Self::Estimate { r, .. } => Some(*r),
            Self::Undefined { .. } => None,
        }
    }

    /// Sign of the correlation when its interval leaves out 0, else 0; `None` when undefined.
    pub fn verdict(&self) -> Option<i8> {
        match self {
            Self::Estimate {
                lower: Some(lower), ..
            } if *lower > 0.0 => Some(1),
            Self::Estimate {
                upper: Some(upper), ..
            } if *upper < 0.0 => Some(-1),
            Self::Estimate { .. } => Some(0),
            Self::Undefined { .. } => None,
        }
    }
}

/// Slopes of the external on the internal side, partially pooled over units (REML).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum SlopesView {
    /// The common slope and its spread.
    Estimate {
        /// Change of the external side per unit of the internal side, in the typical unit.
        mean: f64,
        /// t interval after Knapp and Hartung.
        interval: Interval,
        /// Standard deviation of the slopes between units.
        sd_between: f64,
        /// Units with at least three periods and a slope.
        units: u64,
    },
    /// It cannot be computed.
    Undefined {
        /// Why.
        reason: Undefined,
    },
}

/// Mean and spread of one side over units.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Mean over units, each unit once; `None` without units.
    pub mean: Option<f64>,
    /// Standard deviation between units; `None` below two units.
    pub sd: Option<f64>,
    /// Units.
    pub units: u64,
    /// Of the mean, by the spread between units (t), or why there is none.
    #[serde(skip)]
    pub interval: Result<Interval, Undefined>,
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SideName {
    /// Employees, delivery, outside figures about the inside.
    Internal,
    /// Customers.
    External,
}

/// Response rate against score over units, for one side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NonResponse {
    /// The side.
    pub side: SideName,
    /// Its party, if it has one.
    pub party: Option<String>,
    /// Its indicator.
    pub indicator: String,
    /// Correlation of response rate with value over units.
    pub r: f64,
    /// Lower limit, if there is an interval.
    pub lower: Option<f64>,
    /// Upper limit, if there is an interval.
    pub upper: Option<f64>,
    /// Confidence level.
    pub level: f64,
    /// Units with a response rate and a value.
    pub units: u64,
    /// The interval leaves out 0: units where fewer answer score otherwise.
    pub warn: bool,
}

/// Where a cut line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CutOrigin {
    /// The organisation's target.
    Target,
    /// The mean of the other units, weighted by n; each unit has its own.
    MeanWithoutUnit,
}

/// A cut line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cut {
    /// The target, or the mean of all shown units for drawing; `None` when nothing is shown.
    pub value: Option<f64>,
    /// Where it comes from.
    pub origin: CutOrigin,
}

/// Where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Both sides good.
    Both,
    /// Customers satisfied, team not.
    CustomersOnly,
    /// Team satisfied, customers not.
    EmployeesOnly,
    /// Neither side good.
    Neither,
    /// Cannot tell yet.
    Undecided,
    /// A side is hidden or has no answers.
    NotShown,
}

/// How many units stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Both sides good.
    pub both: u64,
    /// Customers satisfied, team not.
    pub customers_only: u64,
    /// Team satisfied, customers not.
    pub employees_only: u64,
    /// Neither side good.
    pub neither: u64,
    /// Cannot tell yet.
    pub undecided: u64,
    /// A side is hidden or has no answers.
    pub not_shown: u64,
}

impl Counts {
    pub(super) fn add(&mut self, standing: Standing) {
        match standing {
            Standing::Both => self.both += 1,
            Standing::CustomersOnly => self.customers_only += 1,
            Standing::EmployeesOnly => self.employees_only += 1,
            Standing::Neither => self.neither += 1,
            Standing::Undecided => self.undecided += 1,
            Standing::NotShown => self.not_shown += 1,
        }
    }
}

/// One side of one unit.
#[derive(Debug, Clone, PartialEq)]
pub enum SideValue {
    /// An indicator.
    Estimated(Estimated),
    /// A number from outside; `None` where the source has none.
    Covariate {
        /// The number.
        value: Option<f64>,
        /// Version of the tables.
        snapshot: String,
    },
}

impl Serialize for SideValue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        match self {
            Self::Estimated(estimated) => estimated.serialize(serializer),
            Self::Covariate { value, snapshot } => {
                let mut out = serializer.serialize_struct("Covariate", 3)?;
                out.serialize_field("status", "covariate")?;
                out.serialize_field("value", value)?;
                out.serialize_field("snapshot", snapshot)?;
                out.end()
            }
        }
    }
}

/// One unit of an alignment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitAlignment {
    /// The unit.
    pub unit: UnitId,
    /// Internal side, its interval at `interval_level`.
    pub internal: SideValue,
    /// External side, its interval at `interval_level`.
    pub external: SideValue,
    /// Cut line that the internal side is held against.
    pub internal_cut: Option<f64>,
    /// Cut line that the external side is held against.
    pub external_cut: Option<f64>,
    /// Where it stands.
    #[serde(rename = "quadrant")]
    pub standing: Standing,
}

/// Something to say about an alignment, as a code with parameters.
///
/// `together` and `opposed` look at what is better, not at the sign of r: engagement and
/// mortality are together when r is negative.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Finding {
    /// When one side improves in a unit, the other does too.
    WithinTogether,
    /// When one side improves in a unit, the other worsens.
    WithinOpposed,
    /// Whether they move together in a unit cannot be told yet.
    WithinUnclear,
    /// There is no within-unit figure; the between-unit figure is the headline.
    WithinUndefined {
        /// Why.
        reason: Undefined,
    },
    /// Units that do better on one side do better on the other.
    BetweenTogether,
    /// Units that do better on one side do worse on the other.
    BetweenOpposed,
    /// Whether units that do better on one side do so on the other cannot be told yet.
    BetweenUnclear,
    /// There is no between-unit figure.
    BetweenUndefined {
        /// Why.
        reason: Undefined,
    },
    /// Within and between point in opposite directions, both clearly.
    WithinAndBetweenDiffer,
    /// Weighted and unweighted figures disagree in sign or verdict: the finding is fragile.
    Fragile {
        /// Which figure.
        figure: Headline,
    },
    /// A lagged regression is another one, in sign or verdict, without weights.
    LaggedFragile {
        /// Which one.
        path: LaggedPath,
    },
    /// Too few units for more than a picture.
    FewUnits {
        /// Units with both sides.
        units: u64,
        /// Units from which on more can be said.
        needed: u64,
    },
    /// No unit can be placed because one side has no intervals.
    NoIntervals {
        /// The side.
        side: SideName,
        /// Why it has none.
        reason: Undefined,
    },
    /// Every unit is undecided.
    AllUndecided {
        /// Units that could have been placed.
        units: u64,
    },
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alignment {
    /// Id of the internal indicator or covariate.
    pub internal: String,
    /// Id of the external indicator or covariate.
    pub external: String,
    /// Version of the tables.
    pub snapshot: String,
    /// Which figure answers the question.
    pub headline: Headline,
    /// Within units, unweighted.
    pub within: CorrelationView,
    /// Within units, weighted; `None` when no side has an n.
    pub within_weighted: Option<CorrelationView>,
    /// Between units, each unit once.
    pub between: CorrelationView,
    /// Between units, weighted; `None` when no side has an n.
    pub between_weighted: Option<CorrelationView>,
    /// Between units, corrected for the sampling error of both sides: sensitivity only.
    pub corrected_for_attenuation: CorrelationView,
    /// Unit slopes, partially pooled.
    pub slopes: SlopesView,
    /// Each side on the other, given how it stood a period before; `None` without periods.
    pub lagged: Option<Lagged>,
    /// Internal side over units.
    pub internal_summary: Summary,
    /// External side over units.
    pub external_summary: Summary,
    /// Internal less external over units (paired t); `None` when the scales differ or units are
    /// too few.
    pub difference: Option<Difference>,
    /// Response rate against score, for each side whose rates are known.
    pub nonresponse: Vec<NonResponse>,
    /// Cells that were left out because a side of them is hidden.
    pub cells_left_out: u64,
    /// Cut line of the internal side.
    pub internal_cut: Cut,
    /// Cut line of the external side.
    pub external_cut: Cut,
    /// Level of each unit's intervals, so that all placements hold together.
    pub interval_level: f64,
    /// Units with both intervals, for which that level was corrected.
    pub units_compared: u64,
    /// How many units stand where.
    pub counts: Counts,
    /// The units by id, never by value.
    pub units: Vec<UnitAlignment>,
    /// What to say about it, the headline first.
    pub findings: Vec<Finding>,
}
