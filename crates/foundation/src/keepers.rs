//! The pulse of the keepers: what each standard asks those who owe it. Do I know it? Can I: have I
//! the time, the means, the colleagues? Do I want to?
//!
//! Invariant: nobody writes these questions down. They follow from the standards, so that a new
//! standard is asked about from its first day and a retired one no longer; ids that begin with
//! [`PREFIX`] are theirs alone, and no file or registry keeps them. Items are choices whose values
//! never change.
//!
//! Each question is an item of its own with one share: figures of one item that add up would be
//! shown or hidden together, and a rare answer would hide them all (docs/PRIVACY.md, rule 8).
//!
//! Absent on purpose: sentences (pages ask in the reader's language), and customers as keepers of a
//! standard: who does not work here is not asked in a pulse.

use serde_json::json;

use crate::foundation::Foundation;
use crate::ids::{IndicatorId, InstrumentId, ItemId, PartyId, StandardId};
use crate::indicator::{Direction, Indicator, IndicatorKind};
use crate::instrument::{Instrument, Item, Scale};
use crate::party::{Party, Side};
use crate::standard::Standard;
use crate::text::Text;

/// How ids of instruments and indicators of the pulse begin.
pub const PREFIX: &str = "keepers-";

/// What everybody may answer, the first of it "yes".
pub const ANSWERS: [&str; 3] = ["yes", "partly", "no"];

/// A question of the pulse; its figure is the share of "yes".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asks {
    /// Do I know what is asked of me?
    Know,
    /// Can I: have I the time?
    Time,
    /// Can I: have I the means?
    Means,
    /// Can I: are we enough?
    Staff,
    /// Do I want to?
    Want,
}

impl Asks {
    /// Every question, in the order in which they are asked.
    pub const EVERY: [Self; 5] = [Self::Know, Self::Time, Self::Means, Self::Staff, Self::Want];

    /// The word in ids and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Know => "know",
            Self::Time => "time",
            Self::Means => "means",
            Self::Staff => "staff",
            Self::Want => "want",
        }
    }

    /// The item that asks this of a standard.
    pub fn item(self, standard: &StandardId) -> Option<ItemId> {
        ItemId::parse(&format!("{}_{standard}", self.as_str())).ok()
    }

    /// The id of the indicator; `None` where the standard's own id leaves no room for it.
    pub fn indicator(self, standard: &StandardId) -> Option<IndicatorId> {
        IndicatorId::parse(&format!("{PREFIX}{}-{standard}", self.as_str())).ok()
    }
}

/// Whether an id of an instrument or indicator is one of the pulse.
pub fn is_keepers(id: &str) -> bool {
    id.starts_with(PREFIX)
}

impl Foundation {
    /// Who is asked about a standard: the party that owes it, where its people work here.
    pub fn keepers(&self, standard: &Standard) -> Option<&Party> {
        let works_here = |party: &&Party| party.side == Side::Internal && !party.published;
        self.party(&standard.owed_by).filter(works_here)
    }

    /// The instrument by which a party is asked about the standards that it owes.
    pub fn keepers_instrument(&self, party: &PartyId) -> Option<&Instrument> {
        let id = InstrumentId::parse(&format!("{PREFIX}{party}")).ok()?;
        self.instrument(&id)
    }

    /// Makes the instruments and indicators of the pulse as the standards are now. `parse` and
    /// `from_objects` have done it; whoever puts a foundation together otherwise calls it.
    pub fn add_keepers(&mut self) {
        self.instruments.retain(|id, _| !is_keepers(id.as_str()));
        self.indicators.retain(|id, _| !is_keepers(id.as_str()));
        let owed: Vec<Standard> = self.standards.values().cloned().collect();
        for standard in &owed {
            if let Some(party) = self.keepers(standard).cloned() {
                self.add_questions(standard, &party);
            }
        }
    }

    fn add_questions(&mut self, standard: &Standard, party: &Party) {
        let Ok(instrument) = InstrumentId::parse(&format!("{PREFIX}{}", party.id)) else {
            return;
        };
        let items = items(&standard.id, &standard.title);
        let shares = Asks::EVERY.map(|asks| indicator(asks, standard, party, &instrument));
        // All or nothing: half a pulse would be read as a whole one.
        let (Some(items), Some(shares)) = (items, shares.into_iter().collect::<Option<Vec<_>>>())
        else {
            return;
        };
        let asked = self
            .instruments
            .entry(instrument.clone())
            .or_insert_with(|| Instrument {
                id: instrument,
                title: party.title.clone(),
                party: party.id.clone(),
                items: Vec::new(),
                definition: json!({
                    "title": party.title,
                    "evenkeel": { "party": party.id },
                    "pages": [{ "name": "page", "elements": [] }],
                }),
            });
        let elements = &mut asked.definition["pages"][0]["elements"];
        for item in &items {
            if let Some(elements) = elements.as_array_mut() {
                elements.push(json!({
                    "type": "radiogroup",
                    "name": item.id,
                    "title": item.title,
                    "choices": ANSWERS,
                }));
            }
        }
        asked.items.extend(items);
        let shares = shares.into_iter().map(|share| (share.id.clone(), share));
        self.indicators.extend(shares);
    }
}

/// The items that ask about a standard, in the order of [`Asks::EVERY`]; `None` where its id leaves
/// no room for theirs.
pub fn items(standard: &StandardId, title: &Text) -> Option<Vec<Item>> {
    let item = |asks: Asks| {
        Some(Item {
            id: asks.item(standard)?,
            title: title.clone(),
            scale: Scale::Choice {
                values: ANSWERS.map(str::to_owned).to_vec(),
            },
            measures: None,
        })
    };
    Asks::EVERY.into_iter().map(item).collect()
}

fn indicator(
    asks: Asks,
    standard: &Standard,
    party: &Party,
    instrument: &InstrumentId,
) -> Option<Indicator> {
    Some(Indicator {
        id: asks.indicator(&standard.id)?,
        title: standard.title.clone(),
        party: Some(party.id.clone()),
        kind: IndicatorKind::Share {
            instrument: instrument.clone(),
            item: asks.item(&standard.id)?,
            values: vec![ANSWERS[0].to_owned()],
        },
        direction: Direction::HigherIsBetter,
        minimum_n: party.minimum_n,
        target: None,
        headline: false,
    })
}
