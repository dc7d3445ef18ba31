//! Consistency: how much the share kept really differs between units, weekdays or hours.
//!
//! Observed shares always differ, because each rests on few looks. The spread is what is left of
//! their variance when chance is taken off: the between-groups variance component τ² of
//! `p_j = μ + u_j + e_j`. Estimator: Paule & Mandel (1982), which asks for the τ² at which the
//! weighted sum of squares `Q(τ²) = Σ (p_j − μ)²/(v_j + τ²)` is what chance would give, k − 1.
//! Interval: Q-profile (Viechtbauer 2007, Statistics in Medicine 26:37–52), the τ² at which Q is
//! the upper and the lower χ² quantile; exact for known `v_j` and normal `p_j`, and as good as it gets
//! among the usual ones for few groups.
//!
//! Looks of one day share their weather, so that `v_j` is the binomial variance times a design
//! effect: the variance between clusters (days) within groups over the binomial one, pooled over
//! groups (Rao & Scott 1992), never below 1. `v_j` is taken at a share drawn towards the mean by the
//! weight of [`PRIOR_LOOKS`] looks: a group of five looks all kept has not no variance.
//!
//! Invariant: the estimate lies in its interval. Absent on purpose: which group is best.

use crate::distribution::chi_squared_quantile;
use crate::interval::{Interval, Measured, Method};
use crate::undefined::Undefined;

/// Looks that the overall share weighs in a group's own variance.
pub const PRIOR_LOOKS: f64 = 2.0;

/// Fewest groups between which a spread is worth a number.
pub const GROUPS_MIN: usize = 3;

/// Bisections: enough for the last digit of a double between 0 and 1.
const HALVINGS: u32 = 80;

/// Kept among n of one cluster, such as a day.
pub type Cluster = (f64, u64);

/// The spread of a share between groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// Standard deviation of the true shares, 0..1; n is the number of looks.
    pub sd: Measured,
    /// Groups with looks.
    pub groups: u64,
    /// How many times the variance within groups is what single looks would give.
    pub design_effect: f64,
}

/// Spread of the share kept between groups of clusters.
///
/// Undefined: fewer than three groups with looks; nothing or everything kept.
pub fn spread(groups: &[Vec<Cluster>], level: f64) -> Result<Spread, Undefined> {
    let totals: Vec<Cluster> = groups
        .iter()
        .map(|clusters| sum(clusters))
        .filter(|(_, n)| *n > 0)
        .collect();
    if totals.len() < GROUPS_MIN {
        return Err(Undefined::TooFewUnits {
            units: totals.len() as u64,
            needed: GROUPS_MIN as u64,
        });
    }
    let (kept, n) = sum(&totals);
    let mean = kept / n as f64;
    if mean <= 0.0 || mean >= 1.0 {
        return Err(Undefined::ZeroVariance);
    }
    let design_effect = design_effect(groups);
    let shares: Vec<(f64, f64)> = totals
        .iter()
        .map(|&(kept, n)| {
            let n = n as f64;
            let drawn = (kept + PRIOR_LOOKS * mean) / (n + PRIOR_LOOKS);
            (kept / n, design_effect * drawn * (1.0 - drawn) / n)
        })
        .collect();
    let df = shares.len() as f64 - 1.0;
    let upper_tail = f64::midpoint(1.0, level);
    let least = chi_squared_quantile(1.0 - upper_tail, df);
    let interval = if weighted_squares(&shares, 0.0) < least {
        Err(Undefined::LessThanChance)
    } else {
        Ok(Interval {
            lower: component(&shares, chi_squared_quantile(upper_tail, df)).sqrt(),
            upper: component(&shares, least).sqrt(),
            level,
            method: Method::QProfile,
        })
    };
    Ok(Spread {
        sd: Measured::new(component(&shares, df).sqrt(), n, interval),
        groups: totals.len() as u64,
        design_effect,
    })
}

fn sum(clusters: &[Cluster]) -> Cluster {
    let add = |(kept, n): Cluster, &(more, of): &Cluster| (kept + more, n + of);
    clusters.iter().fold((0.0, 0), add)
}

/// The τ² at which the weighted sum of squares is `wanted`; 0 where chance alone exceeds it.
fn component(shares: &[(f64, f64)], wanted: f64) -> f64 {
    if weighted_squares(shares, 0.0) <= wanted {
        return 0.0;
    }
    // No variance of shares exceeds ¼, but the Q-profile of few groups may.
    let mut high = 0.25;
    while weighted_squares(shares, high) > wanted && high < 1e6 {
        high *= 2.0;
    }
    let mut low = 0.0;
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if weighted_squares(shares, middle) > wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// Q(τ²), decreasing in τ².
fn weighted_squares(shares: &[(f64, f64)], component: f64) -> f64 {
    let weights = shares.iter().map(|(_, v)| 1.0 / (v + component));
    let total: f64 = weights.clone().sum();
    let weighted = shares.iter().zip(weights.clone());
    let mean = weighted.map(|((p, _), w)| p * w).sum::<f64>() / total;
    let squares = shares.iter().zip(weights);
    squares.map(|((p, _), w)| w * (p - mean).powi(2)).sum()
}

/// Variance between clusters within groups over the binomial one, pooled; at least 1.
fn design_effect(groups: &[Vec<Cluster>]) -> f64 {
    let (mut between, mut binomial) = (0.0, 0.0);
    for clusters in groups {
        let seen: Vec<&Cluster> = clusters.iter().filter(|(_, n)| *n > 0).collect();
        let (kept, n) = sum(clusters);
        if seen.len() < 2 || n < 2 {
            continue;
        }
        let (m, n) = (seen.len() as f64, n as f64);
        let p = kept / n;
        let squares = seen.iter().map(|(y, of)| (y - p * *of as f64).powi(2));
        between += m / (m - 1.0) * squares.sum::<f64>();
        binomial += n * n / (n - 1.0) * p * (1.0 - p);
    }
    if binomial > 0.0 {
        (between / binomial).max(1.0)
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;
    use rand_distr::{Distribution as _, StandardNormal};

    /// Groups of days: shares normal around .85 with `sd`, each day's share with `day` around it.
    fn draw(
        rng: &mut StdRng,
        groups: usize,
        days: usize,
        looks: u64,
        sd: f64,
        day: f64,
    ) -> Vec<Vec<Cluster>> {
        let mut normal = |sd: f64| {
            let drawn: f64 = StandardNormal.sample(&mut *rng);
            drawn * sd
        };
        let shares: Vec<Vec<f64>> = (0..groups)
            .map(|_| {
                let own = 0.85 + normal(sd);
                (0..days)
                    .map(|_| (own + normal(day)).clamp(0.0, 1.0))
                    .collect()
            })
            .collect();
        shares
            .into_iter()
            .map(|days| {
                days.into_iter()
                    .map(|p| {
                        let kept = (0..looks).filter(|_| rng.random_bool(p)).count();
                        (kept as f64, looks)
                    })
                    .collect()
            })
            .collect()
    }

    /// Share of 1500 simulated organisations whose interval holds the truth, and the mean estimate.
    fn coverage(groups: usize, days: usize, looks: u64, sd: f64, day: f64) -> (f64, f64) {
        let mut rng = StdRng::seed_from_u64(20_260_815);
        let (mut held, mut asked, mut total) = (0, 0, 0.0);
        for _ in 0..1_500 {
            let Ok(found) = spread(&draw(&mut rng, groups, days, looks, sd, day), 0.95) else {
                continue;
            };
            asked += 1;
            total += found.sd.value.powi(2);
            // Less than chance: the interval that is not given would not have held it.
            held += u32::from(
                found
                    .sd
                    .interval
                    .is_ok_and(|interval| interval.contains(sd)),
            );
        }
        (
            f64::from(held) / f64::from(asked),
            (total / f64::from(asked)).sqrt(),
        )
    }

    // Nominal .95 (1,500 runs: ± .011): few looks a cell, many groups, days that differ. Shares are
    // cut at 1, so that the truth is not quite normal.
    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        for (groups, days, looks, sd, day) in [
            (7, 26, 20, 0.04, 0.0),
            (7, 26, 20, 0.04, 0.06),
            (12, 10, 1, 0.06, 0.0),
            (40, 30, 2, 0.05, 0.0),
            (40, 30, 5, 0.05, 0.08),
            (24, 60, 10, 0.0, 0.05),
        ] {
            let (held, mean) = coverage(groups, days, looks, sd, day);
            let case = format!("{groups} × {days} × {looks}, sd {sd}, day {day}");
            assert!((0.92..0.985).contains(&held), "{case}: {held}, mean {mean}");
            assert!((mean - sd).abs() < 0.025, "{case}: mean {mean}");
        }
    }

    // Without the design effect, days that differ would pass for weekdays that differ.
    #[test]
    fn days_that_differ_are_no_difference_between_weekdays() {
        let mut rng = StdRng::seed_from_u64(5);
        let weekdays = draw(&mut rng, 7, 26, 100, 0.0, 0.08);
        let found = spread(&weekdays, 0.95).unwrap();
        assert!(found.design_effect > 3.0, "{found:?}");
        assert_eq!(
            found.sd.interval.as_ref().map(|i| i.lower),
            Ok(0.0),
            "{found:?}"
        );
        let as_if_alone: Vec<Vec<Cluster>> = weekdays.iter().map(|days| vec![sum(days)]).collect();
        let naive = spread(&as_if_alone, 0.95).unwrap();
        assert!(naive.sd.interval.unwrap().lower > 0.0);
    }

    #[test]
    fn reasons() {
        let two = [vec![(1.0, 2)], vec![(2.0, 2)], vec![(0.0, 0)]];
        assert_eq!(
            spread(&two, 0.95),
            Err(Undefined::TooFewUnits {
                units: 2,
                needed: 3
            })
        );
        let all = vec![vec![(9.0, 9)]; 4];
        assert_eq!(spread(&all, 0.95), Err(Undefined::ZeroVariance));
        let same = vec![vec![(5.0, 10)]; 40];
        let found = spread(&same, 0.95).unwrap();
        assert_eq!(found.sd.interval, Err(Undefined::LessThanChance));
        assert_eq!(found.sd.value, 0.0);
    }

    proptest! {
        #[test]
        fn an_estimate_lies_in_its_interval(
            groups in prop::collection::vec(prop::collection::vec((0_u64..=9, 9_u64..12), 1..6), 3..12),
        ) {
            let groups: Vec<Vec<Cluster>> = groups
                .into_iter()
                .map(|days| days.into_iter().map(|(kept, n)| (kept as f64, n)).collect())
                .collect();
            if let Ok(found) = spread(&groups, 0.95)
                && let Ok(interval) = found.sd.interval
            {
                prop_assert!(interval.contains(found.sd.value), "{:?}", found.sd);
                prop_assert!(interval.lower >= 0.0);
            }
        }
    }
}
