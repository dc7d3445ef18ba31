//! Delivery: questions about looks, judged by `compare`, as the API says them.
//!
//! Invariant: what is asked of a small team is answered for the unit above it, by week, and says so.
//! Absent on purpose: single looks, but for those with a photo, where so many people work that they
//! are about none of them.

mod chart;
mod consistency;
mod deviations;
mod drafts;
mod extras;
mod indicator;
mod photos;
mod reassessed;
mod register;
mod verdicts;

pub use chart::{ChartAsked, control_chart};
pub use consistency::consistency;
pub use deviations::deviations;
pub use drafts::open_drafts_after;
pub use extras::extras;
pub use indicator::{IndicatorChartAsked, indicator_chart};
pub use photos::photos;
pub use reassessed::{kept_share, protected};
pub use register::register;
pub use verdicts::verdicts;

use evenkeel_compare::delivery::{Chosen, LookCell, Protection, Teams};
use evenkeel_foundation::{Foundation, Granularity, INTERNAL_MINIMUM_N, Period, Unit, UnitId};
use evenkeel_measure::LooksCell;

use crate::api::view::ProtectionView;

/// Which teams are small, by what is agreed now.
pub fn teams(foundation: &Foundation) -> Teams {
    Teams::of(&foundation.tree(), INTERNAL_MINIMUM_N)
}

/// A counted cell as it is judged; looks without a known way of choosing were chosen for
/// convenience, as far as anybody can tell.
fn look_cell(cell: &LooksCell) -> LookCell {
    LookCell {
        period: cell.period.unwrap_or_else(Period::all),
        version: cell.version,
        chosen: Chosen::parse(&cell.chosen).unwrap_or(Chosen::Convenience),
        looks: cell.looks,
    }
}

/// The unit whose delivery is shown.
fn shown_unit<'a>(foundation: &'a Foundation, protection: &Protection) -> Option<&'a Unit> {
    let id = protection.unit.as_ref()?;
    foundation.units.get(id)
}

/// What is said of it, where it is not what was asked for.
fn protection_view(
    protection: &Protection,
    asked: Option<&UnitId>,
    granularity: Granularity,
) -> Option<ProtectionView> {
    let reason = match (protection.small_team, protection.people_not_known) {
        (Some(_), _) => "small_team",
        (None, true) => "people_not_known",
        (None, false) => return None,
    };
    Some(ProtectionView {
        reason: reason.to_owned(),
        minimum: protection.small_team.unwrap_or(INTERNAL_MINIMUM_N),
        asked_unit: asked.map(ToString::to_string),
        asked_by: granularity.into(),
    })
}
