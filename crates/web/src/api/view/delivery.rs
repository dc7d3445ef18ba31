//! Delivery as answers say it: standards, verdicts, control charts, deviations.
//!
//! Invariant: values are [`Estimated`]; lines and limits of a chart stand beside the value that they
//! are held against. Codes are words; pages and the command line make the sentences.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Estimated, Granularity, IndicatorRef, PeriodRef, Reason, Text, UnitRef};

/// A standard as answers refer to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StandardRef {
    pub id: String,
    pub title: Text,
    /// `speed`, `quality`, `tone`, `structure`.
    pub dimension: String,
    pub touchpoint: String,
    /// `null` where the touchpoint is gone.
    #[schema(required = true)]
    pub touchpoint_title: Option<Text>,
    /// Team that alone may change it.
    pub owner: String,
    #[schema(required = true)]
    pub owner_title: Option<Text>,
    /// Party that keeps it.
    pub owed_by: String,
    /// Party that may expect it.
    pub owed_to: String,
    /// File name of its picture.
    #[schema(required = true)]
    pub picture: Option<String>,
    /// Share of looks that are to be kept.
    pub target: f64,
    /// `duration`, `range`, `checklist`, `rubric`, `wording`, `sequence`.
    pub requirement: String,
    /// What observed numbers count: `s` for durations, the unit of measure for ranges.
    #[schema(required = true)]
    pub unit_of_measure: Option<String>,
}

/// What a verdict says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeWord {
    Met,
    NotMet,
    /// Cannot tell yet.
    Undecided,
    /// There is none; `reason` says why.
    None,
}

/// A standard against its target, with the share that decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VerdictView {
    /// Share kept.
    pub share: Estimated,
    pub outcome: OutcomeWord,
    /// Why there is no verdict: `no_looks`, `convenience`, `not_known`, `small_team`.
    #[schema(required = true)]
    pub reason: Option<String>,
    #[schema(required = true)]
    pub target: Option<f64>,
    /// One-sided level of confidence.
    pub level: f64,
    /// Latest version with looks.
    #[schema(required = true)]
    pub version: Option<i64>,
    /// Looks left out because they were chosen for convenience.
    pub convenience: u64,
    /// Looks left out because an earlier version had another target.
    pub earlier: u64,
    /// Looks of which nobody knows yet whether the standard was kept.
    pub not_known: u64,
    /// Whether what is not known could turn the verdict.
    pub not_known_decides: bool,
}

/// What is shown instead of what was asked for, to protect a small team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProtectionView {
    /// `small_team`, `people_not_known`.
    pub reason: String,
    /// Below so many people a team is small.
    pub minimum: u32,
    /// The unit that was asked for.
    #[schema(required = true)]
    pub asked_unit: Option<String>,
    /// The length of a period that was asked for.
    pub asked_by: Granularity,
}

/// A control chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ControlChartView {
    /// The standard; `null` for the chart of an indicator.
    #[schema(required = true)]
    pub standard: Option<StandardRef>,
    /// The indicator; `null` for the chart of a standard.
    #[schema(required = true)]
    pub indicator: Option<IndicatorRef>,
    /// The unit that is shown; `null`: the whole organisation.
    #[schema(required = true)]
    pub unit: Option<UnitRef>,
    pub granularity: Granularity,
    #[schema(required = true)]
    pub protection: Option<ProtectionView>,
    /// `kept`, `value`, `deviations`.
    pub of: String,
    /// `p`, `u`, `xmr`, `xbar_s`, `g`, `t`, `cusum`, `ewma`.
    pub chart: String,
    /// `asked_for`, `shares`, `rare_deviations`, `subgroups`, `one_value_each`,
    /// `large_subgroups`, `counts_per_look`.
    pub because: String,
    /// What was asked for and is not possible.
    #[schema(required = true)]
    pub refused: Option<RefusedChart>,
    /// `nhs`, `limits`, `nelson`, `western_electric`, `anhoej`.
    pub rules: String,
    /// In order of time.
    pub points: Vec<ControlPoint>,
    /// In order of time.
    pub segments: Vec<SegmentView>,
    /// Versions that began within the chart, each a line.
    pub versions: Vec<VersionMark>,
    /// In order of their first points.
    pub signals: Vec<SignalView>,
    pub false_alarms: FalseAlarms,
    /// Points of a CUSUM or EWMA until a false signal, on average.
    #[schema(required = true)]
    pub run_length: Option<f64>,
    /// Looks chosen for convenience that are not in it.
    pub convenience_left_out: u64,
    /// Looks of which nobody knows yet whether the standard was kept.
    pub not_known: u64,
    /// Periods that are hidden or have no value, of an indicator.
    pub periods_without: u64,
    /// Over the whole chart; `null` for an indicator.
    #[schema(required = true)]
    pub verdict: Option<VerdictView>,
    /// Of observed numbers against a requirement of limits.
    #[schema(required = true)]
    pub capability: Option<CapabilityView>,
    pub snapshot: String,
}

/// A chart that cannot be drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RefusedChart {
    pub chart: String,
    /// Such as `needs_values` or `too_many_events`.
    #[serde(flatten)]
    pub reason: Reason,
}

/// One point with the lines it is held against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ControlPoint {
    pub period: PeriodRef,
    /// Version in force.
    #[schema(required = true)]
    pub version: Option<i64>,
    /// Place of its segment.
    pub segment: u64,
    pub estimate: Estimated,
    #[schema(required = true)]
    pub centre: Option<f64>,
    #[schema(required = true)]
    pub lower: Option<f64>,
    #[schema(required = true)]
    pub upper: Option<f64>,
    /// The rule that flags it.
    #[schema(required = true)]
    pub rule: Option<String>,
    /// `better`, `worse`, `change`, where a rule flags it.
    #[schema(required = true)]
    pub meaning: Option<String>,
}

/// Points that share their limits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SegmentView {
    /// Place of its first point.
    pub first: u64,
    /// Place of its last point.
    pub last: u64,
    /// `start`, `version`, `baseline`.
    pub cause: String,
    /// The version that begins it.
    #[schema(required = true)]
    pub version: Option<i64>,
    /// The baseline that begins it.
    #[schema(required = true)]
    pub baseline: Option<BaselineView>,
    /// Points that its limits are made of.
    pub baseline_points: u64,
    /// `provisional` (below 12 points), `settling`, `full` (from 20).
    pub maturity: String,
    #[schema(required = true)]
    pub centre: Option<f64>,
    /// Why there are no limits.
    #[schema(required = true)]
    pub no_limits: Option<Reason>,
    /// Laney's σz: 1 when only chance varies.
    #[schema(required = true)]
    pub sigma_z: Option<f64>,
}

/// A baseline that a person set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BaselineView {
    /// The unit whose charts it is for; `null`: the whole organisation.
    #[schema(required = true)]
    pub unit: Option<String>,
    #[schema(value_type = String, format = Date)]
    pub from: jiff::civil::Date,
    #[schema(value_type = String, format = Date)]
    pub to: jiff::civil::Date,
    pub author: String,
    pub reason: String,
    /// RFC 3339; when it was declared.
    #[schema(required = true)]
    pub at: Option<String>,
}

/// The first day of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VersionMark {
    pub version: i64,
    #[schema(value_type = String, format = Date)]
    pub from: jiff::civil::Date,
    /// Place of the first point under it.
    pub point: u64,
    /// Whether it asks for something else, so that the centre line begins anew.
    pub rebases: bool,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignalView {
    /// `beyond`, `one_side`, `trend`, `two_in_three_near`, …
    pub rule: String,
    /// 1 up, −1 down, 0 neither.
    pub side: i8,
    /// `better`, `worse`, `change`.
    pub meaning: String,
    /// Points that the rule looks at together.
    pub window: u64,
    /// Places of its points.
    pub points: Vec<u64>,
    pub from: PeriodRef,
    pub to: PeriodRef,
}

/// How often the rules signal although nothing happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FalseAlarms {
    /// Points of the last segment, which it is about.
    pub points: u64,
    /// Share of series of this length that signal anywhere.
    pub share: Estimated,
    /// The same for points that remember each other as these do; `null` where they do not.
    #[schema(required = true)]
    pub share_remembering: Option<Estimated>,
    /// `null` where there are too few points to tell.
    #[schema(required = true)]
    pub autocorrelation: Option<Autocorrelation>,
}

/// Whether points remember the one before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Autocorrelation {
    /// Correlation of one point with the next.
    pub r: f64,
    /// Ljung and Box's p of none.
    pub p: f64,
    /// Limits are too narrow and every rule signals too often.
    pub warns: bool,
}

/// How observed numbers stand to what is required.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum CapabilityView {
    /// In control and near normal.
    Indices {
        cp: Estimated,
        cpk: Estimated,
        ppk: Estimated,
    },
    /// What was seen, and why there are no indices.
    Seen {
        /// `not_in_control`, `not_normal`, `too_few`, `one_sided`, `no_limits`.
        why: String,
        below: Estimated,
        above: Estimated,
        quantiles: Vec<QuantileView>,
    },
    /// Neither.
    Undefined { reason: Reason },
}

/// A quantile of observed numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuantileView {
    /// Which, 0..1.
    pub q: f64,
    pub value: Estimated,
}

/// One line of a Pareto.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeviationView {
    /// `over_time`, `item_missed`, …; `not_said`, `stated`, `other`.
    pub kind: String,
    /// Which item, phrase or step; `null` where nothing more is said.
    #[schema(required = true)]
    pub naming: Option<String>,
    pub count: u64,
    /// Looks that had it.
    pub looks: u64,
    /// Share of looks that had it.
    pub share: Estimated,
    /// Part of all that was counted, 0..1.
    pub part: f64,
    /// Parts of this line and all before it.
    pub cumulative: f64,
}
