//! Which items go with an indicator, and how much.
//!
//! Invariant: an association. Items are in the order given, never of importance. Below the minimum
//! n nothing is shown, not even n.
//! Absent on purpose: causes, and advice.

use evenkeel_foundation::Indicator;
use evenkeel_stats::drivers::{KeyDriver, RankRange, key_drivers};
use evenkeel_stats::jackknife::{jackknife_all, merged};
use evenkeel_stats::{CoMoments, Measured, Undefined};

use crate::estimate::{Context, EstimateMethod, Estimated, HiddenReason};
use crate::gate::PassedProducts;

/// Whether a driver explains more than a column of random numbers would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AboveRandom {
    /// It does.
    Above,
    /// It may be chance.
    NotAbove,
    /// There is no interval to tell.
    Undecided,
}

/// One driver.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// Share of R², 0..1.
    pub importance: Estimated,
    /// Place by importance, 1 the most important.
    pub rank: u64,
    /// Places that cannot be excluded, best first, or why they are not known.
    pub range: Result<(u64, u64), Undefined>,
    /// Against chance.
    pub above_random: AboveRandom,
    /// Sign of the correlation with the indicator.
    pub sign: i8,
    /// Mean of the item among the same responses.
    pub performance: Estimated,
    /// Variance inflation factor.
    pub vif: f64,
}

/// Drivers that may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundDrivers {
    /// Responses that answered everything.
    pub n: u64,
    /// Share of the variance that all items explain together.
    pub r2: Estimated,
    /// In the order given.
    pub drivers: Vec<Driver>,
}

/// Drivers, or why there are none.
#[derive(Debug, Clone, PartialEq)]
pub enum Drivers {
    /// All of them.
    Found(FoundDrivers),
    /// They cannot be computed.
    Undefined {
        /// Why.
        reason: Undefined,
        /// Items that repeat others, by place.
        items: Vec<usize>,
        /// Responses that answered everything.
        n: u64,
    },
    /// They may not be shown.
    Hidden {
        /// Why.
        reason: HiddenReason,
    },
}

/// Drivers of column 0 (the indicator) among all other columns of the replicates.
///
/// `seed` is that of the random predictors; `performances`, where given, stand for the means of the
/// items among complete rows (of employees those that are released). Undefined: items that repeat each other (named by place), an indicator that does not vary, too
/// few rows.
pub fn drivers(
    indicator: &Indicator,
    products: &PassedProducts,
    performances: Option<Vec<Estimated>>,
    context: &Context<'_>,
    seed: u64,
) -> Drivers {
    let products = match products.replicated() {
        Ok(products) => products,
        Err(reason) => {
            return Drivers::Hidden {
                reason: reason.clone(),
            };
        }
    };
    let (replicates, respondents) = (&products.parts, products.respondents);
    let minimum_n = indicator.minimum_n.max(context.minimum_n);
    let n: u64 = replicates.iter().map(CoMoments::n).sum();
    if n > 0 && respondents < u64::from(minimum_n) {
        return Drivers::Hidden {
            reason: HiddenReason::BelowMinimumN { minimum_n },
        };
    }
    match found(replicates, performances, context, seed) {
        Ok(found) => Drivers::Found(found),
        Err(reason) => Drivers::Undefined {
            items: match &reason {
                Undefined::Singular { columns } => columns.clone(),
                _ => Vec::new(),
            },
            reason,
            n,
        },
    }
}

fn found(
    replicates: &[CoMoments],
    performances: Option<Vec<Estimated>>,
    context: &Context<'_>,
    seed: u64,
) -> Result<FoundDrivers, Undefined> {
    let columns = replicates.first().ok_or(Undefined::NoAnswers)?.columns();
    let predictors: Vec<usize> = (1..columns).collect();
    let key = key_drivers(replicates, 0, &predictors, context.level, seed)?;
    let shown = |measured: &Measured, method| {
        Estimated::of(Ok(measured.clone()), measured.n, method, context.snapshot)
    };
    let performances = match performances {
        Some(performances) => performances,
        None => means(replicates, context.level)?
            .iter()
            .skip(1)
            .map(|mean| shown(mean, EstimateMethod::Mean))
            .collect(),
    };
    Ok(FoundDrivers {
        n: key.n,
        r2: shown(&key.r2, EstimateMethod::RSquared),
        drivers: key
            .drivers
            .iter()
            .zip(performances)
            .map(|(driver, performance)| {
                let heavier = key.drivers.iter();
                let heavier = heavier.filter(|other| other.weight.value > driver.weight.value);
                Driver {
                    importance: shown(&driver.share, EstimateMethod::JohnsonRelativeWeights),
                    rank: 1 + heavier.count() as u64,
                    range: range(&driver.rank),
                    above_random: above_random(driver),
                    sign: sign(driver.correlation.value),
                    performance,
                    vif: driver.vif,
                }
            })
            .collect(),
    })
}

/// Mean of each column, with the spread between replicates.
fn means(replicates: &[CoMoments], level: f64) -> Result<Vec<Measured>, Undefined> {
    let all = merged(replicates)?;
    let means = jackknife_all(replicates, |rest| Ok(merged(rest)?.means().to_vec()));
    let measured = all.means().iter().enumerate().map(|(column, &mean)| {
        let interval = match &means {
            Ok(means) => means.of(column, level).map(|found| found.interval),
            Err(reason) => Err(reason.clone()),
        };
        Measured::new(mean, all.n(), interval)
    });
    Ok(measured.collect())
}

fn range(rank: &Result<RankRange, Undefined>) -> Result<(u64, u64), Undefined> {
    rank.as_ref()
        .map(|range| (range.best, range.worst))
        .map_err(Clone::clone)
}

fn above_random(driver: &KeyDriver) -> AboveRandom {
    match &driver.above_random {
        Ok(Measured {
            interval: Ok(_), ..
        }) if driver.beats_random => AboveRandom::Above,
        Ok(Measured {
            interval: Ok(_), ..
        }) => AboveRandom::NotAbove,
        _ => AboveRandom::Undecided,
    }
}

fn sign(value: f64) -> i8 {
    i8::from(value > 0.0) - i8::from(value < 0.0)
}
