//! One table's log: what it says now, and what it said.
//!
//! Invariants: the newest state is kept in memory and read again only when there is a newer
//! entry; every file is listed with its number of rows.
//! Writing is in [`commit`].

mod commit;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use deltalake::{DeltaTable, DeltaTableBuilder, DeltaTableError, ensure_table_uri};
use object_store::ObjectStore;

use crate::error::{FactsError, Result};
use crate::runtime::LogRuntime;
use crate::snapshot::{FileRef, Pinned};
use crate::table::{AppId, Table};

pub use commit::Committed;

const LOG_FOLDER: &str = "_delta_log";

/// A table's log as it was last read.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) delta: DeltaTable,
    pub(crate) pinned: Arc<Pinned>,
}

/// One table.
#[derive(Debug)]
pub(crate) struct TableLog {
    pub(crate) table: Table,
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    runtime: Arc<LogRuntime>,
    store: Arc<dyn ObjectStore>,
    writer: Mutex<()>,
    current: Mutex<Option<Loaded>>,
}

impl TableLog {
    pub(crate) fn new(
        table: Table,
        facts: &Path,
        runtime: Arc<LogRuntime>,
        store: Arc<dyn ObjectStore>,
    ) -> Self {
        let name = table.name();
        Self {
            folder: facts.join(&name),
            table,
            name,
            runtime,
            store,
            writer: Mutex::new(()),
            current: Mutex::new(None),
        }
    }

    /// The newest state; `None` while nothing was ever committed. Costs one look at the disk
    /// when nothing changed.
    pub(crate) fn refresh(&self) -> Result<Option<Loaded>> {
        let mut current = lock(&self.current);
        if let Some(loaded) = current.as_ref()
            && !self.entry(loaded.pinned.version + 1).exists()
        {
            return Ok(Some(loaded.clone()));
        }
        let Some(delta) = current
            .as_ref()
            .map(|loaded| Ok(loaded.delta.clone()))
            .or_else(|| self.has_entries().then(|| self.open()))
            .transpose()?
        else {
            return Ok(None);
        };
        let loaded = self.load(delta, None)?;
        *current = Some(loaded.clone());
        Ok(Some(loaded))
    }

    /// The state at an older version.
    pub(crate) fn load_version(&self, version: i64) -> Result<Loaded> {
        if !self.has_entries() {
            return Err(self.no_table());
        }
        self.load(self.open()?, Some(version))
    }

    pub(crate) fn no_table(&self) -> FactsError {
        FactsError::NoTable {
            table: self.name.clone(),
        }
    }

    /// Whether the commit `app` is in the table.
    pub(crate) fn has(&self, app: &AppId) -> Result<bool> {
        let Some(loaded) = self.refresh()? else {
            return Ok(false);
        };
        self.is_in(&loaded, app)
    }

    /// Paths of files that were taken out of the table, with the time (ms since 1970).
    pub(crate) fn tombstones(&self, loaded: &Loaded) -> Result<Vec<(String, i64)>> {
        use futures::TryStreamExt as _;
        let delta = loaded.delta.clone();
        self.run("read removed files", async move {
            let store = delta.log_store();
            let state = delta.snapshot()?.clone();
            let removed = state.all_tombstones(store.as_ref());
            removed
                .map_ok(|gone| {
                    let at = gone.deletion_timestamp().unwrap_or_default();
                    (gone.path().into_owned(), at)
                })
                .try_collect()
                .await
        })
    }

    fn is_in(&self, loaded: &Loaded, app: &AppId) -> Result<bool> {
        let delta = loaded.delta.clone();
        let name = app.name().to_owned();
        let stored = self.run("read the names of commits", async move {
            let store = delta.log_store();
            delta
                .snapshot()?
                .transaction_version(store.as_ref(), name)
                .await
        })?;
        Ok(stored.is_some_and(|stored| stored >= app.version()))
    }

    fn open(&self) -> Result<DeltaTable> {
        let url = ensure_table_uri(self.folder.to_string_lossy())
            .map_err(FactsError::log(&self.name, "find the folder"))?;
        DeltaTableBuilder::from_url(url.clone())
            .and_then(|table| table.with_storage_backend(self.store.clone(), url).build())
            .map_err(FactsError::log(&self.name, "open the log"))
    }

    fn load(&self, mut delta: DeltaTable, version: Option<i64>) -> Result<Loaded> {
        let delta = self.run("read the log", async move {
            let version = version.map(i64::unsigned_abs);
            delta.update_incremental(version).await?;
            Ok(delta)
        })?;
        self.pin(delta)
    }

    fn pin(&self, delta: DeltaTable) -> Result<Loaded> {
        let state = delta
            .snapshot()
            .map_err(FactsError::log(&self.name, "read the log"))?;
        let mut files = Vec::new();
        for file in state.log_data().iter() {
            let name = file.object_store_path().to_string();
            let Some(rows) = file.num_records() else {
                return Err(FactsError::ForeignLog {
                    table: self.name.clone(),
                    message: format!("file {name} is listed without its number of rows"),
                });
            };
            files.push(FileRef {
                path: self.folder.join(&name),
                name,
                rows: rows as u64,
                bytes: file.size().unsigned_abs(),
            });
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let pinned = Arc::new(Pinned {
            table: self.table.clone(),
            version: state.version() as i64,
            schema: state.snapshot().arrow_schema(),
            files,
        });
        Ok(Loaded { delta, pinned })
    }

    fn run<T: Send + 'static>(
        &self,
        action: &'static str,
        work: impl Future<Output = std::result::Result<T, DeltaTableError>> + Send + 'static,
    ) -> Result<T> {
        self.runtime
            .run(work)?
            .map_err(FactsError::log(&self.name, action))
    }

    fn entry(&self, version: i64) -> PathBuf {
        self.folder
            .join(LOG_FOLDER)
            .join(format!("{version:020}.json"))
    }

    /// Whether a first commit was made: a crash in the middle of it leaves an empty folder.
    fn has_entries(&self) -> bool {
        std::fs::read_dir(self.folder.join(LOG_FOLDER)).is_ok_and(|entries| {
            entries.flatten().any(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.ends_with(".json") || name.ends_with(".checkpoint.parquet")
            })
        })
    }
}

/// Locks; what a panicking thread left behind is whole, because every value is replaced at once.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
