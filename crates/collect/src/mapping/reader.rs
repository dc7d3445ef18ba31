//! Reading TOML so that every problem is found at once, with its line, key and what is allowed.
//!
//! Invariant: whoever reads a table asks for each key by name; what nobody asked for is a problem
//! that names the keys which were asked for, so the list of allowed keys cannot go stale.
//!
//! Absent on purpose: the meaning of any key; that is the business of the modules beside this one.

use std::cell::RefCell;
use std::ops::Range;

use evenkeel_foundation::Problem;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::suggest::{did_you_mean, listed};

/// A value together with where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The way to it: `unit.column`.
    pub key: String,
    /// The line, from 1.
    pub line: u32,
}

impl<T> Located<T> {
    /// The same place with another value.
    pub(crate) fn with<U>(&self, value: U) -> Located<U> {
        Located {
            value,
            key: self.key.clone(),
            line: self.line,
        }
    }
}

/// The file being read and what was wrong so far.
pub(crate) struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            problems: RefCell::default(),
        }
    }

    pub(crate) fn file_name(&self) -> &'a str {
        self.file
    }

    /// Line and column in characters of a byte offset, both from 1.
    fn place(&self, offset: usize) -> (u32, u32) {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        let line = before.iter().filter(|b| **b == b'\n').count() as u32 + 1;
        let start = before
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() as u32 + 1;
        (line, column)
    }

    pub(crate) fn problem(
        &self,
        span: &Range<usize>,
        key: &str,
        message: impl Into<String>,
        found: impl Into<String>,
        allowed: impl Into<String>,
    ) {
        let (line, column) = self.place(span.start);
        self.problems.borrow_mut().push(Problem {
            file: self.file.to_owned(),
            line: Some(line),
            column: Some(column),
            key: key.to_owned(),
            message: message.into(),
            found: found.into(),
            allowed: allowed.into(),
        });
    }

    /// A problem with the file as a whole.
    pub(crate) fn problem_of_file(&self, key: &str, message: &str, allowed: &str) {
        self.problems.borrow_mut().push(Problem {
            file: self.file.to_owned(),
            line: None,
            column: None,
            key: key.to_owned(),
            message: message.to_owned(),
            found: String::new(),
            allowed: allowed.to_owned(),
        });
    }

    /// A syntax error of the TOML itself.
    pub(crate) fn syntax(&self, error: &toml::de::Error) {
        let span = error.span().unwrap_or(0..0);
        self.problem(
            &span,
            "",
            format!("this is not TOML: {}", error.message()),
            "",
            "",
        );
    }

    /// All problems, in the order of the file.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|p| (p.line, p.column));
        problems
    }

    fn locate<T>(&self, value: T, key: String, span: &Range<usize>) -> Located<T> {
        let line = self.place(span.start).0;
        Located { value, key, line }
    }
}

/// One table of the file, being read.
pub(crate) struct Table<'r> {
    reader: &'r Reader<'r>,
    key: String,
    span: Range<usize>,
    entries: &'r DeTable<'r>,
    asked: RefCell<Vec<&'static str>>,
}

/// One value of the file.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'r> {
    value: &'r Spanned<DeValue<'r>>,
    reader: &'r Reader<'r>,
}

impl<'r> Table<'r> {
    pub(crate) fn root(reader: &'r Reader<'r>, root: &'r Spanned<DeTable<'r>>) -> Self {
        Self::new(reader, String::new(), root.span(), root.get_ref())
    }

    fn new(
        reader: &'r Reader<'r>,
        key: String,
        span: Range<usize>,
        entries: &'r DeTable<'r>,
    ) -> Self {
        Self {
            reader,
            key,
            span,
            entries,
            asked: RefCell::default(),
        }
    }

    /// The way to `name` in this table.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.key.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.key)
        }
    }

    /// This table as a place.
    pub(crate) fn here<T>(&self, value: T) -> Located<T> {
        self.reader.locate(value, self.key.clone(), &self.span)
    }

    /// Whether the key is there; counts as asking for it.
    pub(crate) fn has(&self, name: &'static str) -> bool {
        self.entry(name).is_some()
    }

    /// Whether the key is there and holds a table.
    pub(crate) fn is_table(&self, name: &'static str) -> bool {
        self.entry(name)
            .is_some_and(|entry| entry.value.get_ref().is_table())
    }

    fn entry(&self, name: &'static str) -> Option<Entry<'r>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&name) {
            asked.push(name);
        }
        let value = self.entries.get(name)?;
        Some(Entry {
            value,
            reader: self.reader,
        })
    }

    /// Any problem at one of this table's keys, or at the table itself when the key is not there.
    pub(crate) fn problem(
        &self,
        name: &str,
        message: impl Into<String>,
        found: impl Into<String>,
        allowed: impl Into<String>,
    ) {
        let value = self.entries.get(name);
        let span = value.map_or_else(|| self.span.clone(), Spanned::span);
        let key = if name.is_empty() {
            self.key.clone()
        } else {
            self.path(name)
        };
        self.reader.problem(&span, &key, message, found, allowed);
    }

    fn wrong_type(&self, name: &str, entry: Entry<'r>, allowed: &str) {
        let message = "this has the wrong type";
        self.problem(name, message, entry.shown(), allowed);
    }

    /// A text.
    pub(crate) fn text(&self, name: &'static str) -> Option<Located<String>> {
        let entry = self.entry(name)?;
        if let Some(text) = entry.value.get_ref().as_str() {
            Some(
                self.reader
                    .locate(text.to_owned(), self.path(name), &entry.value.span()),
            )
        } else {
            self.wrong_type(name, entry, "a text in quotes");
            None
        }
    }

    /// A text, or a number or truth value as it would be written in the file that is imported.
    pub(crate) fn scalar(&self, name: &'static str) -> Option<Located<String>> {
        let entry = self.entry(name)?;
        if let Some(text) = entry.scalar() {
            Some(
                self.reader
                    .locate(text, self.path(name), &entry.value.span()),
            )
        } else {
            self.wrong_type(name, entry, "one value");
            None
        }
    }

    /// A text or a list of them; numbers count as texts.
    pub(crate) fn texts(&self, name: &'static str) -> Option<Located<Vec<String>>> {
        let entry = self.entry(name)?;
        if let Some(texts) = entry.scalars() {
            Some(
                self.reader
                    .locate(texts, self.path(name), &entry.value.span()),
            )
        } else {
            self.wrong_type(name, entry, "a text, or a list of texts");
            None
        }
    }

    /// A truth value.
    pub(crate) fn flag(&self, name: &'static str) -> Option<bool> {
        let entry = self.entry(name)?;
        let flag = entry.value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(name, entry, "true or false");
        }
        flag
    }

    /// A finite number.
    pub(crate) fn number(&self, name: &'static str) -> Option<f64> {
        let entry = self.entry(name)?;
        let number = entry.number().filter(|n| n.is_finite());
        if number.is_none() {
            self.wrong_type(name, entry, "a number");
        }
        number
    }

    /// A whole number from `least` to `most`.
    pub(crate) fn whole(&self, name: &'static str, least: u32, most: u32) -> Option<u32> {
        let entry = self.entry(name)?;
        let text = entry.scalar().unwrap_or_default();
        let number = text.parse().ok().filter(|n| (least..=most).contains(n));
        if number.is_none() {
            let allowed = format!("a whole number from {least} to {most}");
            self.problem(name, "this is not in range", entry.shown(), allowed);
        }
        number
    }

    /// One of a few words.
    pub(crate) fn word<T: Copy>(
        &self,
        name: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.text(name)?;
        let known = words.iter().find(|(word, _)| *word == text.value);
        if known.is_none() {
            let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let hint = did_you_mean(&text.value, allowed.iter().copied());
            self.problem(
                name,
                format!("this word is not known here{hint}"),
                format!("\"{}\"", text.value),
                allowed.join(", "),
            );
        }
        known.map(|(_, value)| *value)
    }

    /// A table inside this one.
    pub(crate) fn table(&self, name: &'static str) -> Option<Table<'r>> {
        let entry = self.entry(name)?;
        if let Some(table) = entry.value.get_ref().as_table() {
            Some(Self::new(
                self.reader,
                self.path(name),
                entry.value.span(),
                table,
            ))
        } else {
            self.wrong_type(name, entry, &format!("a table: [{}]", self.path(name)));
            None
        }
    }

    /// A list of tables: `[[name]]` or `name = [{ … }]`.
    pub(crate) fn tables(&self, name: &'static str) -> Vec<Table<'r>> {
        let Some(entry) = self.entry(name) else {
            return Vec::new();
        };
        let Some(array) = entry.value.get_ref().as_array() else {
            self.wrong_type(
                name,
                entry,
                &format!("a list of tables: [[{}]]", self.path(name)),
            );
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (at, value) in array.iter().enumerate() {
            let key = format!("{}[{}]", self.path(name), at + 1);
            if let Some(table) = value.get_ref().as_table() {
                tables.push(Self::new(self.reader, key, value.span(), table));
            } else {
                let entry = Entry {
                    value,
                    reader: self.reader,
                };
                self.reader.problem(
                    &value.span(),
                    &key,
                    "this has the wrong type",
                    entry.shown(),
                    "a table",
                );
            }
        }
        tables
    }

    /// The keys that people may choose freely, each with its scalar: `map = { "Yes" = 1 }`.
    pub(crate) fn free_scalars(&self) -> Vec<(String, Located<String>)> {
        self.free(Entry::scalar, "a text, number, true or false")
    }

    /// The keys that people may choose freely, each with a text or a list of texts.
    pub(crate) fn free_texts(&self) -> Vec<(String, Located<Vec<String>>)> {
        self.free(Entry::scalars, "a text, or a list of texts")
    }

    fn free<T>(
        &self,
        read: impl Fn(Entry<'r>) -> Option<T>,
        allowed: &str,
    ) -> Vec<(String, Located<T>)> {
        let mut found = Vec::new();
        for (name, value) in self.entries {
            let entry = Entry {
                value,
                reader: self.reader,
            };
            let key = self.path(name.get_ref());
            match read(entry) {
                Some(read) => {
                    let located = self.reader.locate(read, key, &value.span());
                    found.push((name.get_ref().to_string(), located));
                }
                None => self.reader.problem(
                    &value.span(),
                    &key,
                    "this has the wrong type",
                    entry.shown(),
                    allowed,
                ),
            }
        }
        found
    }

    /// The keys that people may choose freely, each with a table.
    pub(crate) fn free_tables(&self) -> Vec<(String, Table<'r>)> {
        let mut found = Vec::new();
        for (name, value) in self.entries {
            let key = self.path(name.get_ref());
            if let Some(table) = value.get_ref().as_table() {
                let table = Self::new(self.reader, key, value.span(), table);
                found.push((name.get_ref().to_string(), table));
            } else {
                let entry = Entry {
                    value,
                    reader: self.reader,
                };
                self.reader.problem(
                    &value.span(),
                    &key,
                    "this has the wrong type",
                    entry.shown(),
                    "a table",
                );
            }
        }
        found
    }

    /// Says which keys are unknown. Call it after asking for everything.
    pub(crate) fn finish(self) {
        let asked = self.asked.borrow();
        for name in self.entries.keys() {
            let text: &str = name.get_ref();
            if asked.contains(&text) {
                continue;
            }
            let hint = did_you_mean(text, asked.iter().copied());
            let allowed = listed(asked.iter().copied(), 40);
            self.reader.problem(
                &name.span(),
                &self.path(text),
                format!("this key is not known here{hint}"),
                text,
                allowed,
            );
        }
    }
}

impl Entry<'_> {
    fn scalar(self) -> Option<String> {
        match self.value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix())
                .ok()
                .map(|n| n.to_string()),
            DeValue::Float(n) => n.as_str().parse::<f64>().ok().map(|n| n.to_string()),
            DeValue::Boolean(flag) => Some(flag.to_string()),
            DeValue::Datetime(at) => Some(at.to_string()),
            DeValue::Array(_) | DeValue::Table(_) => None,
        }
    }

    fn scalars(self) -> Option<Vec<String>> {
        match self.value.get_ref() {
            DeValue::Array(values) => values
                .iter()
                .map(|value| {
                    Entry {
                        value,
                        reader: self.reader,
                    }
                    .scalar()
                })
                .collect(),
            _ => self.scalar().map(|text| vec![text]),
        }
    }

    fn number(self) -> Option<f64> {
        match self.value.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) => self.scalar()?.parse().ok(),
            _ => None,
        }
    }

    /// The value as it stands in the file, cut when long.
    fn shown(self) -> String {
        let text = self.reader.text.get(self.value.span()).unwrap_or_default();
        let mut shown: String = text.chars().take(60).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        shown
    }
}
