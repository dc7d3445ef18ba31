//! German: `Sie` or `du`.
//!
//! `Sie`, `Ihnen` and `Ihr` with a capital letter address the reader, except at the beginning of
//! a sentence, where everything has a capital letter: "Sie haben recht" may be said of others.
//! There they are no markers, and neither is `sie` in small letters. `ihr` is none either: it is
//! her, their and you all. `Du` and `Dein` may be written both ways.

use evenkeel_foundation::requirement::Address;

use crate::wording::reading::Reading;

const FORMAL: [&str; 8] = [
    "sie", "ihnen", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres",
];

const INFORMAL: [&str; 17] = [
    "du", "dich", "dir", "dein", "deine", "deinem", "deinen", "deiner", "deines", "deins", "euch",
    "euer", "eure", "eurem", "euren", "eurer", "eures",
];

pub(super) fn form(reading: &Reading, at: usize) -> Option<Address> {
    let word = reading.lower(at);
    if INFORMAL.contains(&word) {
        return Some(Address::Informal);
    }
    let is_formal = FORMAL.contains(&word) && reading.is_capital(at) && !begins(reading, at);
    is_formal.then_some(Address::Formal)
}

/// Whether anything here would have a capital letter: at the beginning of a sentence, of a line,
/// of a quotation, or after a colon; and where the whole word is in capitals.
fn begins(reading: &Reading, at: usize) -> bool {
    let Some(word) = reading.words().get(at) else {
        return true;
    };
    let before = reading.chars()[..word.start].iter().rev();
    let mut near = before.copied().skip_while(|c| matches!(c, ' ' | '\t'));
    let opens = near.next().is_none_or(|c| {
        matches!(
            c,
            ':' | '"' | '„' | '“' | '»' | '«' | '(' | '\n' | '-' | '–' | '*'
        )
    });
    let written = reading.written(at);
    let shouts = written.chars().count() > 1 && written.chars().all(char::is_uppercase);
    word.is_first || opens || shouts
}
