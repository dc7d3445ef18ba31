//! The scale that an indicator's values lie on.
//!
//! Two indicators can be subtracted only when their scales are the same; pages need the scale
//! for axes.

use evenkeel_foundation::{Foundation, Indicator, IndicatorKind, Scale};
use serde::Serialize;

/// Lowest and highest possible value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ScaleRange {
    /// Lowest possible value.
    pub min: f64,
    /// Highest possible value.
    pub max: f64,
}

/// Scale of an indicator's values; `None` for numbers without limits and unlike parts.
pub fn scale_of(foundation: &Foundation, indicator: &Indicator) -> Option<ScaleRange> {
    match &indicator.kind {
        IndicatorKind::Nps { .. } => Some(ScaleRange {
            min: -1.0,
            max: 1.0,
        }),
        IndicatorKind::TopBox { .. }
        | IndicatorKind::Share { .. }
        | IndicatorKind::Conformance { .. }
        | IndicatorKind::WithinTarget { .. } => Some(ScaleRange { min: 0.0, max: 1.0 }),
        IndicatorKind::Rate { .. } => None,
        IndicatorKind::Mean { instrument, item } => {
            let items = &foundation.instruments.get(instrument)?.items;
            match items.iter().find(|i| i.id == *item)?.scale {
                Scale::Rating { min, max } => Some(ScaleRange {
                    min: f64::from(min),
                    max: f64::from(max),
                }),
                Scale::Number {
                    min: Some(min),
                    max: Some(max),
                } => Some(ScaleRange { min, max }),
                _ => None,
            }
        }
        IndicatorKind::Composite { of } => {
            let mut scales = of.iter().map(|id| {
                let part = foundation.indicators.get(id)?;
                // A composite of composites is refused by the foundation's check.
                match part.kind {
                    IndicatorKind::Composite { .. } => None,
                    _ => scale_of(foundation, part),
                }
            });
            let first = scales.next()??;
            scales.all(|s| s == Some(first)).then_some(first)
        }
    }
}
