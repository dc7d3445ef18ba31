//! Capability: does the process fit its specification?
//!
//! Sources: Montgomery, Introduction to Statistical Quality Control; Bissell (1990) for Cpk,
//! Boyles (1991) for Cpm.
//! σ within subgroups (or from moving ranges) gives Cp and Cpk, what the process can do; σ of all
//! values gives Pp and Ppk, what it did. Both mean nothing unless the chart is in control and the
//! values near normal: [`fitness`] checks that, and gives observed shares and quantiles otherwise.

use super::normality::anderson_darling;
use crate::distribution::{chi_squared_quantile, normal_quantile, normal_sf};
use crate::interval::{Interval, Measured, Method};
use crate::moments::Moments;
use crate::proportion::share;
use crate::quantile::{RankInterval, quantile, quantile_interval};
use crate::undefined::{Undefined, either};
use serde::{Deserialize, Serialize};

/// A capability index with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Index {
    /// The index.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

/// Capability against specification limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
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

/// Why capability indices are not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// The chart signals: there is no one process to speak of.
    NotInControl,
    /// The values are not near normal (Anderson–Darling p below .05).
    NotNormal,
    /// Too few values to tell whether they are normal.
    TooFew,
}

/// A quantile of what was seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenQuantile {
    /// Which, 0..1.
    pub q: f64,
    /// The value at that rank.
    pub value: f64,
    /// Its order-statistic interval.
    #[serde(with = "either")]
    pub interval: Result<RankInterval, Undefined>,
}

/// How a process stands to its specification.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fitness {
    /// In control and near normal.
    Indices {
        /// With σ within: Cp, Cpk.
        capability: Capability,
        /// With σ of all values: Pp, Ppk.
        performance: Capability,
    },
    /// Otherwise: what was seen, and nothing about what was not.
    Seen {
        /// Why there are no indices.
        unfit: Unfit,
        /// Share below the lower limit.
        below: Measured,
        /// Share above the upper limit.
        above: Measured,
        /// 5 %, median and 95 %.
        quantiles: Vec<SeenQuantile>,
    },
}

/// Capability where it means something, observed shares and quantiles where it does not.
///
/// `sorted` are ascending (value, count); `sigma` is σ within subgroups or from moving ranges;
/// `in_control` is what the chart says. Undefined: as [`capability`] where indices are given.
pub fn fitness(
    sorted: &[(f64, u64)],
    sigma: f64,
    specification: (f64, f64),
    target: f64,
    in_control: bool,
    level: f64,
) -> Result<Fitness, Undefined> {
    let (lsl, usl) = specification;
    if usl <= lsl {
        return Err(Undefined::parameter("specification"));
    }
    let mut all = Moments::default();
    for &(value, count) in sorted {
        all.merge(&Moments::from_parts(count, value, 0.0));
    }
    let unfit = match (in_control, anderson_darling(sorted)) {
        (false, _) => Some(Unfit::NotInControl),
        (true, Err(_)) => Some(Unfit::TooFew),
        (true, Ok(test)) if test.p < 0.05 => Some(Unfit::NotNormal),
        (true, Ok(_)) => None,
    };
    let Some(unfit) = unfit else {
        let of = |sigma| capability(all.mean()?, sigma, all.n(), specification, target, level);
        return Ok(Fitness::Indices {
            capability: of(sigma)?,
            performance: of(all.sd()?)?,
        });
    };
    let count = |outside: &dyn Fn(f64) -> bool| -> f64 {
        let of = sorted.iter().filter(|(value, _)| outside(*value));
        of.map(|(_, count)| *count).sum::<u64>() as f64
    };
    Ok(Fitness::Seen {
        unfit,
        below: share(count(&|x| x < lsl), all.n(), level)?,
        above: share(count(&|x| x > usl), all.n(), level)?,
        quantiles: [0.05, 0.5, 0.95]
            .into_iter()
            .map(|q| {
                Ok(SeenQuantile {
                    q,
                    value: quantile(sorted, q)?,
                    interval: quantile_interval(sorted, q, level),
                })
            })
            .collect::<Result<_, Undefined>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_centred_process() {
        let result = capability(10.0, 1.0, 100, (6.0, 14.0), 10.0, 0.95).unwrap();
        assert_eq!((result.cp.value, result.cpk.value), (8.0 / 6.0, 4.0 / 3.0));
        assert!(result.cpm.interval.contains(result.cpm.value));
        assert!((result.below - result.above).abs() < 1e-15);
        assert!(capability(10.0, 0.0, 100, (6.0, 14.0), 10.0, 0.95).is_err());
    }

    /// Values at the quantiles of a normal distribution.
    fn normal(n: u32) -> Vec<(f64, u64)> {
        (1..=n)
            .map(|i| {
                (
                    10.0 + normal_quantile((f64::from(i) - 0.5) / f64::from(n)),
                    1,
                )
            })
            .collect()
    }

    #[test]
    fn indices_only_in_control_and_near_normal() {
        let ask = |values: &[(f64, u64)], in_control| {
            fitness(values, 0.9, (6.0, 14.0), 10.0, in_control, 0.95).unwrap()
        };
        let Fitness::Indices {
            capability,
            performance,
        } = ask(&normal(60), true)
        else {
            panic!("in control and normal");
        };
        // σ of all values is larger here than σ within, so that it did worse than it can.
        assert!(performance.cpk.value < capability.cpk.value);
        let unfit = |found| match found {
            Fitness::Seen { unfit, above, .. } => (unfit, above.value),
            Fitness::Indices { .. } => panic!("no indices"),
        };
        assert_eq!(unfit(ask(&normal(60), false)), (Unfit::NotInControl, 0.0));
        let skewed: Vec<(f64, u64)> = (0..60)
            .map(|i| (9.0 + f64::from(i).powi(3) / 3e4, 1))
            .collect();
        let (why, above) = unfit(ask(&skewed, true));
        assert!(why == Unfit::NotNormal && above > 0.0);
        assert_eq!(unfit(ask(&normal(5), true)).0, Unfit::TooFew);
    }

    proptest! {
        // More room is never less capable; more values never widen the interval.
        #[test]
        fn monotone(sigma in 0.2..3.0_f64, room in 0.0..5.0_f64, n in 5_u64..500) {
            let ask = |n, room: f64| {
                capability(10.0, sigma, n, (6.0 - room, 13.0 + room), 10.0, 0.95).unwrap()
            };
            prop_assert!(ask(n, room).cpk.value >= ask(n, 0.0).cpk.value);
            let (few, many) = (ask(n, 0.0).cpk.interval, ask(2 * n, 0.0).cpk.interval);
            prop_assert!(many.width() < few.width());
        }
    }
}
