//! Charts of subgroup means and spreads, and capability.
//!
//! Source: Montgomery, Introduction to Statistical Quality Control; constants d2 and d3 are the
//! three-decimal table values that charts are drawn with everywhere.
//! Capability is meaningless unless the chart is in control and the values near normal; the
//! caller gates it.

use crate::distribution::{chi_squared_quantile, normal_quantile, normal_sf};
use crate::interval::{Interval, Method};
use crate::moments::Moments;
use crate::undefined::Undefined;
use statrs::function::gamma::ln_gamma;

/// d2 and d3 by subgroup size 2..=10.
const RANGES: [(f64, f64); 9] = [
    (1.128, 0.853),
    (1.693, 0.888),
    (2.059, 0.880),
    (2.326, 0.864),
    (2.534, 0.848),
    (2.704, 0.833),
    (2.847, 0.820),
    (2.970, 0.808),
    (3.078, 0.797),
];

/// c4: mean of a standard deviation of n normal values over σ.
pub fn c4(n: f64) -> f64 {
    (2.0 / (n - 1.0)).sqrt() * (ln_gamma(n / 2.0) - ln_gamma((n - 1.0) / 2.0)).exp()
}

/// Centre line with limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Centre line.
    pub centre: f64,
    /// Lower control limit.
    pub lower: f64,
    /// Upper control limit.
    pub upper: f64,
}

/// Charts of equal-sized subgroups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Subgroups {
    /// Standard deviation within subgroups.
    pub sigma: f64,
    /// Chart of the means.
    pub means: Limits,
    /// Chart of the standard deviations or ranges.
    pub spreads: Limits,
}

fn size(groups: &[Moments]) -> Result<f64, Undefined> {
    let n = groups.first().ok_or(Undefined::NoAnswers)?.n();
    if n < 2 {
        return Err(Undefined::OneAnswer);
    }
    if groups.iter().any(|g| g.n() != n) {
        return Err(Undefined::parameter("subgroup size"));
    }
    Ok(n as f64)
}

fn charts(
    groups: &[Moments],
    sigma: f64,
    spread: f64,
    relative: f64,
    n: f64,
) -> Result<Subgroups, Undefined> {
    let mut centre = 0.0;
    for group in groups {
        centre += group.mean()? / groups.len() as f64;
    }
    let of_means = 3.0 * sigma / n.sqrt();
    let of_spreads = 3.0 * sigma * relative;
    Ok(Subgroups {
        sigma,
        means: Limits {
            centre,
            lower: centre - of_means,
            upper: centre + of_means,
        },
        spreads: Limits {
            centre: spread,
            lower: (spread - of_spreads).max(0.0),
            upper: spread + of_spreads,
        },
    })
}

/// X̄ and S charts: σ = S̄/c4.
pub fn xbar_s(groups: &[Moments]) -> Result<Subgroups, Undefined> {
    let n = size(groups)?;
    let mut spread = 0.0;
    for group in groups {
        spread += group.sd()? / groups.len() as f64;
    }
    let constant = c4(n);
    charts(
        groups,
        spread / constant,
        spread,
        (1.0 - constant * constant).sqrt(),
        n,
    )
}

/// X̄ and R charts: σ = R̄/d2, subgroups of at most ten; `ranges` are max − min of each.
pub fn xbar_r(groups: &[Moments], ranges: &[f64]) -> Result<Subgroups, Undefined> {
    let n = size(groups)?;
    let (d2, d3) = RANGES
        .get(n as usize - 2)
        .copied()
        .ok_or_else(|| Undefined::parameter("subgroup size"))?;
    let spread = ranges.iter().sum::<f64>() / ranges.len() as f64;
    charts(groups, spread / d2, spread, d3, n)
}

/// A capability index with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    /// The index.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

/// Capability against specification limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capability {
    /// (upper − lower)/6σ.
    pub cp: Index,
    /// (centre − lower)/3σ; one-sided limits at `level` each.
    pub cp_lower: Index,
    /// (upper − centre)/3σ; one-sided limits at `level` each.
    pub cp_upper: Index,
    /// The smaller of both.
    pub cpk: Index,
    /// Cp with the distance from the target counted as spread.
    pub cpm: Index,
    /// Expected share below the lower limit.
    pub below: f64,
    /// Expected share above the upper limit.
    pub above: f64,
}

/// Capability of a normal process of n values (Montgomery; Bissell 1990; Boyles 1991).
///
/// `specification` is (lower, upper), `target` usually its middle. Undefined: σ = 0, n < 2.
pub fn capability(
    centre: f64,
    sigma: f64,
    n: u64,
    specification: (f64, f64),
    target: f64,
    level: f64,
) -> Result<Capability, Undefined> {
    let (lsl, usl) = specification;
    if sigma <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    if n < 2 {
        return Err(Undefined::OneAnswer);
    }
    if usl <= lsl {
        return Err(Undefined::parameter("specification"));
    }
    let (rows, df) = (n as f64, n as f64 - 1.0);
    let tail = (1.0 - level) / 2.0;
    let by_chi = |value: f64, df: f64| {
        let at = |p: f64| value * (chi_squared_quantile(p, df) / df).sqrt();
        index(value, at(tail), at(1.0 - tail), level)
    };
    let by_normal = |value: f64, z: f64| {
        let half = z * (1.0 / (9.0 * rows) + value * value / (2.0 * df)).sqrt();
        index(value, value - half, value + half, level)
    };
    let cp = (usl - lsl) / (6.0 * sigma);
    let lower = (centre - lsl) / (3.0 * sigma);
    let upper = (usl - centre) / (3.0 * sigma);
    let off = ((centre - target) / sigma).powi(2);
    let one_sided = normal_quantile(level);
    Ok(Capability {
        cp: by_chi(cp, df),
        cp_lower: by_normal(lower, one_sided),
        cp_upper: by_normal(upper, one_sided),
        cpk: by_normal(lower.min(upper), normal_quantile(1.0 - tail)),
        // Degrees of freedom as in R qcc: a little fewer, and wider, than Boyles' own
        // n(1 + δ²)²/(1 + 2δ²).
        cpm: by_chi(
            cp / (1.0 + off).sqrt(),
            rows * (1.0 + off) / (1.0 + 2.0 * off),
        ),
        below: normal_sf((centre - lsl) / sigma),
        above: normal_sf((usl - centre) / sigma),
    })
}

fn index(value: f64, lower: f64, upper: f64, level: f64) -> Index {
    Index {
        value,
        interval: Interval {
            lower,
            upper,
            level,
            method: Method::Exact,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Montgomery, appendix VI: c4 of 2, 5, 10.
    #[test]
    fn constants_as_published() {
        for (n, c) in [(2.0, 0.7979), (5.0, 0.9400), (10.0, 0.9727)] {
            assert!((c4(n) - c).abs() < 5e-5);
        }
    }

    #[test]
    fn a_centred_process() {
        let result = capability(10.0, 1.0, 100, (6.0, 14.0), 10.0, 0.95).unwrap();
        assert_eq!((result.cp.value, result.cpk.value), (8.0 / 6.0, 4.0 / 3.0));
        assert!(result.cpm.interval.contains(result.cpm.value));
        assert!((result.below - result.above).abs() < 1e-15);
        assert!(capability(10.0, 0.0, 100, (6.0, 14.0), 10.0, 0.95).is_err());
    }

    #[test]
    fn unequal_subgroups_are_refused() {
        let groups: [Moments; 2] = [
            [1.0, 2.0].into_iter().collect(),
            [1.0, 2.0, 3.0].into_iter().collect(),
        ];
        assert!(xbar_s(&groups).is_err());
    }
}
