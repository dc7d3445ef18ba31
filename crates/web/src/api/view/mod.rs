//! The shapes that several endpoints share.
//!
//! Invariant: everything here is a plain value with serde and a schema, so that the
//! TypeScript client and the command line read exactly what the server wrote. `stats`,
//! `compare` and `foundation` stay free of OpenAPI; each view is made from their types
//! in the file that defines it. Fields that may be `null` are always present; a field
//! that may be absent is said to be so.

mod alignment;
mod delivery;
mod estimated;
mod item;
mod lagged;
mod of_alignment;
mod of_compare;
mod of_comparison;
mod of_delivery;
mod of_foundation;
mod of_stats;
mod reference;
mod tested;
mod text;

pub use alignment::{
    AlignmentView, Correlation, Cut, CutOrigin, Cuts, DifferenceOfMeans, Finding, Headline,
    MeasureRef, NonResponse, Quadrant, QuadrantCounts, SideName, SideSummary, SideValue, Slopes,
    UnitAlignment, Weights,
};
pub use delivery::{
    Autocorrelation, BaselineView, CapabilityView, ControlChartView, ControlPoint, DeviationView,
    FalseAlarms, OutcomeWord, ProtectionView, QuantileView, RefusedChart, SegmentView, SignalView,
    StandardRef, VerdictView, VersionMark,
};
pub use estimated::{Change, Estimated, HiddenReason, Interval, Reason, Trend, TrendPoint};
pub use item::{ItemRef, ItemScale};
pub use lagged::{Coefficient, Lagged, LaggedPath, LaggedRegression};
pub use of_delivery::ChartParts;
pub use reference::{
    AttributeRef, AttributeValueRef, CovariateRef, Direction, Granularity, IndicatorKind,
    IndicatorRef, LevelRef, PartyRef, PartyRole, PartySide, PeriodRef, Scale, UnitRef,
};
pub use tested::{Comparison, Test};
pub use text::Text;
