//! The chart of an indicator: its estimates by period as single values.
//!
//! What an indicator is made of may be anything (means, scores, composites), so that limits come
//! from moving ranges of its values, which every number has. A standard's own share has the better
//! chart ([`super::chart`]).
//!
//! Invariant: periods that are hidden or undefined have no point, and are counted.

use evenkeel_foundation::Period;
use evenkeel_stats::chart::false_alarm::autocorrelation;
use evenkeel_stats::chart::{Maturity, MovingRangeConstant, RuleSet, xmr};

use super::input::FalseAlarms;
use super::kind::{Because, ChartKind, Of};
use super::segments::{Cause, Segment};
use super::signals::{found, naming};
use super::{ControlChart, Point};
use crate::estimate::Estimated;

/// An XmR chart of estimates in order of time; and how many periods have no value.
pub fn series_chart(
    estimates: &[(Period, Estimated)],
    rules: RuleSet,
    more_is_better: bool,
    false_alarms: FalseAlarms<'_>,
) -> (ControlChart, u64) {
    let shown: Vec<(&(Period, Estimated), f64)> = estimates
        .iter()
        .filter_map(|of| Some((of, of.1.value()?)))
        .collect();
    let values: Vec<f64> = shown.iter().map(|(_, value)| *value).collect();
    let limits = xmr(&values, true, MovingRangeConstant::Nhs);
    let z: Vec<f64> = match &limits {
        Ok(limits) => values
            .iter()
            .map(|y| (y - limits.centre) / limits.sigma)
            .collect(),
        Err(_) => Vec::new(),
    };
    let apart: Vec<f64> = match rules {
        RuleSet::Anhoej => {
            let middle = super::build::median(&values);
            values.iter().map(|y| y - middle).collect()
        }
        _ => z.clone(),
    };
    let (signals, runs) = found(rules, ChartKind::Xmr, &apart, 0, Some(more_is_better));
    let drawn = limits.as_ref().ok();
    let points = shown.iter().enumerate().map(|(place, (of, _))| Point {
        period: of.0,
        version: None,
        segment: 0,
        estimate: of.1.clone(),
        centre: drawn.map(|limits| limits.centre),
        lower: drawn.map(|limits| limits.lower),
        upper: drawn.map(|limits| limits.upper),
        signal: naming(&signals, place),
    });
    let segment = (!values.is_empty()).then(|| Segment {
        first: 0,
        last: values.len() - 1,
        cause: Cause::Start,
        baseline_points: values.len(),
        maturity: Maturity::of(values.len()),
        centre: limits
            .as_ref()
            .map(|limits| limits.centre)
            .map_err(Clone::clone),
        sigma_z: None,
        sigma_of_values: None,
    });
    let autocorrelation = autocorrelation(&z);
    let remembering = autocorrelation.as_ref().ok().filter(|found| found.warns);
    let chart = ControlChart {
        of: Of::Value,
        kind: ChartKind::Xmr,
        because: Because::OneValueEach,
        refused: None,
        rules,
        points: points.collect(),
        segments: segment.into_iter().collect(),
        signals,
        runs: vec![runs],
        false_alarm: false_alarms(rules, values.len(), 0.0),
        false_alarm_remembering: remembering
            .map(|found| false_alarms(rules, values.len(), found.r)),
        autocorrelation,
        run_length: None,
        convenience_left_out: 0,
        not_known: 0,
    };
    (chart, (estimates.len() - shown.len()) as u64)
}
