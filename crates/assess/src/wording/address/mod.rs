//! Form of address: `u` or `je`, `vous` or `tu`, `Sie` or `du`.
//!
//! Purpose: find the words by which a text addresses its reader, each with its form.
//!
//! Invariant: a marker is a word that no other reading explains as well; what is ambiguous is no
//! marker. A text without markers has no known form.
//!
//! Absent on purpose: the plural (`jullie`, German `ihr`), which both forms share in practice, and
//! imperatives that are also something else.

mod de;
mod fr;
mod nl;

use evenkeel_foundation::requirement::Address;

use super::reading::Reading;

/// A word that addresses the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Its form.
    pub form: Address,
    /// The word as the text has it.
    pub word: String,
    /// Its first character.
    pub start: usize,
    /// The first after it.
    pub end: usize,
}

/// The words of a text that address its reader, in `language` (nl, fr, de); none in others.
pub fn markers(reading: &Reading, language: &str) -> Vec<Marker> {
    let form: fn(&Reading, usize) -> Option<Address> = match super::base(language) {
        "nl" => nl::form,
        "fr" => fr::form,
        "de" => de::form,
        _ => return Vec::new(),
    };
    let words = reading.words().iter().enumerate();
    words
        .filter_map(|(at, word)| {
            Some(Marker {
                form: form(reading, at)?,
                word: reading.written(at),
                start: word.start,
                end: word.end,
            })
        })
        .collect()
}

/// The form in which a text addresses its reader: that of most of its markers. None where there
/// are none, or as many of both.
pub fn address_of(reading: &Reading, language: &str) -> Option<Address> {
    let markers = markers(reading, language);
    let formal = markers.iter().filter(|m| m.form == Address::Formal).count();
    let informal = markers.len() - formal;
    match formal.cmp(&informal) {
        std::cmp::Ordering::Greater => Some(Address::Formal),
        std::cmp::Ordering::Less => Some(Address::Informal),
        std::cmp::Ordering::Equal => None,
    }
}
