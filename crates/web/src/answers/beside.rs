//! The released cells beside products of employees' answers.
//!
//! Invariant: every item has an indicator whose cell is looked at; an item that no indicator is
//! about is in no release, and counts as not released. For parties that are not protected there is
//! nothing to look at. A cell counts only while the tables hold the very answers that it froze.

use std::collections::BTreeMap;

use evenkeel_compare::Passed;
use evenkeel_compare::gate::{is_protected, is_protected_party};
use evenkeel_foundation::{
    Foundation, Indicator, IndicatorKind, Instrument, ItemId, LevelId, UnitId,
};
use evenkeel_measure::{By, Question, Subject, Window};

use super::{AnswerError, gated};
use crate::office::Office;

/// The protected indicators about an item.
pub fn about<'a>(
    foundation: &'a Foundation,
    instrument: &'a Instrument,
    item: &'a ItemId,
) -> impl Iterator<Item = &'a Indicator> {
    foundation.indicators.values().filter(move |indicator| {
        indicator.kind.item() == Some((&instrument.id, item)) && is_protected(foundation, indicator)
    })
}

/// The indicator that is the mean of an item, if there is one.
pub fn mean_of<'a>(
    foundation: &'a Foundation,
    instrument: &'a Instrument,
    item: &'a ItemId,
) -> Option<&'a Indicator> {
    about(foundation, instrument, item)
        .find(|indicator| matches!(indicator.kind, IndicatorKind::Mean { .. }))
}

/// The cells of the window's unit and period.
pub async fn whole(
    office: &Office,
    foundation: &Foundation,
    instrument: &Instrument,
    items: &[ItemId],
    window: &Window,
) -> Result<Vec<Passed>, AnswerError> {
    if !is_protected_party(foundation, &instrument.party) {
        return Ok(Vec::new());
    }
    let mut beside = Vec::new();
    for item in items {
        let before = beside.len();
        for indicator in about(foundation, instrument, item) {
            let found = ask(office, foundation, indicator, Vec::new(), window).await?;
            beside.extend(found.cells.into_iter().map(|cell| cell.passed));
        }
        if beside.len() == before {
            beside.push(Passed::not_released());
        }
    }
    Ok(beside)
}

/// The same by unit of a level; a unit that lacks a cell of some indicator is not released.
pub async fn by_unit(
    office: &Office,
    foundation: &Foundation,
    instrument: &Instrument,
    items: &[ItemId],
    (level, window): (&LevelId, &Window),
) -> Result<BTreeMap<UnitId, Vec<Passed>>, AnswerError> {
    let mut beside: BTreeMap<UnitId, Vec<Passed>> = BTreeMap::new();
    if !is_protected_party(foundation, &instrument.party) {
        return Ok(beside);
    }
    let mut indicators = 0;
    for item in items {
        for indicator in about(foundation, instrument, item) {
            indicators += 1;
            let by = vec![By::Unit(Some(level.clone()))];
            let found = ask(office, foundation, indicator, by, window).await?;
            for cell in found.cells {
                if let Some(unit) = cell.unit {
                    beside.entry(unit).or_default().push(cell.passed);
                }
            }
        }
    }
    beside.retain(|_, cells| cells.len() == indicators);
    Ok(beside)
}

async fn ask(
    office: &Office,
    foundation: &Foundation,
    indicator: &Indicator,
    by: Vec<By>,
    window: &Window,
) -> Result<gated::Gated, AnswerError> {
    let question = Question {
        by,
        from: window.from,
        to: window.to,
        under: window.under.clone(),
        ..Question::of(Subject::Indicator(indicator.id.clone()))
    };
    let mut frozen = gated::ask(office, foundation, &question).await?;
    let now = office.ask_facts(foundation, &question).await?;
    let counted: BTreeMap<_, _> = now
        .cells
        .iter()
        .map(|cell| (cell.unit.as_ref(), cell.counted()))
        .collect();
    for cell in &mut frozen.cells {
        let live = counted.get(&cell.unit.as_ref());
        cell.passed = cell.passed.clone().renewed(live, &now.snapshot);
    }
    Ok(frozen)
}
