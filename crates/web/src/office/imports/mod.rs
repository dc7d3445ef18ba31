//! Imports in the background: one at a time, in the order they were started.
//!
//! Invariant: an import that is running is in the registry, so that one that a crash cut
//! off is found at the next start and marked; it stored nothing, and starting the same
//! file with the same mapping goes on where it stopped. Absent on purpose: parallel
//! imports; one already uses the machine, and its memory is bounded.

mod asked;
mod calibration;
mod collecting;
mod failure;
mod of_collect;
mod queue;
mod run;
mod view;

pub use failure::ImportFailure;
pub(super) use queue::Imports;

use std::path::PathBuf;

/// The file of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSource {
    pub path: PathBuf,
    /// The name its owner gave it.
    pub file_name: String,
    /// The upload it came with; forgotten once it is stored.
    pub upload: Option<String>,
}
