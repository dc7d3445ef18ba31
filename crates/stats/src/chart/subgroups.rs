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

/// X̄ chart of subgroups of any sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VaryingSubgroups {
    /// Mean of all values.
    pub centre: f64,
    /// Pooled standard deviation within subgroups, √(Σ(n−1)s² / Σ(n−1)).
    pub spread: f64,
}

impl VaryingSubgroups {
    /// Standard error of the mean of a subgroup of `n`: pooled s / c4(n) / √n.
    pub fn error(&self, n: u64) -> f64 {
        let n = n as f64;
        self.spread / c4(n) / n.sqrt()
    }
}

/// X̄ and S with subgroups of different sizes (Montgomery, section 6.3.2).
///
/// Subgroups of one value count for the centre only. Undefined: no subgroup of two; no spread.
pub fn xbar_s_varying(groups: &[Moments]) -> Result<VaryingSubgroups, Undefined> {
    let mut all = Moments::default();
    let (mut squares, mut df) = (0.0, 0);
    for group in groups {
        all.merge(group);
        squares += group.m2();
        df += group.n().saturating_sub(1);
    }
    let centre = all.mean()?;
    if df == 0 {
        return Err(Undefined::OneAnswer);
    }
    if squares <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    Ok(VaryingSubgroups {
        centre,
        spread: (squares / df as f64).sqrt(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Montgomery, example 6.4 (piston rings, subgroups of 3 to 5): x̄̄ 74.001, s̄ .0103, and
    // limits 74.001 ± A3(5)·s̄ = 74.016 and 73.986 for the first.
    #[test]
    fn subgroups_of_different_sizes() {
        let groups: [Moments; 3] = [
            Moments::from_sd(5, 74.010, 0.0148),
            Moments::from_sd(3, 73.996, 0.0046),
            Moments::from_sd(5, 74.008, 0.0147),
        ];
        let chart = xbar_s_varying(&groups).unwrap();
        let centre = (5.0 * 74.010 + 3.0 * 73.996 + 5.0 * 74.008) / 13.0;
        assert!((chart.centre - centre).abs() < 1e-9);
        let pooled =
            ((4.0 * 0.0148_f64.powi(2) + 2.0 * 0.0046_f64.powi(2) + 4.0 * 0.0147_f64.powi(2))
                / 10.0)
                .sqrt();
        assert!((chart.spread - pooled).abs() < 1e-12);
        // A3(5) = 1.427, A3(3) = 1.954 (appendix VI).
        assert!((3.0 * chart.error(5) / pooled - 1.427).abs() < 5e-4);
        assert!((3.0 * chart.error(3) / pooled - 1.954).abs() < 5e-4);
        let ones: [Moments; 2] = [[1.0].into_iter().collect(), [2.0].into_iter().collect()];
        assert_eq!(xbar_s_varying(&ones), Err(Undefined::OneAnswer));
    }

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
