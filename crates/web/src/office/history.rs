//! What was agreed before: requirements of standards, and where units stood.
//!
//! Invariant: an answer is judged by the version in force on its own day, and rolls up to
//! the parent that its unit had on that day. Absent on purpose: everything else that was
//! ever agreed; the registry keeps it.

use std::collections::BTreeSet;

use evenkeel_foundation::{Foundation, ObjectKind, Requirement, StandardId, Unit, UnitTree};
use evenkeel_measure::History;
use evenkeel_registry::Registry;
use jiff::civil::Date;

use super::OfficeError;

/// Reads the history that answers of `foundation` depend on.
pub(super) async fn load(
    registry: &Registry,
    foundation: &Foundation,
) -> Result<History, OfficeError> {
    let mut history = History::of(foundation);
    let changed: Vec<_> = registry
        .list_latest_versions()
        .await?
        .into_iter()
        .filter(|latest| latest.version > 1)
        .collect();
    for latest in changed
        .iter()
        .filter(|latest| latest.kind == ObjectKind::Standard)
    {
        let Ok(standard) = StandardId::parse(&latest.id) else {
            continue;
        };
        if !foundation.standards.contains_key(&standard) {
            continue;
        }
        let requirements: Vec<(Date, Requirement)> = registry
            .standard_versions(&standard)
            .await?
            .into_iter()
            .filter(|version| !version.retired)
            .map(|version| {
                let from = version.valid_from.unwrap_or(Date::MIN);
                (from, version.standard.requirement)
            })
            .collect();
        history = history.with_requirements(standard, requirements);
    }
    let mut moved: Vec<Vec<(Date, Unit)>> = Vec::new();
    for latest in changed
        .iter()
        .filter(|latest| latest.kind == ObjectKind::Unit)
    {
        let versions: Vec<(Date, Unit)> = registry
            .list_versions(ObjectKind::Unit, &latest.id)
            .await?
            .into_iter()
            .filter(|version| !version.retired)
            .filter_map(|version| {
                let unit: Unit = serde_json::from_value(version.content).ok()?;
                Some((version.valid_from.unwrap_or(Date::MIN), unit))
            })
            .collect();
        let parents: BTreeSet<_> = versions.iter().map(|(_, unit)| &unit.parent).collect();
        if parents.len() > 1 {
            moved.push(versions);
        }
    }
    Ok(history.with_trees(trees(foundation, &moved)))
}

/// The tree from each day on which some unit moved; none where none ever did.
fn trees(foundation: &Foundation, moved: &[Vec<(Date, Unit)>]) -> Vec<(Date, UnitTree)> {
    let days: BTreeSet<Date> = moved
        .iter()
        .flat_map(|versions| versions.iter().map(|(from, _)| *from))
        .collect();
    days.into_iter()
        .filter_map(|day| {
            let mut units = foundation.units.clone();
            for versions in moved {
                let in_force = versions.iter().rev().find(|(from, _)| *from <= day);
                let (_, unit) = in_force.or(versions.first())?;
                if units.contains_key(&unit.id) {
                    units.insert(unit.id.clone(), unit.clone());
                }
            }
            let levels = foundation
                .organisation
                .levels
                .iter()
                .map(|level| level.id.clone());
            let zone = &foundation.organisation.time_zone;
            // Two moves that were never in force together may close a circle; the tree in
            // force stands in for that stretch of time.
            let tree = UnitTree::new(units.into_values(), levels, zone)
                .unwrap_or_else(|_| foundation.tree());
            Some((day, tree))
        })
        .collect()
}
