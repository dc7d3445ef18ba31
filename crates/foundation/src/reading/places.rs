//! Where things stand in files.

use std::collections::BTreeMap;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the directory that was read.
    pub file: String,
    /// The line, from 1; None for the file as a whole.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            column: None,
        }
    }
}

/// Turns byte offsets of one text into lines and columns.
#[derive(Debug, Clone)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Finds the lines of `text`.
    pub fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self { text, starts }
    }

    /// The line and column, both from 1, of a byte offset; offsets past the end give the end.
    pub fn position(&self, offset: usize) -> (u32, u32) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let column = self.text[self.starts[line]..offset].chars().count() + 1;
        (line as u32 + 1, column as u32)
    }

    /// The place of a byte offset in `file`.
    pub fn place(&self, file: &str, offset: usize) -> Place {
        let (line, column) = self.position(offset);
        Place {
            file: file.to_owned(),
            line: Some(line),
            column: Some(column),
        }
    }
}

/// The place of every key that was read, so that checks of the whole can name lines too.
#[derive(Debug, Clone, Default)]
pub struct Places(BTreeMap<String, Place>);

impl Places {
    /// Remembers a key's place; the first stays.
    pub fn record(&mut self, key: &str, place: Place) {
        self.0.entry(key.to_owned()).or_insert(place);
    }

    /// The place of `key`, or of the nearest key around it.
    pub fn find(&self, key: &str) -> Option<&Place> {
        let mut around = key;
        loop {
            if let Some(place) = self.0.get(around) {
                return Some(place);
            }
            around = &around[..around.rfind(['.', '['])?];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_those_of_an_editor() {
        let lines = LineIndex::new("één = 1\r\ntwo = 2\n");
        assert_eq!(lines.position(0), (1, 1));
        assert_eq!(lines.position("één ".len()), (1, 5));
        assert_eq!(lines.position("één = 1\r\n".len()), (2, 1));
        assert_eq!(lines.position(9_999), (3, 1));
    }

    #[test]
    fn a_key_that_was_not_written_has_the_place_of_what_is_around_it() {
        let mut places = Places::default();
        places.record(
            "party.customer",
            LineIndex::new("\n\nx").place("parties.toml", 2),
        );
        let found = places
            .find("party.customer.title[2].nl")
            .expect("around it");
        assert_eq!(found.line, Some(3));
        assert_eq!(places.find("unit.shop"), None);
    }
}
