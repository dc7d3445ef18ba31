//! Groups of ordinal answers, compared from their histograms.
//!
//! Sources: Mann & Whitney (1947), Kruskal & Wallis (1952), Jonckheere (1954), with ties;
//! Cliff (1993) for delta; Agresti (2013) for linear by linear association.
//! Effect size first: the probability that an answer of one group is higher.

use crate::distribution::{chi_squared_ln_sf, normal_ln_sf};
use crate::histogram::Histogram;
use crate::moments::CoMoments;
use crate::undefined::Undefined;
use std::collections::BTreeMap;
use std::f64::consts::LN_2;

/// Comparison of two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// Pairs in which the first group's answer is higher, ties half.
    pub u: f64,
    /// u/(n₁·n₂): probability that an answer of the first group is higher.
    pub superiority: f64,
    /// 2·superiority − 1.
    pub cliffs_delta: f64,
    /// Natural log of the two-sided p, normal with ties, no continuity correction.
    pub ln_p: f64,
    /// The same with continuity correction.
    pub ln_p_corrected: f64,
}

/// Mann–Whitney test from two histograms. Undefined: an empty group, all answers the same.
pub fn mann_whitney(first: &Histogram, second: &Histogram) -> Result<MannWhitney, Undefined> {
    let (m, n) = (first.n() as f64, second.n() as f64);
    if m == 0.0 || n == 0.0 {
        return Err(Undefined::NoAnswers);
    }
    let u = higher(first, second);
    let total = m + n;
    let spread = (total + 1.0 - ties(&[first, second]) / (total * (total - 1.0))) * m * n / 12.0;
    if spread <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let distance = (u - m * n / 2.0).abs();
    let ln_p = |d: f64| (normal_ln_sf(d / spread.sqrt()) + LN_2).min(0.0);
    Ok(MannWhitney {
        u,
        superiority: u / (m * n),
        cliffs_delta: 2.0 * u / (m * n) - 1.0,
        ln_p: ln_p(distance),
        ln_p_corrected: ln_p((distance - 0.5).max(0.0)),
    })
}

/// Pairs in which an answer of `first` is higher than one of `second`, ties half.
fn higher(first: &Histogram, second: &Histogram) -> f64 {
    first
        .iter()
        .map(|(score, count)| {
            let below = second.at_most(score) - second.count(score);
            count as f64 * (below as f64 + second.count(score) as f64 / 2.0)
        })
        .sum()
}

/// Σ(t³ − t) over scores of all groups together.
fn ties(groups: &[&Histogram]) -> f64 {
    counts(groups)
        .values()
        .map(|&t| (t as f64).powi(3) - t as f64)
        .sum()
}

fn counts(groups: &[&Histogram]) -> BTreeMap<i32, u64> {
    let mut all = BTreeMap::new();
    for (score, count) in groups.iter().flat_map(|g| g.iter()) {
        *all.entry(score).or_insert(0) += count;
    }
    all
}

/// Kruskal–Wallis H with ties: (H, degrees of freedom, ln p).
pub fn kruskal(groups: &[Histogram]) -> Result<(f64, f64, f64), Undefined> {
    let groups: Vec<&Histogram> = groups.iter().filter(|g| g.n() > 0).collect();
    if groups.len() < 2 {
        return Err(Undefined::TooFew {
            n: groups.len() as u64,
            needed: 2,
        });
    }
    let all = counts(&groups);
    let n: f64 = all.values().sum::<u64>() as f64;
    let correction = 1.0 - ties(&groups) / (n * n * n - n);
    if correction <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let mut ranks = BTreeMap::new();
    let mut below = 0.0;
    for (score, count) in &all {
        let count = *count as f64;
        ranks.insert(*score, below + f64::midpoint(count, 1.0));
        below += count;
    }
    let sum: f64 = groups
        .iter()
        .map(|g| {
            let of_group: f64 = g.iter().map(|(s, c)| ranks[&s] * c as f64).sum();
            of_group * of_group / g.n() as f64
        })
        .sum();
    let h = (12.0 / (n * (n + 1.0)) * sum - 3.0 * (n + 1.0)) / correction;
    let df = groups.len() as f64 - 1.0;
    Ok((h, df, chi_squared_ln_sf(h, df)))
}

/// Jonckheere's J for groups in a declared order: pairs in which the later group is higher,
/// ties half.
pub fn jonckheere(groups: &[Histogram]) -> f64 {
    let mut sum = 0.0;
    for (place, earlier) in groups.iter().enumerate() {
        for later in &groups[place + 1..] {
            sum += higher(later, earlier);
        }
    }
    sum
}

/// Linear by linear association of group order and score: M² = (N − 1)·r², and ln p.
pub fn linear_by_linear(groups: &[Histogram]) -> Result<(f64, f64), Undefined> {
    let mut moments = CoMoments::new(2);
    for (place, group) in groups.iter().enumerate() {
        for (score, count) in group.iter().filter(|(_, c)| *c > 0) {
            let cell =
                CoMoments::from_parts(count, vec![place as f64, f64::from(score)], vec![0.0; 3]);
            if !cell.is_some_and(|cell| moments.merge(&cell)) {
                return Err(Undefined::WrongStatistics);
            }
        }
    }
    let r = moments.correlation(0, 1)?;
    let m2 = (moments.n() as f64 - 1.0) * r * r;
    Ok((m2, chi_squared_ln_sf(m2, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // First: 1, 3, 3; second: 2, 3. Pairs first > second: (3,2) (3,2), ties (3,3) (3,3).
        let first: Histogram = [(1, 1), (3, 2)].into_iter().collect();
        let second: Histogram = [(2, 1), (3, 1)].into_iter().collect();
        let result = mann_whitney(&first, &second).unwrap();
        assert_eq!((result.u, result.superiority), (3.0, 0.5));
        assert!((result.ln_p).abs() < 1e-12);
    }

    #[test]
    fn two_groups_kruskal_is_mann_whitney() {
        let first: Histogram = [(1, 10), (2, 20), (3, 5)].into_iter().collect();
        let second: Histogram = [(1, 4), (2, 15), (3, 21)].into_iter().collect();
        let ln_p = mann_whitney(&first, &second).unwrap().ln_p;
        let (_, df, other) = kruskal(&[first.clone(), second.clone()]).unwrap();
        assert!((ln_p - other).abs() < 1e-10 && df == 1.0);
        let swapped = mann_whitney(&second, &first).unwrap();
        assert!((swapped.ln_p - ln_p).abs() < 1e-12);
    }

    #[test]
    fn all_the_same_is_undefined() {
        let same: Histogram = [(3, 10)].into_iter().collect();
        assert_eq!(mann_whitney(&same, &same), Err(Undefined::ZeroVariance));
        assert_eq!(
            kruskal(&[same.clone(), same.clone()]),
            Err(Undefined::ZeroVariance)
        );
        assert!(linear_by_linear(&[same.clone(), same]).is_err());
    }
}
