//! Imports: which file came in with which mapping, and what became of it.
//!
//! Invariant: an import that was stored (`done`, `already_stored`) never changes
//! again; one that failed may be taken up again. Absent on purpose: the rows
//! themselves, and whether they were committed: the table in `facts` knows that, and
//! a crash is settled by asking it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::any::AnyRow;

use crate::columns::{count, get, json, timestamp, unreadable};
use crate::{Registry, RegistryError, Result};

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// One row a respondent.
    Responses,
    /// One row a unit and period.
    Aggregates,
    /// One row a look at delivery.
    Observations,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    /// Accepted, not begun.
    Queued,
    /// Being read and staged; after a crash: to be resumed.
    Running,
    /// Stored.
    Done,
    /// Given up; nothing is stored.
    Failed,
    /// The same file with the same mapping was stored before; nothing was added.
    AlreadyStored,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportRecord {
    /// Its id, chosen by the caller.
    pub id: String,
    /// What the rows are.
    pub kind: ImportKind,
    /// The file's name as its owner gave it, without folders.
    pub file_name: String,
    /// SHA-256 of the file, hexadecimal.
    pub file_hash: String,
    /// SHA-256 of the mapping, hexadecimal.
    pub mapping_hash: String,
    /// How far it is.
    pub status: ImportStatus,
    /// When it was accepted.
    pub started_at: Timestamp,
    /// When it ended; `None` while it is queued or runs.
    pub finished_at: Option<Timestamp>,
    /// Rows read from the file, headers not counted.
    pub rows_read: u64,
    /// Rows stored.
    pub rows_stored: u64,
    /// Rows that could not be stored.
    pub rows_rejected: u64,
    /// Rows left out by the duplicates policy.
    pub rows_dropped_as_duplicates: u64,
    /// The whole report as room `collect` wrote it; `null` before there is one.
    pub report: Value,
}

impl Registry {
    /// Records a new import under its id.
    pub async fn record_import(&self, import: &ImportRecord) -> Result<()> {
        sqlx::query(
            "INSERT INTO imports (id, kind, file_name, file_hash, mapping_hash, status, \
             started_at_micros, finished_at_micros, rows_read, rows_stored, rows_rejected, \
             rows_dropped_as_duplicates, report) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(import.id.as_str())
        .bind(import.kind.as_str())
        .bind(import.file_name.as_str())
        .bind(import.file_hash.as_str())
        .bind(import.mapping_hash.as_str())
        .bind(import.status.as_str())
        .bind(import.started_at.as_microsecond())
        .bind(import.finished_at.map(Timestamp::as_microsecond))
        .bind(import.rows_read as i64)
        .bind(import.rows_stored as i64)
        .bind(import.rows_rejected as i64)
        .bind(import.rows_dropped_as_duplicates as i64)
        .bind(import.report.to_string())
        .execute(&self.pool)
        .await
        .map_err(|source| match &source {
            sqlx::Error::Database(error) if error.is_unique_violation() => {
                RegistryError::AlreadyRecorded {
                    what: "import",
                    id: import.id.clone(),
                }
            }
            _ => RegistryError::query("record an import")(source),
        })?;
        Ok(())
    }

    /// Writes status, end, counts and report of `import`; what file it is stays as it
    /// was recorded.
    pub async fn update_import(&self, import: &ImportRecord) -> Result<()> {
        let written = sqlx::query(
            "UPDATE imports SET status = $2, finished_at_micros = $3, rows_read = $4, \
             rows_stored = $5, rows_rejected = $6, rows_dropped_as_duplicates = $7, report = $8 \
             WHERE id = $1 AND status NOT IN ('done', 'already_stored')",
        )
        .bind(import.id.as_str())
        .bind(import.status.as_str())
        .bind(import.finished_at.map(Timestamp::as_microsecond))
        .bind(import.rows_read as i64)
        .bind(import.rows_stored as i64)
        .bind(import.rows_rejected as i64)
        .bind(import.rows_dropped_as_duplicates as i64)
        .bind(import.report.to_string())
        .execute(&self.pool)
        .await
        .map_err(RegistryError::query("update an import"))?;
        if written.rows_affected() == 1 {
            return Ok(());
        }
        let settled = self.load_import(&import.id).await?;
        Err(RegistryError::ImportSettled {
            id: settled.id,
            status: settled.status.as_str(),
        })
    }

    /// Finds an import by its id.
    pub async fn find_import(&self, id: &str) -> Result<Option<ImportRecord>> {
        sqlx::query("SELECT * FROM imports WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.pool)
            .await
            .map_err(RegistryError::query("look up an import"))?
            .map(|row| record(&row))
            .transpose()
    }

    /// Loads an import that has to exist.
    pub async fn load_import(&self, id: &str) -> Result<ImportRecord> {
        self.find_import(id)
            .await?
            .ok_or_else(|| RegistryError::NotFound {
                what: "import",
                id: id.to_owned(),
            })
    }

    /// Finds the import that stored this file with this mapping.
    pub async fn find_stored_import(
        &self,
        file_hash: &str,
        mapping_hash: &str,
    ) -> Result<Option<ImportRecord>> {
        sqlx::query(
            "SELECT * FROM imports WHERE file_hash = $1 AND mapping_hash = $2 \
             AND status = 'done' ORDER BY started_at_micros, id LIMIT 1",
        )
        .bind(file_hash)
        .bind(mapping_hash)
        .fetch_optional(&self.pool)
        .await
        .map_err(RegistryError::query("look up an import by its file"))?
        .map(|row| record(&row))
        .transpose()
    }

    /// Lists imports, newest first: at most `limit` of those older than the import
    /// `before` (`None`: from the newest). An unknown `before` is an error, never an
    /// empty list.
    pub async fn list_imports(
        &self,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Vec<ImportRecord>> {
        let (start, id) = match before {
            Some(id) => {
                let import = self.load_import(id).await?;
                (import.started_at.as_microsecond(), import.id)
            }
            None => (i64::MAX, String::new()),
        };
        sqlx::query(
            "SELECT * FROM imports \
             WHERE started_at_micros < $1 OR (started_at_micros = $1 AND id < $2) \
             ORDER BY started_at_micros DESC, id DESC LIMIT $3",
        )
        .bind(start)
        .bind(id)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await
        .map_err(RegistryError::query("list imports"))?
        .iter()
        .map(record)
        .collect()
    }

    /// Lists the imports that are queued or running, oldest first. At the start of the
    /// one process that owns the registry, these are the ones a crash cut off.
    pub async fn list_unfinished_imports(&self) -> Result<Vec<ImportRecord>> {
        sqlx::query(
            "SELECT * FROM imports WHERE status IN ('queued', 'running') \
             ORDER BY started_at_micros, id",
        )
        .fetch_all(&self.pool)
        .await
        .map_err(RegistryError::query("list unfinished imports"))?
        .iter()
        .map(record)
        .collect()
    }
}

impl ImportKind {
    /// The word that is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Responses => "responses",
            Self::Aggregates => "aggregates",
            Self::Observations => "observations",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Responses, Self::Aggregates, Self::Observations]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

impl ImportStatus {
    /// The word that is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::AlreadyStored => "already_stored",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [
            Self::Queued,
            Self::Running,
            Self::Done,
            Self::Failed,
            Self::AlreadyStored,
        ]
        .into_iter()
        .find(|status| status.as_str() == word)
    }
}

fn record(row: &AnyRow) -> Result<ImportRecord> {
    let kind: &str = get(row, "kind")?;
    let status: &str = get(row, "status")?;
    let finished: Option<i64> = get(row, "finished_at_micros")?;
    Ok(ImportRecord {
        id: get(row, "id")?,
        kind: ImportKind::parse(kind).ok_or_else(|| unreadable("imports.kind", &kind))?,
        file_name: get(row, "file_name")?,
        file_hash: get(row, "file_hash")?,
        mapping_hash: get(row, "mapping_hash")?,
        status: ImportStatus::parse(status).ok_or_else(|| unreadable("imports.status", &status))?,
        started_at: timestamp(get(row, "started_at_micros")?, "imports.started_at_micros")?,
        finished_at: finished
            .map(|micros| timestamp(micros, "imports.finished_at_micros"))
            .transpose()?,
        rows_read: count(get(row, "rows_read")?, "imports.rows_read")?,
        rows_stored: count(get(row, "rows_stored")?, "imports.rows_stored")?,
        rows_rejected: count(get(row, "rows_rejected")?, "imports.rows_rejected")?,
        rows_dropped_as_duplicates: count(
            get(row, "rows_dropped_as_duplicates")?,
            "imports.rows_dropped_as_duplicates",
        )?,
        report: json(get(row, "report")?, "imports.report")?,
    })
}
