//! What a chart is made of.

use evenkeel_foundation::Period;
use evenkeel_stats::chart::RuleSet;
use evenkeel_stats::{Measured, Undefined};
use jiff::civil::Date;

use super::kind::{ChartKind, Of};
use crate::delivery::looks::{Baseline, Chosen, Edition, LookCell};

/// Deviations that are charted one by one; more are not rare.
pub const EVENTS_MAX: usize = 2_000;

/// What somebody wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ask {
    /// Which number.
    pub of: Of,
    /// Which chart; the one that goes with the number where nobody says.
    pub chart: Option<ChartKind>,
    /// Which rules.
    pub rules: RuleSet,
    /// With looks chosen for convenience.
    pub convenience: bool,
}

/// One look that deviated.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its day.
    pub day: Date,
    /// Its time, in days since any moment.
    pub at_days: f64,
    /// Looks kept since the event before.
    pub kept_before: u64,
    /// The version in force.
    pub version: Option<i64>,
}

/// Looks that deviated, in order of time.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Events {
    /// Each of them.
    Listed(Vec<Event>),
    /// More than [`EVENTS_MAX`].
    TooMany,
    /// Nobody has single looks, or nobody asked for them.
    #[default]
    NoLooks,
}

/// Deviations of one period and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviationsPerPeriod {
    /// When.
    pub period: Period,
    /// The version in force.
    pub version: Option<i64>,
    /// How many, over all looks.
    pub deviations: u64,
    /// Looks.
    pub looks: u64,
}

/// How often a set of rules signals without a cause: by set, points and autocorrelation.
pub type FalseAlarms<'a> = &'a dyn Fn(RuleSet, usize, f64) -> Result<Measured, Undefined>;

/// Looks from before the first point. Limits are made of those that a baseline names; no rule looks
/// at them, and charts between events have none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Before<'a> {
    /// Looks by period, version and way of choosing.
    pub cells: &'a [LookCell],
    /// Deviations, for charts of counts.
    pub deviations: &'a [DeviationsPerPeriod],
}

/// Everything that a chart is made of.
pub struct ChartInput<'a> {
    /// Looks by period, version and way of choosing.
    pub cells: &'a [LookCell],
    /// Looks that deviated, for charts between them.
    pub events: Events,
    /// Deviations, for charts of counts.
    pub deviations: &'a [DeviationsPerPeriod],
    /// What was seen before the first look that is shown: a baseline's days may lie there.
    pub before: Before<'a>,
    /// Versions of the standard.
    pub editions: &'a [Edition],
    /// Baselines that people set, the latest said last.
    pub baselines: &'a [Baseline],
    /// Whether more is better; `None` where neither is.
    pub more_is_better: Option<bool>,
    /// Level of intervals, 0..1.
    pub level: f64,
    /// Version of the tables.
    pub snapshot: &'a str,
    /// How often rules signal without a cause. The caller may remember what was simulated.
    pub false_alarms: FalseAlarms<'a>,
}

impl ChartInput<'_> {
    /// Whether everything was looked at, of what the chart shows.
    pub(super) fn is_census(&self, ask: Ask) -> bool {
        let shown = |cell: &&LookCell| ask.convenience || cell.chosen.speaks_for_all();
        let mut cells = self.cells.iter().filter(shown);
        cells.all(|cell| cell.chosen == Chosen::Census)
    }
}
