//! What a row says as numbers: items, and what an answer is worth to an indicator.
//!
//! Invariant: the number of an indicator averages to its value: −1, 0, 1 for a net promoter score,
//! 0 or 1 for shares. An item's number is its answer; of a choice the place of the word.
//! Absent on purpose: composites. Their parts are variables of their own.

use evenkeel_facts::{Table, item_column};
use evenkeel_foundation::{Foundation, IndicatorId, Instrument, InstrumentId, Item, ItemId, Scale};

use crate::error::MeasureError;
use crate::history::History;
use crate::items::{coded, instrument, item, scored};
use crate::leaf::Leaf;
use crate::tally::{JointPart, Only, PartValue};

/// One number of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variable {
    /// The answer to an item.
    Item(ItemId),
    /// What the answer is worth to an indicator over an item of the same instrument.
    Indicator(IndicatorId),
}

/// Variables of one instrument, looked up.
pub(crate) struct Variables<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// How each is read, in the order asked for.
    pub parts: Vec<JointPart>,
    /// Rows that count for an indicator among them.
    pub only: Vec<Only>,
}

impl<'a> Variables<'a> {
    /// Looks up variables.
    ///
    /// Errors: an unknown name; a scale that has no number; an indicator of another instrument.
    pub fn of(
        foundation: &'a Foundation,
        id: &InstrumentId,
        variables: &[Variable],
    ) -> Result<Self, MeasureError> {
        let instrument = instrument(foundation, id)?;
        let mut only: Vec<Only> = Vec::new();
        let mut parts = Vec::with_capacity(variables.len());
        for variable in variables {
            match variable {
                Variable::Item(id) => parts.push(part(instrument, item(instrument, id)?)?),
                Variable::Indicator(id) => {
                    let leaf = leaf(foundation, instrument, id)?;
                    parts.push(leaf.joint_part().ok_or_else(|| wrong(id, instrument))?);
                    for one in leaf.only {
                        if !only.contains(&one) {
                            only.push(one);
                        }
                    }
                }
            }
        }
        Ok(Self {
            instrument,
            parts,
            only,
        })
    }

    /// The table of the responses.
    pub fn table(&self) -> Table {
        Table::Responses(self.instrument.id.clone())
    }
}

/// An item as it is read in a joint count.
pub(crate) fn part(instrument: &Instrument, item: &Item) -> Result<JointPart, MeasureError> {
    let value = match &item.scale {
        Scale::Number { .. } => PartValue::Real,
        _ => coded(scored(item, "product", instrument)?),
    };
    Ok(JointPart {
        column: item_column(item.id.as_str()),
        value,
    })
}

fn leaf(
    foundation: &Foundation,
    instrument: &Instrument,
    id: &IndicatorId,
) -> Result<Leaf, MeasureError> {
    let indicator = foundation
        .indicator(id)
        .ok_or_else(|| MeasureError::Unknown {
            kind: "indicator",
            id: id.to_string(),
            known: foundation
                .indicators
                .keys()
                .map(ToString::to_string)
                .collect(),
        })?;
    let of = indicator.kind.item().map(|(of, _)| of);
    if of != Some(&instrument.id) {
        return Err(wrong(id, instrument));
    }
    Leaf::of(foundation, &History::of(foundation), indicator)
}

fn wrong(id: &IndicatorId, instrument: &Instrument) -> MeasureError {
    MeasureError::WrongQuestion {
        found: format!("indicator {id} beside items of {}", instrument.id),
        allowed: "nps, top_box, mean or share of an item of that instrument".to_owned(),
    }
}
