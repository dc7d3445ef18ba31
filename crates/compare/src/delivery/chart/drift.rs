//! CUSUM and EWMA over the departures of another chart, for small drifts.
//!
//! Invariant: departures are in standard deviations of the segment they lie in, so that periods of
//! different sizes weigh what they should; sums begin anew with each segment.

use evenkeel_stats::Undefined;
use evenkeel_stats::chart::drift::{cusum, cusum_run_length, ewma, ewma_run_length};

use super::kind::ChartKind;

/// Half the shift to find, in σ (METHODS §6).
pub(super) const REFERENCE: f64 = 0.5;
/// Decision interval.
pub(super) const DECISION: f64 = 5.0;
/// Weight of the newest point.
const LAMBDA: f64 = 0.2;
/// Width of the limits.
const WIDTH: f64 = 2.962;

/// One point of a chart of departures.
pub(super) struct Drift {
    pub value: f64,
    pub lower: f64,
    pub upper: f64,
}

/// The chart of a segment's departures.
pub(super) fn of(kind: ChartKind, z: &[f64]) -> Result<Vec<Drift>, Undefined> {
    if kind == ChartKind::Ewma {
        let points = ewma(z, 0.0, 1.0, LAMBDA, WIDTH)?;
        return Ok(points
            .into_iter()
            .map(|point| Drift {
                value: point.value,
                lower: point.lower,
                upper: point.upper,
            })
            .collect());
    }
    let (high, low) = cusum(z, REFERENCE);
    Ok(high
        .into_iter()
        .zip(low)
        .map(|(high, low)| Drift {
            // The larger of both sums: at most one is far from 0.
            value: if high >= -low { high } else { low },
            lower: -DECISION,
            upper: DECISION,
        })
        .collect())
}

/// Points until a false signal, on average.
pub(super) fn run_length(kind: ChartKind) -> Option<f64> {
    match kind {
        ChartKind::Cusum => cusum_run_length(REFERENCE, DECISION, 0.0).ok(),
        ChartKind::Ewma => ewma_run_length(LAMBDA, WIDTH, 0.0).ok(),
        _ => None,
    }
}
