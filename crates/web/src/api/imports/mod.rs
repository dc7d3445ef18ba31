//! Files that come in: guess a mapping, preview, run, watch.
//!
//! Invariant: nothing of a file is stored before all of it was read; a run ends in one
//! commit or in none. A path of this machine may be named only by a local caller.

pub mod guess;
pub mod list;
pub mod preview;
pub mod show;
pub mod start;

mod source;
mod view;

pub use source::FileRequest;
pub(crate) use source::{SourceError, find_source};
pub use view::{
    CellValue, ColumnType, Counted, DuplicateCounts, FilteredCounts, ImportKind, ImportProblem,
    ImportReport, ImportStatus, ImportView, NewUnit, OnError,
};
