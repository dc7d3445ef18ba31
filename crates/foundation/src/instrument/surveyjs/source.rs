//! Where the values of a JSON text stand.
//!
//! `serde_json` knows lines only in errors of syntax. This walks a text that it has accepted and
//! remembers where each value begins, and which keys come twice.

use std::collections::BTreeMap;

use crate::reading::{LineIndex, Place, Report};

/// The places of a JSON text by pointer (`/pages/0/name`).
#[derive(Debug)]
pub(crate) struct Source {
    whole: Place,
    places: BTreeMap<String, Place>,
    doubles: Vec<(String, Place)>,
}

impl Source {
    /// A definition that does not come from a text.
    pub(crate) fn new(whole: Place) -> Self {
        Self {
            whole,
            places: BTreeMap::new(),
            doubles: Vec::new(),
        }
    }

    /// Finds the places of a text that is valid JSON.
    pub(crate) fn of_text(file: &str, text: &str, lines: &LineIndex<'_>) -> Self {
        let mut source = Self::new(Place::file(file));
        let mut walk = Walk {
            bytes: text.as_bytes(),
            at: 0,
        };
        walk.value("", &mut |pointer, offset| {
            let place = lines.place(file, offset);
            if source.places.contains_key(pointer) {
                source.doubles.push((pointer.to_owned(), place));
            } else {
                source.places.insert(pointer.to_owned(), place);
            }
        });
        source
    }

    /// The place of a value, or of the nearest one around it.
    pub(super) fn place(&self, pointer: &str) -> Place {
        let mut around = pointer;
        loop {
            if let Some(place) = self.places.get(around) {
                return place.clone();
            }
            match around.rfind('/') {
                Some(cut) => around = &around[..cut],
                None => return self.whole.clone(),
            }
        }
    }

    /// Keys that come again, where they do.
    pub(super) fn doubles(&self) -> &[(String, Place)] {
        &self.doubles
    }

    /// Remembers the whole under `key`.
    pub(crate) fn record(&self, key: &str, report: &mut Report) {
        report.places.record(key, self.place(""));
    }
}

/// A walk over valid JSON. It trusts the text, and stops at its end if that trust was misplaced.
struct Walk<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Walk<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn blanks(&mut self) {
        while self.peek().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    fn value(&mut self, pointer: &str, found: &mut dyn FnMut(&str, usize)) {
        self.blanks();
        // The members of an object tell their own place, which is that of their name.
        if pointer.is_empty() {
            found(pointer, self.at);
        }
        match self.peek() {
            b'{' => self.members(pointer, found),
            b'[' => self.elements(pointer, found),
            b'"' => {
                self.string();
            }
            _ => {
                while !matches!(self.peek(), b',' | b'}' | b']' | 0) {
                    self.at += 1;
                }
            }
        }
    }

    fn members(&mut self, pointer: &str, found: &mut dyn FnMut(&str, usize)) {
        loop {
            self.at += 1;
            self.blanks();
            if self.peek() != b'"' {
                break;
            }
            let start = self.at;
            let member = format!("{pointer}/{}", self.string());
            found(&member, start);
            self.blanks();
            self.at += 1;
            self.value(&member, found);
            self.blanks();
            if self.peek() != b',' {
                break;
            }
        }
        self.at += 1;
    }

    fn elements(&mut self, pointer: &str, found: &mut dyn FnMut(&str, usize)) {
        for index in 0_usize.. {
            self.at += 1;
            self.blanks();
            if matches!(self.peek(), b']' | 0) {
                break;
            }
            let element = format!("{pointer}/{index}");
            found(&element, self.at);
            self.value(&element, found);
            self.blanks();
            if self.peek() != b',' {
                break;
            }
        }
        self.at += 1;
    }

    /// Passes a string and returns its text.
    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while !matches!(self.peek(), b'"' | 0) {
            self.at += if self.peek() == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
        let literal = self.bytes.get(start..self.at).unwrap_or_default();
        serde_json::from_slice(literal).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::of_text("i.json", text, &LineIndex::new(text))
    }

    #[test]
    fn every_value_has_its_line() {
        let text = "{\n \"a\": [1,\n  {\"b\\\"c\": \"}\"}],\n \"d\": null\n}";
        let source = source(text);
        let line = |pointer: &str| source.place(pointer).line;
        assert_eq!(line("/a"), Some(2));
        assert_eq!(line("/a/0"), Some(2));
        assert_eq!(line("/a/1/b\"c"), Some(3));
        assert_eq!(line("/d"), Some(4));
        assert_eq!(line("/a/1/unknown"), Some(3));
        assert!(source.doubles().is_empty());
    }

    #[test]
    fn a_key_that_comes_again_is_found() {
        let source = source("{\"a\": {},\n \"a\": []}");
        assert_eq!(source.doubles().len(), 1);
        assert_eq!(source.doubles()[0].1.line, Some(2));
    }
}
