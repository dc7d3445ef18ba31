//! Indicators, covariates and invitations: what a question asks to be counted.
//!
//! Invariant: an [`Asked`] holds no name that the foundation does not have.
//! Absent on purpose: running it, which is `run`.

mod composite;
mod rows;
mod run;

use std::collections::BTreeSet;

use evenkeel_facts::Table;
use evenkeel_foundation::{Foundation, Indicator, IndicatorId, IndicatorKind, PartyId};

use crate::error::MeasureError;
use crate::history::History;
use crate::leaf::{Leaf, Outside};
use crate::question::{Question, Subject};

pub use run::run;

/// Composites may contain composites so deep.
const DEPTH_MAX: usize = 4;

/// A question whose names were looked up.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// One leaf.
    Leaf(Leaf),
    /// Several parts, in order.
    Composite(Vec<(IndicatorId, Asked)>),
    /// Numbers without n: averaged, not added.
    Covariate(Leaf),
}

impl Asked {
    /// The tables that it needs.
    pub fn tables(&self) -> BTreeSet<Table> {
        let mut tables = BTreeSet::from([Table::Aggregates]);
        self.add_tables(&mut tables);
        tables
    }

    fn add_tables(&self, tables: &mut BTreeSet<Table>) {
        match self {
            Self::Leaf(leaf) | Self::Covariate(leaf) => tables.extend(leaf.table.clone()),
            Self::Composite(parts) => parts.iter().for_each(|(_, part)| part.add_tables(tables)),
        }
    }
}

/// Looks up what a question names.
pub fn resolve(
    foundation: &Foundation,
    history: &History,
    question: &Question,
) -> Result<Asked, MeasureError> {
    match &question.subject {
        Subject::Indicator(id) => {
            let indicator = find(foundation, id)?;
            resolve_indicator(foundation, history, indicator, 0)
        }
        Subject::Covariate(id) => {
            foundation
                .covariate(id)
                .ok_or_else(|| MeasureError::Unknown {
                    kind: "covariate",
                    id: id.to_string(),
                    known: foundation
                        .covariates
                        .keys()
                        .map(ToString::to_string)
                        .collect(),
                })?;
            let outside = Outside::about("covariate", id.as_str());
            Ok(Asked::Covariate(Leaf::only_outside(outside)))
        }
        Subject::Invitations(party) => Ok(Asked::Leaf(Leaf::only_outside(Outside {
            subjects: instruments_of(foundation, party)?,
            ..Outside::about("invitations", party.as_str())
        }))),
    }
}

fn find<'a>(foundation: &'a Foundation, id: &IndicatorId) -> Result<&'a Indicator, MeasureError> {
    foundation
        .indicator(id)
        .ok_or_else(|| MeasureError::Unknown {
            kind: "indicator",
            id: id.to_string(),
            known: foundation
                .indicators
                .keys()
                .map(ToString::to_string)
                .collect(),
        })
}

fn resolve_indicator(
    foundation: &Foundation,
    history: &History,
    indicator: &Indicator,
    depth: usize,
) -> Result<Asked, MeasureError> {
    let IndicatorKind::Composite { of } = &indicator.kind else {
        return Leaf::of(foundation, history, indicator).map(Asked::Leaf);
    };
    if depth >= DEPTH_MAX {
        return Err(MeasureError::Nested {
            indicator: indicator.id.to_string(),
            allowed: DEPTH_MAX,
        });
    }
    let parts = of.iter().map(|id| {
        let part = find(foundation, id)?;
        let asked = resolve_indicator(foundation, history, part, depth + 1)?;
        Ok((id.clone(), asked))
    });
    Ok(Asked::Composite(
        parts.collect::<Result<_, MeasureError>>()?,
    ))
}

fn instruments_of(
    foundation: &Foundation,
    party: &PartyId,
) -> Result<BTreeSet<String>, MeasureError> {
    foundation
        .party(party)
        .ok_or_else(|| MeasureError::Unknown {
            kind: "party",
            id: party.to_string(),
            known: foundation.parties.keys().map(ToString::to_string).collect(),
        })?;
    let of_party = foundation
        .instruments
        .values()
        .filter(|i| i.party == *party);
    Ok(of_party
        .map(|instrument| instrument.id.to_string())
        .collect())
}
