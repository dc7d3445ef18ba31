//! Made-up employees for the tests of the gate, and somebody who wants to know what they said.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_foundation::{
    Direction, Granularity, Indicator, IndicatorId, IndicatorKind, InstrumentId, ItemId, Period,
    UnitId,
};
use evenkeel_stats::{Counted, Histogram, Statistics};

use super::cell::CellKey;
use super::decide::Rules;
use super::draft::{Atom, AtomKey, Draft};
use super::released::{Earlier, Family, Frozen, Release, family};

/// One who answered: team, month, attributes, score.
#[derive(Debug, Clone)]
pub struct Person {
    pub unit: &'static str,
    pub values: Vec<(String, String)>,
    pub score: i32,
}

impl Person {
    pub fn atom(&self, parents: &BTreeMap<UnitId, Option<UnitId>>) -> AtomKey {
        let mut units = vec![UnitId::parse(self.unit).unwrap()];
        while let Some(Some(parent)) = parents.get(&units[units.len() - 1]) {
            units.push(parent.clone());
        }
        AtomKey {
            units,
            period: month(),
            values: self.values.clone(),
        }
    }
}

pub fn parents(of: &[(&str, Option<&str>)]) -> BTreeMap<UnitId, Option<UnitId>> {
    let id = |text: &str| UnitId::parse(text).unwrap();
    of.iter()
        .map(|(unit, parent)| (id(unit), parent.map(id)))
        .collect()
}

pub fn person(unit: &'static str, values: &[(&str, &str)], score: i32) -> Person {
    let own = |(attribute, value): &(&str, &str)| ((*attribute).to_owned(), (*value).to_owned());
    Person {
        unit,
        values: values.iter().map(own).collect(),
        score,
    }
}

/// Mean of the item `happy`.
pub fn happiness() -> Indicator {
    Indicator {
        id: IndicatorId::parse("happiness").unwrap(),
        title: serde_json::from_value(serde_json::json!({ "en": "Happiness" })).unwrap(),
        party: None,
        kind: IndicatorKind::Mean {
            instrument: InstrumentId::parse("pulse").unwrap(),
            item: ItemId::parse("happy").unwrap(),
        },
        direction: Direction::HigherIsBetter,
        minimum_n: 1,
        target: None,
        headline: true,
    }
}

pub fn month() -> Period {
    Period::containing(Granularity::Month, jiff::civil::date(2026, 3, 1))
}

/// Everybody's cells of one month; `parents` are (unit, parent).
pub fn draft(people: &[Person], parents: &[(&str, Option<&str>)]) -> Draft {
    let parents = self::parents(parents);
    let happiness = happiness().id;
    let mut scores: BTreeMap<CellKey, Histogram> = BTreeMap::new();
    let mut atoms: BTreeMap<AtomKey, u64> = BTreeMap::new();
    for person in people {
        let key = person.atom(&parents);
        for cell in key
            .cells()
            .into_iter()
            .filter(|cell| cell.period == month())
        {
            scores.entry(cell).or_default().add(person.score, 1);
        }
        *atoms.entry(key).or_default() += 1;
    }
    let counted = |scores| Counted::from(Statistics::Scores(scores));
    let atoms = atoms.into_iter().map(|(key, people)| Atom { key, people });
    Draft {
        minimum_n: 5,
        parents,
        cells: scores
            .into_iter()
            .map(|(key, scores)| (key, BTreeMap::from([(happiness.clone(), counted(scores))])))
            .collect(),
        atoms: BTreeMap::from([(happiness.clone(), atoms.collect())]),
    }
}

/// A release of that draft by some of the rules, after `earlier`.
pub fn released(draft: &Draft, earlier: Option<&Release>, rules: Rules) -> Release {
    let happiness = happiness();
    let ids = BTreeSet::from([happiness.id.clone()]);
    let indicators = BTreeMap::from([(happiness.id.clone(), happiness)]);
    let number = earlier.map_or(1, |earlier| earlier.number + 1);
    let before = Earlier::of(earlier, &ids);
    let one: Family = family(
        &ids,
        draft,
        &indicators,
        &before,
        (number, "pulse@1"),
        rules,
    );
    Release {
        number,
        snapshot: "pulse@1".to_owned(),
        fingerprint: String::new(),
        families: vec![one],
    }
}

/// Number and sum of the answers in each cell that a release shows.
pub fn shown(release: &Release) -> BTreeMap<CellKey, (u64, i128)> {
    let mut found = BTreeMap::new();
    for (key, cell) in &release.families[0].cells {
        if let Frozen::Shown { evidence, .. } = cell
            && let Statistics::Scores(scores) = &evidence[&happiness().id].statistics
        {
            found.insert(key.clone(), (scores.n(), scores.sum()));
        }
    }
    found
}

pub const NO_RULES: Rules = Rules {
    nested: false,
    siblings: false,
    audit: false,
    revision: false,
    unanimous: false,
};
