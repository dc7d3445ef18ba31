//! Rows of `observations`, judged on arrival.
//!
//! Invariant: whether it was kept is either what the file says or what the standard's version of
//! that day says of the number; never both. A duration without a number is one that has not ended:
//! judged by how long it has been going on, if the file says so, else by nobody yet.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int8Array, Int32Array, RecordBatch, StringArray,
};
use arrow::datatypes::SchemaRef;
use evenkeel_assess::ObservedValue;
use evenkeel_facts::observations_schema;
use evenkeel_foundation::Requirement;
use rand::Rng;
use serde_json::{Map, Value};

use super::answers::flags;
use super::judge::{Judge, Judged};
use super::rows::{Missing, Rows};
use super::table::{self, Columns};
use super::units::{UnitPlaces, Units};
use super::when::When;
use super::words::{self, Label, Places, Words};
use crate::agreed::Agreed;
use crate::hash::{Keyed, bucket};
use crate::mapping::{
    CHOSEN, ColumnName, ColumnPick, KeyRule, ListRule, Mapping, ObservationRule, StandardRule,
    TimeUnit,
};

/// Turns rows into observations.
#[derive(Debug)]
pub(crate) struct Observations<'m> {
    rule: &'m ObservationRule,
    import_id: String,
    pub schema: SchemaRef,
    standard: Words,
    standard_pick: Option<ColumnPick>,
    judge: Judge<'m>,
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

/// What a batch says about each row.
struct Seen {
    version: Vec<i32>,
    value: Vec<Option<f64>>,
    kept: Vec<Option<bool>>,
    deviations: Vec<Option<String>>,
    extras: Vec<Option<String>>,
}

impl Seen {
    fn with_capacity(count: usize) -> Self {
        Self {
            version: Vec::with_capacity(count),
            value: Vec::with_capacity(count),
            kept: Vec::with_capacity(count),
            deviations: Vec::with_capacity(count),
            extras: Vec::with_capacity(count),
        }
    }
}

/// What one row says.
struct Look {
    row: usize,
    standard: Option<i32>,
    day: Option<i32>,
    value: Option<f64>,
    open_for: Option<f64>,
    told: Option<bool>,
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
            judge: Judge::new(&agreed.standards),
            party: Label::closed(
                "party",
                mapping.party.as_ref(),
                everywhere,
                parties.collect(),
            ),
            channel: label("channel", mapping.channel.as_ref()),
            chosen: Label::closed("chosen", Some(&rule.chosen), everywhere, chosen.collect()),
            looked_by: label("looked_by", rule.looked_by.as_ref()),
            reason: label("reason", rule.reason.as_ref()),
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
        let seen = self.judged(rows, &standards, when);
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
        columns.add_some("detail", self.detail(rows));
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

    fn judged(&mut self, rows: &mut Rows<'_>, standards: &Places, when: &When) -> Seen {
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
        let mut seen = Seen::with_capacity(count);
        for row in 0..count {
            let look = Look {
                row,
                standard: standards[row],
                day: when.days[row],
                value: values[row],
                open_for: open[row],
                told: told.as_ref().and_then(|told| told[row]),
            };
            let (version, value, judged) = self.look(rows, &look);
            seen.version.push(version);
            seen.value.push(value);
            seen.kept.push(judged.kept);
            let said = |list: &Option<Vec<Option<String>>>| {
                list.as_ref().and_then(|list| list[row].clone())
            };
            seen.deviations
                .push(said(&deviations).or(judged.deviations));
            seen.extras.push(said(&extras).or(judged.extras));
        }
        seen
    }

    /// The version, the value as it is stored and the judgement of one row.
    fn look(&mut self, rows: &mut Rows<'_>, look: &Look) -> (i32, Option<f64>, Judged) {
        let told = Judged {
            kept: look.told,
            deviations: None,
            extras: None,
        };
        let (Some(standard), Some(day)) = (look.standard, look.day) else {
            return (0, look.value, told);
        };
        let id = self.standard.value(standard);
        let Some(version) = self.judge.version(standard, id, day) else {
            let message = format!("standard {id} is not in force that day");
            let allowed = self.judge.first_day(id).map_or_else(String::new, |first| {
                format!("from {first}; or a standard with an earlier valid_from")
            });
            rows.fault(
                look.row,
                None,
                "standard",
                &message,
                &super::moment::day_text(day),
                &allowed,
            );
            return (0, look.value, told);
        };
        let number = version.version as i32;
        let is_duration = matches!(version.standard.requirement, Requirement::Duration(_));
        let unit = self.rule.unit_of_value.filter(|_| is_duration);
        let seconds = unit.map_or(1.0, TimeUnit::seconds);
        let value = look.value.map(|value| value * seconds);
        if told.kept.is_some() {
            return (number, value, told);
        }
        let observed = match (value, look.open_for) {
            (Some(value), _) => ObservedValue::Number(value),
            (None, Some(open)) => ObservedValue::OpenForSeconds(open * seconds),
            (None, None) if is_duration => return (number, None, told),
            (None, None) => {
                if !rows.is_bad(look.row) {
                    let message = "there is neither a number nor whether it was kept";
                    rows.fault(look.row, None, "value", message, "", "value or kept");
                }
                return (number, None, told);
            }
        };
        match self.judge.judge(standard, version, observed) {
            Ok(judged) => (number, value, judged),
            Err(message) => {
                let found = value
                    .or(look.open_for)
                    .map_or_else(String::new, |n| n.to_string());
                rows.fault(look.row, None, "value", &message, &found, "");
                (number, value, told)
            }
        }
    }

    /// What the file says itself.
    fn told(&self, rows: &mut Rows<'_>) -> Option<Vec<Option<bool>>> {
        let kept = self.rule.kept.as_ref()?;
        let missing = self.missing.with(&kept.missing);
        Some(flags(rows, &kept.column, "kept", &missing, &self.kept_map))
    }

    fn list(&self, rows: &mut Rows<'_>, rule: Option<&ListRule>) -> Option<Vec<Option<String>>> {
        let rule = rule?;
        let texts = rows.texts(&rule.column);
        let read = (0..rows.len()).map(|row| {
            let text = texts.get(row);
            if self.missing.text(text) {
                return None;
            }
            let parts = text
                .split(&rule.split)
                .map(str::trim)
                .filter(|part| !part.is_empty());
            Some(Value::from(parts.collect::<Vec<_>>()).to_string())
        });
        Some(read.collect())
    }

    fn detail(&self, rows: &Rows<'_>) -> Option<ArrayRef> {
        if self.rule.detail.is_empty() {
            return None;
        }
        let columns = super::responses::texts_of(rows, &self.rule.detail);
        let cells = (0..rows.len()).map(|row| {
            let mut object = Map::new();
            for texts in &columns {
                let text = texts.get(row);
                if !self.missing.text(text) {
                    object.insert(texts.name.to_owned(), Value::from(text));
                }
            }
            (!object.is_empty()).then(|| Value::Object(object).to_string())
        });
        Some(Arc::new(cells.collect::<StringArray>()))
    }

    /// What was looked at; a row that lacks one of the columns names nothing.
    fn subject(&self, rows: &Rows<'_>) -> Option<ArrayRef> {
        if self.rule.subject.is_empty() {
            return None;
        }
        let columns = super::responses::texts_of(rows, &self.rule.subject);
        let subjects = (0..rows.len()).map(|row| {
            let parts = columns.iter().map(|texts| {
                let text = texts.get(row);
                (!self.missing.text(text)).then_some(text)
            });
            let parts: Option<Vec<&str>> = parts.collect();
            parts.map(|parts| parts.join("|"))
        });
        Some(Arc::new(subjects.collect::<StringArray>()))
    }

    /// Ids and buckets. The id of a key names the standard too, because one ticket can be looked
    /// at under several.
    fn ids(
        &self,
        rows: &mut Rows<'_>,
        standards: &Places,
        rng: &mut dyn Rng,
    ) -> (ArrayRef, ArrayRef) {
        let KeyRule::Columns(key) = &self.rule.key else {
            return self.ids_by_row(rows, rng);
        };
        let columns = super::responses::texts_of(rows, key);
        let mut ids = Vec::with_capacity(rows.len());
        let mut buckets = Vec::with_capacity(rows.len());
        for (row, standard) in standards.iter().enumerate() {
            if columns
                .iter()
                .all(|texts| self.missing.text(texts.get(row)))
            {
                let name = columns.first().map(|texts| texts.name);
                rows.fault(row, name, "key", "every row needs its key", "", "");
            }
            let parts = || columns.iter().map(|texts| texts.get(row));
            let standard = standard.map_or("", |place| self.standard.value(place));
            let joined: Vec<&str> = parts().collect();
            ids.push(format!("{standard}:{}", joined.join("|")));
            buckets.push(
                self.keyed
                    .hash("observation", parts().map(str::as_bytes))
                    .bucket,
            );
        }
        (
            Arc::new(StringArray::from(ids)),
            Arc::new(Int8Array::from(buckets)),
        )
    }

    /// `IMPORT-ROW`: this file and mapping come in once, so the row is key enough.
    fn ids_by_row(&self, rows: &Rows<'_>, rng: &mut dyn Rng) -> (ArrayRef, ArrayRef) {
        use std::fmt::Write as _;
        let import = self.import_id.get(..12).unwrap_or(&self.import_id);
        let mut text = String::with_capacity(rows.len() * 20);
        let mut ends: Vec<i32> = Vec::with_capacity(rows.len() + 1);
        ends.push(0);
        for row in &rows.batch.rows {
            let _ = write!(text, "{import}-{}", row + 1);
            ends.push(text.len() as i32);
        }
        let mut drawn = vec![0; rows.len()];
        rng.fill_bytes(&mut drawn);
        let buckets: Vec<i8> = drawn.into_iter().map(bucket).collect();
        (
            Arc::new(table::texts(text.into_bytes(), ends)),
            Arc::new(Int8Array::from(buckets)),
        )
    }
}

/// A column of texts, unless all are missing.
fn some_texts(texts: Vec<Option<String>>) -> Option<ArrayRef> {
    let any = texts.iter().any(Option::is_some);
    any.then(|| Arc::new(StringArray::from(texts)) as Arc<dyn Array>)
}
