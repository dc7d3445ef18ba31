//! Compaction: many small files become few full ones, in one commit that changes no row.
//!
//! Invariants: appends may happen meanwhile; the commit is made only if every merged file is
//! still in the table. Merged files stay on disk for readers that hold them, until vacuum.
//! Absent on purpose: rewriting full files. Statistics are cached by file, and a file that never
//! changes keeps its cache.

use std::collections::HashMap;
use std::fs::File;

use deltalake::kernel::{Action, Remove};
use jiff::Timestamp;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::columns;
use crate::data_file::{DataFile, WrittenFile};
use crate::durable;
use crate::error::{FactsError, Result};
use crate::facts::{Facts, TableCell};
use crate::log::lock;
use crate::naming::hashed;
use crate::snapshot::{FileRef, Snapshot};
use crate::staging::FILE_ROWS;
use crate::table::Table;

/// Files with fewer rows are merged.
const SMALL_ROWS: u64 = FILE_ROWS as u64 / 2;
/// A merged file is closed when it has as many.
const MERGED_ROWS: u64 = FILE_ROWS as u64;
/// Bytes that `FILE_ROWS` rows have, roughly; told to other readers of the log only.
const MERGED_BYTES: i64 = 64 << 20;
const BATCH_ROWS: usize = 1 << 15;

/// What a compaction did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compacted {
    /// Version made by it.
    pub version: i64,
    /// Files that were merged.
    pub files_before: usize,
    /// Files that hold their rows now.
    pub files_after: usize,
    /// Rows in them.
    pub rows: u64,
}

impl Facts {
    /// Merges the small files of a table; `None` where there is nothing to merge. `now` is the
    /// time from which vacuum counts how long the merged files have been out of use.
    pub fn compact(&self, table: &Table, now: Timestamp) -> Result<Option<Compacted>> {
        let cell = self.cell(table);
        let _turn = lock(&cell.upkeep);
        let Some(snapshot) = self.snapshot(table)? else {
            return Ok(None);
        };
        let groups = groups(&snapshot.files);
        if groups.is_empty() {
            return Ok(None);
        }
        let merged = groups
            .iter()
            .map(|group| merge(&cell, &snapshot, group))
            .collect::<Result<Vec<_>>>()?;
        durable::sync_folder(&cell.log.folder)?;
        commit(&cell, &groups, &merged, now)
    }
}

/// Which files become one: small ones, in the order of their names, until a file is full.
fn groups(files: &[FileRef]) -> Vec<Vec<&FileRef>> {
    let mut groups: Vec<Vec<&FileRef>> = Vec::new();
    let mut rows = 0;
    for file in files.iter().filter(|file| file.rows < SMALL_ROWS) {
        match groups.last_mut() {
            Some(group) if rows < MERGED_ROWS => group.push(file),
            _ => {
                rows = 0;
                groups.push(vec![file]);
            }
        }
        rows += file.rows;
    }
    groups.retain(|group| group.len() > 1);
    groups
}

fn merge(cell: &TableCell, snapshot: &Snapshot, group: &[&FileRef]) -> Result<WrittenFile> {
    let log = &cell.log;
    let name = merged_name(group);
    // Left by a compaction that did not reach its commit: the merged files are still in use.
    durable::remove_file(&log.folder.join(&name))?;
    let mut merged = DataFile::create(&log.table, &log.folder, &name, snapshot.schema.clone())?;
    for file in group {
        let reader = File::open(&file.path)
            .map_err(FactsError::io("open", &file.path))
            .and_then(|opened| {
                ParquetRecordBatchReaderBuilder::try_new(opened)
                    .and_then(|builder| builder.with_batch_size(BATCH_ROWS).build())
                    .map_err(FactsError::parquet("open", &file.path))
            })?;
        for rows in reader {
            let rows = rows.map_err(FactsError::columns(&log.name, "read a file to merge"))?;
            merged.write(columns::conform(&log.name, &snapshot.schema, &rows)?)?;
        }
    }
    let written = merged.finish()?;
    let expected: u64 = group.iter().map(|file| file.rows).sum();
    if written.rows != expected {
        return Err(FactsError::ForeignLog {
            table: log.name.clone(),
            message: format!(
                "files to merge hold {} rows; the log says {expected}",
                written.rows
            ),
        });
    }
    Ok(written)
}

/// Files never change and leave the table when they are merged, so their names give a name that
/// no other merged file has.
fn merged_name(group: &[&FileRef]) -> String {
    let names = group.iter().map(|file| file.name.as_str());
    format!("merge-{}.parquet", hashed(names, 16))
}

fn commit(
    cell: &TableCell,
    groups: &[Vec<&FileRef>],
    merged: &[WrittenFile],
    now: Timestamp,
) -> Result<Option<Compacted>> {
    let writer = cell.log.writer();
    let Some(newest) = cell.log.refresh()? else {
        return Err(cell.log.no_table());
    };
    let files = || groups.iter().flatten();
    let all_there = files().all(|file| newest.pinned.files.contains(file));
    if !all_there {
        // Somebody else took a file out meanwhile; the next job begins afresh.
        return Ok(None);
    }
    let removes = files().map(|file| Action::Remove(removal(file, now)));
    let adds = merged.iter().map(|file| Action::Add(file.add(false)));
    let actions = removes.chain(adds).collect();
    let version = writer.exchange(&newest, actions, &merged[0].name, MERGED_BYTES)?;
    Ok(Some(Compacted {
        version,
        files_before: files().count(),
        files_after: merged.len(),
        rows: merged.iter().map(|file| file.rows).sum(),
    }))
}

fn removal(file: &FileRef, now: Timestamp) -> Remove {
    Remove {
        path: file.name.clone(),
        data_change: false,
        deletion_timestamp: Some(now.as_millisecond()),
        extended_file_metadata: Some(true),
        partition_values: Some(HashMap::new()),
        size: Some(file.bytes as i64),
        ..Remove::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(rows: &[u64]) -> Vec<FileRef> {
        rows.iter()
            .enumerate()
            .map(|(number, &rows)| FileRef {
                path: format!("/t/{number}").into(),
                name: number.to_string(),
                rows,
                bytes: rows,
            })
            .collect()
    }

    fn sizes(rows: &[u64]) -> Vec<usize> {
        groups(&files(rows)).iter().map(Vec::len).collect()
    }

    #[test]
    fn full_files_and_single_ones_are_left_alone() {
        assert_eq!(sizes(&[]), Vec::<usize>::new());
        assert_eq!(sizes(&[10]), Vec::<usize>::new());
        assert_eq!(sizes(&[MERGED_ROWS, 10, SMALL_ROWS]), Vec::<usize>::new());
    }

    #[test]
    fn small_files_fill_one_after_the_other() {
        assert_eq!(sizes(&[1, 2, MERGED_ROWS, 3]), [3]);
        let almost = SMALL_ROWS - 1;
        assert_eq!(sizes(&[almost; 6]), [3, 3]);
    }

    #[test]
    fn other_files_give_another_name() {
        let files = files(&[1, 2, 3]);
        let all: Vec<_> = files.iter().collect();
        assert_eq!(merged_name(&all), merged_name(&all));
        assert_ne!(merged_name(&all), merged_name(&all[..2]));
    }
}
