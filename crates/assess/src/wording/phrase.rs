//! Phrases in a text.
//!
//! Invariant: capital letters, blanks and line breaks do not count, and `’` is `'`. A phrase is
//! found as whole words: `hi` is not in `this`.

use super::reading::Reading;

/// How many words may follow a closing: a name, a function, an address, a number.
const AFTER_CLOSING_WORDS_MAX: usize = 30;

/// Where a phrase occurs.
pub(super) fn find(reading: &Reading, phrase: &str) -> Vec<(usize, usize)> {
    let wanted = Reading::new(phrase);
    let is_words = phrase
        .chars()
        .all(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '\'' | '’' | '-'));
    if !is_words || wanted.words().is_empty() {
        return signs(reading, phrase);
    }
    let parts: Vec<&str> = wanted.words().iter().map(|w| w.lower.as_str()).collect();
    (0..reading.words().len())
        .filter_map(|at| words_at(reading, at, &parts))
        .collect()
}

/// Whether the text begins with a phrase.
pub(super) fn begins(reading: &Reading, phrase: &str) -> bool {
    let first = reading.words().first().map_or(0, |word| word.start);
    find(reading, phrase)
        .first()
        .is_some_and(|(start, _)| *start <= first)
}

/// Whether the text ends with a phrase: it begins a line or a sentence, or follows a comma, and
/// only a few words come after it.
pub(super) fn closes(reading: &Reading, phrase: &str) -> bool {
    find(reading, phrase).into_iter().any(|(start, end)| {
        let after = reading.words().iter().filter(|w| w.start >= end).count();
        after <= AFTER_CLOSING_WORDS_MAX && is_start(reading, start)
    })
}

fn is_start(reading: &Reading, at: usize) -> bool {
    let mut before = reading.chars()[..at].iter().rev();
    let near = before.find(|c| !matches!(c, ' ' | '\t' | '"' | '-' | '–' | '*'));
    near.is_none_or(|c| matches!(c, '\n' | '\r' | '.' | '!' | '?' | '…' | ',' | ';' | ':'))
}

/// The span of words from `at` on, if they are these. Inside a phrase a sentence does not end.
pub(super) fn words_at(reading: &Reading, at: usize, parts: &[&str]) -> Option<(usize, usize)> {
    let words = reading.words().get(at..at + parts.len())?;
    let is_same = words
        .iter()
        .zip(parts)
        .all(|(word, part)| word.lower == *part);
    let (first, last) = (words.first()?, words.last()?);
    (is_same && first.sentence == last.sentence).then_some((first.start, last.end))
}

/// A phrase that is not made of words alone: `:-)`, `50 %`, `!!!`.
fn signs(reading: &Reading, phrase: &str) -> Vec<(usize, usize)> {
    let lower = |c: &char| c.to_lowercase().next().unwrap_or(*c);
    let wanted: Vec<char> = phrase.trim().chars().map(|c| lower(&c)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let windows = reading.chars().windows(wanted.len()).enumerate();
    windows
        .filter(|(_, window)| window.iter().map(lower).eq(wanted.iter().copied()))
        .map(|(at, window)| (at, at + window.len()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words() {
        let reading = Reading::new("This, hi! As per\nmy LAST mail; c’est 50 % :-)");
        assert_eq!(find(&reading, "hi"), [(6, 8)]);
        assert_eq!(find(&reading, "as per my last mail"), [(10, 29)]);
        assert_eq!(find(&reading, "c'est"), [(31, 36)]);
        assert_eq!(find(&reading, "50 %").len(), 1);
        assert_eq!(find(&reading, ":-)").len(), 1);
        assert!(find(&reading, "hi as per").is_empty());
        assert!(find(&reading, "per my first").is_empty());
    }

    #[test]
    fn greetings_begin_and_closings_end() {
        let reading =
            Reading::new("\"Beste Jan,\n\nTot dan.\n\nMet vriendelijke groet,\nAn Peeters");
        assert!(begins(&reading, "beste"));
        assert!(!begins(&reading, "Tot dan"));
        assert!(closes(&reading, "Met vriendelijke groet"));
        assert!(!closes(&reading, "vriendelijke groet"));
        let long = format!("Met vriendelijke groet {}", "en nog iets ".repeat(20));
        assert!(!closes(&Reading::new(&long), "Met vriendelijke groet"));
    }
}
