//! Centre line and limits of a segment, by kind of chart.
//!
//! Invariant: a limit is where |z| is 3, so that limits and rules never disagree; limits are cut to
//! what is possible (a share is never above 1), and a point at 1 is not beyond a limit above 1.

use evenkeel_stats::chart::proportions::{D2_TABLE, Proportions, Spread, proportions};
use evenkeel_stats::chart::rare::{between_events, time_root};
use evenkeel_stats::chart::subgroups::{VaryingSubgroups, xbar_s, xbar_s_varying};
use evenkeel_stats::chart::{MovingRangeConstant, Xmr, xmr};
use evenkeel_stats::mean::mean_t;
use evenkeel_stats::proportion::share;
use evenkeel_stats::{Measured, Moments, Undefined};

use super::kind::{ChartKind, Of};
use super::segments::Raw;
use crate::estimate::EstimateMethod;

/// Limits of a segment.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Limits {
    /// p′ and u′.
    Laney(Proportions),
    Xmr(Xmr),
    /// X̄ with σ of single values from equal subgroups.
    Equal {
        centre: f64,
        sigma: f64,
    },
    /// X̄ with subgroups of different sizes.
    Varying(VaryingSubgroups),
    /// g: centre and upper limit.
    Gaps {
        centre: f64,
        upper: f64,
    },
    /// t, on the scale on which times are nearly normal.
    Times(Xmr),
}

/// The number of a point.
pub(super) fn value(kind: ChartKind, of: Of, raw: &Raw) -> Option<f64> {
    match (kind, of) {
        (ChartKind::G, _) => raw.gap.map(|(kept, _)| kept as f64),
        (ChartKind::T, _) => raw.gap.map(|(_, days)| days),
        (_, Of::Kept) => (raw.looks.n > 0).then(|| raw.looks.kept / raw.looks.n as f64),
        (_, Of::Deviations) => {
            (raw.looks.n > 0).then(|| raw.deviations as f64 / raw.looks.n as f64)
        }
        (_, Of::Value) => raw.looks.values.mean().ok(),
    }
}

/// The number with its n and interval.
pub(super) fn measured(
    kind: ChartKind,
    of: Of,
    raw: &Raw,
    level: f64,
) -> (Result<Measured, Undefined>, EstimateMethod) {
    let count = |method| {
        let value = value(kind, of, raw).ok_or(Undefined::NoAnswers);
        let n = raw.gap.map_or(raw.looks.n, |(kept, _)| kept + 1);
        (
            value.map(|value| Measured::new(value, n, Err(Undefined::NotASample))),
            method,
        )
    };
    match (kind, of) {
        (ChartKind::G, _) => count(EstimateMethod::LooksBetween),
        (ChartKind::T, _) => count(EstimateMethod::DaysBetween),
        (_, Of::Deviations) => count(EstimateMethod::PerLook),
        (_, Of::Kept) => (
            share(raw.looks.kept, raw.looks.n, level),
            EstimateMethod::Share,
        ),
        (_, Of::Value) => (mean_t(&raw.looks.values, level), EstimateMethod::Mean),
    }
}

impl Limits {
    /// From the points of a baseline.
    pub fn of(kind: ChartKind, of: Of, baseline: &[&Raw]) -> Result<Self, Undefined> {
        let values = || -> Vec<f64> {
            let numbers = baseline.iter().filter_map(|raw| value(kind, of, raw));
            numbers.collect()
        };
        match kind {
            ChartKind::P => laney(baseline, Spread::Binomial, |raw| raw.looks.kept),
            ChartKind::U => laney(baseline, Spread::Poisson, |raw| raw.deviations as f64),
            ChartKind::Xmr => xmr(&values(), true, MovingRangeConstant::Nhs).map(Self::Xmr),
            ChartKind::XbarS => {
                let groups: Vec<Moments> = baseline.iter().map(|raw| raw.looks.values).collect();
                let equal = groups.windows(2).all(|pair| pair[0].n() == pair[1].n());
                if groups.len() < 2 {
                    return Err(Undefined::TooFew {
                        n: groups.len() as u64,
                        needed: 2,
                    });
                }
                if !equal {
                    return xbar_s_varying(&groups).map(Self::Varying);
                }
                xbar_s(&groups).map(|chart| Self::Equal {
                    centre: chart.means.centre,
                    sigma: chart.sigma,
                })
            }
            ChartKind::G => {
                let gaps: Vec<u64> = baseline.iter().filter_map(|raw| Some(raw.gap?.0)).collect();
                let chart = between_events(&gaps)?;
                Ok(Self::Gaps {
                    centre: chart.centre,
                    upper: chart.upper,
                })
            }
            ChartKind::T => {
                let roots: Vec<f64> = values().into_iter().map(time_root).collect();
                xmr(&roots, false, MovingRangeConstant::Table).map(Self::Times)
            }
            // Charts of departures lie over one of the others.
            ChartKind::Cusum | ChartKind::Ewma => Err(Undefined::WrongStatistics),
        }
    }

    /// Centre line.
    pub fn centre(&self) -> f64 {
        match self {
            Self::Laney(chart) => chart.centre,
            Self::Xmr(chart) => chart.centre,
            Self::Equal { centre, .. } | Self::Gaps { centre, .. } => *centre,
            Self::Varying(chart) => chart.centre,
            Self::Times(chart) => evenkeel_stats::chart::rare::time_raised(chart.centre),
        }
    }

    /// One standard deviation at a point; `None` where the scale is another.
    fn sigma(&self, raw: &Raw) -> Option<f64> {
        match self {
            Self::Laney(chart) => Some(chart.chance(raw.looks.n as f64) * chart.sigma_z),
            Self::Xmr(chart) => Some(chart.sigma),
            Self::Equal { sigma, .. } => Some(sigma / (raw.values() as f64).sqrt()),
            // A subgroup of one value has no c4; its mean varies as a single value does.
            Self::Varying(chart) if raw.values() < 2 => Some(chart.spread),
            Self::Varying(chart) => Some(chart.error(raw.values())),
            Self::Gaps { .. } | Self::Times(_) => None,
        }
    }

    /// Lower and upper limit at a point, cut to what is possible.
    pub fn at(&self, of: Of, raw: &Raw) -> (Option<f64>, Option<f64>) {
        if let Some(sigma) = self.sigma(raw) {
            let (lower, upper) = (self.centre() - 3.0 * sigma, self.centre() + 3.0 * sigma);
            return match of {
                Of::Kept => (Some(lower.max(0.0)), Some(upper.min(1.0))),
                Of::Deviations => (Some(lower.max(0.0)), Some(upper)),
                Of::Value => (Some(lower), Some(upper)),
            };
        }
        match self {
            Self::Times(chart) => {
                let raised = evenkeel_stats::chart::rare::time_raised;
                (Some(raised(chart.lower)), Some(raised(chart.upper)))
            }
            Self::Gaps { upper, .. } => (None, Some(*upper)),
            _ => (None, None),
        }
    }

    /// Distance of a value from the centre line in standard deviations.
    pub fn z(&self, raw: &Raw, value: f64) -> f64 {
        match (self, self.sigma(raw)) {
            (_, Some(sigma)) => (value - self.centre()) / sigma,
            (Self::Times(chart), _) => (time_root(value) - chart.centre) / chart.sigma,
            // Upper limit at 3; there is no lower one, and only sides matter below the centre.
            (Self::Gaps { centre, upper }, _) if value > *centre => {
                3.0 * (value - centre) / (upper - centre)
            }
            (Self::Gaps { centre, .. }, _) => (value - centre) / centre.max(f64::MIN_POSITIVE),
            _ => 0.0,
        }
    }

    /// Laney's σz.
    pub fn sigma_z(&self) -> Option<f64> {
        match self {
            Self::Laney(chart) => Some(chart.sigma_z),
            _ => None,
        }
    }

    /// σ of single values, of charts of values.
    pub fn sigma_of_values(&self, of: Of, baseline: &[&Raw]) -> Option<f64> {
        match self {
            _ if of != Of::Value => None,
            Self::Equal { sigma, .. } => Some(*sigma),
            Self::Varying(chart) => Some(chart.spread),
            Self::Xmr(chart) if baseline.iter().all(|raw| raw.values() == 1) => Some(chart.sigma),
            // Ranges of means are no ranges of single values.
            _ => None,
        }
    }
}

fn laney(
    baseline: &[&Raw],
    spread: Spread,
    count: impl Fn(&Raw) -> f64,
) -> Result<Limits, Undefined> {
    let periods = baseline.iter().map(|raw| (count(raw), raw.looks.n as f64));
    let chart = proportions(&periods.collect::<Vec<_>>(), spread, D2_TABLE)?;
    // Periods that are all the same: no width between limits, and no rule to read by.
    if chart.sigma_z <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    Ok(Limits::Laney(chart))
}
