//! Kind of indicator × form of statistics → value with interval.
//!
//! Invariant: exhaustive; a form that a kind cannot use is `wrong_statistics`, never a guess.

use std::collections::BTreeMap;

use evenkeel_foundation::{Indicator, IndicatorId, IndicatorKind};
use evenkeel_stats::clusters::{mean_clustered, nps_clustered, share_clustered};
use evenkeel_stats::nps::{self, Counts};
use evenkeel_stats::{
    Clusters, CoMoments, Interval, Measured, Method, Moments, Part, Statistics, Undefined, mean,
    proportion,
};

use crate::estimate::EstimateMethod;
use crate::evidence::Evidence;

/// Answers up to 6 of 10 are detractors, from 9 on promoters.
const DETRACTOR_MAX: i32 = 6;
const PROMOTER_MIN: i32 = 9;

/// Value, n and interval of an indicator; where somebody answered more than once, the interval
/// comes from the variance between people.
pub fn measured(
    indicator: &Indicator,
    evidence: Evidence<'_>,
    indicators: &BTreeMap<IndicatorId, Indicator>,
    level: f64,
) -> Result<Measured, Undefined> {
    let simple = of_answers(indicator, evidence.statistics, indicators, level)?;
    let interval = match (evidence.repeated(), simple.interval) {
        (None, interval) => interval,
        // What the answers themselves do not say, their people cannot.
        (_, Err(reason @ (Undefined::NoSpreadGiven | Undefined::NotASample)))
        | (Some(Err(reason)), _) => Err(reason),
        (Some(Ok(clusters)), _) => between_people(
            indicator,
            evidence.statistics,
            clusters,
            simple.value,
            level,
        ),
    };
    Ok(Measured::new(simple.value, simple.n, interval))
}

fn between_people(
    indicator: &Indicator,
    statistics: &Statistics,
    clusters: &Clusters,
    value: f64,
    level: f64,
) -> Result<Interval, Undefined> {
    if let Statistics::Parts { .. } = statistics {
        let spread = mean_clustered(clusters, clusters.respondents(), level)?;
        let half = spread.interval?.width() / 2.0;
        return Ok(Interval::around(value, half, level, Method::ClusteredT));
    }
    let n = statistics.n().unwrap_or(0);
    let clustered = match (&indicator.kind, reduced(&indicator.kind, statistics)?) {
        (_, Reduced::Alone { reason, .. }) => return Err(reason),
        (_, Reduced::Counts(counts)) => {
            let outside = counts.variance()? + value * value;
            nps_clustered(clusters, outside, n, level)
        }
        (IndicatorKind::Nps { .. }, Reduced::Weighted(moments)) => {
            let outside = moments.population_variance()? + value * value;
            nps_clustered(clusters, outside, n, level)
        }
        (IndicatorKind::Mean { .. } | IndicatorKind::Nps { .. }, _) => {
            mean_clustered(clusters, n, level)
        }
        _ => share_clustered(clusters, n, level),
    };
    clustered?.interval
}

/// Value, n and interval as if every answer came from another person.
fn of_answers(
    indicator: &Indicator,
    statistics: &Statistics,
    indicators: &BTreeMap<IndicatorId, Indicator>,
    level: f64,
) -> Result<Measured, Undefined> {
    if let (IndicatorKind::Composite { of }, Statistics::Parts { parts, joint }) =
        (&indicator.kind, statistics)
    {
        return composite(of, parts, joint.as_ref(), indicators, level);
    }
    match reduced(&indicator.kind, statistics)? {
        Reduced::Counts(counts) => nps::nps(&counts, level),
        Reduced::Share { hits, n } => proportion::share(hits, n, level),
        Reduced::Moments(moments) => mean::mean_t(&moments, level),
        Reduced::Weighted(moments) => match indicator.kind {
            IndicatorKind::Nps { .. } => nps::nps_weighted(&moments, level),
            IndicatorKind::Mean { .. } => mean::mean_weighted(&moments, level),
            _ => mean::share_weighted(&moments, level),
        },
        Reduced::Alone { value, n, reason } => Ok(Measured::new(value, n, Err(reason))),
    }
}

/// The statistics of one indicator, as far as its kind looks at them.
pub enum Reduced {
    Counts(Counts),
    Share {
        hits: f64,
        n: u64,
    },
    Moments(Moments),
    Weighted(evenkeel_stats::WeightedMoments),
    /// A value without spread.
    Alone {
        value: f64,
        n: u64,
        reason: Undefined,
    },
}

/// Reduces the statistics to what the kind needs.
pub fn reduced(kind: &IndicatorKind, statistics: &Statistics) -> Result<Reduced, Undefined> {
    if statistics.n() == Some(0) {
        return Err(Undefined::NoAnswers);
    }
    let share = |hits: f64, n: u64| {
        Ok(Reduced::Share {
            hits: hits.clamp(0.0, n as f64),
            n,
        })
    };
    match (kind, statistics) {
        (_, Statistics::Weighted(moments)) => Ok(Reduced::Weighted(*moments)),
        (IndicatorKind::Nps { .. }, Statistics::Scores(scores)) => Ok(Reduced::Counts(Counts::of(
            scores,
            DETRACTOR_MAX,
            PROMOTER_MIN,
        ))),
        (IndicatorKind::Nps { .. }, Statistics::Frequencies(scores)) => Ok(Reduced::Counts(
            Counts::of_frequencies(scores, DETRACTOR_MAX, PROMOTER_MIN),
        )),
        (IndicatorKind::TopBox { from, .. }, Statistics::Scores(scores)) => {
            share(scores.at_least(*from) as f64, scores.n())
        }
        (IndicatorKind::TopBox { from, .. }, Statistics::Frequencies(scores)) => {
            let hit = scores.share(|s| s >= *from).ok_or(Undefined::NoAnswers)?;
            share(hit * scores.n as f64, scores.n)
        }
        (IndicatorKind::Mean { .. }, Statistics::Scores(scores)) => {
            Ok(Reduced::Moments(scores.moments()))
        }
        (IndicatorKind::Mean { .. }, Statistics::Frequencies(scores)) => {
            Ok(Reduced::Moments(scores.moments()))
        }
        (IndicatorKind::Mean { .. } | IndicatorKind::Nps { .. }, Statistics::Moments(moments)) => {
            Ok(Reduced::Moments(*moments))
        }
        (
            IndicatorKind::TopBox { .. }
            | IndicatorKind::Share { .. }
            | IndicatorKind::Conformance { .. }
            | IndicatorKind::WithinTarget { .. },
            Statistics::Share { hits, n },
        ) => share(*hits, *n),
        (
            IndicatorKind::TopBox { .. } | IndicatorKind::Share { .. },
            Statistics::MeanOnly { mean, n },
        ) => share(mean * *n as f64, *n),
        (_, Statistics::MeanOnly { mean, n }) => Ok(Reduced::Alone {
            value: *mean,
            n: *n,
            reason: Undefined::NoSpreadGiven,
        }),
        (
            IndicatorKind::Rate { .. },
            Statistics::Rate {
                numerator,
                denominator,
            },
        ) => {
            if *denominator <= 0.0 {
                return Err(Undefined::NoAnswers);
            }
            Ok(Reduced::Alone {
                value: numerator / denominator,
                n: denominator.floor() as u64,
                reason: Undefined::NotASample,
            })
        }
        _ => Err(Undefined::WrongStatistics),
    }
}

/// Sampling variance of an indicator's value; needed for combinations and reliability.
pub fn sampling_variance(
    indicator: &Indicator,
    evidence: Evidence<'_>,
    indicators: &BTreeMap<IndicatorId, Indicator>,
) -> Result<f64, Undefined> {
    let statistics = evidence.statistics;
    match evidence.repeated() {
        None => {}
        Some(Err(reason)) => return Err(reason),
        Some(Ok(clusters)) => return clusters.variance(),
    }
    if let Statistics::Parts { .. } = statistics {
        // The normal interval of a composite is value ± z·SE.
        let interval = of_answers(indicator, statistics, indicators, 0.95)?.interval?;
        let z = evenkeel_stats::distribution::z(0.95);
        return Ok((interval.width() / (2.0 * z)).powi(2));
    }
    match reduced(&indicator.kind, statistics)? {
        Reduced::Counts(counts) => Ok(counts.variance()? / counts.n as f64),
        Reduced::Share { hits, n } => {
            let p = hits / n as f64;
            Ok(p * (1.0 - p) / n as f64)
        }
        Reduced::Moments(moments) => moments.standard_error().map(|e| e * e),
        Reduced::Weighted(moments) => moments.linearised_standard_error().map(|e| e * e),
        Reduced::Alone { reason, .. } => Err(reason),
    }
}

/// Mean of the parts, each with weight 1/k.
fn composite(
    of: &[IndicatorId],
    parts: &[Part],
    joint: Option<&CoMoments>,
    indicators: &BTreeMap<IndicatorId, Indicator>,
    level: f64,
) -> Result<Measured, Undefined> {
    if parts.len() != of.len() || parts.is_empty() {
        return Err(Undefined::WrongStatistics);
    }
    let weight = 1.0 / parts.len() as f64;
    let mut values = Vec::with_capacity(parts.len());
    let mut n_least = u64::MAX;
    let mut spread = Ok(());
    for (id, part) in of.iter().zip(parts) {
        if id.as_str() != part.indicator {
            return Err(Undefined::WrongStatistics);
        }
        let indicator = indicators.get(id).ok_or(Undefined::WrongStatistics)?;
        let own = of_answers(indicator, &part.statistics, indicators, level)?;
        n_least = n_least.min(own.n);
        let variance = sampling_variance(indicator, (&part.statistics).into(), indicators);
        values.push((weight, own.value, variance.clone().unwrap_or(0.0), own.n));
        if let (Err(reason), true) = (variance, spread.is_ok()) {
            spread = Err(reason);
        }
    }
    let terms: Vec<(f64, f64, f64)> = values.iter().map(|v| (v.0, v.1, v.2)).collect();
    if let Err(reason) = spread {
        let value = terms.iter().map(|(w, x, _)| w * x).sum();
        return Ok(Measured::new(value, n_least, Err(reason)));
    }
    let ns: Vec<u64> = values.iter().map(|v| v.3).collect();
    let covariance = joint.and_then(|joint| covariances(joint, &ns));
    mean::composite(&terms, covariance.as_deref(), n_least, level)
}

/// Sampling covariances of means with their own n: `S_ij·n_ij/(n_i·n_j)`, pairs row by row.
fn covariances(joint: &CoMoments, ns: &[u64]) -> Option<Vec<f64>> {
    if joint.columns() != ns.len() {
        return None;
    }
    let both = joint.n() as f64;
    let mut pairs = Vec::new();
    for i in 0..ns.len() {
        for j in i + 1..ns.len() {
            let covariance = joint.covariance(i, j).ok()?;
            pairs.push(covariance * both / (ns[i] as f64 * ns[j] as f64));
        }
    }
    Some(pairs)
}

/// The name of the way from statistics to value.
pub fn method_of(kind: &IndicatorKind, statistics: &Statistics) -> EstimateMethod {
    match (kind, statistics) {
        (IndicatorKind::Composite { .. }, _) => EstimateMethod::Composite,
        (IndicatorKind::Rate { .. }, _) => EstimateMethod::Rate,
        (IndicatorKind::Nps { .. }, Statistics::Weighted(_)) => EstimateMethod::NpsWeighted,
        (IndicatorKind::Mean { .. }, Statistics::Weighted(_)) => EstimateMethod::MeanWeighted,
        (_, Statistics::Weighted(_)) => EstimateMethod::ShareWeighted,
        (_, Statistics::MeanOnly { .. }) => EstimateMethod::Published,
        (IndicatorKind::Nps { .. }, _) => EstimateMethod::Nps,
        (IndicatorKind::Mean { .. }, _) => EstimateMethod::Mean,
        _ => EstimateMethod::Share,
    }
}
