//! A text as it is read: characters, words, sentences.
//!
//! Invariant: every place is a number of characters (Unicode scalar values) from the beginning of
//! the text, so that a page, a spreadsheet and a database can all show it.
//!
//! A *word* here is a run of letters and digits: `as-tu` and `t'as` are two. The words of a
//! sentence are counted as people do, between blanks. A sentence ends at `.`, `!`, `?` or `…`
//! before a blank, unless what follows goes on in small letters or the word before is an
//! abbreviation; at an empty line; and at a line's end when the next line begins with a capital
//! letter or a mark of a list.

/// A run of letters and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its first character.
    pub start: usize,
    /// The first after it.
    pub end: usize,
    /// In small letters.
    pub lower: String,
    /// The sentence it is in.
    pub sentence: usize,
    /// Whether it is the first of its sentence.
    pub is_first: bool,
}

/// A sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its first character that is no blank.
    pub start: usize,
    /// The first after it.
    pub end: usize,
    /// Its words, as people count them.
    pub words: u32,
}

/// A text that was read.
#[derive(Debug, Clone)]
pub struct Reading {
    chars: Vec<char>,
    words: Vec<Word>,
    sentences: Vec<Sentence>,
}

/// Abbreviations after which a sentence goes on, without their last dot.
const ABBREVIATIONS: [&str; 25] = [
    "mr", "mrs", "ms", "dr", "drs", "ir", "mevr", "dhr", "prof", "st", "nr", "tel", "bijv", "bv",
    "ca", "incl", "excl", "bzw", "evtl", "ggf", "inkl", "mme", "mlle", "vs", "resp",
];

impl Reading {
    /// Reads a text.
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut reading = Self {
            sentences: Vec::new(),
            words: words(&chars),
            chars,
        };
        reading.split();
        reading
    }

    /// The words.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The sentences that have words.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The text from one character to another.
    pub fn slice(&self, start: usize, end: usize) -> String {
        self.chars
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .collect()
    }

    /// The characters.
    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The word at `at` as it was written.
    pub(super) fn written(&self, at: usize) -> String {
        self.words
            .get(at)
            .map_or_else(String::new, |word| self.slice(word.start, word.end))
    }

    /// The word at `at` in small letters; empty where there is none.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }

    /// The character right before a word, and right after it.
    pub(super) fn around(&self, at: usize) -> (Option<char>, Option<char>) {
        let Some(word) = self.words.get(at) else {
            return (None, None);
        };
        let before = word.start.checked_sub(1).and_then(|b| self.chars.get(b));
        let char_before = before.copied();
        (char_before, self.chars.get(word.end).copied())
    }

    /// Whether a word begins with a capital letter.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        let first = self.words.get(at).and_then(|w| self.chars.get(w.start));
        first.is_some_and(|c| c.is_uppercase())
    }

    /// Finds the sentences and gives each word its own.
    fn split(&mut self) {
        let mut from = 0;
        let mut bounds = Vec::new();
        for at in 0..self.chars.len() {
            if let Some(end) = self.sentence_end(at) {
                bounds.push((from, end));
                from = end;
            }
        }
        bounds.push((from, self.chars.len()));
        let mut next = 0;
        for (from, to) in bounds {
            let first = next;
            while self.words.get(next).is_some_and(|word| word.start < to) {
                self.words[next].sentence = self.sentences.len();
                self.words[next].is_first = next == first;
                next += 1;
            }
            if first == next {
                continue;
            }
            let slice = &self.chars[from..to];
            let blank_before = slice.iter().take_while(|c| c.is_whitespace()).count();
            let blank_after = slice.iter().rev().take_while(|c| c.is_whitespace()).count();
            self.sentences.push(Sentence {
                start: from + blank_before,
                end: to - blank_after,
                words: counted(slice),
            });
        }
    }

    /// Where the sentence ends that ends at this character, if one does.
    fn sentence_end(&self, at: usize) -> Option<usize> {
        let c = self.chars[at];
        let rest = &self.chars[at + 1..];
        let next = rest.iter().find(|c| !c.is_whitespace());
        if c == '\n' {
            let is_empty_line = rest
                .iter()
                .take_while(|c| c.is_whitespace())
                .any(|c| *c == '\n');
            let is_new = next.is_some_and(|c| c.is_uppercase() || matches!(c, '-' | '*' | '•'));
            return (is_empty_line || is_new).then_some(at + 1);
        }
        if !matches!(c, '.' | '!' | '?' | '…') {
            return None;
        }
        // Quotes and brackets that close belong to the sentence.
        let closing = rest
            .iter()
            .take_while(|c| {
                matches!(
                    c,
                    '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | '»' | ')'
                )
            })
            .count();
        let after = rest.get(closing);
        if !after.is_none_or(|c| c.is_whitespace()) {
            return None;
        }
        let next = rest[closing..].iter().find(|c| !c.is_whitespace());
        let goes_on = next.is_some_and(|c| c.is_lowercase());
        (c != '.' || !(goes_on || self.is_abbreviated(at))).then_some(at + 1 + closing)
    }

    /// Whether the word before a dot is an abbreviation or a single letter.
    fn is_abbreviated(&self, dot: usize) -> bool {
        let at = self.words.partition_point(|word| word.end <= dot);
        let word = at.checked_sub(1).and_then(|at| self.words.get(at));
        word.filter(|word| word.end == dot).is_some_and(|word| {
            let is_letter = word.end - word.start == 1 && self.chars[word.start].is_alphabetic();
            is_letter || ABBREVIATIONS.contains(&word.lower.as_str())
        })
    }
}

fn words(chars: &[char]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for at in 0..=chars.len() {
        let inside = chars.get(at).is_some_and(|c| c.is_alphanumeric());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word {
                    start: from,
                    end: at,
                    lower: chars[from..at]
                        .iter()
                        .flat_map(|c| c.to_lowercase())
                        .collect(),
                    sentence: 0,
                    is_first: false,
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Words between blanks that have a letter or a digit.
fn counted(chars: &[char]) -> u32 {
    let words = chars.split(|c| c.is_whitespace());
    words
        .filter(|word| word.iter().any(|c| c.is_alphanumeric()))
        .count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let reading = Reading::new(text);
        let each = reading.sentences().iter();
        each.map(|s| reading.slice(s.start, s.end)).collect()
    }

    #[test]
    fn sentences_as_people_see_them() {
        assert_eq!(
            sentences("Dag Jan, ik kom o.a. om 3.30 uur. Tot dan! Mvg, J. Peeters"),
            [
                "Dag Jan, ik kom o.a. om 3.30 uur.",
                "Tot dan!",
                "Mvg, J. Peeters"
            ]
        );
        assert_eq!(
            sentences("Is it you?! (Yes.) \"No.\" she said.\n\nBye"),
            ["Is it you?!", "(Yes.)", "\"No.\" she said.", "Bye"]
        );
        assert_eq!(
            sentences("Beste Jan,\nBedankt voor uw\nmail.\n- punt een\n- punt twee"),
            [
                "Beste Jan,",
                "Bedankt voor uw\nmail.",
                "- punt een",
                "- punt twee"
            ]
        );
        assert_eq!(sentences(" … "), Vec::<String>::new());
    }

    #[test]
    fn places_count_characters() {
        let reading = Reading::new("Één 🍔 voor jou");
        let words: Vec<(usize, usize)> = reading.words().iter().map(|w| (w.start, w.end)).collect();
        assert_eq!(words, [(0, 3), (6, 10), (11, 14)]);
        assert_eq!(reading.written(0), "Één");
        assert_eq!(reading.lower(0), "één");
        assert_eq!(reading.sentences()[0].words, 3);
    }
}
