//! How often each answer was given, category by category.
//!
//! Invariant: every category of the scale is there, also those that nobody chose; shares have
//! Wilson's interval, at a cautious effective n where people answered more than once. Hidden as a
//! whole where fewer people answered than may be shown.
//! Absent on purpose: which item or indicator it is of.

use evenkeel_foundation::Indicator;
use evenkeel_stats::{Clusters, Measured, Method, Statistics, Undefined, proportion};

use crate::estimate::{Context, EstimateMethod, Estimated, HiddenReason, may_show};
use crate::gate::Passed;

/// The categories in one cell, or why there are none.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// All categories.
    Shown {
        /// Answers.
        n: u64,
        /// In the order of the scale.
        categories: Vec<Category>,
    },
    /// It cannot be computed.
    Undefined {
        /// Why.
        reason: Undefined,
        /// Answers behind it.
        n: u64,
    },
    /// It may not be shown.
    Hidden {
        /// Why.
        reason: HiddenReason,
    },
}

/// One category.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    /// Place on the scale: the score, or the place of the word.
    pub code: i32,
    /// How many; not whole where they come from published shares.
    pub count: f64,
    /// Share of all answers.
    pub share: Estimated,
}

/// The distribution over the codes `codes` (scores, or places of words) of the answers that an
/// indicator counts.
///
/// Undefined: nobody answered; the statistics do not tell answers apart (a published mean).
pub fn distribution(
    indicator: &Indicator,
    passed: &Passed,
    codes: impl IntoIterator<Item = i32>,
    context: &Context<'_>,
) -> Distribution {
    let context = context.frozen_by(passed);
    let evidence = match may_show(indicator, passed, &context) {
        Ok(evidence) => evidence,
        Err(reason) => return Distribution::Hidden { reason },
    };
    let n = evidence.n();
    let count = |code: i32| -> Result<f64, Undefined> {
        match evidence.statistics {
            Statistics::Scores(scores) => Ok(scores
                .iter()
                .find(|(score, _)| *score == code)
                .map_or(0.0, |(_, n)| n as f64)),
            Statistics::Frequencies(scores) => Ok(scores
                .iter()
                .find(|(score, _)| *score == code)
                .map_or(0.0, |(_, n)| n)),
            Statistics::Share { hits, n } => Ok(match code {
                0 => *n as f64 - hits,
                _ => *hits,
            }),
            _ => Err(Undefined::WrongStatistics),
        }
    };
    if n == 0 {
        return Distribution::Undefined {
            reason: Undefined::NoAnswers,
            n,
        };
    }
    let clusters = evidence.repeated();
    let mut categories = Vec::new();
    for code in codes {
        let count = match count(code) {
            Ok(count) => count,
            Err(reason) => return Distribution::Undefined { reason, n },
        };
        let measured = share(count, n, clusters.as_ref(), context.level);
        categories.push(Category {
            code,
            count,
            share: Estimated::of(measured, n, EstimateMethod::Share, context.snapshot),
        });
    }
    Distribution::Shown { n, categories }
}

/// A share of answers. Where people answered more than once, how their answers hang together is
/// known for the value and not for each category: the answers of a person count as one repeated
/// answer, which is the widest that it can be.
fn share(
    count: f64,
    n: u64,
    clusters: Option<&Result<&Clusters, Undefined>>,
    level: f64,
) -> Result<Measured, Undefined> {
    let interval = match clusters {
        None => return proportion::share(count.clamp(0.0, n as f64), n, level),
        Some(Err(reason)) => Err(reason.clone()),
        // A variance of nothing asks for the effective n of answers that repeat wholly.
        Some(Ok(clusters)) => clusters.effective_n(0.0).and_then(|effective| {
            proportion::wilson(count / n as f64 * effective, effective, level)
        }),
    };
    let interval = interval.map(|interval| evenkeel_stats::Interval {
        method: Method::ClusteredWilson,
        ..interval
    });
    Ok(Measured::new(count / n as f64, n, interval))
}
