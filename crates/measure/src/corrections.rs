//! Which observations later ones replace.
//!
//! A correction or a ticket update is a later row with the same `observation_id`; the latest
//! received counts. Comparing all ids in every question would cost more than the question, so the
//! ids' hashes are compared once per version of the table: of an append only the new file's ids are
//! read. Where hashes repeat, the rows themselves are looked at, and those that were replaced are
//! left out of every later scan by their row numbers. Tables without corrections pay nothing.
//!
//! Invariant: at most [`HASHES_MAX`] hashes (8 bytes each) are kept; a larger table is compared in
//! several passes, at every version anew. Equal hashes never decide, equal ids do.
//! Absent on purpose: the same for responses. A response is one event; its duplicates are the
//! import's business.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{Schema, SchemaRef, TimestampMicrosecondType};
use evenkeel_facts::{FileRef, Snapshot};
use tokio::sync::Mutex;

use crate::error::MeasureError;
use crate::hashes::{Hashes, hash, merge};
use crate::scan::{DeadRows, Engine};

/// Hashes that are kept from one version to the next (256 MB).
const HASHES_MAX: u64 = 32 << 20;

const ID: &str = "observation_id";
const RECEIVED: &str = "received_at";

/// Rows that do not count, by file name.
pub type DeadByFile = Arc<HashMap<String, DeadRows>>;

/// What is known of the ids of the newest version seen.
#[derive(Debug, Default)]
pub struct Corrections {
    known: Mutex<Option<Known>>,
}

#[derive(Debug)]
struct Known {
    version: i64,
    files: HashSet<String>,
    /// Of all rows; empty where there are too many to keep.
    hashes: Hashes,
    /// Hashes that were met more than once, so far.
    repeated: HashSet<u64>,
    dead: DeadByFile,
}

impl Corrections {
    /// The rows of a version that later ones replace.
    pub async fn dead_rows(
        &self,
        engine: &Engine,
        snapshot: &Snapshot,
    ) -> Result<DeadByFile, MeasureError> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|k| k.version == snapshot.version) {
            return Ok(Arc::clone(&known.dead));
        }
        let files: HashSet<String> = snapshot.files.iter().map(|f| f.name.clone()).collect();
        let keep = snapshot.rows() <= HASHES_MAX;
        // After a compaction rows lie elsewhere, and all is looked at anew.
        let before = known.take().filter(|known| {
            keep && known.version < snapshot.version && known.files.is_subset(&files)
        });
        let mut next = before.unwrap_or_else(|| Known {
            version: snapshot.version,
            files: HashSet::new(),
            hashes: Hashes::default(),
            repeated: HashSet::new(),
            dead: DeadByFile::default(),
        });
        let new: Vec<FileRef> = snapshot
            .files
            .iter()
            .filter(|file| !next.files.contains(&file.name))
            .cloned()
            .collect();
        let again = if keep {
            let hashes = hashes(engine, &snapshot.schema, &new, 0, 1).await?;
            next.add(hashes)
        } else {
            let passes = snapshot.rows().div_ceil(HASHES_MAX);
            let mut again = false;
            for pass in 0..passes {
                let of_pass = hashes(engine, &snapshot.schema, &new, pass, passes).await?;
                next.hashes = Hashes::default();
                again |= next.add(of_pass);
            }
            next.hashes = Hashes::default();
            again
        };
        if again {
            let rows = repeated_rows(engine, snapshot, &Arc::new(next.repeated.clone())).await?;
            next.dead = Arc::new(replaced(rows));
        }
        next.version = snapshot.version;
        next.files = files;
        let dead = Arc::clone(&next.dead);
        *known = Some(next);
        Ok(dead)
    }
}

impl Known {
    /// Adds the hashes of new rows, ascending; whether any of them was met before.
    fn add(&mut self, new: Vec<u64>) -> bool {
        let again = self.hashes.add(new);
        let any = !again.is_empty();
        self.repeated.extend(again);
        any
    }
}

/// Some columns of a table, in this order.
pub(crate) fn columns(table: &Schema, names: &[&str]) -> Result<SchemaRef, MeasureError> {
    let fields = names.iter().map(|name| {
        let field = table.field_with_name(name);
        field.cloned().map_err(|_| MeasureError::NoColumn {
            column: (*name).to_owned(),
        })
    });
    Ok(Arc::new(Schema::new(
        fields.collect::<Result<Vec<_>, _>>()?,
    )))
}

/// The hashes of the ids of some files, those of one pass.
async fn hashes(
    engine: &Engine,
    table: &Schema,
    files: &[FileRef],
    pass: u64,
    passes: u64,
) -> Result<Vec<u64>, MeasureError> {
    let columns = columns(table, &[ID])?;
    let take = move |hashes: &mut Vec<u64>, batch: &RecordBatch| {
        let ids = batch.column(0).as_string_opt::<i32>();
        let ids = ids.into_iter().flatten().flatten();
        let all = ids.map(|id| hash(id.as_bytes()));
        hashes.extend(all.filter(|hash| passes == 1 || hash % passes == pass));
    };
    // Sorted file by file on the counting threads.
    let sort = |hashes: &mut Vec<u64>| hashes.sort_unstable();
    let mut sorted: Vec<Vec<u64>> = engine.read(files, &columns, take, sort).await?;
    while sorted.len() > 1 {
        let pairs = sorted.chunks(2).map(|pair| match pair {
            [a, b] => merge(a, b),
            rest => rest.concat(),
        });
        sorted = pairs.collect();
    }
    Ok(sorted.pop().unwrap_or_default())
}

/// A row whose hash is not alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Repeated {
    id: String,
    received_at: i64,
    file: usize,
    row: u64,
    name: String,
}

async fn repeated_rows(
    engine: &Engine,
    snapshot: &Snapshot,
    repeated: &Arc<HashSet<u64>>,
) -> Result<Vec<Repeated>, MeasureError> {
    let columns = columns(&snapshot.schema, &[ID, RECEIVED])?;
    let repeated = Arc::clone(repeated);
    let take = move |(next, found): &mut (u64, Vec<(String, i64, u64)>), batch: &RecordBatch| {
        let ids = batch.column(0).as_string_opt::<i32>();
        let received = batch
            .column(1)
            .as_primitive_opt::<TimestampMicrosecondType>();
        if let (Some(ids), Some(received)) = (ids, received) {
            for (row, id) in ids.iter().enumerate() {
                if let Some(id) = id.filter(|id| repeated.contains(&hash(id.as_bytes()))) {
                    found.push((id.to_owned(), received.value(row), *next + row as u64));
                }
            }
        }
        *next += batch.num_rows() as u64;
    };
    let of_files = engine.read(&snapshot.files, &columns, take, |_| ()).await?;
    let mut rows = Vec::new();
    for (file, (of, (_, found))) in snapshot.files.iter().zip(of_files).enumerate() {
        rows.extend(found.into_iter().map(|(id, received_at, row)| Repeated {
            id,
            received_at,
            file,
            row,
            name: of.name.clone(),
        }));
    }
    Ok(rows)
}

/// All rows but the last of each id: the latest received, of those the one stored last.
fn replaced(mut rows: Vec<Repeated>) -> HashMap<String, DeadRows> {
    rows.sort_unstable();
    let mut dead: HashMap<String, Vec<u64>> = HashMap::new();
    for pair in rows.windows(2).filter(|pair| pair[0].id == pair[1].id) {
        dead.entry(pair[0].name.clone())
            .or_default()
            .push(pair[0].row);
    }
    let by_file = dead.into_iter();
    by_file
        .map(|(name, rows)| (name, DeadRows::new(rows)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, received_at: i64, file: usize, row: u64) -> Repeated {
        Repeated {
            id: id.to_owned(),
            received_at,
            file,
            row,
            name: format!("file-{file}"),
        }
    }

    #[test]
    fn the_latest_received_row_survives_wherever_it_is_stored() {
        let dead = replaced(vec![
            row("a", 5, 0, 7),
            row("a", 3, 1, 2),
            row("a", 5, 1, 1),
            row("b", 1, 0, 0),
        ]);
        assert_eq!(dead["file-0"], DeadRows::new(vec![7]));
        assert_eq!(dead["file-1"], DeadRows::new(vec![2]));
    }
}
