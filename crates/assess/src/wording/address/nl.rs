//! Dutch: `u` or `je`.
//!
//! `je` that means anybody ("je weet maar nooit") is a marker all the same: a reader of a letter
//! with `u` takes it as a slip. `jullie`, `gij` and `ge` are none.

use evenkeel_foundation::requirement::Address;

use crate::wording::reading::Reading;

const FORMAL: [&str; 8] = [
    "u",
    "uw",
    "uwe",
    "uzelf",
    "alstublieft",
    "dankuwel",
    "aub",
    "uwentwege",
];

const INFORMAL: [&str; 12] = [
    "je",
    "jij",
    "jou",
    "jouw",
    "jouwe",
    "jezelf",
    "jouzelf",
    "alsjeblieft",
    "asjeblieft",
    "dankjewel",
    "dankje",
    "jijzelf",
];

pub(super) fn form(reading: &Reading, at: usize) -> Option<Address> {
    let word = reading.lower(at);
    if word == "u" && is_letter(reading, at) {
        return None;
    }
    if FORMAL.contains(&word) {
        return Some(Address::Formal);
    }
    INFORMAL.contains(&word).then_some(Address::Informal)
}

/// The letter U: `U-bocht`, `10 u.`, `U2`.
fn is_letter(reading: &Reading, at: usize) -> bool {
    let (_, after) = reading.around(at);
    let is_hour = at.checked_sub(1).is_some_and(|before| {
        let word = reading.lower(before);
        !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
    });
    after == Some('-') || is_hour
}
