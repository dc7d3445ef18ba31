//! Rows of `observations`, judged on arrival.
//!
//! Invariant: whether it was kept is either what the file says or what the standard's version of
//! that day says of what was seen; never both. A duration without a number is one that has not ended:
//! judged by how long it has been going on, if the file says so, else by nobody yet.

mod beside;
mod ids;
mod notes;
mod raters;

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{BooleanArray, Float64Array, Int32Array, RecordBatch};
use arrow::datatypes::SchemaRef;
use evenkeel_assess::{Observed, Scored};
use evenkeel_facts::observations_schema;
use evenkeel_foundation::{Requirement, UnitId};
use evenkeel_registry::StandardVersion;
use jiff::Timestamp;
use rand::Rng;

use beside::{joined, some_texts};
use notes::Notes;
use raters::Raters;

use super::judge::{Judge, Judged};
use super::rows::{Missing, Rows};
use super::seen::{Cells, Seen};
use super::table::{self, Columns};
use super::units::{UnitPlaces, Units};
use super::when::When;
use super::words::{self, Label, Places, Words};
use crate::agreed::Agreed;
use crate::hash::Keyed;
use crate::mapping::{
    CHOSEN, ColumnName, ColumnPick, Mapping, ObservationRule, Pick, StandardRule, TimeUnit,
};
use crate::observation::{Noted, REASONS};

/// Turns rows into observations.
#[derive(Debug)]
pub(crate) struct Observations<'m> {
    rule: &'m ObservationRule,
    import_id: String,
    pub schema: SchemaRef,
    standard: Words,
    standard_pick: Option<ColumnPick>,
    judge: Judge<'m>,
    seen: Seen<'m>,
    channel_pick: Option<&'m Pick>,
    party: Label<'m>,
    channel: Label<'m>,
    chosen: Label<'m>,
    looked_by: Label<'m>,
    reason: Label<'m>,
    source: Label<'m>,
    file_name: String,
    kept_map: HashMap<String, String>,
    keyed: Keyed,
    missing: Missing,
}

/// What becomes of each row of a batch.
struct Outcomes {
    version: Vec<i32>,
    value: Vec<Option<f64>>,
    kept: Vec<Option<bool>>,
    deviations: Vec<Option<String>>,
    extras: Vec<Option<String>>,
    notes: Vec<Notes>,
}

impl Outcomes {
    fn with_capacity(count: usize) -> Self {
        Self {
            version: Vec::with_capacity(count),
            value: Vec::with_capacity(count),
            kept: Vec::with_capacity(count),
            deviations: Vec::with_capacity(count),
            extras: Vec::with_capacity(count),
            notes: Vec::with_capacity(count),
        }
    }
}

/// What one row says.
struct Look<'u> {
    row: usize,
    standard: Option<i32>,
    day: Option<i32>,
    unit: Option<&'u str>,
    value: Option<f64>,
    open_for: Option<f64>,
    told: Option<bool>,
    now: Timestamp,
    is_blind: bool,
}

impl Look<'_> {
    fn unit(&self) -> Option<UnitId> {
        UnitId::parse(self.unit?).ok()
    }
}

impl<'m> Observations<'m> {
    pub(crate) fn new(
        mapping: &'m Mapping,
        agreed: &'m Agreed,
        import_id: &str,
        file_name: &str,
        salt: &[u8],
    ) -> Option<Self> {
        let rule = mapping.observation.as_ref()?;
        let everywhere = &mapping.missing;
        let foundation = &agreed.foundation;
        let standards = foundation
            .standards
            .keys()
            .map(|id| id.as_str().to_owned())
            .collect();
        let (map, standard_pick) = match &rule.standard {
            StandardRule::Constant(_) => (std::collections::BTreeMap::new(), None),
            StandardRule::Column { column, map } => {
                let pick = ColumnPick {
                    column: column.clone(),
                    map: map.clone(),
                    missing: Vec::new(),
                };
                (map.clone(), Some(pick))
            }
        };
        let missing = Missing::new(everywhere, &[]);
        let parties = foundation.parties.keys().map(|id| id.as_str().to_owned());
        let label = |field, pick| Label::new(field, pick, everywhere);
        let chosen = CHOSEN.iter().map(|word| (*word).to_owned());
        let kept_map = rule.kept.iter().flat_map(|kept| &kept.map);
        Some(Self {
            import_id: import_id.to_owned(),
            schema: observations_schema(),
            standard: Words::closed("standard", standards, true, map, missing.clone()),
            standard_pick,
            judge: Judge::new(agreed),
            seen: Seen::new(&rule.seen, mapping.time.as_ref(), &missing),
            channel_pick: mapping.channel.as_ref(),
            party: Label::closed(
                "party",
                mapping.party.as_ref(),
                everywhere,
                parties.collect(),
            ),
            channel: label("channel", mapping.channel.as_ref()),
            chosen: Label::closed("chosen", Some(&rule.chosen), everywhere, chosen.collect()),
            looked_by: label("looked_by", rule.looked_by.as_ref()),
            reason: Label::closed(
                "reason",
                rule.reason.as_ref(),
                everywhere,
                REASONS.iter().map(|word| (*word).to_owned()).collect(),
            ),
            source: label("source", rule.source.as_ref()),
            file_name: file_name.to_owned(),
            kept_map: kept_map
                .map(|(from, to)| (from.clone(), to.clone()))
                .collect(),
            keyed: Keyed::new(salt),
            missing,
            rule,
        })
    }

    /// Reads the rows of a batch.
    pub(crate) fn read(
        &mut self,
        rows: &mut Rows<'_>,
        units: &Units<'_>,
        places: &UnitPlaces,
        when: &When,
        received_at: i64,
        rng: &mut dyn Rng,
    ) -> Columns {
        let count = rows.len();
        let standards = self.standards(rows);
        let now = Timestamp::from_microsecond(received_at).unwrap_or_default();
        let seen = self.judged(rows, &standards, when, (units, places), now);
        let mut columns = Columns::default();
        let (ids, buckets) = self.ids(rows, &standards, rng);
        columns.add("observation_id", ids);
        columns.add("standard", self.standard.array(standards));
        columns.add("standard_version", Arc::new(Int32Array::from(seen.version)));
        columns.add("unit", units.array(places.clone()));
        columns.add_some("party", self.party.array(rows));
        columns.add("occurred_at", when.instant_array());
        columns.add("received_at", table::instant(received_at, count));
        columns.add("local_date", when.day_array());
        columns.add("value", Arc::new(Float64Array::from(seen.value)));
        columns.add_some("detail", self.detail(rows, &seen.notes));
        columns.add("kept", Arc::new(BooleanArray::from(seen.kept)));
        columns.add_some("deviations", some_texts(seen.deviations));
        columns.add_some("extras", some_texts(seen.extras));
        columns.add_some("chosen", self.chosen.required(rows));
        columns.add_some("looked_by", self.looked_by.array(rows));
        columns.add_some("subject", self.subject(rows));
        let source = self.source.required(rows);
        columns.add(
            "source",
            source.unwrap_or_else(|| words::constant(&self.file_name, count)),
        );
        columns.add_some("channel", self.channel.array(rows));
        columns.add_some("reason", self.reason.array(rows));
        columns.add("import_id", words::constant(&self.import_id, count));
        columns.add("bucket", buckets);
        columns
    }

    /// The batch of the rows that are kept.
    pub(crate) fn finish(
        &self,
        columns: Columns,
        keep: &[bool],
    ) -> Result<RecordBatch, arrow::error::ArrowError> {
        columns.filtered(&self.schema, keep)
    }

    fn standards(&mut self, rows: &mut Rows<'_>) -> Places {
        if let StandardRule::Constant(id) = &self.rule.standard {
            let place = self.standard.place(id.value.as_str()).ok().flatten();
            return vec![place; rows.len()];
        }
        let Some(pick) = &self.standard_pick else {
            return vec![None; rows.len()];
        };
        let (_, name, _) = rows.column(&pick.column);
        let places = self.standard.column(rows, pick);
        for (row, place) in places.iter().enumerate() {
            if place.is_none() && !rows.is_bad(row) {
                rows.fault(
                    row,
                    Some(name),
                    "standard",
                    "every row needs a standard",
                    "",
                    "",
                );
            }
        }
        places
    }

    fn judged(
        &mut self,
        rows: &mut Rows<'_>,
        standards: &Places,
        when: &When,
        (units, places): (&Units<'_>, &UnitPlaces),
        now: Timestamp,
    ) -> Outcomes {
        let count = rows.len();
        let mut numbers = |column: Option<&ColumnName>, field: &str| match column {
            Some(column) => rows.numbers(column, field, &self.missing, false),
            None => vec![None; count],
        };
        let values = numbers(self.rule.value.as_ref(), "value");
        let open = numbers(self.rule.open_for.as_ref(), "open_for");
        let told = self.told(rows);
        let deviations = self.list(rows, self.rule.deviations.as_ref());
        let extras = self.list(rows, self.rule.extras.as_ref());
        let cells = self.seen.cells(rows);
        let raters = self.raters(rows);
        let channels = match self.channel_pick {
            Some(Pick::Column(pick)) => Some(rows.texts(&pick.column)),
            _ => None,
        };
        let mut seen = Outcomes::with_capacity(count);
        for row in 0..count {
            let look = Look {
                row,
                standard: standards[row],
                day: when.days[row],
                value: values[row],
                open_for: open[row],
                told: told.as_ref().and_then(|told| told[row]),
                unit: places[row].map(|place| units.id(place)),
                now,
                is_blind: self.is_calibration(channels.as_ref(), row),
            };
            let (version, value, judged, mut notes) = self.look(rows, &look, &cells, &raters);
            seen.version.push(version);
            seen.value.push(value);
            seen.kept.push(judged.kept);
            let said = |list: &Option<Vec<Option<String>>>| {
                list.as_ref().and_then(|list| list[row].clone())
            };
            notes.extras(said(&extras));
            seen.notes.push(notes);
            seen.deviations
                .push(said(&deviations).or(judged.deviations));
            seen.extras.push(joined(judged.extras, said(&extras)));
        }
        seen
    }

    /// The version, the value as it is stored, the judgement of one row, and what is noted of it.
    fn look(
        &mut self,
        rows: &mut Rows<'_>,
        look: &Look<'_>,
        cells: &Cells<'_>,
        raters: &Raters<'_>,
    ) -> (i32, Option<f64>, Judged, Notes) {
        let told = Judged {
            kept: look.told,
            ..Judged::default()
        };
        let by_person = look.told.map(Noted::told);
        let told_notes = by_person.map_or_else(Notes::default, Notes::new);
        let (Some(standard), Some(day)) = (look.standard, look.day) else {
            return (0, look.value, told, told_notes);
        };
        let Some(version) = self.in_force(rows, look.row, standard, day) else {
            return (0, look.value, told, told_notes);
        };
        let number = version.version as i32;
        let requirement = &version.standard.requirement;
        let is_duration = matches!(requirement, Requirement::Duration(_));
        let unit = self.rule.unit_of_value.filter(|_| is_duration);
        let seconds = unit.map_or(1.0, TimeUnit::seconds);
        let value = look.value.map(|value| value * seconds);
        if told.kept.is_some() {
            return (number, value, told, told_notes);
        }
        let open = look.open_for.map(|open| open * seconds);
        let mut notes = Notes::default();
        let judged = match (requirement, value, open) {
            // A blind round shows how well raters agree; its scores judge nothing.
            (Requirement::Rubric(_), Some(_), _) if look.is_blind => {
                return (number, value, Judged::default(), notes);
            }
            (Requirement::Rubric(_), Some(score), _) => {
                let Some(unit) = look.unit() else {
                    return (number, value, told, notes);
                };
                let (rater, subject) = raters.of(look.row, &self.missing);
                let scored = Scored { rater, score };
                let judged = self
                    .judge
                    .score(standard, version, &unit, subject, scored, look.now);
                if let Ok(judged) = &judged {
                    notes = Notes::of_scores(&judged.scores);
                }
                judged
            }
            (Requirement::Duration(_) | Requirement::Range(_), Some(value), _) => {
                self.judge.number(standard, version, false, value)
            }
            (_, _, Some(open)) => {
                notes = Notes::new(Noted::of(Some(&Observed::OpenForSeconds(open)), None));
                self.judge.number(standard, version, true, open)
            }
            _ => {
                let Some(unit) = look.unit() else {
                    return (number, value, told, notes);
                };
                let judged = self.seen(rows, look, cells, version, &unit, &mut notes);
                return (number, judged.value.or(value), judged, notes);
            }
        };
        match judged {
            Ok(judged) => (number, judged.value.or(value), judged, notes),
            Err(message) => {
                let found = value.or(open).map_or_else(String::new, |n| n.to_string());
                rows.fault(look.row, None, "value", &message, &found, "");
                (number, value, told, notes)
            }
        }
    }

    /// The version by which a row is judged; that there is none is a fault.
    fn in_force(
        &mut self,
        rows: &mut Rows<'_>,
        row: usize,
        standard: i32,
        day: i32,
    ) -> Option<&'m StandardVersion> {
        let id = self.standard.value(standard);
        let version = self.judge.version(standard, id, day);
        if version.is_none() {
            let message = format!("standard {id} is not in force that day");
            let allowed = self.judge.first_day(id).map_or_else(String::new, |first| {
                format!("from {first}; or a standard with an earlier valid_from")
            });
            let found = super::moment::day_text(day);
            rows.fault(row, None, "standard", &message, &found, &allowed);
        }
        version
    }

    /// Judges what the other columns say.
    fn seen(
        &mut self,
        rows: &mut Rows<'_>,
        look: &Look<'_>,
        cells: &Cells<'_>,
        version: &StandardVersion,
        unit: &UnitId,
        notes: &mut Notes,
    ) -> Judged {
        let requirement = &version.standard.requirement;
        let zone = self.judge.zone(unit);
        let found = self.seen.found(rows, cells, look.row, requirement, &zone);
        let Some(found) = found else {
            // A duration without anything has not ended, and nobody knows since when.
            if !rows.is_bad(look.row) && !matches!(requirement, Requirement::Duration(_)) {
                let kind = requirement.as_str();
                let message = match look.value {
                    Some(_) => format!("a {kind} is not judged by a number"),
                    None => format!(
                        "there is neither what a {kind} is judged by nor whether it was kept"
                    ),
                };
                let found = look.value.map_or_else(String::new, |n| n.to_string());
                let allowed = crate::mapping::seen_keys(requirement).join(", ");
                let allowed = format!("{allowed} or kept");
                rows.fault(look.row, None, "value", &message, &found, &allowed);
            }
            return Judged::default();
        };
        *notes = Notes::of_seen(&found.observed, Some(found.as_of.unwrap_or(look.now)));
        let now = found.as_of.unwrap_or(look.now);
        match self.judge.look(version, unit, &found.observed, now) {
            Ok(judged) => judged,
            Err(message) => {
                let column = found.column.as_deref();
                rows.fault(look.row, column, found.field, &message, "", "");
                Judged::default()
            }
        }
    }
}
