//! How delivery of a standard deviates, and what comes on top.

use evenkeel_compare::delivery::{DeviationCount, pareto};
use evenkeel_foundation::{Foundation, Granularity, Standard, UnitId};
use evenkeel_measure::{Way, Window};
use jiff::civil::Date;

use super::{protection_view, shown_unit, teams};
use crate::answers::{AnswerError, LEVEL};
use crate::api::standards::deviations::DeviationsView;
use crate::api::view::{DeviationView, StandardRef, UnitRef};
use crate::office::Office;

/// Counts ways, largest first.
pub async fn deviations(
    office: &Office,
    foundation: &Foundation,
    standard: &Standard,
    unit: Option<&UnitId>,
    (from, to): (Option<Date>, Option<Date>),
    convenience: bool,
) -> Result<DeviationsView, AnswerError> {
    let protection = teams(foundation).protect(unit, Granularity::All);
    let window = Window {
        by: Vec::new(),
        from,
        to,
        under: protection.unit.clone(),
    };
    let ways = office
        .ways(&standard.id, &window, Granularity::All, convenience)
        .await?;
    let snapshot = ways.snapshot;
    let mut deviated = ways.deviations;
    // That too few points were there follows from the points that were missed, which say more.
    if deviated.iter().any(|way| way.kind == "item_missed") {
        deviated.retain(|way| way.kind != "share_too_low");
    }
    let lines = |ways: Vec<Way>, n: u64| -> Vec<DeviationView> {
        let counts = ways.into_iter().map(|way| DeviationCount {
            kind: way.kind,
            naming: way.naming,
            count: way.count,
            looks: way.looks,
        });
        let lines = pareto(counts.collect(), n, LEVEL, &snapshot);
        lines.into_iter().map(DeviationView::from).collect()
    };
    Ok(DeviationsView {
        standard: StandardRef::new(foundation, standard),
        unit: shown_unit(foundation, &protection).map(UnitRef::from),
        protection: protection_view(&protection, unit, Granularity::All),
        looks: ways.n,
        deviated: ways.deviated,
        deviations: lines(deviated, ways.n),
        extras: lines(ways.extras, ways.all),
        reasons: lines(ways.reasons, ways.deviated),
        snapshot: snapshot.clone(),
    })
}
