//! The directory of all tables: one folder a table, and who may touch it when.
//!
//! Invariants: one process writes into a directory (the server or the command holds it); inside
//! it commits to a table take turns, and compaction and vacuum of a table exclude each other.
//! Lock order: upkeep, writer, pins, state.
//!
//! Layout: `TABLE/*.parquet`, `TABLE/_delta_log/*`, `_staging/ID/manifest.json`.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use arrow::datatypes::SchemaRef;

use crate::durable::{self, DurableStore};
use crate::error::{FactsError, Result};
use crate::log::{TableLog, lock};
use crate::runtime::LogRuntime;
use crate::snapshot::{Pins, Snapshot};
use crate::staging::Staging;
use crate::table::{AppId, Table};

/// Folder of what is staged and not committed.
const STAGING_FOLDER: &str = "_staging";

/// Responses and observations of one installation, as Delta tables in one directory.
///
/// Cheap to clone. Calls block: in asynchronous code use a blocking thread for everything except
/// [`snapshot`](Self::snapshot), which normally costs one look at the disk.
#[derive(Debug, Clone)]
pub struct Facts {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    runtime: Arc<LogRuntime>,
    store: Arc<DurableStore>,
    tables: Mutex<BTreeMap<Table, Arc<TableCell>>>,
    /// Ids of what is being staged in this process.
    staged: Mutex<HashSet<String>>,
}

/// One table and its locks.
#[derive(Debug)]
pub(crate) struct TableCell {
    pub(crate) log: TableLog,
    pub(crate) pins: Pins,
    pub(crate) upkeep: Mutex<()>,
}

impl Facts {
    /// Opens the directory, creating it where needed.
    pub fn open(dir: &Path) -> Result<Self> {
        let folder = std::path::absolute(dir).map_err(FactsError::io("find", dir))?;
        durable::create_folder(&folder)?;
        let folder = folder
            .canonicalize()
            .map_err(FactsError::io("find", &folder))?;
        Ok(Self {
            shared: Arc::new(Shared {
                folder,
                runtime: Arc::new(LogRuntime::start()?),
                store: Arc::new(DurableStore::default()),
                tables: Mutex::default(),
                staged: Mutex::default(),
            }),
        })
    }

    /// Tables that something was committed to, by name.
    pub fn list_tables(&self) -> Result<Vec<Table>> {
        let folder = &self.shared.folder;
        let entries = std::fs::read_dir(folder).map_err(FactsError::io("list", folder))?;
        let mut tables = Vec::new();
        for entry in entries {
            let entry = entry.map_err(FactsError::io("list", folder))?;
            if let Ok(table) = Table::parse(&entry.file_name().to_string_lossy())
                && self.cell(&table).log.refresh()?.is_some()
            {
                tables.push(table);
            }
        }
        tables.sort();
        Ok(tables)
    }

    /// The newest version of a table, held: vacuum leaves its files alone until it is dropped.
    /// `None` while nothing was ever committed.
    pub fn snapshot(&self, table: &Table) -> Result<Option<Snapshot>> {
        let cell = self.cell(table);
        cell.pins
            .hold(|| Ok(cell.log.refresh()?.map(|loaded| loaded.pinned)))
    }

    /// An older version of a table, held like the newest.
    ///
    /// Errors: the table or version does not exist, or vacuum has removed some of its files.
    pub fn open_snapshot(&self, table: &Table, version: i64) -> Result<Snapshot> {
        let cell = self.cell(table);
        let held = cell.pins.hold(|| {
            let newest = cell.log.refresh()?.ok_or_else(|| cell.log.no_table())?;
            let newest = newest.pinned;
            if !(0..=newest.version).contains(&version) {
                return Err(FactsError::NoVersion {
                    table: table.name(),
                    version,
                    newest: newest.version,
                });
            }
            let pinned = if version == newest.version {
                newest
            } else {
                cell.log.load_version(version)?.pinned
            };
            match pinned.files.iter().find(|file| !file.path.exists()) {
                Some(gone) => Err(FactsError::VersionGone {
                    table: table.name(),
                    version,
                    file: gone.name.clone(),
                }),
                None => Ok(Some(pinned)),
            }
        })?;
        held.ok_or_else(|| cell.log.no_table())
    }

    /// Rows of a table; 0 while it does not exist.
    pub fn row_count(&self, table: &Table) -> Result<u64> {
        let loaded = self.cell(table).log.refresh()?;
        Ok(loaded.map_or(0, |loaded| loaded.pinned.rows()))
    }

    /// Whether the commit `app` is in the table.
    pub fn is_committed(&self, table: &Table, app: &AppId) -> Result<bool> {
        self.cell(table).log.has(app)
    }

    /// Begins, or goes on with, bringing rows into one table. Nothing is visible before
    /// [`Staging::commit`].
    ///
    /// Errors: the same `app` is being staged; a column would change its type.
    pub fn stage(&self, table: Table, schema: SchemaRef, app: AppId) -> Result<Staging> {
        self.stage_all(vec![(table, schema)], app)
    }

    /// The same for rows of one source that go into several tables, which have one point to
    /// resume from. The tables are committed in this order.
    pub fn stage_all(&self, tables: Vec<(Table, SchemaRef)>, app: AppId) -> Result<Staging> {
        Staging::open(self.clone(), tables, app)
    }

    pub(crate) fn cell(&self, table: &Table) -> Arc<TableCell> {
        let shared = &self.shared;
        lock(&shared.tables)
            .entry(table.clone())
            .or_insert_with(|| {
                Arc::new(TableCell {
                    log: TableLog::new(
                        table.clone(),
                        &shared.folder,
                        shared.runtime.clone(),
                        shared.store.clone(),
                    ),
                    pins: Pins::default(),
                    upkeep: Mutex::new(()),
                })
            })
            .clone()
    }

    pub(crate) fn staging_folder(&self) -> PathBuf {
        self.shared.folder.join(STAGING_FOLDER)
    }

    /// Takes the staging `id` for one user; `None` where somebody has it.
    pub(crate) fn claim(&self, id: &str) -> Option<Claim> {
        lock(&self.shared.staged)
            .insert(id.to_owned())
            .then(|| Claim {
                facts: self.clone(),
                id: id.to_owned(),
            })
    }
}

/// A staging that is in use; given back when dropped.
#[derive(Debug)]
pub(crate) struct Claim {
    facts: Facts,
    id: String,
}

impl Drop for Claim {
    fn drop(&mut self) {
        lock(&self.facts.shared.staged).remove(&self.id);
    }
}
