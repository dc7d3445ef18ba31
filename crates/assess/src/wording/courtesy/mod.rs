//! Courtesies: greeting, closing, apology, gratitude, please.
//!
//! Invariant: a courtesy is a word or a phrase of its language's list, nothing else: whoever reads
//! the list knows what is found. A `*` at the end of a word stands for any ending.
//!
//! Absent on purpose: irony, and courtesy without its words ("it was so kind of you").

mod de;
mod en;
mod fr;
mod nl;

use evenkeel_foundation::requirement::Address;

use super::phrase::{closes, words_at};
use super::reading::Reading;

/// The words of one language.
pub(super) struct Lexicon {
    /// What a text begins with.
    pub greeting: &'static [&'static str],
    /// What it ends with.
    pub closing: &'static [&'static str],
    /// Sorry.
    pub apology: &'static [&'static str],
    /// Thanks.
    pub gratitude: &'static [&'static str],
    /// Please.
    pub please: &'static [&'static str],
    /// The word to suggest, formal and informal.
    pub please_word: (&'static str, &'static str),
}

/// A courtesy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The text begins with a greeting.
    Greeting,
    /// The text ends with a closing.
    Closing,
    /// Sorry, anywhere.
    Apology,
    /// Thanks, anywhere.
    Gratitude,
    /// Please, anywhere but at the beginning of a sentence.
    Please,
    /// Please at the beginning of a sentence.
    PleaseFirst,
}

fn lexicon(language: &str) -> Option<&'static Lexicon> {
    match super::base(language) {
        "en" => Some(&en::WORDS),
        "nl" => Some(&nl::WORDS),
        "fr" => Some(&fr::WORDS),
        "de" => Some(&de::WORDS),
        _ => None,
    }
}

/// Whether a text has a courtesy, by the words of `language` (en, nl, fr, de).
pub fn has(reading: &Reading, language: &str, kind: Kind) -> bool {
    !find(reading, language, kind).is_empty()
}

/// Where a text has a courtesy.
pub(super) fn find(reading: &Reading, language: &str, kind: Kind) -> Vec<(usize, usize)> {
    let Some(words) = lexicon(language) else {
        return Vec::new();
    };
    let (phrases, place): (_, fn(&Reading, usize) -> bool) = match kind {
        Kind::Greeting => (words.greeting, |_, at| at == 0),
        Kind::Closing => (words.closing, |_, _| true),
        Kind::Apology => (words.apology, |_, _| true),
        Kind::Gratitude => (words.gratitude, |_, _| true),
        Kind::Please => (words.please, |reading, at| !is_first(reading, at)),
        Kind::PleaseFirst => (words.please, is_first),
    };
    if kind == Kind::Closing {
        let ends = |phrase: &&&str| closes(reading, phrase);
        // Where exactly it stands is of no interest: it is there or it is not.
        return phrases.iter().filter(ends).map(|_| (0, 0)).collect();
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in 0..reading.words().len() {
        let here = phrases
            .iter()
            .filter_map(|phrase| phrase_at(reading, at, phrase));
        if let Some(longest) = here.max_by_key(|(_, end)| *end)
            && place(reading, at)
            && found.last().is_none_or(|(_, end)| *end <= longest.0)
        {
            found.push(longest);
        }
    }
    found
}

/// The word to suggest where please is missing.
pub(super) fn please(language: &str, address: Option<Address>) -> &'static str {
    let words = lexicon(language).map_or(("", ""), |words| words.please_word);
    match address {
        Some(Address::Informal) => words.1,
        _ => words.0,
    }
}

fn is_first(reading: &Reading, at: usize) -> bool {
    reading.words().get(at).is_some_and(|word| word.is_first)
}

/// The span of a phrase that begins with the word at `at`.
fn phrase_at(reading: &Reading, at: usize, phrase: &str) -> Option<(usize, usize)> {
    if let Some(stem) = phrase.strip_suffix('*') {
        let word = reading.words().get(at)?;
        return word
            .lower
            .starts_with(stem)
            .then_some((word.start, word.end));
    }
    let mut parts = phrase.split(' ');
    // Most words begin no phrase: look at the first before anything is gathered.
    if parts.next()? != reading.lower(at) {
        return None;
    }
    let parts: Vec<&str> = phrase.split(' ').collect();
    words_at(reading, at, &parts)
}
