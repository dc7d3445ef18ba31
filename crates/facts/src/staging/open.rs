//! Beginning an import, or going on with one that stopped.
//!
//! Invariant: afterwards the data files of this import are exactly those of the manifest; what a
//! crash left unfinished is gone.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::Path;

use super::encoder::{Encoder, Place};
use super::manifest::{Manifest, StagedTable, files_of, staging_id};
use super::{FILE_ROWS, StagedUpTo, Staging, Target};
use crate::columns;
use crate::durable;
use crate::error::{FactsError, Result};
use crate::facts::Facts;
use crate::table::{AppId, Table};
use arrow::datatypes::SchemaRef;

impl Staging {
    pub(crate) fn open(facts: Facts, tables: Vec<(Table, SchemaRef)>, app: AppId) -> Result<Self> {
        let distinct: HashSet<_> = tables.iter().map(|(table, _)| table).collect();
        if tables.is_empty() || distinct.len() < tables.len() {
            return Err(FactsError::Misuse {
                app: app.to_string(),
                message: "allowed: one or more different tables".to_owned(),
            });
        }
        let id = staging_id(&app);
        let claim = facts.claim(&id).ok_or_else(|| FactsError::StagingInUse {
            app: app.to_string(),
        })?;
        let targets = tables
            .into_iter()
            .map(|(table, schema)| Target::check(&facts, table, schema, &app))
            .collect::<Result<Vec<_>>>()?;

        let folder = facts.staging_folder().join(&id);
        durable::create_folder(&folder)?;
        let places: Vec<Place> = targets
            .iter()
            .map(|target| Place {
                table: target.table.clone(),
                folder: facts.cell(&target.table).log.folder.clone(),
            })
            .collect();
        for place in &places {
            durable::create_folder(&place.folder)?;
        }

        let staged = targets
            .iter()
            .map(|target| StagedTable::new(target.name.clone(), &target.schema))
            .collect();
        let fresh = Manifest::new(&app, staged);
        let manifest = match Manifest::read(&folder) {
            Some(found) if found.continues(&fresh) && is_whole(&found, &places) => found,
            _ => {
                fresh.write(&folder)?;
                fresh
            }
        };
        remove_unlisted(&id, &manifest, &targets, &places)?;

        Ok(Self {
            resumed: StagedUpTo {
                rows_read: manifest.source_row_end,
                note: manifest.note.clone(),
                complete: manifest.complete,
            },
            source_row_end: manifest.source_row_end,
            note: manifest.note.clone(),
            sealed: manifest.complete,
            file_rows: FILE_ROWS,
            encoder: Encoder::start(id, folder.clone(), places, manifest)?,
            facts,
            app,
            folder,
            tables: targets,
            _claim: claim,
        })
    }
}

impl Target {
    fn check(facts: &Facts, table: Table, schema: SchemaRef, app: &AppId) -> Result<Self> {
        let name = table.name();
        let cell = facts.cell(&table);
        let mut rows_schema = schema.clone();
        if let Some(loaded) = cell.log.refresh()? {
            columns::evolve(&name, &loaded.pinned.schema, &schema)?;
            rows_schema = columns::restrict(&loaded.pinned.schema, &schema);
        }
        Ok(Self {
            already: cell.log.has(app)?,
            table,
            name,
            schema,
            rows_schema,
            rows_since_cut: 0,
        })
    }
}

/// Whether every listed file is there with its size: somebody may have tidied up by hand.
fn is_whole(manifest: &Manifest, places: &[Place]) -> bool {
    manifest.tables.iter().zip(places).all(|(staged, place)| {
        staged.files.iter().all(|file| {
            std::fs::metadata(place.folder.join(&file.name))
                .is_ok_and(|of_disk| of_disk.len() == file.bytes)
        })
    })
}

/// Removes files of this staging that the manifest does not list. Of a table that has the commit
/// nothing is touched: its files are the table's.
fn remove_unlisted(
    id: &str,
    manifest: &Manifest,
    targets: &[Target],
    places: &[Place],
) -> Result<()> {
    for ((target, place), staged) in targets.iter().zip(places).zip(&manifest.tables) {
        if target.already {
            continue;
        }
        let is_listed = |path: &Path| {
            staged
                .files
                .iter()
                .any(|file| path.file_name() == Some(OsStr::new(&file.name)))
        };
        for path in files_of(&place.folder, id)? {
            if !is_listed(&path) {
                durable::remove_file(&path)?;
            }
        }
        durable::sync_folder(&place.folder)?;
    }
    Ok(())
}
