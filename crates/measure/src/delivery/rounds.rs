//! Which rows of a rubric are one rater's part of a thing, and no look of their own.
//!
//! Each rater's score is a row; the row of the last rater who is needed carries the judgement of all.
//! The others are not "not known yet": they are part of what is known, or of one thing that still
//! waits for a rater. Scores of a blind round judge nothing, and are no looks at all.
//!
//! Invariant: of a thing with a judgement no other row counts as not known; of one without, one row
//! does. Numbers of the rows stay with whoever asks for numbers: only what is not known is counted
//! anew. Tables without rubrics of several raters pay nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::TimestampMicrosecondType;
use evenkeel_foundation::{Foundation, Requirement, StandardId};
use tokio::sync::Mutex;

use super::{KEPT, STANDARD};
use crate::corrections::{DeadByFile, columns};
use crate::error::MeasureError;
use crate::scan::{DeadRows, Engine, Source};

/// The channel of blind rounds, as observations name it.
const CALIBRATION: &str = "calibration";

/// What is known of the newest version that was asked about.
#[derive(Debug, Default)]
pub struct Rounds {
    known: Mutex<Option<Known>>,
}

#[derive(Debug)]
struct Known {
    version: i64,
    standards: BTreeSet<StandardId>,
    dead: DeadByFile,
}

/// The standards that several people may score. All of them are looked at together, whichever is
/// asked about, so that what was found holds for the next question.
pub(super) fn scored_by_several(foundation: &Foundation) -> BTreeSet<StandardId> {
    let standards = foundation.standards.values();
    let several = standards.filter(|one| matches!(one.requirement, Requirement::Rubric(_)));
    several.map(|one| one.id.clone()).collect()
}

impl Rounds {
    /// The source without the rows that are no look of their own.
    pub(super) async fn without_parts(
        &self,
        engine: &Engine,
        source: &Source,
        standards: &BTreeSet<StandardId>,
    ) -> Result<Source, MeasureError> {
        let snapshot = source.snapshot.clone();
        let version = snapshot.version;
        let mut known = self.known.lock().await;
        let held = known
            .as_ref()
            .filter(|known| known.version == version && known.standards == *standards);
        let dead = match held {
            Some(known) => Arc::clone(&known.dead),
            None => Arc::new(parts(engine, source, standards).await?),
        };
        *known = Some(Known {
            version,
            standards: standards.clone(),
            dead: Arc::clone(&dead),
        });
        Ok(Source { snapshot, dead })
    }
}

/// A row of a rubric that names what was scored.
struct Scored {
    standard: String,
    subject: String,
    is_judged: bool,
    received_at: i64,
    row: u64,
}

/// Standard and subject.
type Thing = (String, String);
/// Whether it is judged, when it was received, in which file and row.
type Place = (bool, i64, usize, u64);

#[derive(Default)]
struct Found {
    next: u64,
    scored: Vec<Scored>,
    blind: Vec<u64>,
}

/// Rows that corrections replaced, and those that are no look of their own.
async fn parts(
    engine: &Engine,
    source: &Source,
    standards: &BTreeSet<StandardId>,
) -> Result<HashMap<String, DeadRows>, MeasureError> {
    let names = [STANDARD, "subject", KEPT, "received_at", "channel"];
    let columns = columns(&source.snapshot.schema, &names)?;
    let wanted = standards.clone();
    let take = move |found: &mut Found, batch: &RecordBatch| found.push(&wanted, batch);
    let files = &source.snapshot.files;
    let of_files = engine.read(files, &columns, take, |_| ()).await?;
    let mut dead: HashMap<String, Vec<u64>> = HashMap::new();
    let mut things: BTreeMap<Thing, Vec<Place>> = BTreeMap::new();
    for (place, (file, found)) in files.iter().zip(of_files).enumerate() {
        let replaced = source.dead.get(&file.name);
        let rows = dead.entry(file.name.clone()).or_default();
        rows.extend(replaced.into_iter().flat_map(DeadRows::rows));
        rows.extend(found.blind);
        for scored in found.scored {
            if !replaced.is_some_and(|replaced| replaced.contains(scored.row)) {
                let at = (scored.is_judged, scored.received_at, place, scored.row);
                let thing = (scored.standard, scored.subject);
                things.entry(thing).or_default().push(at);
            }
        }
    }
    for mut rows in things.into_values() {
        // What is judged comes last, then the latest: the last one stands for the thing.
        rows.sort_unstable();
        rows.pop();
        for (is_judged, _, place, row) in rows {
            // Judged twice is two looks: the same thing was looked at again.
            if !is_judged {
                dead.entry(files[place].name.clone()).or_default().push(row);
            }
        }
    }
    dead.retain(|_, rows| !rows.is_empty());
    Ok(dead
        .into_iter()
        .map(|(name, rows)| (name, DeadRows::new(rows)))
        .collect())
}

impl Found {
    fn push(&mut self, standards: &BTreeSet<StandardId>, batch: &RecordBatch) {
        let text = |place: usize| batch.column(place).as_string_opt::<i32>();
        let received = batch
            .column(3)
            .as_primitive_opt::<TimestampMicrosecondType>();
        if let (Some(of), Some(subjects), Some(received), Some(channels)) =
            (text(0), text(1), received, text(4))
        {
            let kept = batch.column(2);
            for row in 0..batch.num_rows() {
                if !standards.contains(of.value(row)) {
                    continue;
                }
                let at = self.next + row as u64;
                if channels.is_valid(row) && channels.value(row) == CALIBRATION {
                    self.blind.push(at);
                } else if subjects.is_valid(row) {
                    self.scored.push(Scored {
                        standard: of.value(row).to_owned(),
                        subject: subjects.value(row).to_owned(),
                        is_judged: kept.is_valid(row),
                        received_at: received.value(row),
                        row: at,
                    });
                }
            }
        }
        self.next += batch.num_rows() as u64;
    }
}
