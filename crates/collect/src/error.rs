//! Why an import stored nothing.
//!
//! Invariant: after any of these errors nothing of the file is visible to readers. Each is a
//! message for the person who brought the file.

use std::path::PathBuf;

use evenkeel_facts::FactsError;
use evenkeel_foundation::Problem;

use crate::mapping::ImportKind;
use crate::problem::ProblemLog;
use crate::report::Counts;
pub use crate::source::ReadError;

/// Why an import stored nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The mapping does not fit itself, the foundation or the file.
    #[error("{}", all(.0))]
    Mapping(Vec<Problem>),
    /// The mapping is for another kind of file.
    #[error("the mapping is for {found}; asked for was an import of {asked}")]
    Kind {
        /// What the mapping is for.
        found: ImportKind,
        /// What was asked for.
        asked: ImportKind,
    },
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Rows are wrong, and the import was to store all or nothing.
    #[error("{} of {} rows are wrong, so nothing was stored (on_error = \"abort\")", .counts.rows_rejected, .counts.rows_read)]
    Rows {
        /// What is wrong.
        problems: Box<ProblemLog>,
        /// How many rows would have gone where.
        counts: Box<Counts>,
    },
    /// Somebody asked to stop. The next run with the same file and mapping goes on from here.
    #[error(
        "stopped after {rows_read} rows; nothing was stored yet, the same import goes on from there"
    )]
    Interrupted {
        /// How far it was.
        rows_read: u64,
    },
    /// The tables could not be written.
    #[error("the rows could not be written")]
    Facts(#[from] FactsError),
    /// New units could not be added to the foundation.
    #[error("the new units could not be added to the foundation")]
    Units(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The file of rejected rows could not be written.
    #[error("cannot write the rejected rows to {path}")]
    RejectFile {
        /// Where it was to be.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Columns could not be put together; a fault of this program.
    #[error("columns could not be put together")]
    Columns(#[source] Box<arrow::error::ArrowError>),
    /// A thread ended without a word; a fault of this program.
    #[error("reading stopped unexpectedly")]
    ReaderLost,
}

impl ImportError {
    pub(crate) fn columns(error: arrow::error::ArrowError) -> Self {
        Self::Columns(Box::new(error))
    }
}

fn all(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}
