//! A table at one version: its files, rows and columns.
//!
//! Invariant: as long as a [`Snapshot`] is held, this process removes none of its files.
//! Absent on purpose: reading. Plans over the files live in `measure`.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Weak};

use arrow::datatypes::SchemaRef;

use crate::log::lock;
use crate::table::Table;

/// One data file. Files never change: a name stands for the same rows for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name within the table.
    pub name: String,
    /// Rows in it.
    pub rows: u64,
    /// Bytes of it.
    pub bytes: u64,
}

/// What a [`Snapshot`] holds.
#[derive(Debug)]
pub struct Pinned {
    /// Table.
    pub table: Table,
    /// Version of the table's log.
    pub version: i64,
    /// Columns of the table at this version; a file may lack nullable ones (they read as empty).
    pub schema: SchemaRef,
    /// Files, by name.
    pub files: Vec<FileRef>,
}

impl Pinned {
    /// Rows of all files.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }

    /// How a number names the rows it was computed from: `responses_guest@12`.
    pub fn label(&self) -> String {
        format!("{}@{}", self.table, self.version)
    }
}

/// A table at one version, its files safe from removal while this is held.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pinned: Arc<Pinned>,
    _held: Arc<Held>,
}

/// What exists as long as a snapshot does.
#[derive(Debug)]
struct Held;

impl Deref for Snapshot {
    type Target = Pinned;

    fn deref(&self) -> &Pinned {
        &self.pinned
    }
}

/// The snapshots of one table that are held somewhere in this process.
#[derive(Debug, Default)]
pub(crate) struct Pins {
    held: Mutex<Vec<(Weak<Held>, Arc<Pinned>)>>,
}

impl Pins {
    /// Hands out what `resolve` finds. While it looks, nothing is removed.
    pub(crate) fn hold<E>(
        &self,
        resolve: impl FnOnce() -> Result<Option<Arc<Pinned>>, E>,
    ) -> Result<Option<Snapshot>, E> {
        let mut all = lock(&self.held);
        all.retain(|(held, _)| held.strong_count() > 0);
        let Some(pinned) = resolve()? else {
            return Ok(None);
        };
        let held = Arc::new(Held);
        all.push((Arc::downgrade(&held), pinned.clone()));
        Ok(Some(Snapshot {
            pinned,
            _held: held,
        }))
    }

    /// Runs `remove` with what is held; nothing can be handed out meanwhile.
    pub(crate) fn while_held<T>(&self, remove: impl FnOnce(&[Arc<Pinned>]) -> T) -> T {
        let all = lock(&self.held);
        let alive: Vec<_> = all
            .iter()
            .filter(|(held, _)| held.strong_count() > 0)
            .map(|(_, pinned)| pinned.clone())
            .collect();
        remove(&alive)
    }
}
