//! Charts of subgroup means and spreads.
//!
//! Source: Montgomery, Introduction to Statistical Quality Control; constants d2 and d3 are the
//! three-decimal table values that charts are drawn with everywhere.

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
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
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
    fn unequal_subgroups_are_refused() {
        let groups: [Moments; 2] = [
            [1.0, 2.0].into_iter().collect(),
            [1.0, 2.0, 3.0].into_iter().collect(),
        ];
        assert!(xbar_s(&groups).is_err());
    }
}
