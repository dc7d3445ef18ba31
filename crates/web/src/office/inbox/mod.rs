//! Observations that come in one by one.
//!
//! ```text
//! judged.rs  one observation: may it come in, what is it judged, under which name
//! writer.rs  many at once into one durable transaction of the registry
//! flush.rs   from the inbox to the table of observations, once
//! looks.rs   the random moments that the product draws
//! ```
//!
//! Invariants: a sender is told "stored" only after the row is on disk; the same event of the same
//! sender is stored once, whoever sends it how often at the same time; readers of the table see a
//! row a second or two later, and never twice.

mod flush;
mod judged;
mod looks;
mod writer;

pub use judged::{Judged, Sender, Sent};
pub(in crate::office) use writer::Writer;

use super::{Office, OfficeError};
