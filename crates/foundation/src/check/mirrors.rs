//! Rules for mirrors: two parties, four questions, each guess on the scale of what it guesses.

use super::Checks;
use crate::instrument::Scale;
use crate::mirror::{ItemRef, Mirror, MirrorSide};
use crate::object::ObjectKind;

impl Checks<'_> {
    pub(super) fn mirrors(&mut self) {
        let foundation = self.foundation;
        for mirror in foundation.mirrors.values() {
            let key = format!("mirror.{}", mirror.id);
            self.text(&format!("{key}.title"), &mirror.title);
            let [first, second] = &mirror.sides;
            if first.party == second.party {
                let message = "a mirror is between two parties";
                let found = format!("{:?}", second.party.as_str());
                let key = format!("{key}.sides[2].party");
                self.wrong(&key, message, &found, "another party");
            }
            for (at, side) in mirror.sides.iter().enumerate() {
                self.side(&format!("{key}.sides[{}]", at + 1), side);
            }
            self.scales(&key, mirror);
        }
    }

    fn side(&mut self, key: &str, side: &MirrorSide) {
        let party = side.party.as_str();
        self.refers(&format!("{key}.party"), ObjectKind::Party, party);
        self.asked(&format!("{key}.own"), side, &side.own);
        self.asked(&format!("{key}.predicts"), side, &side.predicts);
        if side.own == side.predicts {
            let message = "the same question cannot be the own view and the guess";
            self.wrong(&format!("{key}.predicts"), message, "", "another item");
        }
    }

    /// The item exists and the side's party answers it.
    fn asked(&mut self, key: &str, side: &MirrorSide, item: &ItemRef) {
        self.refers(key, ObjectKind::Instrument, item.instrument.as_str());
        let foundation = self.foundation;
        let Some(instrument) = foundation.instrument(&item.instrument) else {
            return;
        };
        self.item_of(key, instrument, item.item.as_str());
        if instrument.party != side.party {
            let message = format!(
                "the instrument `{}` is answered by `{}`, not by `{}`",
                instrument.id, instrument.party, side.party
            );
            self.wrong(key, &message, "", "an instrument of the side's party");
        }
    }

    /// What one party guesses is set beside what the other says, so these two have one scale. The
    /// two own views need not: a visit may be marked from 1 to 5 and a working day from 1 to 10.
    fn scales(&mut self, key: &str, mirror: &Mirror) {
        let [first, second] = &mirror.sides;
        let pairs = [
            ("sides[1].predicts", &first.predicts, &second.own),
            ("sides[2].predicts", &second.predicts, &first.own),
        ];
        let foundation = self.foundation;
        let scale = |item: &ItemRef| {
            let found = foundation.item(&item.instrument, &item.item)?;
            Some(&found.scale)
        };
        for (name, guess, truth) in pairs {
            let Some((guess, truth)) = scale(guess).zip(scale(truth)) else {
                continue;
            };
            let key = format!("{key}.{name}");
            if !matches!(guess, Scale::Rating { .. } | Scale::Number { .. }) {
                let needed = "a rating or a number";
                self.wrong(&key, "cannot be guessed", &guess.to_string(), needed);
            } else if guess != truth {
                let message = "a guess has the scale of what the other party says";
                self.wrong(&key, message, &guess.to_string(), &truth.to_string());
            }
        }
    }
}
