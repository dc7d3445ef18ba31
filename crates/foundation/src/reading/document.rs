//! One TOML file.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::cursor::Cursor;
use super::places::{LineIndex, Place};
use super::report::Report;

/// One TOML file, read as far as it goes.
#[derive(Debug)]
pub struct Document<'t> {
    file: String,
    lines: LineIndex<'t>,
    root: DeValue<'t>,
    broken: bool,
}

impl<'t> Document<'t> {
    /// Reads a file and reports every error of syntax.
    pub fn parse(file: &str, text: &'t str, report: &mut Report) -> Self {
        let lines = LineIndex::new(text);
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let offset = error.span().map_or(text.len(), |span| span.start);
            let place = lines.place(file, offset);
            let message = format!("not valid TOML: {}", error.message());
            report.add(place, "", &message, "", "");
        }
        Self {
            file: file.to_owned(),
            lines,
            root: DeValue::Table(root.into_inner()),
            broken: !errors.is_empty(),
        }
    }

    /// The file's name.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Whether its syntax is broken: then what it says is not complete and nothing that is read
    /// from it is reported again.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// The whole file, as the value of `key`.
    pub fn root(&self, key: &str) -> Cursor<'_> {
        Cursor::new(self, &self.root, 0, key.to_owned())
    }

    pub(super) fn place(&self, offset: usize) -> Place {
        self.lines.place(&self.file, offset)
    }

    /// The place of a span's start; values that a broken file lacks have none.
    pub(super) fn start<T>(spanned: &Spanned<T>) -> usize {
        spanned.span().start
    }
}
