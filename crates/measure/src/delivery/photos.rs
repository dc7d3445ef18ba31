//! The latest looks of which somebody kept a photo, and the names of all photos that any look has.
//!
//! Invariant: a single look leaves this room only for the units that the caller names, because only
//! `compare` knows which teams are too small for it.
//! Absent on purpose: the photos themselves. They are files of the office.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, TimestampMicrosecondType};
use evenkeel_facts::Table;
use evenkeel_foundation::{StandardId, UnitId};
use jiff::civil::Date;
use serde_json::Value;

use super::ways::{Name, names_of, texts_of};
use super::{KEPT, OCCURRED, only_standard};
use crate::calendar::date_of;
use crate::cells::UNIT;
use crate::error::MeasureError;
use crate::history::History;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::{RowFilter, Texts};
use crate::scan::{Hint, Source};
use crate::tally::{DAY, Only};

const DETAIL: &str = "detail";
const PHOTO: &str = "photo";
const DEVIATIONS: &str = "deviations";
const EXTRAS: &str = "extras";

/// A look with a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPhoto {
    /// Where.
    pub unit: UnitId,
    /// The local day.
    pub day: Date,
    /// Whether the standard was kept; `None` while nobody knows.
    pub kept: Option<bool>,
    /// How it deviated: kind, and which one.
    pub deviations: Vec<(String, Option<String>)>,
    /// What came on top.
    pub extras: Vec<String>,
    /// Name of the photo.
    pub photo: String,
}

impl Measure {
    /// The latest looks at a standard in these units that have a photo, the latest first; and the
    /// versions of the tables.
    pub async fn photos(
        &self,
        history: &History,
        standard: &StandardId,
        window: &Window,
        units: &BTreeSet<UnitId>,
        photos_max: usize,
    ) -> Result<(Vec<SeenPhoto>, String), MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let snapshot = sources.label();
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok((Vec::new(), snapshot));
        };
        let only = vec![
            only_standard(standard),
            Only {
                column: UNIT.to_owned(),
                values: units.iter().map(ToString::to_string).collect(),
            },
        ];
        let filter = RowFilter::new(history, window, only)?;
        let more = [
            (DETAIL, false),
            (DEVIATIONS, true),
            (EXTRAS, true),
            (KEPT, false),
            (OCCURRED, false),
        ];
        let columns = filter.columns(&source.snapshot.schema, &more);
        let hint = filter.hint();
        let of_files = self
            .engine()
            .fold(source, &columns, &hint, move |found: &mut Found, batch| {
                found.push(&filter.keep(batch)?, batch)?;
                found.shorten(photos_max);
                Ok(())
            })
            .await?;
        let mut all = Found::default();
        for of_file in of_files {
            all.looks.extend(of_file.looks);
        }
        all.shorten(photos_max);
        Ok((
            all.looks.into_iter().map(|(_, look)| look).collect(),
            snapshot,
        ))
    }

    /// The photos that any look ever named, whether a later one replaced it or not: by unit.
    pub async fn named_photos(
        &self,
        history: &History,
    ) -> Result<HashMap<String, BTreeSet<String>>, MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok(HashMap::new());
        };
        // What was replaced is a look that came, too.
        let every = Source {
            snapshot: source.snapshot.clone(),
            dead: Arc::default(),
        };
        let filter = RowFilter::new(history, &Window::default(), Vec::new())?;
        let columns = filter.columns(&every.snapshot.schema, &[(DETAIL, false)]);
        let of_files = self
            .engine()
            .fold(
                &every,
                &columns,
                &Hint::default(),
                |found: &mut HashMap<String, BTreeSet<String>>, batch| {
                    let units = Texts::of(batch, UNIT)?;
                    let details = Texts::of(batch, DETAIL)?;
                    for row in 0..batch.num_rows() {
                        if let Some(photo) = details.get(row).and_then(photo_of)
                            && let Some(unit) = units.get(row)
                        {
                            found.entry(unit.to_owned()).or_default().insert(photo);
                        }
                    }
                    Ok(())
                },
            )
            .await?;
        let mut all: HashMap<String, BTreeSet<String>> = HashMap::new();
        for (unit, photos) in of_files.into_iter().flatten() {
            all.entry(unit).or_default().extend(photos);
        }
        Ok(all)
    }
}

/// Day, moment and name order looks, so that the same are listed however files are cut.
#[derive(Debug, Default)]
struct Found {
    looks: Vec<((i32, i64), SeenPhoto)>,
}

impl Found {
    fn push(&mut self, keep: &[bool], batch: &RecordBatch) -> Result<(), MeasureError> {
        let missing = |column: &str| MeasureError::NoColumn {
            column: column.to_owned(),
        };
        let column = |name: &str| batch.column_by_name(name);
        let kept = column(KEPT).and_then(|column| column.as_boolean_opt());
        let kept = kept.ok_or_else(|| missing(KEPT))?;
        let days = column(DAY).and_then(|column| column.as_primitive_opt::<Date32Type>());
        let days = days.ok_or_else(|| missing(DAY))?;
        let times = column(OCCURRED)
            .and_then(|column| column.as_primitive_opt::<TimestampMicrosecondType>());
        let units = Texts::of(batch, UNIT)?;
        let details = Texts::of(batch, DETAIL)?;
        let deviations = Texts::of(batch, DEVIATIONS)?;
        let extras = Texts::of(batch, EXTRAS)?;
        for row in (0..batch.num_rows()).filter(|&row| keep[row]) {
            let Some(photo) = details.get(row).and_then(photo_of) else {
                continue;
            };
            let Some(unit) = units.get(row).and_then(|unit| UnitId::parse(unit).ok()) else {
                continue;
            };
            let named = |names: Vec<Name>| names.into_iter().filter_map(|(_, naming)| naming);
            let time = times.filter(|times| times.is_valid(row));
            let look = SeenPhoto {
                unit,
                day: date_of(days.value(row)),
                kept: kept.is_valid(row).then(|| kept.value(row)),
                deviations: deviations.get(row).map(names_of).unwrap_or_default(),
                extras: named(extras.get(row).map(texts_of).unwrap_or_default()).collect(),
                photo,
            };
            let moment = time.map_or(0, |times| times.value(row));
            self.looks.push(((days.value(row), moment), look));
        }
        Ok(())
    }

    fn shorten(&mut self, photos_max: usize) {
        self.looks
            .sort_unstable_by(|(a, x), (b, y)| (b, &y.photo).cmp(&(a, &x.photo)));
        self.looks.truncate(photos_max);
    }
}

/// The photo that a look's detail names.
fn photo_of(detail: &str) -> Option<String> {
    // Most looks have none; those need no parsing.
    if !detail.contains(PHOTO) {
        return None;
    }
    let detail: Value = serde_json::from_str(detail).ok()?;
    detail.get(PHOTO)?.as_str().map(str::to_owned)
}
