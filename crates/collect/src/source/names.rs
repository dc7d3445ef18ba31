//! Names of columns.
//!
//! Invariant: a name has no blanks around it and single blanks inside; two columns of one section
//! never have the same name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::mapping::HeaderUse;

/// A text with every run of blanks (no-break ones and line breaks too) made one, none at the ends.
pub(crate) fn squeeze(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    let plain = !trimmed.contains("  ") && trimmed.chars().all(|c| c == ' ' || !c.is_whitespace());
    if plain {
        return Cow::Borrowed(trimmed);
    }
    let words: Vec<&str> = trimmed.split_whitespace().collect();
    Cow::Owned(words.join(" "))
}

/// One name per column from the header rows. Cells without text add nothing; a column without
/// any is called by its place, from 1; a name that was there already gets ` (2)`.
pub(super) fn from_header(rows: &[Vec<String>], header_use: HeaderUse) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let used = match header_use {
        HeaderUse::Joined => rows,
        HeaderUse::First => &rows[..1.min(rows.len())],
        HeaderUse::Last => &rows[rows.len().saturating_sub(1)..],
    };
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut names = Vec::with_capacity(columns);
    for column in 0..columns {
        let mut parts: Vec<Cow<'_, str>> = Vec::new();
        for row in used {
            let part = row
                .get(column)
                .map_or(Cow::Borrowed(""), |cell| squeeze(cell));
            // A cell merged over several header rows says its text once.
            if !part.is_empty() && parts.last() != Some(&part) {
                parts.push(part);
            }
        }
        let name = if parts.is_empty() {
            format!("column {}", column + 1)
        } else {
            parts.join(" / ")
        };
        let times = seen.entry(name.clone()).or_insert(0);
        *times += 1;
        names.push(if *times == 1 {
            name
        } else {
            format!("{name} ({times})")
        });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect()
    }

    #[test]
    fn blanks_become_one() {
        assert_eq!(
            squeeze("Neither Agree\nnor\u{a0}Disagree "),
            "Neither Agree nor Disagree"
        );
        assert!(matches!(
            squeeze(" plain text "),
            Cow::Borrowed("plain text")
        ));
    }

    #[test]
    fn header_rows_are_joined() {
        let header = rows(&[&["", "Seen", "Seen", "Age"], &["id", "IV", "V", "Age"]]);
        assert_eq!(
            from_header(&header, HeaderUse::Joined),
            ["id", "Seen / IV", "Seen / V", "Age"]
        );
        assert_eq!(
            from_header(&header, HeaderUse::First),
            ["column 1", "Seen", "Seen (2)", "Age"]
        );
        assert_eq!(
            from_header(&header, HeaderUse::Last),
            ["id", "IV", "V", "Age"]
        );
    }

    #[test]
    fn a_short_header_row_is_padded() {
        let header = rows(&[&["a"], &["x", "y"]]);
        assert_eq!(from_header(&header, HeaderUse::Joined), ["a / x", "y"]);
    }
}
