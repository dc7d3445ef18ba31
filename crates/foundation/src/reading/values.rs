//! Typed values of cursors. Each getter returns None after it has reported why.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::civil::Date;
use toml::de::DeValue;

use super::cursor::{Cursor, Fields};
use super::report::{Report, nearest, one_of};
use crate::ids::{ID_ALLOWED, IdError};
use crate::text::Text;

impl<'d> Cursor<'d> {
    /// A text that is not blank.
    pub fn string(&self, report: &mut Report) -> Option<&'d str> {
        match self.value() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text),
            DeValue::String(_) => {
                self.wrong(report, "the text is empty", "");
                None
            }
            _ => {
                self.wrong(report, "a text in quotes is needed", "");
                None
            }
        }
    }

    /// Texts that are not blank.
    pub fn strings(&self, report: &mut Report) -> Option<Vec<String>> {
        let elements = self.list(report)?;
        let texts: Vec<_> = elements.iter().map(|e| e.string(report)).collect();
        texts.into_iter().map(|t| t.map(str::to_owned)).collect()
    }

    /// `true` or `false`.
    pub fn boolean(&self, report: &mut Report) -> Option<bool> {
        if let DeValue::Boolean(truth) = self.value() {
            return Some(*truth);
        }
        self.wrong(report, "yes or no is needed", "true, false");
        None
    }

    /// A whole number from `min` to `max`.
    pub fn integer(&self, report: &mut Report, min: i64, max: i64) -> Option<i64> {
        let number = match self.value() {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        let inside = number.filter(|n| (min..=max).contains(n));
        if inside.is_none() {
            let allowed = match max {
                i64::MAX => format!("{min} or more"),
                max if max == i64::from(u32::MAX) => format!("{min} or more"),
                max => format!("{min} to {max}"),
            };
            self.wrong(report, "a whole number is needed", &allowed);
        }
        inside
    }

    /// A whole number from `min` that fits a `u32`.
    pub fn count(&self, report: &mut Report, min: u32) -> Option<u32> {
        let number = self.integer(report, i64::from(min), i64::from(u32::MAX))?;
        u32::try_from(number).ok()
    }

    /// A whole number that fits an `i32`.
    pub fn score(&self, report: &mut Report) -> Option<i32> {
        let number = self.integer(report, i64::from(i32::MIN), i64::from(i32::MAX))?;
        i32::try_from(number).ok()
    }

    /// A finite number.
    pub fn number(&self, report: &mut Report) -> Option<f64> {
        let number: Option<f64> = match self.value() {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix())
                .ok()
                .map(|n| n as f64),
            DeValue::Float(n) => n.as_str().parse().ok(),
            _ => None,
        };
        let number = number.filter(|n| n.is_finite());
        match number {
            None => self.wrong(report, "a number is needed", ""),
            Some(n) if !is_short(n) => {
                self.wrong(report, "the number is too long", "at most 15 digits");
                return None;
            }
            Some(_) => {}
        }
        number
    }

    /// A day, with or without quotes.
    pub fn date(&self, report: &mut Report) -> Option<Date> {
        let day = match self.value() {
            DeValue::Datetime(time) if time.time.is_none() && time.offset.is_none() => {
                time.date.and_then(|d| {
                    let year = i16::try_from(d.year).ok()?;
                    let month = i8::try_from(d.month).ok()?;
                    Date::new(year, month, i8::try_from(d.day).ok()?).ok()
                })
            }
            // jiff reads times too and drops them; a day is ten characters.
            DeValue::String(text) if text.len() == 10 => text.parse().ok(),
            _ => None,
        };
        if day.is_none() {
            self.wrong(report, "a day is needed", "a date such as 2026-03-01");
        }
        day
    }

    /// An id.
    pub fn id<T: FromStr<Err = IdError>>(&self, report: &mut Report) -> Option<T> {
        let id = self.string(report)?.parse().ok();
        if id.is_none() {
            self.wrong(report, "not an id", ID_ALLOWED);
        }
        id
    }

    /// A list of ids.
    pub fn ids<T: FromStr<Err = IdError>>(&self, report: &mut Report) -> Option<Vec<T>> {
        let elements = self.list(report)?;
        let ids: Vec<Option<T>> = elements.iter().map(|e| e.id(report)).collect();
        ids.into_iter().collect()
    }

    /// One of the words.
    pub fn word<T: Copy>(&self, report: &mut Report, words: &[(&str, T)]) -> Option<T> {
        let written = self.string(report)?;
        let meant = words.iter().find(|(word, _)| *word == written);
        if meant.is_none() {
            let names = || words.iter().map(|(word, _)| *word);
            let message = match nearest(written, names()) {
                Some(near) => format!("unknown word; did you mean `{near}`?"),
                None => "unknown word".to_owned(),
            };
            self.wrong(report, &message, &one_of(names()));
        }
        meant.map(|(_, value)| *value)
    }

    /// A text for people: `"text"` or `{ en = "text", nl = "tekst" }`.
    pub fn text(&self, report: &mut Report) -> Option<Text> {
        match self.value() {
            DeValue::String(_) => Text::plain(self.string(report)?).ok(),
            DeValue::Table(_) => {
                let fields = self.table(report)?;
                let names = fields.names();
                if names.is_empty() {
                    self.wrong(report, "a text in at least one language is needed", "");
                    return None;
                }
                let mut texts = BTreeMap::new();
                for name in &names {
                    let field = fields.get(report, name)?;
                    if let Some(text) = field.string(report) {
                        texts.insert((*name).to_owned(), text.to_owned());
                    }
                }
                (texts.len() == names.len()).then(|| Text::localised(texts).ok())?
            }
            _ => {
                let allowed = r#""text" or { en = "text", nl = "tekst" }"#;
                self.wrong(report, "a text is needed", allowed);
                None
            }
        }
    }
}

/// Whether a number has at most 15 digits, as everything that people agree on has. Such numbers
/// are the same in TOML and JSON, in every program that reads them; longer ones may come back
/// from JSON changed in their last digit, and would look like a change for ever.
fn is_short(number: f64) -> bool {
    let written = number.abs().to_string();
    let digits = written.replace('.', "");
    digits.trim_start_matches('0').len() <= 15 && written.len() <= 22
}

/// A field that need not be there. `Err` means: it is there and wrong, which has been reported.
pub type Optional<T> = Result<Option<T>, Wrong>;

/// Something was wrong and has been reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong;

impl<'d> Fields<'d> {
    /// Reads `name` with `read` when it is there.
    pub fn optional<T>(
        &self,
        report: &mut Report,
        name: &str,
        read: impl FnOnce(&Cursor<'d>, &mut Report) -> Option<T>,
    ) -> Optional<T> {
        match self.get(report, name) {
            None => Ok(None),
            Some(field) => read(&field, report).map(Some).ok_or(Wrong),
        }
    }

    /// Reads `name` with `read`, or takes `default` when it is not there.
    pub fn or<T>(
        &self,
        report: &mut Report,
        name: &str,
        default: T,
        read: impl FnOnce(&Cursor<'d>, &mut Report) -> Option<T>,
    ) -> Option<T> {
        match self.get(report, name) {
            None => Some(default),
            Some(field) => read(&field, report),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_short;

    #[test]
    fn short_numbers_are_those_that_people_write() {
        for number in [0.0, 0.98, -12.5, 1e-9, 123_456_789_012_345.0] {
            assert!(is_short(number), "{number}");
        }
        for number in [0.1 + 0.2, 1.0 / 3.0, 1e300, 1e-30] {
            assert!(!is_short(number), "{number}");
        }
    }
}
