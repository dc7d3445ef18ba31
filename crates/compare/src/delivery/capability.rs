//! Capability of measured values: indices only where they mean something.
//!
//! Invariant: Cp and Cpk need a specification with two ends, a chart in control and values near
//! normal; else what was seen is said, with the reason. Absent on purpose: indices 'for information'.

use evenkeel_foundation::requirement::Limits as Specification;
use evenkeel_stats::chart::capability::{Fitness, SeenQuantile, Unfit, fitness};
use evenkeel_stats::{Measured, Undefined};
use serde::Serialize;

use super::chart::ControlChart;

/// Why there are no indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoIndices {
    /// The chart signals: there is no one process to speak of.
    NotInControl,
    /// The values are not near normal.
    NotNormal,
    /// Too few values to tell whether they are.
    TooFew,
    /// The standard has one end only.
    OneSided,
    /// The chart has no limits.
    NoLimits,
}

/// How measured values stand to what is required.
#[derive(Debug, Clone, PartialEq)]
pub enum Capable {
    /// Cp, Cpk and what it did.
    Indices {
        /// With σ within subgroups or from moving ranges.
        cp: Measured,
        /// As above, to the nearer end.
        cpk: Measured,
        /// With σ of all values, to the nearer end.
        ppk: Measured,
    },
    /// Shares outside and quantiles.
    Seen {
        /// Why there are no indices.
        reason: NoIndices,
        /// Share below the lower end.
        below: Measured,
        /// Share above the upper end.
        above: Measured,
        /// 5 %, median, 95 %.
        quantiles: Vec<SeenQuantile>,
    },
}

/// Capability of ascending (value, count) against a specification.
///
/// Undefined: no values; no end at all.
pub fn capable(
    sorted: &[(f64, u64)],
    specification: &Specification,
    nominal: Option<f64>,
    chart: &ControlChart,
    level: f64,
) -> Result<Capable, Undefined> {
    let ends = (specification.lower, specification.upper);
    let lower = ends.0.map_or(f64::NEG_INFINITY, |end| end.value);
    let upper = ends.1.map_or(f64::INFINITY, |end| end.value);
    if lower == f64::NEG_INFINITY && upper == f64::INFINITY {
        return Err(Undefined::WrongStatistics);
    }
    let one_sided = ends.0.is_none() || ends.1.is_none();
    let sigma = chart.sigma_of_values();
    let fit = !one_sided && sigma.is_some() && chart.in_control();
    let aim = nominal.unwrap_or(f64::midpoint(lower, upper));
    let found = fitness(
        sorted,
        sigma.unwrap_or(1.0),
        (lower, upper),
        aim,
        fit,
        level,
    )?;
    let n = evenkeel_stats::quantile::n(sorted);
    Ok(match found {
        Fitness::Indices {
            capability,
            performance,
        } => {
            let measured = |index: evenkeel_stats::chart::capability::Index| {
                Measured::new(index.value, n, Ok(index.interval))
            };
            Capable::Indices {
                cp: measured(capability.cp),
                cpk: measured(capability.cpk),
                ppk: measured(performance.cpk),
            }
        }
        Fitness::Seen {
            unfit,
            below,
            above,
            quantiles,
        } => Capable::Seen {
            reason: match unfit {
                _ if one_sided => NoIndices::OneSided,
                _ if sigma.is_none() => NoIndices::NoLimits,
                Unfit::NotInControl => NoIndices::NotInControl,
                Unfit::NotNormal => NoIndices::NotNormal,
                Unfit::TooFew => NoIndices::TooFew,
            },
            below,
            above,
            quantiles,
        },
    })
}
