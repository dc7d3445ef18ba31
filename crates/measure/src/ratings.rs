//! Who gave what to whom: the ratings of a rubric, by the thing that was rated.
//!
//! Invariant: a rater counts once for one subject: of several looks the one of the latest day, of
//! one day that with the largest id. Looks that name no subject are not there.
//! Absent on purpose: the raters' names. Only how many they are leaves this file.

use std::collections::{BTreeSet, HashMap, HashSet};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, Float64Type};
use evenkeel_facts::Table;
use evenkeel_foundation::StandardId;

use crate::error::MeasureError;
use crate::hashes::hash;
use crate::history::History;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::{RowFilter, Texts};
use crate::tally::{DAY, Only};

const ID: &str = "observation_id";
const STANDARD: &str = "standard";
const SUBJECT: &str = "subject";
const RATER: &str = "looked_by";
const VALUE: &str = "value";

/// Ratings by subject.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ratings {
    /// Of each thing that was rated, in a fixed order.
    pub subjects: Vec<Rated>,
    /// Different raters; `None` where some look does not name one.
    pub raters: Option<u64>,
    /// Tables and versions.
    pub snapshot: String,
}

/// One thing that was rated.
#[derive(Debug, Clone, PartialEq)]
pub struct Rated {
    /// A number of its own, the same in every answer.
    pub key: u64,
    /// What it was given, ascending; one a rater.
    pub ratings: Vec<f64>,
}

impl Measure {
    /// The numbers that several people observed at the same subject for a standard; `window.by`
    /// says nothing here.
    pub async fn ratings(
        &self,
        history: &History,
        standard: &StandardId,
        window: &Window,
    ) -> Result<Ratings, MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let mut answer = Ratings {
            snapshot: sources.label(),
            ..Ratings::default()
        };
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok(answer);
        };
        let only = Only {
            column: STANDARD.to_owned(),
            values: BTreeSet::from([standard.to_string()]),
        };
        let filter = RowFilter::new(history, window, vec![only])?;
        let more = [
            (ID, true),
            (SUBJECT, true),
            (RATER, true),
            (VALUE, false),
            (DAY, false),
        ];
        let columns = filter.columns(&source.snapshot.schema, &more);
        let hint = filter.hint();
        let of_files = self
            .engine()
            .fold(source, &columns, &hint, move |looks: &mut Looks, batch| {
                looks.push(&filter.keep(batch)?, batch)
            })
            .await?;
        let mut all = Looks::default();
        for of_file in of_files {
            all.merge(of_file);
        }
        all.answer(&mut answer);
        Ok(answer)
    }
}

/// One look: its day, its id, what was seen.
type Look = (i32, String, f64);

/// Looks by subject and rater; rater 0 is not named.
#[derive(Debug, Default)]
struct Looks {
    named: HashMap<(u64, u64), Look>,
    unnamed: Vec<(u64, f64)>,
}

impl Looks {
    fn push(&mut self, keep: &[bool], batch: &RecordBatch) -> Result<(), MeasureError> {
        let no_column = |column: &str| MeasureError::NoColumn {
            column: column.to_owned(),
        };
        let values = batch
            .column_by_name(VALUE)
            .and_then(|column| column.as_primitive_opt::<Float64Type>())
            .ok_or_else(|| no_column(VALUE))?;
        let days = batch
            .column_by_name(DAY)
            .and_then(|column| column.as_primitive_opt::<Date32Type>())
            .ok_or_else(|| no_column(DAY))?;
        let (ids, subjects) = (Texts::of(batch, ID)?, Texts::of(batch, SUBJECT)?);
        let raters = Texts::of(batch, RATER)?;
        let seen = |row: usize| values.is_valid(row).then(|| values.value(row));
        for row in (0..batch.num_rows()).filter(|&row| keep[row]) {
            let (Some(subject), Some(value)) = (subjects.get(row), seen(row)) else {
                continue;
            };
            let subject = hash(subject.as_bytes());
            match raters.get(row) {
                Some(rater) => {
                    let id = ids.get(row).unwrap_or_default().to_owned();
                    let key = (subject, hash(rater.as_bytes()));
                    self.look(key, (days.value(row), id, value));
                }
                None => self.unnamed.push((subject, value)),
            }
        }
        Ok(())
    }

    fn look(&mut self, key: (u64, u64), look: Look) {
        let known = self.named.entry(key).or_insert_with(|| look.clone());
        if (known.0, &known.1) < (look.0, &look.1) {
            *known = look;
        }
    }

    fn merge(&mut self, other: Self) {
        for (key, look) in other.named {
            self.look(key, look);
        }
        self.unnamed.extend(other.unnamed);
    }

    fn answer(self, answer: &mut Ratings) {
        let raters: HashSet<u64> = self.named.keys().map(|(_, rater)| *rater).collect();
        answer.raters = self.unnamed.is_empty().then_some(raters.len() as u64);
        let named = self
            .named
            .into_iter()
            .map(|((subject, _), (.., value))| (subject, value));
        let mut subjects: HashMap<u64, Vec<f64>> = HashMap::new();
        for (subject, value) in named.chain(self.unnamed) {
            subjects.entry(subject).or_default().push(value);
        }
        answer.subjects = subjects
            .into_iter()
            .map(|(key, mut ratings)| {
                ratings.sort_unstable_by(f64::total_cmp);
                Rated { key, ratings }
            })
            .collect();
        answer.subjects.sort_unstable_by_key(|rated| rated.key);
    }
}
