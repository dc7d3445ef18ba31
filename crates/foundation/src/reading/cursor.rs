//! A value with the way to it, and the fields of a table.

use toml::de::{DeTable, DeValue};

use super::document::Document;
use super::places::Place;
use super::report::{Report, nearest, one_of};

/// How much of a found text a message repeats, in characters.
const FOUND_LENGTH_MAX: usize = 60;

/// One value of a document and the way to it.
#[derive(Debug, Clone)]
pub struct Cursor<'d> {
    document: &'d Document<'d>,
    value: &'d DeValue<'d>,
    offset: usize,
    key: String,
}

impl<'d> Cursor<'d> {
    pub(super) fn new(
        document: &'d Document<'d>,
        value: &'d DeValue<'d>,
        offset: usize,
        key: String,
    ) -> Self {
        Self {
            document,
            value,
            offset,
            key,
        }
    }

    /// The way to it: `party.customer.title`.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The value as TOML has it.
    pub fn value(&self) -> &'d DeValue<'d> {
        self.value
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        self.document.place(self.offset)
    }

    /// Whether its file is broken.
    pub fn is_broken(&self) -> bool {
        self.document.is_broken()
    }

    /// The same value under another key, which is remembered.
    #[must_use]
    pub fn renamed(mut self, report: &mut Report, key: String) -> Self {
        report.places.record(&key, self.place());
        self.key = key;
        self
    }

    /// Says that this value is wrong; the message repeats what was found.
    pub fn wrong(&self, report: &mut Report, message: &str, allowed: &str) {
        if !self.is_broken() {
            report.add(
                self.place(),
                &self.key,
                message,
                &found(self.value),
                allowed,
            );
        }
    }

    /// The fields, if it is a table.
    pub fn table(&self, report: &mut Report) -> Option<Fields<'d>> {
        if let DeValue::Table(table) = self.value {
            return Some(Fields {
                cursor: self.clone(),
                table,
            });
        }
        self.wrong(report, "a table is needed", "");
        None
    }

    /// The elements, if it is a list; their keys count from 1: `parties[1]`.
    pub fn list(&self, report: &mut Report) -> Option<Vec<Cursor<'d>>> {
        let DeValue::Array(array) = self.value else {
            self.wrong(report, "a list is needed", "[ … ]");
            return None;
        };
        let elements = array.iter().enumerate().map(|(at, element)| {
            let key = format!("{}[{}]", self.key, at + 1);
            let offset = Document::start(element);
            let cursor = Cursor::new(self.document, element.get_ref(), offset, key);
            report.places.record(&cursor.key, cursor.place());
            cursor
        });
        Some(elements.collect())
    }
}

/// The fields of a table.
#[derive(Debug, Clone)]
pub struct Fields<'d> {
    cursor: Cursor<'d>,
    table: &'d DeTable<'d>,
}

impl<'d> Fields<'d> {
    /// The table as a value.
    pub fn cursor(&self) -> &Cursor<'d> {
        &self.cursor
    }

    /// The way to the table.
    pub fn key(&self) -> &str {
        self.cursor.key()
    }

    /// The same table under another key, which is remembered.
    #[must_use]
    pub fn renamed(mut self, report: &mut Report, key: String) -> Self {
        self.cursor = self.cursor.renamed(report, key);
        self
    }

    /// Reports every field that is not one of `allowed`.
    pub fn only(&self, report: &mut Report, allowed: &[&str]) {
        if self.cursor.is_broken() {
            return;
        }
        for (name, _) in self.table {
            let written = name.get_ref().as_ref();
            if allowed.contains(&written) {
                continue;
            }
            let message = match nearest(written, allowed.iter().copied()) {
                Some(meant) => format!("unknown key; did you mean `{meant}`?"),
                None => "unknown key".to_owned(),
            };
            let place = self.cursor.document.place(Document::start(name));
            let key = self.path(written);
            report.add(
                place,
                &key,
                &message,
                written,
                &one_of(allowed.iter().copied()),
            );
        }
    }

    /// The names of the fields, sorted.
    pub fn names(&self) -> Vec<&'d str> {
        let mut names: Vec<&str> = self.table.keys().map(|k| k.get_ref().as_ref()).collect();
        names.sort_unstable();
        names
    }

    /// The field `name`, if it is there.
    pub fn get(&self, report: &mut Report, name: &str) -> Option<Cursor<'d>> {
        let (written, value) = self.table.get_key_value(name)?;
        let key = self.path(name);
        let document = self.cursor.document;
        let cursor = Cursor::new(document, value.get_ref(), Document::start(written), key);
        report.places.record(&cursor.key, cursor.place());
        Some(cursor)
    }

    /// The field `name`; that it is missing is reported.
    pub fn need(&self, report: &mut Report, name: &str, allowed: &str) -> Option<Cursor<'d>> {
        let field = self.get(report, name);
        if field.is_none() && !self.cursor.is_broken() {
            let place = self.cursor.place();
            report.add(place, &self.path(name), "is missing", "", allowed);
        }
        field
    }

    fn path(&self, name: &str) -> String {
        match self.key() {
            "" => name.to_owned(),
            key => format!("{key}.{name}"),
        }
    }
}

/// A value for a message.
fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => {
            let mut shown: String = text.chars().take(FOUND_LENGTH_MAX).collect();
            if shown.len() < text.len() {
                shown.push('…');
            }
            format!("{shown:?}")
        }
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(array) if array.is_empty() => "an empty list".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
