//! Verdicts by standard and unit: where is which promise kept?
//!
//! Invariant: units come in the order of the tree, standards in order of id; nothing is sorted by
//! what it shows.

use std::collections::BTreeMap;

use evenkeel_compare::delivery::{DeliveryVerdict, LookCell, verdict};
use evenkeel_foundation::{Foundation, LevelId, Period, StandardId, UnitId, UnitTree};
use evenkeel_measure::{By, LookQuestion, Window};

use super::{look_cell, teams};
use crate::access::Scope;
use crate::answers::{AnswerError, LEVEL};
use crate::api::standards::verdicts::{VerdictCell, VerdictsView};
use crate::api::view::{PeriodRef, StandardRef, UnitRef};
use crate::office::{KnownStandard, Office};

/// Judges every standard in every unit of a level, in one period.
pub async fn verdicts(
    office: &Office,
    foundation: &Foundation,
    standards: Vec<KnownStandard>,
    (level, period): (&LevelId, Period),
    under: Option<UnitId>,
) -> Result<VerdictsView, AnswerError> {
    let ids = standards.iter().map(|known| known.standard.id.clone());
    let counted = office
        .looks(&LookQuestion {
            standards: ids.collect(),
            window: Window {
                by: vec![
                    By::Unit(Some(level.clone())),
                    By::Period(period.granularity()),
                ],
                from: Some(period.start()),
                to: Some(period.end()),
                under: under.clone(),
            },
        })
        .await?;
    let mut of: BTreeMap<(StandardId, UnitId), Vec<LookCell>> = BTreeMap::new();
    for cell in &counted.cells {
        if let Some(unit) = &cell.unit {
            let key = (cell.standard.clone(), unit.clone());
            of.entry(key).or_default().push(look_cell(cell));
        }
    }
    let tree = foundation.tree();
    let existing = tree.units_at_level_between(level, period.start(), period.end());
    let within = under.map_or(Scope::Everything, |unit| Scope::Units(vec![unit]));
    let units: Vec<UnitId> = in_order(&tree)
        .into_iter()
        .filter(|unit| existing.contains(unit) && within.contains(foundation, unit))
        .collect();
    let teams = teams(foundation);
    let snapshot = &counted.snapshot;
    let mut cells = Vec::new();
    for known in &standards {
        for unit in &units {
            let key = (known.standard.id.clone(), unit.clone());
            let Some(looks) = of.get(&key) else { continue };
            let found = if teams.is_hidden(unit) {
                DeliveryVerdict::of_small_team(teams.minimum(), snapshot)
            } else {
                verdict(looks, &known.editions, LEVEL, snapshot)
            };
            cells.push(VerdictCell {
                standard: known.standard.id.to_string(),
                unit: unit.to_string(),
                verdict: found.into(),
            });
        }
    }
    let refs = units.iter().filter_map(|id| foundation.units.get(id));
    Ok(VerdictsView {
        level: level.to_string(),
        period: PeriodRef::from(&period),
        standards: standards
            .iter()
            .map(|known| StandardRef::new(foundation, &known.standard))
            .collect(),
        units: refs.map(UnitRef::from).collect(),
        cells,
        snapshot: counted.snapshot,
    })
}

/// Units from the roots down, each before its children, siblings in order of id.
fn in_order(tree: &UnitTree) -> Vec<UnitId> {
    let is_root = |parent: &Option<UnitId>| {
        parent
            .as_ref()
            .is_none_or(|parent| tree.unit(parent).is_none())
    };
    let roots = tree.units().filter(|unit| is_root(&unit.parent));
    let mut to_visit: Vec<UnitId> = roots.map(|unit| unit.id.clone()).collect();
    to_visit.reverse();
    let mut order = Vec::new();
    while let Some(unit) = to_visit.pop() {
        to_visit.extend(tree.children_ever(&unit).iter().rev().cloned());
        order.push(unit);
    }
    order
}
