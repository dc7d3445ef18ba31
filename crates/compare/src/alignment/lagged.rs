//! Does one side go with the other, given how it stood the period before?
//!
//! Three regressions over unit × period: the external side on the internal side of the same period
//! and on that of the period before, and the internal side on the external one; each given the
//! outcome's own period before. With weights and without, over the same rows, because a finding
//! that hangs on the weights has to be called fragile.
//!
//! Assumes rows that are independent given the period before; a unit has several, so that the
//! intervals are rather too narrow.
//! Invariant: only what may be shown enters. Both fits of a path rest on the same rows.
//! Absent on purpose: cause, and a choice of lag: it is one period.

use std::collections::BTreeMap;

use evenkeel_foundation::{Period, UnitId};
use evenkeel_stats::regression::{Fit, wls};
use evenkeel_stats::{Counted, Undefined};
use serde::Serialize;

use super::request::{AlignmentCell, AlignmentRequest, Subject, weight_of};
use super::result::Weights;

/// What is regressed on what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LaggedPath {
    /// External on internal of the same period.
    ExternalOnInternal,
    /// External on internal of the period before.
    ExternalOnInternalBefore,
    /// Internal on external of the same period: the reverse.
    InternalOnExternal,
}

/// A coefficient, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum RegressionView {
    /// Change of the outcome per unit of the other side, as the values are.
    Estimate {
        /// The coefficient.
        slope: f64,
        /// Lower limit (t).
        lower: f64,
        /// Upper limit (t).
        upper: f64,
        /// Confidence level.
        level: f64,
        /// Two-sided p of no association.
        p: f64,
        /// Unit × period rows.
        n: u64,
        /// Units in them.
        units: u64,
        /// Weights, if any.
        weights: Option<Weights>,
    },
    /// It cannot be computed.
    Undefined {
        /// Why.
        reason: Undefined,
    },
}

/// One path, unweighted and weighted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Regression {
    /// What on what.
    pub path: LaggedPath,
    /// Every row once.
    pub unweighted: RegressionView,
    /// By weight; `None` where there are none.
    pub weighted: Option<RegressionView>,
    /// The two disagree in sign, or in whether their interval leaves out 0.
    pub fragile: bool,
}

/// All paths.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lagged {
    /// Covariates whose product is the weight; empty: weighted by n.
    pub covariates: Vec<String>,
    /// External on internal, external on internal before, internal on external.
    pub regressions: Vec<Regression>,
}

/// Value and own weight of a side.
type Value = (f64, Option<f64>);

#[derive(Default)]
struct Known {
    internal: Option<Value>,
    external: Option<Value>,
    weight: Option<f64>,
}

type Panel<'a> = BTreeMap<(&'a UnitId, Period), Known>;

/// `None` where the question was not by period.
pub(super) fn lagged(request: &AlignmentRequest<'_>) -> Option<Lagged> {
    let panel = panel(request);
    if panel.is_empty() {
        return None;
    }
    let paths = [
        LaggedPath::ExternalOnInternal,
        LaggedPath::ExternalOnInternalBefore,
        LaggedPath::InternalOnExternal,
    ];
    let covariates = request.lagged_weights.iter();
    Some(Lagged {
        covariates: covariates.map(|of| of.id.to_string()).collect(),
        regressions: paths.map(|path| regress(path, &panel, request)).into(),
    })
}

fn panel<'a>(request: &AlignmentRequest<'a>) -> Panel<'a> {
    let value = |subject: &Subject<'_>, side: Option<&Counted>| {
        let shown = side.filter(|side| !subject.is_hidden(side))?;
        let value = subject.value(&shown.statistics, request.indicators).ok()?;
        Some((value, weight_of(&shown.statistics)))
    };
    let cells = request.cells.iter().filter_map(|cell| {
        let known = Known {
            internal: value(&request.internal, cell.internal()),
            external: value(&request.external, cell.external()),
            weight: product(request, cell),
        };
        Some(((&cell.unit, cell.period?), known))
    });
    cells.collect()
}

/// The product of the covariates that weigh; `None` where one of them is not known.
fn product(request: &AlignmentRequest<'_>, cell: &AlignmentCell) -> Option<f64> {
    let named = request.lagged_weights;
    if named.is_empty() || cell.weights.len() != named.len() {
        return None;
    }
    let values = named.iter().zip(&cell.weights).map(|(covariate, passed)| {
        let counted = passed.counted().ok()?;
        let subject = Subject::Covariate(covariate);
        subject.value(&counted.statistics, request.indicators).ok()
    });
    let product = values.product::<Option<f64>>()?;
    (product > 0.0).then_some(product)
}

/// One row of a regression: outcome, the other side, the outcome before.
struct Row<'a> {
    unit: &'a UnitId,
    values: [f64; 3],
    of_internal: Option<f64>,
    of_external: Option<f64>,
    weight: Option<f64>,
}

fn row<'a>(path: LaggedPath, panel: &Panel<'a>, at: (&'a UnitId, Period)) -> Option<Row<'a>> {
    let now = panel.get(&at)?;
    let before = panel.get(&(at.0, at.1.previous()?))?;
    let (outcome, other, own) = match path {
        LaggedPath::ExternalOnInternal => (now.external, now.internal, before.external),
        LaggedPath::ExternalOnInternalBefore => (now.external, before.internal, before.external),
        LaggedPath::InternalOnExternal => (now.internal, now.external, before.internal),
    };
    let (outcome, other, own) = (outcome?, other?, own?);
    let (of_internal, of_external) = match path {
        LaggedPath::InternalOnExternal => (outcome.1, other.1),
        _ => (other.1, outcome.1),
    };
    Some(Row {
        unit: at.0,
        values: [outcome.0, other.0, own.0],
        of_internal,
        of_external,
        weight: now.weight,
    })
}

fn regress(path: LaggedPath, panel: &Panel<'_>, request: &AlignmentRequest<'_>) -> Regression {
    let mut rows: Vec<Row<'_>> = panel
        .keys()
        .filter_map(|&at| row(path, panel, at))
        .collect();
    let weights = if request.lagged_weights.is_empty() {
        Weights::of(|| rows.iter().map(|row| (row.of_internal, row.of_external)))
    } else {
        rows.retain(|row| row.weight.is_some());
        Some(Weights::Covariates)
    };
    let fit = |weights: Option<Weights>| {
        let weighted = rows.iter().map(|row| {
            let weight = match weights {
                None => 1.0,
                Some(Weights::Covariates) => row.weight.unwrap_or(0.0),
                Some(weights) => weights.of_pair(row.of_internal, row.of_external),
            };
            (row.values.to_vec(), weight)
        });
        let weighted: Vec<(Vec<f64>, f64)> = weighted.collect();
        view(&wls(&weighted, 0, &[1, 2]), &rows, request.level, weights)
    };
    let (unweighted, weighted) = (fit(None), weights.map(|weights| fit(Some(weights))));
    let fragile = weighted.as_ref().is_some_and(|w| disagree(&unweighted, w));
    Regression {
        path,
        unweighted,
        weighted,
        fragile,
    }
}

fn view(
    fit: &Result<Fit, Undefined>,
    rows: &[Row<'_>],
    level: f64,
    weights: Option<Weights>,
) -> RegressionView {
    let fit = match fit {
        Ok(fit) => fit,
        Err(_) if rows.is_empty() => {
            let reason = Undefined::NoAnswers;
            return RegressionView::Undefined { reason };
        }
        Err(reason) => {
            let reason = reason.clone();
            return RegressionView::Undefined { reason };
        }
    };
    // Rows come unit by unit.
    let units = rows.chunk_by(|a, b| a.unit == b.unit).count() as u64;
    match (fit.interval(0, level), fit.p_values().first()) {
        (Some(interval), Some(&p)) => RegressionView::Estimate {
            slope: fit.slopes[0],
            lower: interval.lower,
            upper: interval.upper,
            level,
            p,
            n: fit.n,
            units,
            weights,
        },
        _ => RegressionView::Undefined {
            reason: Undefined::WrongStatistics,
        },
    }
}

impl RegressionView {
    /// Slope, and its sign when the interval leaves out 0, else 0.
    fn verdict(&self) -> Option<(f64, i8)> {
        match self {
            Self::Estimate { slope, lower, .. } if *lower > 0.0 => Some((*slope, 1)),
            Self::Estimate { slope, upper, .. } if *upper < 0.0 => Some((*slope, -1)),
            Self::Estimate { slope, .. } => Some((*slope, 0)),
            Self::Undefined { .. } => None,
        }
    }
}

fn disagree(a: &RegressionView, b: &RegressionView) -> bool {
    match (a.verdict(), b.verdict()) {
        (Some((a, of_a)), Some((b, of_b))) => a * b < 0.0 || of_a != of_b,
        _ => false,
    }
}
