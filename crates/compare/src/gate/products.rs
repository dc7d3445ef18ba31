//! Products of several items on their way through the gate: what drivers and reliability are made
//! of.
//!
//! A release holds no products. Those of employees pass only where everything about the same
//! answers is shown already: every cell beside them (same unit, same period) is released, and the
//! tables have not changed since. What is then computed is a figure about a group that is shown,
//! from the very answers that are shown.
//!
//! Invariant: of units only those pass that are shown themselves, so that no figure over units
//! tells a hidden one.
//! Absent on purpose: customers. Their products pass as they are.

use evenkeel_foundation::{Foundation, PartyId};
use evenkeel_stats::CoMoments;

use super::passed::{Passed, is_protected_party};
use crate::estimate::HiddenReason;

/// Products in replicates, or why they may not be shown.
#[derive(Debug, Clone)]
pub struct PassedProducts {
    state: Result<Replicated, HiddenReason>,
}

#[derive(Debug, Clone)]
pub(crate) struct Replicated {
    pub parts: Vec<CoMoments>,
    pub respondents: u64,
}

impl PassedProducts {
    /// Products of answers of a party, from these tables; `beside` are the released cells of the
    /// indicators about the same items, in the same unit and period.
    pub fn of(
        foundation: &Foundation,
        party: &PartyId,
        (parts, respondents): (Vec<CoMoments>, u64),
        (tables, beside): (&str, &[Passed]),
    ) -> Self {
        let state = may_pass(foundation, party, tables, beside);
        Self {
            state: state.map(|()| Replicated { parts, respondents }),
        }
    }

    pub(crate) fn replicated(&self) -> Result<&Replicated, &HiddenReason> {
        self.state.as_ref()
    }
}

/// Products by unit, of the units that may be shown.
#[derive(Debug, Clone)]
pub struct PassedUnits {
    state: Result<ByUnit, HiddenReason>,
}

#[derive(Debug, Clone)]
pub(crate) struct ByUnit {
    pub units: Vec<CoMoments>,
    pub respondents: u64,
}

impl PassedUnits {
    /// Products by unit, each with the released cells of that unit; `beside` are those of all
    /// units together.
    pub fn of(
        foundation: &Foundation,
        party: &PartyId,
        (units, respondents): (Vec<(CoMoments, Vec<Passed>)>, u64),
        (tables, beside): (&str, &[Passed]),
    ) -> Self {
        let state = may_pass(foundation, party, tables, beside).map(|()| {
            let shown = units
                .into_iter()
                .filter(|(_, cells)| may_pass(foundation, party, tables, cells).is_ok());
            ByUnit {
                units: shown.map(|(products, _)| products).collect(),
                respondents,
            }
        });
        Self { state }
    }

    pub(crate) fn by_unit(&self) -> Result<&ByUnit, &HiddenReason> {
        self.state.as_ref()
    }
}

fn may_pass(
    foundation: &Foundation,
    party: &PartyId,
    tables: &str,
    beside: &[Passed],
) -> Result<(), HiddenReason> {
    if !is_protected_party(foundation, party) {
        return Ok(());
    }
    if beside.is_empty() {
        return Err(HiddenReason::NotReleased);
    }
    for cell in beside {
        cell.counted().map_err(Clone::clone)?;
        if !cell.snapshot().is_some_and(|frozen| holds(frozen, tables)) {
            return Err(HiddenReason::NotReleased);
        }
    }
    Ok(())
}

/// Whether what was frozen was frozen from these versions of the tables (`a@1+b@2`).
fn holds(frozen: &str, tables: &str) -> bool {
    let mut tables = tables.split('+').filter(|table| !table.is_empty());
    tables.all(|table| frozen.split('+').any(|known| known == table))
}

#[cfg(test)]
mod tests {
    use super::*;
    use evenkeel_stats::{Counted, Statistics};
    use std::sync::Arc;

    fn foundation() -> (Foundation, PartyId) {
        let party =
            serde_json::json!({"id": "employee", "title": "e", "side": "internal", "minimum_n": 5});
        let foundation = serde_json::json!({
            "organisation": {"name": "x", "languages": ["en"], "time_zone": "UTC", "levels": [], "minimum_n": 5},
            "parties": {"employee": party}, "attributes": {}, "units": {}, "teams": {},
            "touchpoints": {}, "mirrors": {}, "covariates": {}, "standards": {},
            "instruments": {}, "indicators": {},
        });
        let party = PartyId::parse("employee").unwrap();
        (serde_json::from_value(foundation).unwrap(), party)
    }

    fn shown(snapshot: &str) -> Passed {
        let counted = Counted::from(Statistics::Share { hits: 3.0, n: 9 });
        Passed::frozen(counted, Arc::from(snapshot))
    }

    #[test]
    fn only_what_is_shown_from_the_same_tables_passes() {
        let (foundation, party) = foundation();
        let pass = |beside: &[Passed]| {
            let products = (vec![CoMoments::new(2)], 9);
            let found =
                PassedProducts::of(&foundation, &party, products, ("responses_pulse@4", beside));
            found.replicated().err().cloned()
        };
        let hidden = Passed::hidden(HiddenReason::Subtractable);
        assert_eq!(pass(&[]), Some(HiddenReason::NotReleased));
        assert_eq!(pass(&[shown("aggregates@1+responses_pulse@4")]), None);
        assert_eq!(
            pass(&[shown("responses_pulse@3")]),
            Some(HiddenReason::NotReleased)
        );
        assert_eq!(
            pass(&[shown("responses_pulse@4"), hidden]),
            Some(HiddenReason::Subtractable)
        );
    }

    #[test]
    fn a_hidden_unit_is_in_no_figure_over_units() {
        let (foundation, party) = foundation();
        let hidden = Passed::hidden(HiddenReason::BelowMinimumN { minimum_n: 5 });
        let now = "responses_pulse@4";
        let unit = |cell: Passed| (CoMoments::new(1), vec![cell]);
        let units = vec![
            unit(shown(now)),
            unit(hidden),
            unit(shown("responses_pulse@2")),
        ];
        let found = PassedUnits::of(&foundation, &party, (units, 20), (now, &[shown(now)]));
        assert_eq!(found.by_unit().unwrap().units.len(), 1);
    }
}
