//! Vacuum: removes data files that nobody needs any more.
//!
//! Kept, whatever their age: files of the newest version, of a snapshot held in this process, and
//! of an import that is staged. Others go when they have been out of the table (or, never having
//! been in it, on disk) longer than the retention, which gives readers in other processes time.
//!
//! Not delta-rs's vacuum: it knows neither our snapshots nor our stagings, and writes two log
//! entries a run.

use std::collections::{HashMap, HashSet};
use std::fs::{DirEntry, Metadata};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use crate::durable;
use crate::error::{FactsError, Result};
use crate::facts::{Facts, TableCell};
use crate::log::{Loaded, lock};
use crate::staging::id_of_file;
use crate::table::Table;

/// What a vacuum did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vacuumed {
    /// Names of the files that were removed.
    pub files: Vec<String>,
    /// Their bytes.
    pub bytes: u64,
}

impl Facts {
    /// Removes files that have been out of use for `retention` or longer at `now`.
    pub fn vacuum(&self, table: &Table, retention: Duration, now: Timestamp) -> Result<Vacuumed> {
        let cell = self.cell(table);
        let _turn = lock(&cell.upkeep);
        let _writer = cell.log.writer();
        let Some(before) = SystemTime::from(now).checked_sub(retention) else {
            return Ok(Vacuumed::default());
        };
        if !cell.log.folder.exists() {
            return Ok(Vacuumed::default());
        }
        // In this order: a file that is staged, or committed meanwhile, is known by one of them.
        let candidates = data_files(&cell)?;
        let staged = self.staged_ids()?;
        let loaded = cell.log.refresh()?;
        let mut vacuumed = Vacuumed::default();
        cell.pins.while_held(|held| -> Result<()> {
            let in_use: HashSet<&str> = held
                .iter()
                .chain(loaded.as_ref().map(|newest| &newest.pinned))
                .flat_map(|pinned| &pinned.files)
                .map(|file| file.name.as_str())
                .collect();
            let removed = removed_at(&cell, loaded.as_ref())?;
            for (name, of_disk) in candidates {
                let is_staged = id_of_file(&name).is_some_and(|id| staged.contains(id));
                if is_staged || in_use.contains(name.as_str()) {
                    continue;
                }
                let unused_since = match removed.get(&name) {
                    Some(at) => *at,
                    None => of_disk
                        .modified()
                        .map_err(FactsError::io("look at", cell.log.folder.join(&name)))?,
                };
                if unused_since > before {
                    continue;
                }
                durable::remove_file(&cell.log.folder.join(&name))?;
                vacuumed.bytes += of_disk.len();
                vacuumed.files.push(name);
            }
            Ok(())
        })?;
        if !vacuumed.files.is_empty() {
            durable::sync_folder(&cell.log.folder)?;
        }
        vacuumed.files.sort();
        Ok(vacuumed)
    }

    /// Ids of all imports that are staged, in use or waiting to be resumed.
    fn staged_ids(&self) -> Result<HashSet<String>> {
        let folder = self.staging_folder();
        if !folder.exists() {
            return Ok(HashSet::new());
        }
        std::fs::read_dir(&folder)
            .and_then(|entries| {
                entries
                    .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
                    .collect()
            })
            .map_err(FactsError::io("list", &folder))
    }
}

/// Parquet files in the table's folder, in use or not.
fn data_files(cell: &TableCell) -> Result<Vec<(String, Metadata)>> {
    let folder = &cell.log.folder;
    let list = FactsError::io("list", folder);
    let is_data = |entry: &DirEntry| {
        std::path::Path::new(&entry.file_name())
            .extension()
            .is_some_and(|extension| extension == "parquet")
    };
    std::fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .filter(|entry| entry.as_ref().map_or(true, is_data))
                .map(|entry| {
                    let entry = entry?;
                    let name = entry.file_name().to_string_lossy().into_owned();
                    Ok((name, entry.metadata()?))
                })
                .collect()
        })
        .map_err(list)
}

/// When files were taken out of the table.
fn removed_at(cell: &TableCell, loaded: Option<&Loaded>) -> Result<HashMap<String, SystemTime>> {
    let Some(loaded) = loaded else {
        return Ok(HashMap::new());
    };
    let removed = cell.log.tombstones(loaded)?;
    Ok(removed
        .into_iter()
        .map(|(name, at_ms)| {
            let at = Duration::from_millis(at_ms.unsigned_abs());
            (name, SystemTime::UNIX_EPOCH + at)
        })
        .collect())
}
