//! Delivery against what was promised: verdicts, control charts, consistency, deviations.
//!
//! Invariant: looks that were chosen for convenience get no verdict and stand in no chart unless
//! somebody asks, and then it is said. Units are never ranked; a team of fewer people than may be
//! told apart is shown by week and one level up ([`Teams`]).
//! Absent on purpose: single looks, and drawing.

mod capability;
pub mod chart;
mod consistency;
mod deviations;
mod drafts;
mod looks;
mod on_top;
mod teams;
mod verdict;

pub use capability::{Capable, NoIndices, capable};
pub use chart::{
    Ask, Because, Before, ChartInput, ChartKind, ControlChart, Events, NotPossible, Of, chart,
    series_chart,
};
pub use consistency::consistency;
pub use deviations::{Deviation, DeviationCount, pareto};
pub use drafts::{Draft, RECENT_POINTS, drafts};
pub use looks::{Baseline, Chosen, Edition, LookCell, edition_on, pooled};
pub use on_top::{OnTop, on_top};
pub use teams::{Protection, Teams};
pub use verdict::{DeliveryVerdict, NoVerdict, Outcome, VERDICT_LEVEL, verdict};
