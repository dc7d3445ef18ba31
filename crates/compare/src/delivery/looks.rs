//! What is judged: looks by period, version and way of choosing; and what was agreed when.
//!
//! Invariant: figures that others published carry no version; the one in force on the first day of
//! their period counts.

use evenkeel_foundation::{Period, Proportion};
use evenkeel_stats::Looks;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How what was looked at was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// All of it.
    Census,
    /// Drawn at random.
    Random,
    /// What came to hand: no verdict.
    Convenience,
    /// Counted and published by others.
    Outside,
}

impl Chosen {
    /// The word in tables; `None` for another word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "census" => Some(Self::Census),
            "random" => Some(Self::Random),
            "convenience" => Some(Self::Convenience),
            "outside" => Some(Self::Outside),
            _ => None,
        }
    }

    /// Whether a verdict may rest on it.
    pub fn speaks_for_all(self) -> bool {
        self != Self::Convenience
    }
}

/// The looks of one period, version and way of choosing.
#[derive(Debug, Clone, PartialEq)]
pub struct LookCell {
    /// When.
    pub period: Period,
    /// The version that they were judged by; `None` for figures of others.
    pub version: Option<i64>,
    /// How they were chosen.
    pub chosen: Chosen,
    /// Their counts.
    pub looks: Looks,
}

/// One version of a standard, as far as judging needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Its number, from 1.
    pub version: i64,
    /// Its first day; `None`: since ever.
    pub from: Option<Date>,
    /// The share that is to be kept.
    pub target: Proportion,
    /// Whether it asks for something else than the one before, so that looks before and after are
    /// not judged alike.
    pub rebases: bool,
}

/// The version in force on a day: of those that have come, the one with the highest number.
pub fn edition_on(editions: &[Edition], day: Date) -> Option<&Edition> {
    let come = editions
        .iter()
        .filter(|edition| edition.from.is_none_or(|from| from <= day));
    come.max_by_key(|edition| edition.version)
        .or(editions.first())
}

impl LookCell {
    /// The version that these looks were judged by.
    pub(super) fn edition<'a>(&self, editions: &'a [Edition]) -> Option<&'a Edition> {
        match self.version {
            Some(version) => editions.iter().find(|edition| edition.version == version),
            None => edition_on(editions, self.period.start()),
        }
    }
}

/// A period that a person declared to be the normal one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// First day; from here on its limits hold.
    pub from: Date,
    /// Last day that the limits are made of.
    pub to: Date,
    /// Who said so.
    pub author: String,
    /// Why.
    pub reason: String,
}

/// All looks of `cells` together.
pub fn pooled<'a>(cells: impl IntoIterator<Item = &'a LookCell>) -> Looks {
    let mut all = Looks::default();
    cells.into_iter().for_each(|cell| all.merge(&cell.looks));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_decision_that_has_come_is_in_force() {
        let edition = |version, from: &str| Edition {
            version,
            from: Some(from.parse().unwrap()),
            target: Proportion::ONE,
            rebases: true,
        };
        let editions = [
            edition(1, "2026-01-01"),
            edition(2, "2026-06-01"),
            edition(3, "2026-04-01"),
        ];
        let on = |day: &str| edition_on(&editions, day.parse().unwrap()).map(|e| e.version);
        assert_eq!(on("2026-03-31"), Some(1));
        assert_eq!(on("2026-05-01"), Some(3));
        assert_eq!(on("2026-07-01"), Some(3));
        // Rows may be older than what was written down: the first holds.
        assert_eq!(on("2020-01-01"), Some(1));
        assert_eq!(edition_on(&[], "2026-01-01".parse().unwrap()), None);
    }
}
