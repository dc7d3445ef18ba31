//! What the first rows say about every column.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::dates::{self, DateForm};
use crate::convert::{parse_number, text_of};
use crate::mapping::Decimal;
use crate::source::{self, Column, Meter, Opening, ReadError, Wanted};

/// One column.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    pub name: String,
    /// The name in lower case, words apart: `saf_p_11` is `saf p 11`.
    pub words: Vec<String>,
    pub samples: Vec<String>,
    /// Different values, at most [`DIFFERENT_MAX`].
    pub different: BTreeSet<String>,
    /// Codes for "no value" that appear.
    pub codes: BTreeSet<String>,
    /// Cells with a value, of all.
    pub filled: usize,
    pub rows: usize,
    /// Cells that are numbers, of those with a value.
    pub numbers: usize,
    pub whole: bool,
    pub lowest: f64,
    pub highest: f64,
    /// How its dates are written, if it has dates.
    pub dates: Option<DateForm>,
}

const DIFFERENT_MAX: usize = 500;
const SAMPLES: usize = 5;

/// Codes that exports use for "no value".
pub(super) const COMMON_CODES: [&str; 12] = [
    "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "-", "--", "#N/A", ".", "None",
];

impl Profile {
    /// Whether nearly all values are numbers.
    pub(super) fn is_numeric(&self) -> bool {
        self.filled > 0 && self.numbers * 100 >= self.filled * 95
    }

    /// Whether nearly all values are whole numbers from `lowest` to `highest`.
    pub(super) fn is_whole_between(&self, lowest: f64, highest: f64) -> bool {
        self.is_numeric() && self.whole && self.lowest >= lowest && self.highest <= highest
    }

    /// Whether the name has one of the words.
    pub(super) fn is_called(&self, words: &[&str]) -> bool {
        let joined = self.words.concat();
        words
            .iter()
            .any(|word| self.words.iter().any(|own| own == word) || joined == *word)
    }

    /// Of the different values, the share for which `test` holds.
    pub(super) fn share(&self, test: impl Fn(&str) -> bool) -> f64 {
        if self.different.is_empty() {
            return 0.0;
        }
        self.different.iter().filter(|value| test(value)).count() as f64
            / self.different.len() as f64
    }
}

/// Reads the first rows of all columns.
pub(super) fn read(opening: &Opening, rows: u64) -> Result<Vec<Profile>, ReadError> {
    let wanted = Wanted {
        all: true,
        rows_max: Some(rows),
        ..Wanted::default()
    };
    let mut profiles: Vec<Profile> = Vec::new();
    source::read(
        opening,
        &wanted,
        &Arc::new(Meter::default()),
        &mut |batch| {
            if profiles.is_empty() {
                let names = batch
                    .section
                    .carried
                    .iter()
                    .map(|at| &batch.section.names[*at]);
                profiles = names.map(|name| empty(name)).collect();
            }
            for (profile, column) in profiles.iter_mut().zip(&batch.columns) {
                add(profile, column, batch.lines.len());
            }
            ControlFlow::Continue(())
        },
    )?;
    for profile in &mut profiles {
        if profile.dates.is_none() && !profile.is_numeric() || looks_like_digits_of_a_day(profile) {
            profile.dates = dates::find(&profile.different);
        }
    }
    Ok(profiles)
}

/// `20160201`: numbers that are days.
fn looks_like_digits_of_a_day(profile: &Profile) -> bool {
    profile.is_whole_between(19_000_101.0, 21_001_231.0)
}

fn empty(name: &str) -> Profile {
    Profile {
        name: name.to_owned(),
        words: words(name),
        samples: Vec::new(),
        different: BTreeSet::new(),
        codes: BTreeSet::new(),
        filled: 0,
        rows: 0,
        numbers: 0,
        whole: true,
        lowest: f64::INFINITY,
        highest: f64::NEG_INFINITY,
        dates: None,
    }
}

fn add(profile: &mut Profile, column: &Column, rows: usize) {
    profile.rows += rows;
    if matches!(
        column,
        Column::Day(_) | Column::Wall(_) | Column::Instant(_)
    ) {
        profile.dates = Some(DateForm::typed(matches!(column, Column::Day(_))));
    }
    for row in 0..rows {
        let text = text_of(column, row);
        if text.is_empty() {
            continue;
        }
        if COMMON_CODES.contains(&text.as_str()) {
            profile.codes.insert(text);
            continue;
        }
        profile.filled += 1;
        if let Some(number) = parse_number(&text, Decimal::Point) {
            profile.numbers += 1;
            profile.whole &= number.value.fract() == 0.0 && !number.percent;
            profile.lowest = profile.lowest.min(number.value);
            profile.highest = profile.highest.max(number.value);
        }
        if profile.different.len() < DIFFERENT_MAX && !profile.different.contains(&text) {
            if profile.samples.len() < SAMPLES {
                profile.samples.push(text.chars().take(60).collect());
            }
            profile.different.insert(text);
        }
    }
}

/// The words of a name: parted at signs and where a capital follows a small letter.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphanumeric() {
            before = ' ';
            continue;
        }
        let begins = before == ' '
            || (before.is_lowercase() && c.is_uppercase())
            || (before.is_alphabetic() != c.is_alphabetic());
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_into_words() {
        assert_eq!(words("companyAlias"), ["company", "alias"]);
        assert_eq!(words("saf_p_11"), ["saf", "p", "11"]);
        assert_eq!(words("Year.index"), ["year", "index"]);
        assert_eq!(words("NPS"), ["nps"]);
    }
}
