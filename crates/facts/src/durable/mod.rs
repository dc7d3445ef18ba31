//! Writing so that it is still there after the power went.
//!
//! Invariant: a file appears under its final name only after its bytes are on disk, and a call
//! returns only after the name is on disk too. So a log is readable at every moment, also after
//! a crash in the middle of a commit.

mod files;
mod store;

pub(crate) use files::{create_folder, remove_file, sync_file, sync_folder, write_json};
pub(crate) use store::DurableStore;
