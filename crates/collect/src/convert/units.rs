//! Which unit a row belongs to.
//!
//! Invariant: a text is resolved once per file, whatever the number of its rows. A unit that is
//! made is only reported when a stored row belongs to it, its parents with it; a text that gives
//! the id of a unit made for another text is told, because two shops must not become one unseen.

use std::collections::{BTreeMap, HashMap};

use arrow::array::ArrayRef;
use evenkeel_foundation::{Foundation, LevelId, Origin, Text, Unit, UnitId, UnitTree, slugify};
use jiff::tz::TimeZone;

use super::moment::{ZoneClock, date_of_days, days};
use super::rows::{Index, Missing, Rows, texts};
use super::words;
use crate::mapping::{
    Creation, IdFrom, Mapping, ParentRule, Pick, Transform, UnitRule, UnknownUnit,
};
use crate::source::{RawBatch, squeeze};
use crate::suggest::{did_you_mean, listed};

/// The unit of each row, as a place in the table of units; None where that is wrong.
pub(crate) type UnitPlaces = Vec<Option<i32>>;

/// What a text stands for.
#[derive(Debug, Clone)]
enum Outcome {
    Unit(i32),
    Skip,
    Missing,
    Wrong { message: String, allowed: String },
}

/// One unit that the file named.
#[derive(Debug)]
struct Known {
    zone: usize,
    first_day: i32,
    last_day: i32,
    /// The unit, when this import makes it, and the text it is made of.
    made: Option<(Unit, String)>,
    used: bool,
}

/// Resolves units.
#[derive(Debug)]
pub(crate) struct Units<'m> {
    rule: &'m UnitRule,
    missing: Missing,
    map: &'m BTreeMap<String, String>,
    tree: UnitTree,
    ids: Vec<String>,
    known: Vec<Known>,
    places: HashMap<String, i32>,
    seen: HashMap<String, Outcome>,
    /// The clocks of the zones met so far.
    pub zones: Vec<ZoneClock>,
    zone_names: Vec<String>,
}

/// Texts that are remembered; a file with more units than this is looked up anew.
const REMEMBERED_MAX: usize = 1_000_000;

static NO_MAP: BTreeMap<String, String> = BTreeMap::new();

impl<'m> Units<'m> {
    pub(crate) fn new(mapping: &'m Mapping, foundation: &Foundation) -> Self {
        let rule = &mapping.unit;
        let (map, missing): (&BTreeMap<_, _>, &[String]) = match &rule.pick {
            Pick::Column(pick) => (&pick.map, &pick.missing),
            Pick::Constant(_) => (&NO_MAP, &[]),
        };
        Self {
            rule,
            missing: Missing::new(&mapping.missing, missing),
            map,
            tree: foundation.tree(),
            ids: Vec::new(),
            known: Vec::new(),
            places: HashMap::new(),
            seen: HashMap::new(),
            zones: Vec::new(),
            zone_names: Vec::new(),
        }
    }

    /// Rows to keep where unknown units are skipped; None when that is every row.
    pub(crate) fn keep(&mut self, batch: &RawBatch, index: &Index) -> Option<Vec<bool>> {
        let UnknownUnit::SkipRow = self.rule.unknown else {
            return None;
        };
        let Pick::Column(pick) = &self.rule.pick else {
            return None;
        };
        let texts = texts(batch, index, &pick.column);
        let keep: Vec<bool> = (0..batch.lines.len())
            .map(|row| !matches!(self.outcome(texts.get(row), None), Outcome::Skip))
            .collect();
        keep.contains(&false).then_some(keep)
    }

    /// The unit of every row.
    pub(crate) fn resolve(&mut self, rows: &mut Rows<'_>) -> UnitPlaces {
        let rule = self.rule;
        let pick = match &rule.pick {
            Pick::Constant(unit) => {
                let outcome = self.outcome(&unit.value, None);
                let place = if let Outcome::Unit(place) = outcome {
                    Some(place)
                } else {
                    None
                };
                return vec![place; rows.len()];
            }
            Pick::Column(pick) => pick,
        };
        let texts = rows.texts(&pick.column);
        let mut places: UnitPlaces = Vec::with_capacity(rows.len());
        let mut absent = 0;
        let mut last: Option<(String, Option<i32>)> = None;
        for row in 0..rows.len() {
            let text = texts.get(row);
            if let Some((before, place)) = &last
                && before == text
            {
                places.push(*place);
                continue;
            }
            let place = match self.outcome(text, Some((rows, row))) {
                Outcome::Unit(place) => Some(place),
                // Skipped rows were left out before; this is one that appeared since.
                Outcome::Skip => None,
                Outcome::Missing => {
                    absent += 1;
                    rows.fault(
                        row,
                        Some(texts.name),
                        "unit",
                        "every row needs a unit",
                        text,
                        "",
                    );
                    None
                }
                Outcome::Wrong { message, allowed } => {
                    rows.fault(row, Some(texts.name), "unit", &message, text, &allowed);
                    None
                }
            };
            if place.is_some() {
                last = Some((text.to_owned(), place));
            }
            places.push(place);
        }
        rows.count_missing(texts.at, texts.name, absent);
        places
    }

    /// Says which rows lie outside the days of their unit. `span` gives first and last day of a row.
    pub(crate) fn check_days(
        &self,
        rows: &mut Rows<'_>,
        places: &UnitPlaces,
        span: impl Fn(usize) -> Option<(i32, i32)>,
    ) {
        for (row, place) in places.iter().enumerate() {
            let (Some(place), Some((first, last))) = (place, span(row)) else {
                continue;
            };
            let unit = &self.known[*place as usize];
            if last >= unit.first_day && first <= unit.last_day {
                continue;
            }
            let shown = |day| date_of_days(day).map_or_else(String::new, |date| date.to_string());
            let mut allowed = Vec::new();
            if unit.first_day > i32::MIN {
                allowed.push(format!("from {}", shown(unit.first_day)));
            }
            if unit.last_day < i32::MAX {
                allowed.push(format!("to {}", shown(unit.last_day)));
            }
            let message = format!("unit {} does not exist then", self.ids[*place as usize]);
            rows.fault(
                row,
                None,
                "unit",
                &message,
                &shown(first),
                &allowed.join(" "),
            );
        }
    }

    /// The zone of a unit, as a place in `zones`.
    pub(crate) fn zone(&self, place: i32) -> usize {
        self.known[place as usize].zone
    }

    /// The id of a unit.
    pub(crate) fn id(&self, place: i32) -> &str {
        &self.ids[place as usize]
    }

    /// The units as a column of ids.
    pub(crate) fn array(&self, places: UnitPlaces) -> ArrayRef {
        words::dictionary(places, &self.ids)
    }

    /// Says that a stored row belongs to the unit.
    #[inline]
    pub(crate) fn mark_used(&mut self, place: i32) {
        self.known[place as usize].used = true;
    }

    /// The units to make, parents first: those of stored rows.
    pub(crate) fn made(&self) -> Vec<Unit> {
        let mut made: Vec<Unit> = Vec::new();
        for known in self.known.iter().filter(|known| known.used) {
            let Some((unit, _)) = &known.made else {
                continue;
            };
            let mut chain = vec![unit];
            while let Some(parent) = chain.last().and_then(|unit| unit.parent.as_ref()) {
                let place = self.places.get(parent.as_str());
                let Some((parent, _)) = place.and_then(|at| self.known[*at as usize].made.as_ref())
                else {
                    break;
                };
                chain.push(parent);
            }
            for unit in chain.into_iter().rev() {
                if !made.iter().any(|known| known.id == unit.id) {
                    made.push(unit.clone());
                }
            }
        }
        made
    }

    fn outcome(&mut self, text: &str, at: Option<(&mut Rows<'_>, usize)>) -> Outcome {
        if let Some(known) = self.seen.get(text) {
            return known.clone();
        }
        let can_be_made = at.is_some() || matches!(self.rule.pick, Pick::Constant(_));
        let outcome = self.find(text, at);
        // Without its row a unit cannot be made, and that must not be remembered.
        if can_be_made || !matches!(self.rule.unknown, UnknownUnit::Create(_)) {
            if self.seen.len() >= REMEMBERED_MAX {
                self.seen.clear();
            }
            self.seen.insert(text.to_owned(), outcome.clone());
        }
        outcome
    }

    fn find(&mut self, text: &str, at: Option<(&mut Rows<'_>, usize)>) -> Outcome {
        if self.missing.text(text) {
            return Outcome::Missing;
        }
        let plain = squeeze(text);
        let mapped = self.map.get(text).or_else(|| self.map.get(plain.as_ref()));
        let id = match mapped {
            Some(id) => id.clone(),
            None => transformed(&plain, self.rule.transform),
        };
        if let Some(place) = self.places.get(&id).copied() {
            if let (Some((_, made_of)), Some((rows, _))) = (&self.known[place as usize].made, at)
                && made_of != plain.as_ref()
                && mapped.is_none()
            {
                let message = format!(
                    "`{made_of}` and `{plain}` are one unit, {id}: a map in [unit] can keep them apart"
                );
                rows.warn(&message);
            }
            return Outcome::Unit(place);
        }
        let parsed = match UnitId::parse(&id) {
            Ok(id) => id,
            Err(error) => {
                return Outcome::Wrong {
                    message: "this gives no id for a unit".to_owned(),
                    allowed: format!("{error}; or a map in [unit]"),
                };
            }
        };
        if let Some(unit) = self.tree.unit(&parsed).cloned() {
            return Outcome::Unit(self.add(&unit, None));
        }
        match (&self.rule.unknown, at) {
            (UnknownUnit::SkipRow, _) => Outcome::Skip,
            (UnknownUnit::Create(creation), Some((rows, row))) => {
                self.make(creation, parsed, &plain, rows, row)
            }
            (UnknownUnit::Create(creation), None) => self.make_alone(creation, parsed, &plain),
            (UnknownUnit::Error, _) => {
                let known = || self.tree.units().map(|unit| unit.id.as_str());
                let hint = did_you_mean(&id, known());
                Outcome::Wrong {
                    message: format!("the foundation has no unit {id}{hint}"),
                    allowed: format!("{}; or unknown = \"create\"", listed(known(), 20)),
                }
            }
        }
    }

    /// Makes the unit of a row.
    fn make(
        &mut self,
        creation: &Creation,
        id: UnitId,
        text: &str,
        rows: &Rows<'_>,
        row: usize,
    ) -> Outcome {
        let title = creation.name_column.as_ref().map(|column| {
            let names = rows.texts(column);
            squeeze(names.get(row)).into_owned()
        });
        let title = title.filter(|title| !title.is_empty());
        let parent = match &creation.parent {
            None => Ok(None),
            Some(rule) => {
                let said = match &rule.id {
                    IdFrom::Pick(Pick::Constant(constant)) => constant.value.clone(),
                    IdFrom::Pick(Pick::Column(pick)) => {
                        rows.texts(&pick.column).get(row).to_owned()
                    }
                    IdFrom::Prefix(prefix) => rows.texts(&prefix.column).get(row).to_owned(),
                };
                self.parent(rule, &said, creation).map(Some)
            }
        };
        let parent = match parent {
            Ok(parent) => parent,
            Err(message) => {
                return Outcome::Wrong {
                    message,
                    allowed: String::new(),
                };
            }
        };
        self.make_with(creation, id, title.as_deref().unwrap_or(text), text, parent)
    }

    /// Makes the unit of a constant, which has no row to look at.
    fn make_alone(&mut self, creation: &Creation, id: UnitId, text: &str) -> Outcome {
        let parent = creation.parent.as_ref().and_then(|rule| match &rule.id {
            IdFrom::Pick(Pick::Constant(constant)) => UnitId::parse(&constant.value).ok(),
            _ => None,
        });
        self.make_with(creation, id, text, text, parent)
    }

    fn make_with(
        &mut self,
        creation: &Creation,
        id: UnitId,
        title: &str,
        text: &str,
        parent: Option<UnitId>,
    ) -> Outcome {
        let level = creation.level.as_ref().map(|level| level.value.clone());
        let Some(level) = level.or_else(|| self.tree.leaf_level().cloned()) else {
            return Outcome::Wrong {
                message: "the organisation has no levels, so no unit can be made".to_owned(),
                allowed: String::new(),
            };
        };
        let unit = Unit {
            title: title_of(title, &id),
            id,
            level,
            parent,
            valid_from: None,
            valid_to: None,
            time_zone: creation.time_zone.clone(),
            people: None,
            origin: Origin::Import,
        };
        Outcome::Unit(self.add(&unit, Some(text.to_owned())))
    }

    /// The parent of a unit that is made; made too where nobody knows it.
    fn parent(
        &mut self,
        rule: &ParentRule,
        said: &str,
        creation: &Creation,
    ) -> Result<UnitId, String> {
        let said = squeeze(said);
        let (id, title) = match &rule.id {
            IdFrom::Prefix(prefix) => {
                let start: String = said.chars().take(prefix.length as usize).collect();
                (
                    prefix.id.replace("{}", &start),
                    prefix.title.replace("{}", &start),
                )
            }
            IdFrom::Pick(Pick::Column(pick)) => {
                let mapped = pick.map.get(said.as_ref()).map(String::as_str);
                (mapped.unwrap_or(&said).to_owned(), said.into_owned())
            }
            IdFrom::Pick(Pick::Constant(_)) => (said.to_string(), said.into_owned()),
        };
        let id = transformed(&id, rule.transform);
        let id = UnitId::parse(&id).map_err(|error| format!("its parent has no id: {error}"))?;
        if self.tree.unit(&id).is_some() || self.places.contains_key(id.as_str()) {
            return Ok(id);
        }
        let level = match &rule.level {
            Some(level) => level.value.clone(),
            None => self
                .level_above(creation.level.as_ref().map(|level| &level.value))
                .ok_or("no level lies above that of the unit")?,
        };
        let grandparent = rule
            .parent
            .as_ref()
            .map(|parent| UnitId::parse(&parent.value));
        let unit = Unit {
            title: title_of(&title, &id),
            id: id.clone(),
            level,
            parent: grandparent.transpose().map_err(|error| error.to_string())?,
            valid_from: None,
            valid_to: None,
            time_zone: None,
            people: None,
            origin: Origin::Import,
        };
        self.add(&unit, Some(title));
        Ok(id)
    }

    fn level_above(&self, level: Option<&LevelId>) -> Option<LevelId> {
        let levels = self.tree.levels();
        let at = match level {
            Some(level) => levels.iter().position(|known| known == level)?,
            None => levels.len().checked_sub(1)?,
        };
        levels.get(at.checked_sub(1)?).cloned()
    }

    fn add(&mut self, unit: &Unit, made_of: Option<String>) -> i32 {
        let place = self.ids.len() as i32;
        let zone = match (&unit.time_zone, &unit.parent, &made_of) {
            (_, _, None) => self.tree.time_zone(&unit.id).to_owned(),
            (Some(zone), _, _) => zone.clone(),
            (None, Some(parent), _) => match self.places.get(parent.as_str()) {
                Some(place) => self.zone_names[self.zone(*place)].clone(),
                None => self.tree.time_zone(parent).to_owned(),
            },
            (None, None, _) => self.tree.time_zone(&unit.id).to_owned(),
        };
        let zone = self.zone_place(&zone);
        self.places.insert(unit.id.as_str().to_owned(), place);
        self.ids.push(unit.id.as_str().to_owned());
        self.known.push(Known {
            zone,
            first_day: unit.valid_from.map_or(i32::MIN, days),
            last_day: unit.valid_to.map_or(i32::MAX, days),
            made: made_of.map(|text| (unit.clone(), text)),
            used: false,
        });
        place
    }

    fn zone_place(&mut self, name: &str) -> usize {
        if let Some(at) = self.zone_names.iter().position(|known| known == name) {
            return at;
        }
        // The foundation was checked: the name of a zone in it is one.
        let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
        self.zones.push(ZoneClock::new(zone));
        self.zone_names.push(name.to_owned());
        self.zones.len() - 1
    }
}

fn transformed(text: &str, transform: Transform) -> String {
    match transform {
        Transform::Slug => slugify(text),
        Transform::None => text.to_owned(),
    }
}

fn title_of(title: &str, id: &UnitId) -> Text {
    Text::plain(title)
        .or_else(|_| Text::plain(id.as_str()))
        .expect("an id is not empty")
}
