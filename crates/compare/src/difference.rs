//! Differences: between segments, and from one period to the next.
//!
//! Invariant: a difference involving a hidden side is hidden, because it would tell the hidden
//! side. Groups are independent samples here; the same people asked twice need their joint
//! table, which these statistics do not have.
//! Absent on purpose: ranks of groups.

use evenkeel_foundation::Indicator;
use evenkeel_stats::alignment::bonferroni_level;
use evenkeel_stats::distribution::z;
use evenkeel_stats::{Interval, Measured, Method, Statistics, Undefined, mean, nps, proportion};

use crate::comparison::{Comparison, adjust_family, comparison};
use crate::estimate::{Context, EstimateMethod, Estimated, estimate, may_show};
use crate::evidence::Evidence;
use crate::gate::Passed;
use crate::measured::{Reduced, measured, reduced, sampling_variance};

/// Groups of which every pair is compared; more are shown without differences.
const GROUPS_MAX: usize = 12;

/// Change of an indicator: `now` less `before`, independent samples.
///
/// NPS: square-and-add of score intervals; shares: Newcombe's method 10; means: Welch; weighted
/// values and composites: normal; where somebody answered more than once: square-and-add of the
/// intervals between people. n is the sum of both.
pub fn change(
    indicator: &Indicator,
    now: &Passed,
    before: &Passed,
    context: &Context<'_>,
) -> Estimated {
    let context = context.frozen_by(now);
    let sides = [now, before].map(|side| may_show(indicator, side, &context));
    let (now, before) = match sides {
        [Ok(now), Ok(before)] => (now, before),
        [Err(reason), _] | [_, Err(reason)] => return Estimated::hidden(reason, context.snapshot),
    };
    let n = now.n() + before.n();
    let result = subtract(indicator, now, before, &context);
    Estimated::of(result, n, EstimateMethod::Difference, context.snapshot)
}

fn subtract(
    indicator: &Indicator,
    first: Evidence<'_>,
    second: Evidence<'_>,
    context: &Context<'_>,
) -> Result<Measured, Undefined> {
    let level = context.level;
    let kind = &indicator.kind;
    let composite = matches!(first.statistics, Statistics::Parts { .. });
    if !composite && (first.repeated().is_some() || second.repeated().is_some()) {
        let a = measured(indicator, first, context.indicators, level)?;
        let b = measured(indicator, second, context.indicators, level)?;
        let interval = a.interval.and_then(|of_a| {
            let of_b = b.interval?;
            let pair = ((a.value, of_a), (b.value, of_b));
            Ok(proportion::mover(pair.0, pair.1, Method::Mover))
        });
        return Ok(Measured::new(a.value - b.value, a.n + b.n, interval));
    }
    if let (Ok(a), Ok(b)) = (
        reduced(kind, first.statistics),
        reduced(kind, second.statistics),
    ) {
        match (a, b) {
            (Reduced::Counts(a), Reduced::Counts(b)) => return nps::nps_difference(&a, &b, level),
            (Reduced::Share { hits, n }, Reduced::Share { hits: h, n: m }) => {
                return proportion::newcombe10((hits, n), (h, m), level);
            }
            (Reduced::Moments(a), Reduced::Moments(b)) => {
                let value = a.mean()? - b.mean()?;
                let interval = mean::welch(&a, &b, level).map(|d| d.interval);
                return Ok(Measured::new(value, a.n() + b.n(), interval));
            }
            _ => {}
        }
    }
    let (a, b) = (
        measured(indicator, first, context.indicators, level)?,
        measured(indicator, second, context.indicators, level)?,
    );
    let value = a.value - b.value;
    let variance = sampling_variance(indicator, first, context.indicators)
        .and_then(|v| Ok(v + sampling_variance(indicator, second, context.indicators)?));
    let interval = variance.and_then(|v| {
        if v > 0.0 {
            Ok(Interval::around(
                value,
                z(level) * v.sqrt(),
                level,
                Method::Composite,
            ))
        } else {
            Err(Undefined::ZeroVariance)
        }
    });
    Ok(Measured::new(value, a.n + b.n, interval))
}

/// One group of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Value of the attribute.
    pub value: String,
    /// The indicator in this group.
    pub estimate: Estimated,
}

/// Difference of two groups, first less second.
#[derive(Debug, Clone, PartialEq)]
pub struct PairDifference {
    /// Value of the first group.
    pub first: String,
    /// Value of the second group.
    pub second: String,
    /// The difference, at the simultaneous level, with effect size and p; q within all pairs.
    pub comparison: Comparison,
}

/// An indicator in several groups, and the differences between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Segments {
    /// The groups in the order given, never by value.
    pub groups: Vec<Group>,
    /// Every pair, in that order; empty when there are more than twelve groups.
    pub differences: Vec<PairDifference>,
    /// Level of each difference, so that all of them hold together (Bonferroni).
    pub difference_level: f64,
}

/// Compares an indicator between groups, for instance employees by their contact with customers.
pub fn segments(
    indicator: &Indicator,
    groups: &[(String, Passed)],
    context: &Context<'_>,
) -> Segments {
    let pairs = if groups.len() > GROUPS_MAX {
        0
    } else {
        groups.len() * groups.len().saturating_sub(1) / 2
    };
    let difference_level = bonferroni_level(context.level, pairs as u64);
    let at_level = Context {
        level: difference_level,
        ..*context
    };
    let mut differences = Vec::with_capacity(pairs);
    if pairs > 0 {
        for (place, (first, a)) in groups.iter().enumerate() {
            for (second, b) in &groups[place + 1..] {
                differences.push(PairDifference {
                    first: first.clone(),
                    second: second.clone(),
                    comparison: comparison(indicator, a, b, &at_level),
                });
            }
        }
        adjust_family(differences.iter_mut().map(|pair| &mut pair.comparison));
    }
    Segments {
        groups: groups
            .iter()
            .map(|(value, passed)| Group {
                value: value.clone(),
                estimate: estimate(indicator, passed, context),
            })
            .collect(),
        differences,
        difference_level,
    }
}
