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
            next.dead = Arc::new(replaced(&rows));
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

/// The rows of one file whose hashes are not alone. A re-assessment repeats millions of ids: they
/// lie one behind the other, because a text for each would be most of the memory.
#[derive(Debug, Default)]
struct Repeated {
    /// The file.
    name: String,
    ids: String,
    rows: Vec<RepeatedRow>,
    /// Rows of the file that were read so far.
    read: u64,
}

#[derive(Debug, Clone, Copy)]
struct RepeatedRow {
    /// Where its id begins and ends among the ids.
    id: (usize, usize),
    received_at: i64,
    row: u64,
}

impl Repeated {
    fn push(&mut self, id: &str, received_at: i64, row: u64) {
        let from = self.ids.len();
        self.ids.push_str(id);
        self.rows.push(RepeatedRow {
            id: (from, self.ids.len()),
            received_at,
            row,
        });
    }

    fn id(&self, row: RepeatedRow) -> &str {
        &self.ids[row.id.0..row.id.1]
    }
}

async fn repeated_rows(
    engine: &Engine,
    snapshot: &Snapshot,
    repeated: &Arc<HashSet<u64>>,
) -> Result<Vec<Repeated>, MeasureError> {
    let columns = columns(&snapshot.schema, &[ID, RECEIVED])?;
    let repeated = Arc::clone(repeated);
    let take = move |found: &mut Repeated, batch: &RecordBatch| {
        let ids = batch.column(0).as_string_opt::<i32>();
        let received = batch
            .column(1)
            .as_primitive_opt::<TimestampMicrosecondType>();
        if let (Some(ids), Some(received)) = (ids, received) {
            for (row, id) in ids.iter().enumerate() {
                if let Some(id) = id.filter(|id| repeated.contains(&hash(id.as_bytes()))) {
                    let place = found.read + row as u64;
                    found.push(id, received.value(row), place);
                }
            }
        }
        found.read += batch.num_rows() as u64;
    };
    let mut of_files = engine.read(&snapshot.files, &columns, take, |_| ()).await?;
    for (of, found) in snapshot.files.iter().zip(&mut of_files) {
        found.name.clone_from(&of.name);
    }
    Ok(of_files)
}

/// All rows but the last of each id: the latest received, of those the one stored last.
fn replaced(files: &[Repeated]) -> HashMap<String, DeadRows> {
    let rows = files.iter().enumerate();
    let mut rows: Vec<(u32, RepeatedRow)> = rows
        .flat_map(|(file, of)| of.rows.iter().map(move |row| (file as u32, *row)))
        .collect();
    let id = |&(file, row): &(u32, RepeatedRow)| files[file as usize].id(row);
    rows.sort_unstable_by(|a, b| {
        let place = |of: &(u32, RepeatedRow)| (of.1.received_at, of.0, of.1.row);
        id(a).cmp(id(b)).then_with(|| place(a).cmp(&place(b)))
    });
    let mut dead: Vec<Vec<u64>> = files.iter().map(|_| Vec::new()).collect();
    for pair in rows.windows(2).filter(|pair| id(&pair[0]) == id(&pair[1])) {
        dead[pair[0].0 as usize].push(pair[0].1.row);
    }
    let by_file = files.iter().zip(dead).filter(|(_, rows)| !rows.is_empty());
    by_file
        .map(|(file, rows)| (file.name.clone(), DeadRows::new(rows)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, rows: &[(&str, i64, u64)]) -> Repeated {
        let mut file = Repeated {
            name: name.to_owned(),
            ..Repeated::default()
        };
        for (id, received_at, row) in rows {
            file.push(id, *received_at, *row);
        }
        file
    }

    #[test]
    fn the_latest_received_row_survives_wherever_it_is_stored() {
        let dead = replaced(&[
            file("file-0", &[("a", 5, 7), ("b", 1, 0)]),
            file("file-1", &[("a", 3, 2), ("a", 5, 1)]),
            file("file-2", &[("c", 9, 4)]),
        ]);
        assert_eq!(dead["file-0"], DeadRows::new(vec![7]));
        assert_eq!(dead["file-1"], DeadRows::new(vec![2]));
        assert_eq!(dead.len(), 2);
    }
}
