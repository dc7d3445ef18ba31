//! Who answered, how often, and what it sums to: one entry a person.
//!
//! People are told apart by a 64-bit hash of their key, which is itself a keyed hash; no key is
//! kept here. Two of a million people share a number once in forty million cells, and are then
//! counted as one, which hides more and never less.
//!
//! Invariant: a person in several groups, files or units stays one person once the groups are
//! merged. A row without a key is a person of its own, and only sums of those are kept.
//! Absent on purpose: variances. See `evenkeel_stats::clusters`.

use std::sync::Arc;

use arrow::array::{Array, ArrayData, AsArray, RecordBatch};
use arrow::datatypes::Int32Type;
use evenkeel_stats::{Clusters, People};

use super::codes::Coder;
use super::counter::reals;
use super::groups::Assigned;
use super::plan::{JointPart, PartValue, RESPONDENT};
use crate::error::MeasureError;
use crate::hashes::hash;

/// The answers of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Person {
    /// Number of the person.
    pub key: u64,
    /// Answers, or Σw.
    pub answers: f64,
    /// Sum of their values, or Σw·y.
    pub sum: f64,
}

/// The people of one group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Crowd {
    persons: Vec<Person>,
    alone: Clusters,
}

impl Crowd {
    fn push(&mut self, key: Option<u64>, answers: f64, sum: f64) {
        let Some(key) = key else {
            self.alone.push(answers, sum);
            return;
        };
        match self.persons.last_mut() {
            Some(last) if last.key == key => {
                last.answers += answers;
                last.sum += sum;
            }
            _ => self.persons.push(Person { key, answers, sum }),
        }
    }

    /// Adds the people of another group, who may be the same; [`Crowd::settle`] finds out.
    pub fn merge(&mut self, other: &Self) {
        self.persons.extend_from_slice(&other.persons);
        self.alone.merge(&other.alone);
    }

    /// Adds people of whom nothing is known but their answers.
    pub fn add_alone(&mut self, people: &Clusters) {
        self.alone.merge(people);
    }

    /// Makes one entry of every person.
    pub fn settle(&mut self) {
        self.persons.sort_by_key(|person| person.key);
        self.persons.dedup_by(|next, kept| {
            let same = next.key == kept.key;
            if same {
                kept.answers += next.answers;
                kept.sum += next.sum;
            }
            same
        });
        self.persons.shrink_to_fit();
    }

    /// The persons with a key; settled, one entry each.
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// Whether everybody has a key.
    pub fn all_known(&self) -> bool {
        self.alone.respondents() == 0
    }

    /// People, once settled.
    pub fn respondents(&self) -> u64 {
        self.persons.len() as u64 + self.alone.respondents()
    }

    /// The sums over people, once settled.
    pub fn clusters(&self) -> Clusters {
        let mut clusters = self.alone;
        for person in &self.persons {
            clusters.push(person.answers, person.sum);
        }
        clusters
    }

    /// What a cell of `n` answers says about its people, once settled.
    pub fn people(&self, n: u64) -> People {
        let respondents = self.respondents();
        People {
            respondents,
            clusters: (respondents < n).then(|| self.clusters()),
        }
    }

    /// Bytes of memory, about.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(self.persons.as_slice())
    }
}

/// Reads who answered what.
pub struct CrowdReader {
    value: Value,
    weight: Option<String>,
    keys: Keys,
}

enum Value {
    Coded(Box<Coder>, Arc<[i32]>),
    Real(String),
}

impl CrowdReader {
    /// For one column.
    pub fn new(part: &JointPart, weight: Option<&str>) -> Self {
        let value = match &part.value {
            PartValue::Real => Value::Real(part.column.clone()),
            PartValue::Coded { coding, values } => Value::Coded(
                Box::new(Coder::new(&part.column, coding)),
                values.as_slice().into(),
            ),
        };
        Self {
            value,
            weight: weight.map(str::to_owned),
            keys: Keys::default(),
        }
    }

    /// Adds the rows of a batch to the groups' people.
    pub fn push(
        &mut self,
        assigned: &Assigned<'_>,
        batch: &RecordBatch,
        crowds: &mut [Crowd],
    ) -> Result<(), MeasureError> {
        if matches!(assigned, Assigned::One(0)) {
            return Ok(());
        }
        let weights = match &self.weight {
            Some(weight) => reals(batch, weight)?,
            None => None,
        };
        let keys = self.keys.of(batch);
        let mut add = |row: usize, value: f64| {
            let group = assigned.group(row) as usize;
            let weight = weights.as_ref().map_or(1.0, |weights| weights.value(row));
            // Group 0 does not count, and a row of weight 0 stands for nobody.
            if group > 0 && weight > 0.0 {
                crowds[group].push(keys.get(row), weight, weight * value);
            }
        };
        match &mut self.value {
            Value::Coded(coder, values) => {
                for (row, &code) in coder.codes(batch)?.iter().enumerate() {
                    // Missing, or outside the scale: no answer.
                    if let Some(&value) = values.get(code as usize) {
                        add(row, f64::from(value));
                    }
                }
            }
            Value::Real(column) => {
                let Some(values) = reals(batch, column)? else {
                    return Ok(());
                };
                for (row, &value) in values.values().iter().enumerate() {
                    if values.is_valid(row) && value.is_finite() {
                        add(row, value);
                    }
                }
            }
        }
        Ok(())
    }
}

/// Numbers of the keys, looked up once per dictionary.
#[derive(Default)]
struct Keys {
    seen: Option<ArrayData>,
    by_word: Vec<Option<u64>>,
}

/// The keys of one batch.
enum KeysOf<'a> {
    Nobody,
    Words(
        &'a arrow::array::PrimitiveArray<Int32Type>,
        &'a [Option<u64>],
    ),
}

impl Keys {
    fn of<'a>(&'a mut self, batch: &'a RecordBatch) -> KeysOf<'a> {
        let column = batch.column_by_name(RESPONDENT);
        let Some(column) = column.and_then(|column| column.as_dictionary_opt::<Int32Type>()) else {
            return KeysOf::Nobody;
        };
        let values = column.values().to_data();
        if !self.seen.as_ref().is_some_and(|seen| seen.ptr_eq(&values)) {
            let words = column.values().as_string::<i32>().iter();
            self.by_word = words.map(|word| Some(hash(word?.as_bytes()))).collect();
            self.seen = Some(values);
        }
        KeysOf::Words(column.keys(), &self.by_word)
    }
}

impl KeysOf<'_> {
    fn get(&self, row: usize) -> Option<u64> {
        match self {
            Self::Words(words, numbers) if words.is_valid(row) => {
                numbers.get(words.value(row) as usize).copied().flatten()
            }
            Self::Nobody | Self::Words(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_in_two_groups_is_one_person() {
        let (mut team, mut other) = (Crowd::default(), Crowd::default());
        for (key, value) in [(7, 3.0), (7, 4.0), (9, 1.0), (7, 2.0)] {
            team.push(Some(key), 1.0, value);
        }
        other.push(Some(7), 1.0, 5.0);
        other.push(None, 1.0, 2.0);
        other.push(None, 1.0, 2.0);
        team.merge(&other);
        team.settle();
        assert_eq!(team.respondents(), 4);
        let seven = Person {
            key: 7,
            answers: 4.0,
            sum: 14.0,
        };
        assert_eq!(team.persons()[0], seven);
        let people = team.people(7);
        assert_eq!(people.respondents, 4);
        assert!((people.clusters.unwrap().mean().unwrap() - 19.0 / 7.0).abs() < 1e-12);
        assert_eq!(team.people(4).clusters, None, "one answer each");
    }
}
