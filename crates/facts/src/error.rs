//! What can go wrong with facts, in words for the person who has to act on it.
//!
//! Messages name the table, and the column or file, with what was found and what is allowed.
//! Absent on purpose: retries. Whoever calls decides whether to try again; a repeated commit is
//! safe, because every commit is known by its [`AppId`](crate::AppId).

use std::path::PathBuf;

use deltalake::DeltaTableError;

/// Result of this room.
pub type Result<T> = std::result::Result<T, FactsError>;

/// Error of this room.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FactsError {
    /// The file system refused.
    #[error("{action} {}", path.display())]
    Io {
        /// What was being done: "create", "write", "sync" …
        action: &'static str,
        /// File or folder.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: std::io::Error,
    },
    /// Reading or writing a table's log failed.
    #[error("table {table}: {action}")]
    Log {
        /// Table.
        table: String,
        /// What was being done.
        action: &'static str,
        /// What delta-rs said.
        #[source]
        source: Box<DeltaTableError>,
    },
    /// A Parquet file could not be written or read.
    #[error("{action} {}", path.display())]
    Parquet {
        /// What was being done.
        action: &'static str,
        /// File.
        path: PathBuf,
        /// What the Parquet library said.
        #[source]
        source: parquet::errors::ParquetError,
    },
    /// Columns could not be combined.
    #[error("table {table}: {action}")]
    Columns {
        /// Table.
        table: String,
        /// What was being done.
        action: &'static str,
        /// What Arrow said.
        #[source]
        source: arrow::error::ArrowError,
    },
    /// A stored column would have to change its type.
    #[error(
        "table {table}, column {column}: stored as {stored}, now asked for as {wanted}; \
         a column keeps its type for ever (a changed scale is a new item with a new id)"
    )]
    TypeChanged {
        /// Table.
        table: String,
        /// Column.
        column: String,
        /// Type in the table.
        stored: String,
        /// Type that was asked for.
        wanted: String,
    },
    /// Rows with a column of the wrong type.
    #[error("table {table}, column {column}: rows bring {found}; allowed: {allowed}")]
    WrongType {
        /// Table.
        table: String,
        /// Column.
        column: String,
        /// Type that the rows bring.
        found: String,
        /// Types that may be brought.
        allowed: String,
    },
    /// Rows with a column that the table does not have.
    #[error("table {table}: unknown column {column}; allowed: {allowed}")]
    UnknownColumn {
        /// Table.
        table: String,
        /// Column.
        column: String,
        /// Columns of the table.
        allowed: String,
    },
    /// Rows without a column that must be there.
    #[error("table {table}: column {column} is missing; every row must have it")]
    MissingColumn {
        /// Table.
        table: String,
        /// Column.
        column: String,
    },
    /// An empty value in a column that must be filled.
    #[error(
        "table {table}, column {column}: row {row} of the batch is empty; every row must have a value"
    )]
    EmptyValue {
        /// Table.
        table: String,
        /// Column.
        column: String,
        /// Row within the batch, from 0.
        row: usize,
    },
    /// The table does not exist.
    #[error("table {table} does not exist yet: nothing was stored in it")]
    NoTable {
        /// Table.
        table: String,
    },
    /// A version that never was.
    #[error("table {table} has no version {version}; allowed: 0 to {newest}")]
    NoVersion {
        /// Table.
        table: String,
        /// Version that was asked for.
        version: i64,
        /// Newest version.
        newest: i64,
    },
    /// A version that is no longer complete on disk.
    #[error("table {table}, version {version}: file {file} is gone (removed by vacuum)")]
    VersionGone {
        /// Table.
        table: String,
        /// Version that was asked for.
        version: i64,
        /// First file that is missing.
        file: String,
    },
    /// A folder of the facts directory that is no table of ours.
    #[error(
        "{name} is no table; allowed: responses_INSTRUMENT, observations, aggregates, comments"
    )]
    UnknownTable {
        /// Name that was found.
        name: String,
    },
    /// A log that says something this room never writes.
    #[error("table {table}: {message}")]
    ForeignLog {
        /// Table.
        table: String,
        /// What was found, and what is expected.
        message: String,
    },
    /// Two stagings for one import at the same time.
    #[error("import {app} is being staged already; wait for it, or stop it first")]
    StagingInUse {
        /// App id.
        app: String,
    },
    /// A call that does not fit the staging.
    #[error("import {app}: {message}")]
    Misuse {
        /// App id.
        app: String,
        /// What was found, and what is expected.
        message: String,
    },
    /// The thread that writes files is gone without saying why (it panicked).
    #[error("{task} stopped unexpectedly")]
    TaskLost {
        /// Which one.
        task: &'static str,
    },
}

impl FactsError {
    pub(crate) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }

    pub(crate) fn log(table: &str, action: &'static str) -> impl FnOnce(DeltaTableError) -> Self {
        let table = table.to_owned();
        move |source| Self::Log {
            table,
            action,
            source: Box::new(source),
        }
    }

    pub(crate) fn parquet(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(parquet::errors::ParquetError) -> Self {
        let path = path.into();
        move |source| Self::Parquet {
            action,
            path,
            source,
        }
    }

    pub(crate) fn columns(
        table: &str,
        action: &'static str,
    ) -> impl FnOnce(arrow::error::ArrowError) -> Self {
        let table = table.to_owned();
        move |source| Self::Columns {
            table,
            action,
            source,
        }
    }
}
