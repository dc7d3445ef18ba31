//! Rules for parties, attributes, teams and touchpoints.

use super::Checks;
use crate::attribute::{Attribute, ContactLevel};
use crate::ids::{ID_ALLOWED, PartyId, is_slug};
use crate::object::ObjectKind;
use crate::party::{Party, PartyRole, Side};

impl Checks<'_> {
    pub(super) fn parties(&mut self) {
        let foundation = self.foundation;
        for party in foundation.parties.values() {
            self.party(party);
        }
        for attribute in foundation.attributes.values() {
            self.attribute(attribute);
        }
        let mut contact = foundation.attributes.values().filter(|a| a.contact);
        if let Some(first) = contact.next() {
            for second in contact {
                let message = format!("`{}` says contact already", first.id);
                let key = format!("attribute.{}.contact", second.id);
                self.wrong(&key, &message, "true", "one attribute with contact = true");
            }
        }
        for team in foundation.teams.values() {
            self.text(&format!("team.{}.title", team.id), &team.title);
        }
        for touchpoint in foundation.touchpoints.values() {
            let key = format!("touchpoint.{}", touchpoint.id);
            self.text(&format!("{key}.title"), &touchpoint.title);
            let key = format!("{key}.parties");
            for (at, party) in touchpoint.parties.iter().enumerate() {
                let key = format!("{key}[{}]", at + 1);
                self.refers(&key, ObjectKind::Party, party.as_str());
            }
            let parties = touchpoint.parties.iter().map(PartyId::as_str);
            self.each_once(&key, parties);
            if touchpoint.parties.is_empty() {
                let message = "a touchpoint touches someone";
                self.wrong(&key, message, "an empty list", "at least one party");
            }
        }
        for covariate in foundation.covariates.values() {
            let key = format!("covariate.{}.title", covariate.id);
            self.text(&key, &covariate.title);
        }
    }

    fn party(&mut self, party: &Party) {
        let key = format!("party.{}", party.id);
        self.text(&format!("{key}.title"), &party.title);
        let floor = party.minimum_n_floor();
        if party.minimum_n < floor {
            let message = "results of a party inside are never shown for so few people";
            let found = party.minimum_n.to_string();
            let allowed = format!("{floor} or more");
            self.wrong(&format!("{key}.minimum_n"), message, &found, &allowed);
        }
        let side = match party.role {
            PartyRole::Customer => Some((Side::External, "external")),
            PartyRole::Frontline | PartyRole::BackOffice => Some((Side::Internal, "internal")),
            PartyRole::Other => None,
        };
        if let Some((side, name)) = side
            && side != party.side
        {
            let message = format!("a party with this role is {name}");
            self.wrong(&format!("{key}.side"), &message, "", name);
        }
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let key = format!("attribute.{}", attribute.id);
        self.text(&format!("{key}.title"), &attribute.title);
        let key = format!("{key}.values");
        if attribute.values.is_empty() {
            let message = "an attribute has values";
            self.wrong(&key, message, "an empty list", "at least one value");
        }
        let values = attribute.values.iter().map(|value| value.id.as_str());
        self.each_once(&key, values);
        for (at, value) in attribute.values.iter().enumerate() {
            let key = format!("{key}[{}]", at + 1);
            self.text(&format!("{key}.title"), &value.title);
            let found = format!("{:?}", value.id);
            let key = format!("{key}.id");
            if attribute.contact {
                if !ContactLevel::EVERY
                    .iter()
                    .any(|(name, _)| *name == value.id)
                {
                    let message = "not a level of contact with customers";
                    self.wrong(&key, message, &found, "external, internal, none");
                }
            } else if !is_slug(&value.id) {
                self.wrong(&key, "not an id", &found, ID_ALLOWED);
            }
        }
    }
}
