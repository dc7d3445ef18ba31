//! Bringing rows in: files beside the table, and one commit that names them.
//!
//! Invariants: nothing is visible before the commit; after a crash at any moment the work goes on
//! from the last cut; files of a committed import are never written again (its name is looked up
//! in the log first).
//! Absent on purpose: judging rows. What is written here was checked by `collect`.

mod encoder;
mod manifest;
mod open;
mod stale;

use std::path::PathBuf;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use deltalake::kernel::Add;
use serde_json::Value;

use crate::columns;
use crate::durable;
use crate::error::{FactsError, Result};
use crate::facts::{Claim, Facts};
use crate::log::Committed;
use crate::table::{AppId, Table};
use encoder::{Cut, Encoder};
use manifest::Manifest;

pub(crate) use manifest::id_of_file;

/// Rows of a table after which its file is finished. A crash loses at most so many.
pub(crate) const FILE_ROWS: usize = 1 << 20;
/// Encoded bytes after which a file is finished although it has fewer rows.
const FILE_BYTES: usize = 256 << 20;

/// How far an earlier attempt came.
#[derive(Debug, Clone, PartialEq)]
pub struct StagedUpTo {
    /// Rows of the source that lie ready; reading goes on with the next one. 0: from the start.
    pub rows_read: u64,
    /// What was noted with them (`null` if nothing was).
    pub note: Value,
    /// Every row lies ready; only the commit is missing.
    pub complete: bool,
}

/// Rows on their way into one or more tables.
///
/// Dropping it without [`commit`](Self::commit) leaves what is ready on disk for a later attempt;
/// [`abandon`](Self::abandon) removes it.
#[derive(Debug)]
pub struct Staging {
    facts: Facts,
    app: AppId,
    folder: PathBuf,
    tables: Vec<Target>,
    resumed: StagedUpTo,
    source_row_end: u64,
    note: Value,
    sealed: bool,
    file_rows: usize,
    encoder: Encoder,
    // Last: given back after the encoder's thread has ended.
    _claim: Claim,
}

/// One table of a staging.
#[derive(Debug)]
struct Target {
    table: Table,
    name: String,
    /// Columns that the table shall have.
    schema: SchemaRef,
    /// The same with all requirements of the table as it is.
    rows_schema: SchemaRef,
    /// The commit is in this table already.
    already: bool,
    rows_since_cut: usize,
}

impl Staging {
    /// Where to go on reading.
    pub fn resume_point(&self) -> &StagedUpTo {
        &self.resumed
    }

    /// Finishes files after fewer (or more) rows than a million. A crash loses at most so many
    /// rows of work; many small files make questions slower until they are compacted.
    pub fn set_file_rows(&mut self, rows: usize) {
        self.file_rows = rows.max(1);
    }

    /// Adds rows to the only table. `source_row_end` is the number of source rows read so far,
    /// with those that gave no row here.
    pub fn write(&mut self, rows: RecordBatch, source_row_end: u64) -> Result<()> {
        self.write_all(vec![Some(rows)], source_row_end, || Value::Null)
    }

    /// Adds the rows that one stretch of the source gave, for each table in the order of
    /// [`Facts::stage_all`]. `note` is asked only when a stretch of files is finished here, and
    /// comes back as [`StagedUpTo::note`] of an attempt that resumes from here.
    pub fn write_all(
        &mut self,
        rows: Vec<Option<RecordBatch>>,
        source_row_end: u64,
        note: impl FnOnce() -> Value,
    ) -> Result<()> {
        self.check_turn(rows.len(), source_row_end)?;
        let ready = rows
            .into_iter()
            .zip(&self.tables)
            .map(|(rows, target)| target.accept(rows))
            .collect::<Result<Vec<_>>>()?;
        // Only now: a stretch with wrong rows for one table leaves none in the others.
        for (index, rows) in ready.into_iter().enumerate() {
            if let Some(rows) = rows {
                self.tables[index].rows_since_cut += rows.num_rows();
                self.encoder.rows(index, rows)?;
            }
        }
        self.source_row_end = source_row_end;
        let rows_waiting = self.tables.iter().map(|to| to.rows_since_cut).max();
        if rows_waiting >= Some(self.file_rows) || self.encoder.open_bytes() >= FILE_BYTES {
            self.note = note();
            self.cut(false)?;
        }
        Ok(())
    }

    /// Says that the source is read to its end. Optional before the commit; of use for the note,
    /// which an attempt that finds everything ready gets back.
    pub fn seal(&mut self, note: Value) -> Result<()> {
        if self.sealed {
            return Ok(());
        }
        self.note = note;
        self.cut(true)?;
        self.sealed = true;
        Ok(())
    }

    /// Makes the rows of the last table (mostly: the only one) visible, all at once, and the
    /// others before it. Returns when that would survive a power cut.
    pub fn commit(self) -> Result<Committed> {
        let app = self.app.clone();
        let mut all = self.commit_all()?;
        all.pop().ok_or_else(|| FactsError::Misuse {
            app: app.to_string(),
            message: "no table to commit to".to_owned(),
        })
    }

    /// The same, telling what happened to each table. A crash between two tables is finished by
    /// the next attempt; the tables that have the commit are left alone.
    pub fn commit_all(mut self) -> Result<Vec<Committed>> {
        self.seal(self.note.clone())?;
        let ready = self.encoder.finish()?;
        let mut committed = Vec::with_capacity(self.tables.len());
        for (target, staged) in self.tables.iter().zip(&ready.tables) {
            let cell = self.facts.cell(&target.table);
            durable::sync_folder(&cell.log.folder)?;
            let adds: Vec<Add> = staged.files.iter().map(|file| file.add(true)).collect();
            let done = cell.log.writer().append(&self.app, &target.schema, adds)?;
            committed.push(done);
        }
        Manifest::remove(&self.folder)?;
        Ok(committed)
    }

    /// Gives the import up: removes what was staged. Nothing was visible of it.
    pub fn abandon(mut self) -> Result<()> {
        // What went wrong in the thread does not matter any more.
        let _ = self.encoder.finish();
        stale::discard(&self.facts, &self.folder, &self.app, self.names())
    }

    fn names(&self) -> Vec<String> {
        self.tables.iter().map(|to| to.name.clone()).collect()
    }

    fn cut(&mut self, complete: bool) -> Result<()> {
        for target in &mut self.tables {
            target.rows_since_cut = 0;
        }
        self.encoder.cut(Cut {
            source_row_end: self.source_row_end,
            note: self.note.clone(),
            complete,
        })
    }

    fn check_turn(&self, tables: usize, source_row_end: u64) -> Result<()> {
        let message = if self.sealed {
            "all rows lie ready already; allowed now: commit or abandon".to_owned()
        } else if tables != self.tables.len() {
            format!("rows for {tables} tables; allowed: {}", self.tables.len())
        } else if source_row_end < self.source_row_end {
            format!(
                "rows up to source row {source_row_end}; allowed: {} and above",
                self.source_row_end
            )
        } else {
            return Ok(());
        };
        Err(FactsError::Misuse {
            app: self.app.to_string(),
            message,
        })
    }
}

impl Target {
    /// Rows as they will lie in the file; `None` where there is nothing to write.
    fn accept(&self, rows: Option<RecordBatch>) -> Result<Option<RecordBatch>> {
        match rows {
            Some(rows) if rows.num_rows() > 0 && !self.already => {
                if rows.schema_ref() == &self.rows_schema {
                    Ok(Some(rows))
                } else {
                    columns::conform(&self.name, &self.rows_schema, &rows).map(Some)
                }
            }
            _ => Ok(None),
        }
    }
}
