//! How an answer is to be divided: `unit:restaurant,month,contact`.
//!
//! Invariant: a word that divides nothing is refused, and the words that do are named.

use evenkeel_foundation::{AttributeId, Foundation, Granularity, LevelId};
use evenkeel_measure::By;

/// A word of `by` that divides nothing here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ByError {
    #[error("`{found}` divides nothing; allowed are {}", allowed.join(", "))]
    Unknown { found: String, allowed: Vec<String> },
    #[error("`{found}` comes a second time; {kind} can be given once")]
    Twice { found: String, kind: &'static str },
}

/// Reads `by`; an empty text divides nothing.
pub fn parse(foundation: &Foundation, by: &str) -> Result<Vec<By>, ByError> {
    let mut found: Vec<By> = Vec::new();
    for word in by.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let one = parse_word(foundation, word).ok_or_else(|| ByError::Unknown {
            found: word.to_owned(),
            allowed: allowed(foundation),
        })?;
        if let Some(kind) = found.iter().find_map(|earlier| same_kind(earlier, &one)) {
            return Err(ByError::Twice {
                found: word.to_owned(),
                kind,
            });
        }
        found.push(one);
    }
    Ok(found)
}

fn parse_word(foundation: &Foundation, word: &str) -> Option<By> {
    if word == "unit" {
        return Some(By::Unit(None));
    }
    if word == "channel" {
        return Some(By::Channel);
    }
    if let Some(level) = word.strip_prefix("unit:") {
        let level = LevelId::parse(level).ok()?;
        return foundation
            .level(&level)
            .is_some()
            .then_some(By::Unit(Some(level)));
    }
    if let Ok(granularity) = word.parse::<Granularity>() {
        return Some(By::Period(granularity));
    }
    let attribute = AttributeId::parse(word.strip_prefix("attribute:").unwrap_or(word)).ok()?;
    foundation
        .attribute(&attribute)
        .is_some()
        .then_some(By::Attribute(attribute))
}

fn same_kind(earlier: &By, later: &By) -> Option<&'static str> {
    match (earlier, later) {
        (By::Unit(_), By::Unit(_)) => Some("a level of units"),
        (By::Period(_), By::Period(_)) => Some("a length of periods"),
        (By::Channel, By::Channel) => Some("the channel"),
        (By::Attribute(earlier), By::Attribute(later)) if earlier == later => Some("an attribute"),
        _ => None,
    }
}

/// Every word that divides something here.
pub fn allowed(foundation: &Foundation) -> Vec<String> {
    let levels = foundation
        .organisation
        .levels
        .iter()
        .map(|level| format!("unit:{}", level.id));
    let granularities = Granularity::EVERY
        .iter()
        .filter(|granularity| **granularity != Granularity::All)
        .map(ToString::to_string);
    let attributes = foundation.attributes.keys().map(ToString::to_string);
    std::iter::once("unit".to_owned())
        .chain(levels)
        .chain(granularities)
        .chain(std::iter::once("channel".to_owned()))
        .chain(attributes)
        .collect()
}
