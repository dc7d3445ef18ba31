//! Rules for instruments that reach beyond their own file.

use super::Checks;
use crate::object::ObjectKind;

impl Checks<'_> {
    pub(super) fn instruments(&mut self) {
        let foundation = self.foundation;
        for instrument in foundation.instruments.values() {
            let key = format!("instrument.{}", instrument.id);
            self.not_of_the_pulse(&key, instrument.id.as_str());
            let party = instrument.party.as_str();
            self.refers(&format!("{key}.party"), ObjectKind::Party, party);
            for item in &instrument.items {
                let mirror = item
                    .measures
                    .as_ref()
                    .and_then(|m| m.strip_prefix("mirror:"));
                if let Some(mirror) = mirror {
                    let key = format!("{key}.{}.measures", item.id);
                    self.refers(&key, ObjectKind::Mirror, mirror);
                }
            }
        }
    }
}
