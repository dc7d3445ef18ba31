//! What customers wrote, on some units' days.
//!
//! Invariants: only texts of the parties that the caller names leave this room, and those only of
//! external parties have a caller: employees' comments have no outlet. A text that cannot be put
//! back beside its answer has no day of its own (its day is the close of its wave) and is left out.
//! Absent on purpose: searching, sorting by mood, any judgement about a text.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, TimestampMicrosecondType};
use evenkeel_facts::Table;
use evenkeel_foundation::{PartyId, UnitId};
use jiff::civil::Date;

use crate::calendar::{date_of, day_of};
use crate::cells::UNIT;
use crate::error::MeasureError;
use crate::history::History;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::{RowFilter, Texts};
use crate::tally::{DAY, Only};

const PARTY: &str = "party";
const RESPONSE: &str = "response_id";
const TEXT: &str = "text";
const LANGUAGE: &str = "language";
const OCCURRED: &str = "occurred_at";
const ID: &str = "comment_id";

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Where it is about.
    pub unit: UnitId,
    /// The local day that it is about.
    pub day: Date,
    /// As it was written.
    pub text: String,
    /// In which language, where that is known.
    pub language: Option<String>,
}

/// Texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comments {
    /// The latest first.
    pub listed: Vec<Comment>,
    /// How many there are, listed or not.
    pub n: u64,
    /// Tables and versions.
    pub snapshot: String,
}

impl Measure {
    /// The latest texts of these parties about these units' days.
    pub async fn comments_on(
        &self,
        history: &History,
        parties: &BTreeSet<PartyId>,
        window: &Window,
        days: impl IntoIterator<Item = (UnitId, Date)>,
        comments_max: usize,
    ) -> Result<Comments, MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Comments])).await?;
        let mut answer = Comments {
            snapshot: sources.label(),
            ..Comments::default()
        };
        let Some(source) = sources.get(&Table::Comments) else {
            return Ok(answer);
        };
        let days: HashSet<(String, i32)> = days
            .into_iter()
            .map(|(unit, day)| (unit.to_string(), day_of(day)))
            .collect();
        let units = days.iter().map(|(unit, _)| unit.clone()).collect();
        let only = vec![
            Only {
                column: PARTY.to_owned(),
                values: parties.iter().map(ToString::to_string).collect(),
            },
            Only {
                column: UNIT.to_owned(),
                values: units,
            },
        ];
        let filter = RowFilter::new(history, window, only)?;
        let more = [
            (RESPONSE, false),
            (ID, false),
            (TEXT, false),
            (LANGUAGE, true),
            (OCCURRED, false),
        ];
        let columns = filter.columns(&source.snapshot.schema, &more);
        let hint = filter.hint();
        let days = Arc::new(days);
        let of_files = self
            .engine()
            .fold(source, &columns, &hint, move |found: &mut Found, batch| {
                found.push(&filter.keep(batch)?, batch, &days)?;
                found.shorten(comments_max);
                Ok(())
            })
            .await?;
        let mut all = Found::default();
        for of_file in of_files {
            all.n += of_file.n;
            all.comments.extend(of_file.comments);
        }
        all.shorten(comments_max);
        answer.n = all.n;
        answer.listed = all.comments.into_iter().map(|(_, text)| text).collect();
        Ok(answer)
    }
}

/// Day, moment and id of a text: the order in which they are listed, however files are cut.
type Place = (i32, i64, String);

#[derive(Debug, Default)]
struct Found {
    comments: Vec<(Place, Comment)>,
    n: u64,
}

impl Found {
    fn push(
        &mut self,
        keep: &[bool],
        batch: &RecordBatch,
        wanted: &HashSet<(String, i32)>,
    ) -> Result<(), MeasureError> {
        let column = |name: &str| batch.column_by_name(name);
        let days = column(DAY)
            .and_then(|column| column.as_primitive_opt::<Date32Type>())
            .ok_or_else(|| MeasureError::NoColumn {
                column: DAY.to_owned(),
            })?;
        let times = column(OCCURRED)
            .and_then(|column| column.as_primitive_opt::<TimestampMicrosecondType>());
        let units = Texts::of(batch, UNIT)?;
        let responses = Texts::of(batch, RESPONSE)?;
        let ids = Texts::of(batch, ID)?;
        let texts = Texts::of(batch, TEXT)?;
        let languages = Texts::of(batch, LANGUAGE)?;
        for row in (0..batch.num_rows()).filter(|&row| keep[row]) {
            let (Some(unit), Some(text), Some(_)) =
                (units.get(row), texts.get(row), responses.get(row))
            else {
                continue;
            };
            let day = days.value(row);
            if !wanted.contains(&(unit.to_owned(), day)) {
                continue;
            }
            let Ok(unit) = UnitId::parse(unit) else {
                continue;
            };
            self.n += 1;
            let moment = times.map_or(0, |times| times.value(row));
            let id = ids.get(row).unwrap_or_default().to_owned();
            let comment = Comment {
                unit,
                day: date_of(day),
                text: text.to_owned(),
                language: languages.get(row).map(str::to_owned),
            };
            self.comments.push(((day, moment, id), comment));
        }
        Ok(())
    }

    fn shorten(&mut self, comments_max: usize) {
        self.comments.sort_unstable_by(|(a, _), (b, _)| b.cmp(a));
        self.comments.truncate(comments_max);
    }
}
