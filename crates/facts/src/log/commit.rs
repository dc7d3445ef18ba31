//! Committing to a table, exactly once.
//!
//! Invariants: one commit at a time in this process (the directory has one writer process); a
//! commit that fails is looked up in the log before it is called failed, because delta-rs has
//! returned errors for commits that had succeeded; when a commit returns, the files that it
//! names, its log entry and the folders above are on disk.
//! Absent on purpose: delta-rs's own checkpoint hook. A checkpoint that fails after the commit
//! must not make the commit look failed, so checkpoints are made afterwards.

use std::sync::MutexGuard;

use arrow::datatypes::{Schema, SchemaRef};
use deltalake::kernel::engine::arrow_conversion::TryIntoKernel;
use deltalake::kernel::transaction::{CommitBuilder, CommitProperties, TableReference};
use deltalake::kernel::{Action, Add, MetadataExt, StructType, Transaction};
use deltalake::operations::create::CreateBuilder;
use deltalake::protocol::{DeltaOperation, SaveMode};
use deltalake::{DeltaTable, checkpoints};

use super::{LOG_FOLDER, Loaded, TableLog, lock};
use crate::columns;
use crate::durable;
use crate::error::{FactsError, Result};
use crate::table::{AppId, Table};

/// Commits between two checkpoints: reading a log means reading at most so many entries.
const CHECKPOINT_EVERY: i64 = 50;

/// What a commit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Table.
    pub table: Table,
    /// Version that holds the rows (for a retry: a version at which they are in).
    pub version: i64,
    /// True when the rows were in already and nothing was written.
    pub already: bool,
}

/// The right to commit to one table, held while it is used.
pub(crate) struct Writer<'a> {
    log: &'a TableLog,
    _turn: MutexGuard<'a, ()>,
}

impl TableLog {
    /// Waits for the turn to commit.
    pub(crate) fn writer(&self) -> Writer<'_> {
        Writer {
            log: self,
            _turn: lock(&self.writer),
        }
    }

    fn delta_columns(&self, schema: &Schema) -> Result<StructType> {
        schema
            .try_into_kernel()
            .map_err(FactsError::columns(&self.name, "describe the columns"))
    }
}

impl Writer<'_> {
    /// Adds files under the name `app`, creating the table or widening its columns where needed:
    /// one entry of the log.
    pub(crate) fn append(
        &self,
        app: &AppId,
        schema: &SchemaRef,
        adds: Vec<Add>,
    ) -> Result<Committed> {
        let log = self.log;
        let loaded = log.refresh()?;
        if let Some(loaded) = &loaded
            && log.is_in(loaded, app)?
        {
            return self.committed(loaded.pinned.version, true);
        }
        let name = Transaction::new(app.name(), app.version());
        let properties = CommitProperties::default()
            .with_application_transaction(name)
            .with_create_checkpoint(false)
            .with_cleanup_expired_logs(Some(false));
        let files = adds.into_iter().map(Action::Add).collect();
        let tried = match &loaded {
            None => self.create(schema, properties, files),
            Some(loaded) => {
                let mut actions: Vec<Action> = Vec::new();
                let stored = &loaded.pinned.schema;
                if let Some(wider) = columns::evolve(&log.name, stored, schema)? {
                    actions.push(self.widened(loaded, &wider)?);
                }
                actions.extend(files);
                let write = DeltaOperation::Write {
                    mode: SaveMode::Append,
                    partition_by: None,
                    predicate: None,
                };
                self.commit(loaded, properties, actions, write)
            }
        };
        let version = self.settle(tried, |loaded| log.is_in(loaded, app))?;
        self.committed(version, false)
    }

    /// Exchanges files for others with the same rows.
    pub(crate) fn exchange(
        &self,
        loaded: &Loaded,
        actions: Vec<Action>,
        new_file: &str,
        target_bytes: i64,
    ) -> Result<i64> {
        let properties = CommitProperties::default()
            .with_create_checkpoint(false)
            .with_cleanup_expired_logs(Some(false));
        let optimize = DeltaOperation::Optimize {
            predicate: None,
            target_size: target_bytes,
        };
        let tried = self.commit(loaded, properties, actions, optimize);
        self.settle(tried, |after| {
            Ok(after.pinned.files.iter().any(|file| file.name == new_file))
        })
    }

    fn create(
        &self,
        schema: &SchemaRef,
        properties: CommitProperties,
        files: Vec<Action>,
    ) -> Result<DeltaTable> {
        let log = self.log;
        let columns = log.delta_columns(schema)?;
        let store = log.open()?.log_store();
        let statistics = log.table.statistics_columns().join(",");
        let create = CreateBuilder::new()
            .with_log_store(store)
            .with_table_name(&log.name)
            .with_columns(columns.fields().cloned())
            .with_configuration([("delta.dataSkippingStatsColumns", Some(statistics))])
            .with_commit_properties(properties)
            .with_actions(files);
        log.run("create the table", create.into_future())
    }

    fn commit(
        &self,
        loaded: &Loaded,
        properties: CommitProperties,
        actions: Vec<Action>,
        operation: DeltaOperation,
    ) -> Result<DeltaTable> {
        let mut delta = loaded.delta.clone();
        self.log.run("commit", async move {
            let store = delta.log_store();
            let state = delta.snapshot()?.clone();
            let done = CommitBuilder::from(properties)
                .with_actions(actions)
                .build(Some(&state as &dyn TableReference), store, operation)
                .await?;
            delta.state = Some(done.snapshot());
            Ok(delta)
        })
    }

    /// Remembers the new state, makes it durable and gives its version. A failed try is looked up
    /// in the log with `landed` first.
    fn settle(
        &self,
        tried: Result<DeltaTable>,
        landed: impl Fn(&Loaded) -> Result<bool>,
    ) -> Result<i64> {
        let log = self.log;
        let loaded = match tried {
            Ok(delta) => log.pin(delta)?,
            Err(error) => {
                *lock(&log.current) = None;
                match log.refresh() {
                    Ok(Some(loaded)) if landed(&loaded)? => {
                        tracing::warn!(table = log.name, %error, "commit landed although it failed");
                        loaded
                    }
                    _ => return Err(error),
                }
            }
        };
        let version = loaded.pinned.version;
        *lock(&log.current) = Some(loaded.clone());
        self.make_durable(version)?;
        self.checkpoint(&loaded);
        Ok(version)
    }

    /// The entry and its folder were fsynced by [`DurableStore`]; the table's folder (names of
    /// data files) and the one above (name of a new table) follow.
    fn make_durable(&self, version: i64) -> Result<()> {
        let log = self.log;
        durable::sync_file(&log.entry(version))?;
        durable::sync_folder(&log.folder.join(LOG_FOLDER))?;
        durable::sync_folder(&log.folder)?;
        log.folder.parent().map_or(Ok(()), durable::sync_folder)
    }

    fn checkpoint(&self, loaded: &Loaded) {
        if (loaded.pinned.version + 1) % CHECKPOINT_EVERY != 0 {
            return;
        }
        let delta = loaded.delta.clone();
        let made = self.log.run("checkpoint the log", async move {
            checkpoints::create_checkpoint(&delta, None).await
        });
        if let Err(error) = made {
            // Readers do without it; the next multiple tries again.
            tracing::warn!(table = self.log.name, %error, "no checkpoint");
        }
    }

    fn widened(&self, loaded: &Loaded, wider: &Schema) -> Result<Action> {
        let columns = self.log.delta_columns(wider)?;
        loaded
            .delta
            .snapshot()
            .and_then(|state| Ok(state.metadata().clone().with_schema(&columns)?))
            .map(Action::Metadata)
            .map_err(FactsError::log(&self.log.name, "add columns"))
    }

    fn committed(&self, version: i64, already: bool) -> Result<Committed> {
        if already {
            // The crash that made this a retry may have come before the folders were synced.
            self.make_durable(version)?;
        }
        Ok(Committed {
            table: self.log.table.clone(),
            version,
            already,
        })
    }
}

#[cfg(test)]
#[path = "commit_tests.rs"]
mod tests;
