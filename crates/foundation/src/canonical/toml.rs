//! The TOML that we write. A small writer of our own, since a library may change its mind about
//! quotes and line breaks between versions, and these bytes are compared.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::text::Text;

/// The longest line with a list on it, in characters.
const LINE_LENGTH_MAX: usize = 100;

/// Writes tables and fields.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
}

impl Writer {
    /// What was written.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Begins a table: `[requirement]`, `[[party]]`.
    pub(super) fn table(&mut self, header: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(header);
        self.text.push('\n');
    }

    /// Writes one field whose value is TOML already.
    pub(super) fn field(&mut self, key: &str, value: &str) {
        self.text.push_str(key);
        self.text.push_str(" = ");
        self.text.push_str(value);
        self.text.push('\n');
    }

    /// Writes a field if there is a value.
    pub(super) fn optional(&mut self, key: &str, value: Option<String>) {
        if let Some(value) = value {
            self.field(key, &value);
        }
    }

    /// Writes a field if it is true.
    pub(super) fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.field(key, "true");
        }
    }

    /// Writes a list of texts, on one line if they fit.
    pub(super) fn strings<S: AsRef<str>>(&mut self, key: &str, values: &[S]) {
        let values: Vec<String> = values.iter().map(|v| string(v.as_ref())).collect();
        let line = format!("[{}]", values.join(", "));
        if key.len() + 3 + line.chars().count() <= LINE_LENGTH_MAX {
            self.field(key, &line);
        } else {
            self.lines(key, &values);
        }
    }

    /// Writes a list of texts if there are any.
    pub(super) fn strings_if_any<S: AsRef<str>>(&mut self, key: &str, values: &[S]) {
        if !values.is_empty() {
            self.strings(key, values);
        }
    }

    /// Writes a list, one value a line.
    pub(super) fn lines(&mut self, key: &str, values: &[String]) {
        let mut list = String::from("[\n");
        for value in values {
            list.push_str("    ");
            list.push_str(value);
            list.push_str(",\n");
        }
        list.push(']');
        self.field(key, &list);
    }
}

/// A text in quotes.
pub(super) fn string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_ascii_control() => {
                // Writing to a String cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A text for people.
pub(super) fn text(text: &Text) -> String {
    match text.as_plain() {
        Some(plain) => string(plain),
        None => table(text.iter().map(|(language, text)| (language, string(text)))),
    }
}

/// A list on one line.
pub(super) fn list(values: impl IntoIterator<Item = String>) -> String {
    let values: Vec<String> = values.into_iter().collect();
    format!("[{}]", values.join(", "))
}

/// A table on one line.
pub(super) fn table<'k>(fields: impl IntoIterator<Item = (&'k str, String)>) -> String {
    let fields: Vec<String> = fields
        .into_iter()
        .map(|(key, value)| format!("{key} = {value}"))
        .collect();
    format!("{{ {} }}", fields.join(", "))
}

/// A finite number; whole ones without a point, as people write them.
pub(super) fn number(number: f64) -> String {
    if number == 0.0 {
        "0".to_owned()
    } else if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        format!("{number:?}")
    }
}

/// A day.
pub(super) fn date(day: Date) -> String {
    day.to_string()
}

/// A duration in the largest unit that holds it a whole number of times.
pub(super) fn duration(seconds: f64) -> String {
    const UNITS: [(f64, &str); 3] = [(86_400.0, "d"), (3_600.0, "h"), (60.0, "min")];
    let unit = UNITS
        .into_iter()
        .find(|(size, _)| seconds > 0.0 && seconds < 1e15 && seconds % size == 0.0);
    string(&match unit {
        Some((size, name)) => format!("{:.0}{name}", seconds / size),
        None => format!("{seconds}s"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (value, written) in [
            (0.0, "0"),
            (-0.0, "0"),
            (63.0, "63"),
            (-5.5, "-5.5"),
            (0.98, "0.98"),
            (1e20, "1e20"),
        ] {
            assert_eq!(number(value), written);
        }
    }

    #[test]
    fn durations_in_the_largest_whole_unit() {
        for (seconds, written) in [
            (172_800.0, "\"2d\""),
            (14_400.0, "\"4h\""),
            (5_400.0, "\"90min\""),
            (45.0, "\"45s\""),
            (0.0, "\"0s\""),
            (0.25, "\"0.25s\""),
        ] {
            assert_eq!(duration(seconds), written);
        }
    }

    #[test]
    fn strings_survive() {
        assert_eq!(string("a\"b\\c\nd\u{1}é"), "\"a\\\"b\\\\c\\nd\\u0001é\"");
    }
}
