//! Rules for standards.

use super::Checks;
use crate::ids::PartyId;
use crate::object::ObjectKind;
use crate::parse::{is_picture, pictures};
use crate::standard::Standard;

impl Checks<'_> {
    pub(super) fn standards(&mut self) {
        let foundation = self.foundation;
        for standard in foundation.standards.values() {
            let key = format!("standard.{}", standard.id);
            self.text(&format!("{key}.title"), &standard.title);
            let touchpoint = standard.touchpoint.as_str();
            self.refers(
                &format!("{key}.touchpoint"),
                ObjectKind::Touchpoint,
                touchpoint,
            );
            let owner = standard.owner.as_str();
            self.refers(&format!("{key}.owner"), ObjectKind::Team, owner);
            self.touched(standard, &format!("{key}.owed_by"), &standard.owed_by);
            self.touched(standard, &format!("{key}.owed_to"), &standard.owed_to);
            if let Some(picture) = &standard.picture {
                self.picture(&format!("{key}.picture"), picture);
            }
            self.requirement(&format!("{key}.requirement"), &standard.requirement);
        }
    }

    /// Who owes and who is owed to is touched at the standard's touchpoint.
    fn touched(&mut self, standard: &Standard, key: &str, party: &PartyId) {
        self.refers(key, ObjectKind::Party, party.as_str());
        let foundation = self.foundation;
        let Some(touchpoint) = foundation.touchpoint(&standard.touchpoint) else {
            return;
        };
        if foundation.party(party).is_some() && !touchpoint.parties.contains(party) {
            let message = format!(
                "the touchpoint `{}` does not touch this party",
                touchpoint.id
            );
            let parties: Vec<&str> = touchpoint.parties.iter().map(PartyId::as_str).collect();
            let found = format!("{:?}", party.as_str());
            self.wrong(key, &message, &found, &parties.join(", "));
        }
    }

    fn picture(&mut self, key: &str, picture: &str) {
        let found = format!("{picture:?}");
        if picture.contains(['/', '\\']) || picture.starts_with('.') {
            let message = "a picture is a file beside the standard, without a path";
            self.wrong(key, message, &found, "a file name such as burger.webp");
        } else if !is_picture(picture) {
            let message = "not the file name of a picture";
            let allowed = format!("a name ending in one of {}", pictures());
            self.wrong(key, message, &found, &allowed);
        }
    }
}
