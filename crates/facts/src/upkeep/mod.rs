//! Keeping tables small and quick: merging files, removing files that nobody needs.
//!
//! Invariant: neither changes a row, nor takes a file from a snapshot that is held.

mod compact;
mod vacuum;

pub use compact::Compacted;
pub use vacuum::Vacuumed;
