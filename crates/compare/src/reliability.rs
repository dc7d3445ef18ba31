//! Do items measure one thing, and may answers be added up by unit?
//!
//! Invariant: every figure is an [`Estimated`]; below the minimum n all of them are hidden. A gate
//! that lacks a figure is undecided, not passed.
//! Absent on purpose: which items, and their titles.

use evenkeel_stats::aggregation::{Anova, Thresholds, anova, rwg_of};
use evenkeel_stats::quantile::quantile_interval;
use evenkeel_stats::reliability::{OneFactor, scale_reliability as scale_figures};
use evenkeel_stats::{CoMoments, Interval, Measured, Method, Moments, Undefined};

use crate::estimate::{Context, EstimateMethod, Estimated, HiddenReason};
use crate::gate::{PassedProducts, PassedUnits};

/// Reliability of several items taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleReliability {
    /// Cronbach's alpha.
    pub alpha: Estimated,
    /// Alpha of items scaled to the same variance.
    pub standardised_alpha: Estimated,
    /// `McDonald`'s omega.
    pub omega: Estimated,
    /// The model that omega comes from; `None` without omega.
    pub factor: Option<OneFactor>,
    /// In the order given; empty when hidden or undefined.
    pub items: Vec<ItemReliability>,
}

/// One item within a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemReliability {
    /// Correlation with the sum of the others; `None` when one does not vary.
    pub item_rest: Option<f64>,
    /// Alpha without it; `None` with two items.
    pub alpha_without: Option<f64>,
}

/// Reliability of all columns of the replicates.
pub fn scale_reliability(products: &PassedProducts, context: &Context<'_>) -> ScaleReliability {
    let all = |estimated: Estimated| ScaleReliability {
        alpha: estimated.clone(),
        standardised_alpha: estimated.clone(),
        omega: estimated,
        factor: None,
        items: Vec::new(),
    };
    let (replicates, respondents) = match products.replicated() {
        Ok(products) => (&products.parts, products.respondents),
        Err(reason) => return all(Estimated::hidden(reason.clone(), context.snapshot)),
    };
    let n: u64 = replicates.iter().map(CoMoments::n).sum();
    if n > 0 && respondents < u64::from(context.minimum_n) {
        return all(Estimated::hidden(below(context), context.snapshot));
    }
    let figures = match scale_figures(replicates, context.level) {
        Ok(figures) => figures,
        Err(reason) => {
            return all(Estimated::of(
                Err(reason),
                n,
                EstimateMethod::CronbachAlpha,
                context.snapshot,
            ));
        }
    };
    let shown = |measured, method| Estimated::of(measured, n, method, context.snapshot);
    let detail = figures.detail;
    ScaleReliability {
        alpha: shown(Ok(figures.alpha), EstimateMethod::CronbachAlpha),
        standardised_alpha: shown(
            Ok(figures.alpha_standardised),
            EstimateMethod::StandardisedAlpha,
        ),
        omega: shown(figures.omega, EstimateMethod::Omega),
        factor: figures.factor.ok(),
        items: detail
            .item_rest
            .into_iter()
            .zip(detail.without_item)
            .map(|(item_rest, alpha_without)| ItemReliability {
                item_rest,
                alpha_without,
            })
            .collect(),
    }
}

/// One of the three figures of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// ICC(1).
    Icc1,
    /// ICC(2).
    Icc2,
    /// Median rwg.
    Rwg,
}

/// What the gate says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every figure is high enough.
    Pass,
    /// Some figure is too low: the figures belong beside any number by unit.
    Warn,
    /// No figure is too low, and some does not exist.
    Undecided,
}

/// May answers be reported by unit?
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregation {
    /// ICC(1) with the mean unit size (Bliese).
    pub icc1: Estimated,
    /// ICC(2).
    pub icc2: Estimated,
    /// Median rwg(j) over units with at least the minimum n, and two, answers; n are units.
    pub rwg_median: Estimated,
    /// Units with an answer (of employees: that are shown).
    pub units: u64,
    /// The verdict.
    pub verdict: Verdict,
    /// Figures that are too low.
    pub failed: Vec<Figure>,
    /// Figures that do not exist.
    pub missing: Vec<Figure>,
    /// What they should reach.
    pub thresholds: Thresholds,
}

/// The gate for the mean of the columns, from the complete rows of each unit.
///
/// `scale_points` is the number of answers of the items; `None` (numbers) has no rwg.
pub fn aggregation(
    units: &PassedUnits,
    scale_points: Option<u32>,
    context: &Context<'_>,
) -> Aggregation {
    let thresholds = Thresholds::default();
    let hidden = |reason: HiddenReason| {
        let hidden = Estimated::hidden(reason, context.snapshot);
        Aggregation {
            icc1: hidden.clone(),
            icc2: hidden.clone(),
            rwg_median: hidden,
            units: 0,
            verdict: Verdict::Undecided,
            failed: Vec::new(),
            missing: vec![Figure::Icc1, Figure::Icc2, Figure::Rwg],
            thresholds,
        }
    };
    let (units, respondents) = match units.by_unit() {
        Ok(by_unit) => (&by_unit.units, by_unit.respondents),
        Err(reason) => return hidden(reason.clone()),
    };
    let n: u64 = units.iter().map(CoMoments::n).sum();
    let heard = units.iter().filter(|unit| unit.n() > 0).count() as u64;
    if n > 0 && respondents < u64::from(context.minimum_n) {
        return hidden(below(context));
    }
    let scores: Vec<Moments> = units.iter().map(score).collect();
    let table = anova(&scores);
    let icc1 = table.clone().and_then(|table| icc1(&table, context.level));
    let icc2 = table.and_then(|table| table.icc2_measured(context.level));
    let rwg = rwg(units, scale_points, context);
    let mut failed = Vec::new();
    let mut missing = Vec::new();
    for (figure, found, least) in [
        (Figure::Icc1, &icc1, thresholds.icc1_min),
        (Figure::Icc2, &icc2, thresholds.icc2_min),
        (Figure::Rwg, &rwg, thresholds.rwg_min),
    ] {
        match found {
            Ok(measured) if measured.value >= least => {}
            Ok(_) => failed.push(figure),
            Err(_) => missing.push(figure),
        }
    }
    let verdict = match (failed.is_empty(), missing.is_empty()) {
        (false, _) => Verdict::Warn,
        (true, false) => Verdict::Undecided,
        (true, true) => Verdict::Pass,
    };
    let shown = |measured, n, method| Estimated::of(measured, n, method, context.snapshot);
    Aggregation {
        icc1: shown(icc1, n, EstimateMethod::Icc1),
        icc2: shown(icc2, n, EstimateMethod::Icc2),
        rwg_median: shown(rwg, heard, EstimateMethod::RwgMedian),
        units: heard,
        verdict,
        failed,
        missing,
        thresholds,
    }
}

fn below(context: &Context<'_>) -> HiddenReason {
    HiddenReason::BelowMinimumN {
        minimum_n: context.minimum_n,
    }
}

/// ICC(1) with the mean size, as Bliese (2000) and R multilevel; its limits are those of the F
/// ratio.
fn icc1(table: &Anova, level: f64) -> Result<Measured, Undefined> {
    let value = table.icc1(table.mean_size)?;
    // ICC(2) = 1 − 1/F, so that its limits give those of F.
    let interval = table.icc2_measured(level)?.interval.map(|of_means| {
        let at = |icc2: f64| {
            let f = 1.0 / (1.0 - icc2);
            (f - 1.0) / (f + table.mean_size - 1.0)
        };
        Interval {
            lower: at(of_means.lower),
            upper: at(of_means.upper),
            ..of_means
        }
    });
    Ok(Measured::new(value, table.n, interval))
}

fn rwg(
    units: &[CoMoments],
    scale_points: Option<u32>,
    context: &Context<'_>,
) -> Result<Measured, Undefined> {
    let points = scale_points.ok_or(Undefined::WrongStatistics)?;
    let needed = u64::from(context.minimum_n).max(2);
    let mut of_units: Vec<f64> = units
        .iter()
        .filter(|unit| unit.n() >= needed)
        .filter_map(|unit| rwg_of(unit, points).ok())
        .collect();
    of_units.sort_unstable_by(f64::total_cmp);
    let k = of_units.len();
    if k == 0 {
        return Err(Undefined::TooFew {
            n: units.iter().map(CoMoments::n).max().unwrap_or(0),
            needed,
        });
    }
    let median = f64::midpoint(of_units[(k - 1) / 2], of_units[k / 2]);
    let sorted: Vec<(f64, u64)> = of_units.into_iter().map(|value| (value, 1)).collect();
    let interval = quantile_interval(&sorted, 0.5, context.level).map(|found| Interval {
        method: Method::OrderStatistics,
        ..found.interval
    });
    Ok(Measured::new(median, k as u64, interval))
}

/// Moments of the mean of the columns.
fn score(unit: &CoMoments) -> Moments {
    if unit.n() == 0 {
        return Moments::default();
    }
    let k = unit.columns() as f64;
    let mean = unit.means().iter().sum::<f64>() / k;
    let squares: f64 = (0..unit.columns())
        .flat_map(|i| (0..unit.columns()).map(move |j| (i, j)))
        .map(|(i, j)| unit.product(i, j))
        .sum();
    Moments::from_parts(unit.n(), mean, squares / (k * k))
}
