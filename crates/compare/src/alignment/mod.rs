//! An internal and an external indicator over units and periods.
//!
//! Question: when employees fare better, do customers too? Within a unit over time is the
//! headline; with one period it is undefined and the figure between units takes its place.
//!
//! Invariant: units are never ranked, and a unit is placed in a quadrant only when both of its
//! intervals, at a level that holds for all units together, clear their cut lines. Hidden cells
//! enter no figure over units.
//! Absent on purpose: cause, and lags that were searched for (they need differenced series and
//! declared lags).

mod cells;
mod correlations;
mod findings;
mod lagged;
mod placement;
mod request;
mod result;

pub use lagged::{Lagged, LaggedPath, Regression, RegressionView};
pub use request::{AlignmentCell, AlignmentRequest, ResponseRate, Subject};
pub use result::{
    Alignment, CorrelationView, Counts, Cut, CutOrigin, Finding, Headline, NonResponse, SideName,
    SideValue, SlopesView, Standing, Summary, UnitAlignment, Weights,
};

use evenkeel_stats::alignment as link;

/// Aligns two indicators (or an indicator and a covariate).
///
/// Never fails: what cannot be computed says why.
pub fn align(request: &AlignmentRequest<'_>) -> Alignment {
    let cells = cells::Cells::of(request);
    let figures = correlations::Figures::of(&cells, request);
    let placed = placement::place_units(request);
    let headline = if figures.within.is_defined() {
        Headline::Within
    } else {
        Headline::Between
    };
    let lagged = lagged::lagged(request);
    let findings = findings::findings(request, &figures, &placed, lagged.as_ref(), headline);
    Alignment {
        internal: request.internal.id().to_owned(),
        external: request.external.id().to_owned(),
        snapshot: request.snapshot.to_owned(),
        headline,
        within: figures.within,
        within_weighted: figures.within_weighted,
        between: figures.between,
        between_weighted: figures.between_weighted,
        corrected_for_attenuation: figures.corrected,
        slopes: figures.slopes,
        lagged,
        internal_summary: figures.internal_summary,
        external_summary: figures.external_summary,
        difference: figures.difference,
        nonresponse: figures.nonresponse,
        cells_left_out: cells.left_out,
        internal_cut: placed.internal_cut,
        external_cut: placed.external_cut,
        interval_level: placed.interval_level,
        units_compared: placed.units_compared,
        counts: placed.counts,
        units: placed.units,
        findings,
    }
}

/// Quadrant of stats as a standing of a unit.
impl From<link::Quadrant> for Standing {
    fn from(quadrant: link::Quadrant) -> Self {
        match quadrant {
            link::Quadrant::Both => Self::Both,
            link::Quadrant::CustomersOnly => Self::CustomersOnly,
            link::Quadrant::EmployeesOnly => Self::EmployeesOnly,
            link::Quadrant::Neither => Self::Neither,
            link::Quadrant::Undecided => Self::Undecided,
        }
    }
}
