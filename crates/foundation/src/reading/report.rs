//! The list of problems while it grows.

use super::places::{Place, Places};
use crate::problem::Problem;

/// How many ids a message lists before it counts the rest.
const NAMED_MAX: usize = 12;

/// Problems, and the places by which later checks name lines.
#[derive(Debug, Default)]
pub struct Report {
    problems: Vec<Problem>,
    /// Where each key that was read stands.
    pub places: Places,
}

impl Report {
    /// Adds a problem at a known place.
    pub fn add(&mut self, place: Place, key: &str, message: &str, found: &str, allowed: &str) {
        self.problems.push(Problem {
            file: place.file,
            line: place.line,
            column: place.column,
            key: key.to_owned(),
            message: message.to_owned(),
            found: found.to_owned(),
            allowed: allowed.to_owned(),
        });
    }

    /// Adds a problem at the place of its key, if that was read from a file. What comes from
    /// nowhere is named by its key alone.
    pub fn at(&mut self, key: &str, message: &str, found: &str, allowed: &str) {
        let place = self.places.find(key).cloned();
        let place = place.unwrap_or_else(|| Place::file("registry"));
        self.add(place, key, message, found, allowed);
    }

    /// Whether nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// How many problems there are so far.
    pub fn len(&self) -> usize {
        self.problems.len()
    }

    /// The problems in order of file and line, each once.
    pub fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort();
        self.problems.dedup();
        self.problems
    }
}

/// The name of `known` that was probably meant by `written`: at most a third of its letters wrong.
pub fn nearest<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let far = (written.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (distance(written, name), name))
        .filter(|(steps, _)| *steps <= far)
        .min()
        .map(|(_, name)| name)
}

/// Names for a message: `a, b, c`, and how many more where there are many.
pub fn one_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    if names.len() <= NAMED_MAX {
        return names.join(", ");
    }
    let (shown, rest) = names.split_at(NAMED_MAX);
    format!("{} and {} more", shown.join(", "), rest.len())
}

/// Letters to insert, drop, change or swap with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut steps = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                let swapped: &Vec<usize> = &before_last;
                steps = steps.min(swapped[j - 2] + 1);
            }
            row.push(steps);
        }
        before_last = last;
        last = row;
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_between_words() {
        assert_eq!(distance("kitchen", "kitchen"), 0);
        assert_eq!(distance("kichten", "kitchen"), 2);
        assert_eq!(distance("ktichen", "kitchen"), 1);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn suggestions_are_near_or_absent() {
        let known = ["kitchen", "table", "till"];
        assert_eq!(nearest("kichen", known), Some("kitchen"));
        assert_eq!(nearest("tabel", known), Some("table"));
        assert_eq!(nearest("garden", known), None);
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn long_lists_are_counted() {
        let names: Vec<String> = (0..15).map(|n| format!("n{n:02}")).collect();
        let text = one_of(names.iter().map(String::as_str));
        assert!(text.ends_with("n11 and 3 more"), "{text}");
    }
}
