//! Control charts of delivery: is this ordinary variation?
//!
//! The kind of chart goes with the kind of number ([`kind`]); its points are put into segments that
//! a new version of the standard or a person's baseline begins ([`segments`]); each segment has its
//! own centre line and limits ([`limits`]) and is read by a set of rules ([`signals`]).
//!
//! Invariant: limits are made of a stated baseline and never move by themselves; a chart says how
//! many points they rest on, how often its rules signal without a cause, and whether its points
//! remember each other. What was asked for and is not possible is said, with the reason.
//! Absent on purpose: drawing, and texts.

mod build;
mod drift;
mod input;
mod kind;
mod limits;
mod rare;
mod segments;
mod series;
mod signals;

pub use build::{chart, needs_events};
pub use input::{
    Ask, Before, ChartInput, DeviationsPerPeriod, EVENTS_MAX, Event, Events, FalseAlarms,
};
pub use kind::{Because, ChartKind, NotPossible, Of};
pub use segments::{Cause, Segment};
pub use series::series_chart;
pub use signals::{Meaning, RuleName, SignalFound, found as signals_found};

use evenkeel_foundation::Period;
use evenkeel_stats::chart::false_alarm::Autocorrelation;
use evenkeel_stats::chart::{Anhoej, RuleSet};
use evenkeel_stats::{Measured, Undefined};

use crate::estimate::Estimated;

/// A control chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlChart {
    /// What is charted.
    pub of: Of,
    /// Which chart.
    pub kind: ChartKind,
    /// Why this one.
    pub because: Because,
    /// What was asked for instead and is not possible.
    pub refused: Option<(ChartKind, NotPossible)>,
    /// The rules it is read by.
    pub rules: RuleSet,
    /// In order of time.
    pub points: Vec<Point>,
    /// In order of time, without gaps.
    pub segments: Vec<Segment>,
    /// What the rules found, in order of their first points.
    pub signals: Vec<SignalFound>,
    /// Anhøj's figures of each segment, where they are the rules.
    pub runs: Vec<Option<Anhoej>>,
    /// Share of series of this length that signal although nothing happened; of the last segment.
    pub false_alarm: Result<Measured, Undefined>,
    /// The same at the autocorrelation that was found, where it is not by chance.
    pub false_alarm_remembering: Option<Result<Measured, Undefined>>,
    /// Whether points of the last segment remember the one before.
    pub autocorrelation: Result<Autocorrelation, Undefined>,
    /// Points of CUSUM and EWMA until a false signal, on average.
    pub run_length: Option<f64>,
    /// Looks chosen for convenience that are not in it.
    pub convenience_left_out: u64,
    /// Looks in it of which nobody knows whether the standard was kept.
    pub not_known: u64,
}

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// When; of rare events the day of the event.
    pub period: Period,
    /// The version in force; `None` where nobody wrote one down.
    pub version: Option<i64>,
    /// Place of its segment.
    pub segment: usize,
    /// The value with its n and interval.
    pub estimate: Estimated,
    /// Centre line.
    pub centre: Option<f64>,
    /// Lower limit; `None` where there is none (or none yet).
    pub lower: Option<f64>,
    /// Upper limit.
    pub upper: Option<f64>,
    /// The rule that names the point's signal: the first of the set that it belongs to.
    pub signal: Option<(RuleName, Meaning)>,
}

impl ControlChart {
    /// Whether no point of the last segment signals.
    pub fn in_control(&self) -> bool {
        let last = self.segments.len().saturating_sub(1);
        let mut points = self.points.iter().filter(|point| point.segment == last);
        points.all(|point| point.signal.is_none())
    }

    /// σ of single values within the last segment, where the chart gives one.
    pub fn sigma_of_values(&self) -> Option<f64> {
        self.segments.last()?.sigma_of_values
    }
}
