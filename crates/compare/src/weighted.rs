//! An indicator with weights that bring the sample in line with known margins.
//!
//! Invariant: the weights are never without n, effective n, smallest and largest weight; a value
//! of the population that nobody in the sample has is an error that names it.
//! Absent on purpose: where margins and totals come from.

use evenkeel_foundation::{Foundation, Indicator, IndicatorKind};
use evenkeel_stats::weighting::{Calibrated, CalibrationError, Cell, PsuCell, rake};
use evenkeel_stats::{Measured, Undefined};

use crate::estimate::{Context, EstimateMethod, Estimated, HiddenReason};
use crate::gate::is_protected;

/// A sample by cell and sampling unit, and the margins to meet.
#[derive(Debug, Clone, Copy)]
pub struct CalibratedSample<'a> {
    /// Cells with answers.
    pub cells: &'a [SampleCell],
    /// Base-weighted totals by sampling unit and cell.
    pub totals: &'a [PsuCell],
    /// Population by margin and category; shares or counts.
    pub margins: &'a [Vec<f64>],
    /// People behind the answers.
    pub respondents: u64,
}

/// Answers that share all categories.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleCell {
    /// Category in each margin, 0-based.
    pub categories: Vec<usize>,
    /// Answers.
    pub n: u64,
    /// Σ of base weights.
    pub weight: f64,
    /// Σ of their squares.
    pub squares: f64,
    /// Smallest and largest base weight.
    pub range: (f64, f64),
}

/// A weighted estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighted {
    /// The estimate.
    pub estimate: Estimated,
    /// The weights; `None` when the estimate is hidden.
    pub weighting: Option<Weighting>,
}

/// The weights behind it, scaled so that their mean is 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighting {
    /// Answers.
    pub n: u64,
    /// Kish: (Σw)²/Σw².
    pub effective_n: f64,
    /// n over effective n.
    pub design_effect: f64,
    /// Smallest weight.
    pub smallest: f64,
    /// Largest weight.
    pub largest: f64,
    /// Strata with one sampling unit.
    pub lonely_strata: u64,
    /// Factor of each cell, in the order given, so that weights have mean 1.
    pub factors: Vec<f64>,
}

/// Why margins cannot be met.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WeightedError {
    /// The margins and the sample do not go together.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
}

/// Rakes the sample to the margins and estimates the indicator.
///
/// The interval is linearised, between sampling units within strata (Deville & Särndal); shares
/// and scores are cut to what is possible.
///
/// Weights of employees' answers are in no release: hidden.
pub fn weighted(
    foundation: &Foundation,
    indicator: &Indicator,
    sample: &CalibratedSample<'_>,
    context: &Context<'_>,
) -> Result<Weighted, WeightedError> {
    let minimum_n = indicator.minimum_n.max(context.minimum_n);
    let n: u64 = sample.cells.iter().map(|cell| cell.n).sum();
    let undefined =
        |reason| Estimated::of(Err(reason), n, EstimateMethod::Calibrated, context.snapshot);
    if n == 0 {
        return Ok(Weighted {
            estimate: undefined(Undefined::NoAnswers),
            weighting: None,
        });
    }
    let hidden = if is_protected(foundation, indicator) {
        Some(HiddenReason::NotReleased)
    } else {
        let below = sample.respondents < u64::from(minimum_n);
        below.then_some(HiddenReason::BelowMinimumN { minimum_n })
    };
    if let Some(reason) = hidden {
        return Ok(Weighted {
            estimate: Estimated::hidden(reason, context.snapshot),
            weighting: None,
        });
    }
    let cells: Vec<Cell> = sample
        .cells
        .iter()
        .map(|cell| Cell {
            categories: cell.categories.clone(),
            weight: cell.weight,
        })
        .collect();
    let factors = rake(&cells, sample.margins)?;
    let categories: Vec<usize> = sample.margins.iter().map(Vec::len).collect();
    let calibrated = Calibrated {
        cells: &cells,
        categories: &categories,
        factors: &factors,
        totals: sample.totals,
    };
    let mean = calibrated.mean();
    let lonely_strata = mean.as_ref().map_or(0, |mean| mean.lonely);
    let measured = mean.map(|mean| {
        let (lowest, highest) = match indicator.kind {
            IndicatorKind::Nps { .. } => (-1.0, 1.0),
            IndicatorKind::Mean { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            _ => (0.0, 1.0),
        };
        let interval = if mean.standard_error > 0.0 {
            mean.interval(context.level)
                .map(|interval| interval.clipped(lowest, highest))
        } else {
            Err(Undefined::ZeroVariance)
        };
        Measured::new(mean.value, n, interval)
    });
    let estimate = match measured {
        Ok(measured) => Estimated::of(
            Ok(measured),
            n,
            EstimateMethod::Calibrated,
            context.snapshot,
        ),
        Err(reason) => undefined(reason),
    };
    Ok(Weighted {
        estimate,
        weighting: Some(weighting(sample, factors, n, lonely_strata)),
    })
}

fn weighting(
    sample: &CalibratedSample<'_>,
    factors: Vec<f64>,
    n: u64,
    lonely_strata: u64,
) -> Weighting {
    let (mut sum, mut squares) = (0.0, 0.0);
    let (mut smallest, mut largest) = (f64::INFINITY, 0.0_f64);
    for (cell, factor) in sample.cells.iter().zip(&factors) {
        sum += factor * cell.weight;
        squares += factor * factor * cell.squares;
        smallest = smallest.min(factor * cell.range.0);
        largest = largest.max(factor * cell.range.1);
    }
    let mean = sum / n as f64;
    let effective_n = sum * sum / squares;
    Weighting {
        n,
        effective_n,
        design_effect: n as f64 / effective_n,
        smallest: smallest / mean,
        largest: largest / mean,
        lonely_strata,
        factors: factors.into_iter().map(|factor| factor / mean).collect(),
    }
}
