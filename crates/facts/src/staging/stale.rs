//! Clearing away imports that nobody went on with.
//!
//! Invariant: files of a table that has the import's commit are never removed here; they are the
//! table's.

use std::path::Path;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use super::manifest::{Manifest, files_of};
use crate::durable;
use crate::error::{FactsError, Result};
use crate::facts::Facts;
use crate::table::{AppId, Table};

impl Facts {
    /// Removes what imports left behind whose last step is older than `age` at `now`, and which
    /// are not running in this process. Gives their names.
    pub fn remove_stale_staging(&self, age: Duration, now: Timestamp) -> Result<Vec<AppId>> {
        let Some(before) = SystemTime::from(now).checked_sub(age) else {
            return Ok(Vec::new());
        };
        let staging = self.staging_folder();
        if !staging.exists() {
            return Ok(Vec::new());
        }
        let mut removed = Vec::new();
        let entries = std::fs::read_dir(&staging).map_err(FactsError::io("list", &staging))?;
        for entry in entries {
            let folder = entry.map_err(FactsError::io("list", &staging))?.path();
            let id = folder.file_name().unwrap_or_default().to_string_lossy();
            let Some(_claim) = self.claim(&id) else {
                continue;
            };
            if Manifest::touched(&folder)? > before {
                continue;
            }
            let Some(manifest) = Manifest::read(&folder) else {
                // Whose files these are cannot be known; vacuum removes them when they are old.
                Manifest::remove(&folder)?;
                continue;
            };
            let names = manifest.tables.iter().map(|to| to.name.clone()).collect();
            discard(self, &folder, &manifest.app(), names)?;
            removed.push(manifest.app());
        }
        removed.sort_by_key(ToString::to_string);
        Ok(removed)
    }
}

/// Removes the staged files of an import, except in tables that have its commit, then its
/// manifest.
pub(super) fn discard(
    facts: &Facts,
    folder: &Path,
    app: &AppId,
    tables: Vec<String>,
) -> Result<()> {
    let id = folder.file_name().unwrap_or_default().to_string_lossy();
    for name in tables {
        let cell = facts.cell(&Table::parse(&name)?);
        if cell.log.has(app)? {
            continue;
        }
        for path in files_of(&cell.log.folder, &id)? {
            durable::remove_file(&path)?;
        }
        if cell.log.folder.exists() {
            durable::sync_folder(&cell.log.folder)?;
        }
    }
    Manifest::remove(folder)
}
