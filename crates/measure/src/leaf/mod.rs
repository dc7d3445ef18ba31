//! From an indicator that is no composite to what has to be counted.
//!
//! Invariant: a [`Leaf`] says everything that a scan and the reading of its result need; neither
//! looks at the indicator again.

mod count;
mod reading;

use std::collections::BTreeSet;

use evenkeel_facts::{Table, item_column};
use evenkeel_foundation::{Foundation, Indicator, IndicatorKind, InstrumentId, ItemId, StandardId};

use crate::error::MeasureError;
use crate::history::History;
use crate::tally::{Coding, Only};
use reading::{allowed, reading};

pub use count::WEIGHT;
pub use reading::{Reading, Worth};

/// Something that is counted in one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// Rows of this table count; `None` for figures that only come from outside.
    pub table: Option<Table>,
    /// Which rows of it.
    pub only: Vec<Only>,
    /// The column.
    pub column: String,
    /// How its values are counted.
    pub reading: Reading,
    /// What figures from outside have to be about.
    pub outside: Outside,
}

/// Which figures from outside belong to a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// `item`, `standard`, `figure`, `covariate`, `invitations`.
    pub subject_kind: &'static str,
    /// Ids of the subjects.
    pub subjects: BTreeSet<String>,
    /// Instrument of an item.
    pub instrument: Option<String>,
    /// Only figures of this party, or of none in particular.
    pub party: Option<String>,
    /// Labels that count as hits, for shares.
    pub labels: BTreeSet<String>,
}

impl Outside {
    /// Figures about one subject.
    pub fn about(subject_kind: &'static str, subject: &str) -> Self {
        Self {
            subject_kind,
            subjects: BTreeSet::from([subject.to_owned()]),
            instrument: None,
            party: None,
            labels: BTreeSet::new(),
        }
    }
}

impl Leaf {
    /// Of an indicator that is no composite.
    pub fn of(
        foundation: &Foundation,
        history: &History,
        indicator: &Indicator,
    ) -> Result<Self, MeasureError> {
        if let Some((instrument, item)) = indicator.kind.item() {
            return Self::of_item(foundation, indicator, instrument, item);
        }
        match &indicator.kind {
            IndicatorKind::Conformance { standard } => Ok(Self::conformance(standard)),
            IndicatorKind::WithinTarget { standard } => {
                let limits = history.limits(standard).map_err(|kind| match kind {
                    Some(kind) => MeasureError::NoLimits {
                        indicator: indicator.id.to_string(),
                        standard: standard.to_string(),
                        kind,
                    },
                    None => unknown("standard", standard.as_str()),
                })?;
                Ok(Self {
                    table: Some(Table::Observations),
                    only: vec![only("standard", standard.as_str())],
                    column: "value".to_owned(),
                    reading: Reading::Hits {
                        coding: Coding::Judged { limits },
                        hits: vec![false, true],
                    },
                    outside: Outside::about("standard", standard.as_str()),
                })
            }
            IndicatorKind::Rate { figure } => {
                Ok(Self::only_outside(Outside::about("figure", figure)))
            }
            _ => Err(MeasureError::Nested {
                indicator: indicator.id.to_string(),
                allowed: 1,
            }),
        }
    }

    /// The share of looks at a standard that kept it.
    pub fn conformance(standard: &StandardId) -> Self {
        Self {
            table: Some(Table::Observations),
            only: vec![only("standard", standard.as_str())],
            column: "kept".to_owned(),
            reading: Reading::Hits {
                coding: Coding::Truth,
                hits: vec![false, true],
            },
            outside: Outside::about("standard", standard.as_str()),
        }
    }

    /// Figures that no row stands behind.
    pub fn only_outside(outside: Outside) -> Self {
        Self {
            table: None,
            only: Vec::new(),
            column: String::new(),
            reading: Reading::OnlyOutside,
            outside,
        }
    }

    fn of_item(
        foundation: &Foundation,
        indicator: &Indicator,
        instrument: &InstrumentId,
        item: &ItemId,
    ) -> Result<Self, MeasureError> {
        let of = foundation
            .instrument(instrument)
            .ok_or_else(|| unknown("instrument", instrument.as_str()))?;
        let found = of
            .item(item.as_str())
            .ok_or_else(|| MeasureError::Unknown {
                kind: "item",
                id: format!("{instrument}.{item}"),
                known: of.items.iter().map(|item| item.id.to_string()).collect(),
            })?;
        let reading = reading(indicator, found).ok_or_else(|| MeasureError::WrongScale {
            subject: format!("indicator {}", indicator.id),
            kind: indicator.kind.as_str(),
            item: format!("{instrument}.{item}"),
            scale: found.scale.to_string(),
            allowed: allowed(&indicator.kind),
        })?;
        let mut outside = Outside::about("item", item.as_str());
        outside.instrument = Some(instrument.to_string());
        if let IndicatorKind::Share { values, .. } = &indicator.kind {
            outside.labels = values.iter().cloned().collect();
        }
        // An instrument asks one party; only where the indicator is of another one do rows differ.
        let party = indicator.party.as_ref().filter(|party| **party != of.party);
        outside.party = indicator.party.as_ref().map(ToString::to_string);
        Ok(Self {
            table: Some(Table::Responses(instrument.clone())),
            only: party
                .iter()
                .map(|party| only("party", party.as_str()))
                .collect(),
            column: item_column(item.as_str()),
            reading,
            outside,
        })
    }
}

fn only(column: &str, value: &str) -> Only {
    Only {
        column: column.to_owned(),
        values: BTreeSet::from([value.to_owned()]),
    }
}

fn unknown(kind: &'static str, id: &str) -> MeasureError {
    MeasureError::Unknown {
        kind,
        id: id.to_owned(),
        known: Vec::new(),
    }
}
