//! Cross references: what one object says about another.
//!
//! Purpose: the rules that a foundation as a whole has to meet, whether it comes from files or
//! from the registry. A file's places give the lines.
//!
//! Invariant: a reference to something that could not be read is not reported: whoever mends the
//! first problem would see the second disappear.
//!
//! Absent on purpose: rules of one value alone (an id, a date): types carry those.

mod calendars;
mod indicators;
mod instruments;
mod known;
mod mirrors;
mod organisation;
mod parties;
mod requirement;
mod standards;
mod units;

pub(crate) use known::{Known, LEVEL};

use crate::foundation::Foundation;
use crate::keepers::{PREFIX, is_keepers};
use crate::object::ObjectKind;
use crate::organisation::Organisation;
use crate::reading::{Report, nearest, one_of};
use crate::standard::Standard;
use crate::text::{Text, UNDETERMINED};

/// Checks everything.
pub(crate) fn check(foundation: &Foundation, known: &Known, report: &mut Report) {
    let mut checks = Checks {
        foundation,
        known,
        report,
    };
    checks.organisation();
    checks.parties();
    checks.units();
    checks.calendars();
    checks.standards();
    checks.instruments();
    checks.indicators();
    checks.mirrors();
}

/// Checks what a standard that stands alone says of itself.
pub(crate) fn check_alone(standard: &Standard, report: &mut Report) {
    // An organisation that has agreed on nothing, not even on its languages.
    let nobody = Foundation::empty(Organisation {
        name: standard.title.clone(),
        languages: Vec::new(),
        time_zone: "Etc/UTC".to_owned(),
        levels: Vec::new(),
        minimum_n: 1,
        alignment: None,
    });
    let known = Known::of(&nobody);
    let mut checks = Checks {
        foundation: &nobody,
        known: &known,
        report,
    };
    checks.requirement("standard.requirement", &standard.requirement);
}

/// What every check needs.
struct Checks<'c> {
    foundation: &'c Foundation,
    known: &'c Known,
    report: &'c mut Report,
}

impl Checks<'_> {
    /// Reports a value at its key.
    fn wrong(&mut self, key: &str, message: &str, found: &str, allowed: &str) {
        self.report.at(key, message, found, allowed);
    }

    /// Ids of the keepers' pulse are its own.
    fn not_of_the_pulse(&mut self, key: &str, id: &str) {
        if is_keepers(id) {
            let message =
                "ids that begin so are those of the keepers' pulse, which the standards make";
            self.wrong(
                key,
                message,
                id,
                &format!("an id that does not begin with `{PREFIX}`"),
            );
        }
    }

    /// Checks that an object exists.
    fn refers(&mut self, key: &str, kind: ObjectKind, id: &str) {
        self.refers_to(key, kind.as_str(), id);
    }

    /// Checks that something of this name exists; suggests the nearest id that does.
    fn refers_to(&mut self, key: &str, name: &str, id: &str) {
        if self.known.may_exist(name, id) {
            return;
        }
        let hint = nearest(id, self.known.ids(name))
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let message = format!("there is no {name} `{id}`{hint}");
        let allowed = one_of(self.known.ids(name));
        let allowed = match allowed.as_str() {
            "" => format!("no {name} is defined yet"),
            _ => allowed,
        };
        self.report.at(key, &message, &format!("{id:?}"), &allowed);
    }

    /// Checks that a text of the foundation speaks the organisation's languages.
    fn text(&mut self, key: &str, text: &Text) {
        let foundation = self.foundation;
        let languages = &foundation.organisation.languages;
        if languages.is_empty() {
            return;
        }
        for (language, _) in text.iter() {
            if language != UNDETERMINED && !languages.iter().any(|known| known == language) {
                let message = "the organisation does not work in this language";
                let allowed = languages.join(", ");
                self.wrong(&format!("{key}.{language}"), message, language, &allowed);
            }
        }
    }

    /// Reports ids that a list names more than once.
    fn each_once<'i>(&mut self, key: &str, ids: impl IntoIterator<Item = &'i str>) {
        let mut seen: Vec<&str> = Vec::new();
        for (at, id) in ids.into_iter().enumerate() {
            if seen.contains(&id) {
                let key = format!("{key}[{}]", at + 1);
                let message = format!("`{id}` is named twice");
                self.wrong(&key, &message, "", "each once");
            }
            seen.push(id);
        }
    }
}
