//! Responses and observations as Delta tables: append exactly once, compact, snapshot.
//!
//! Purpose: the one place that writes tables. [`Facts`] is the directory, one folder a [`Table`];
//! rows come in through a [`Staging`] (resumable after a crash at any moment) and become visible
//! in one commit; readers take a [`Snapshot`]: a list of files that stays as it is while held.
//!
//! Invariants: every commit has a name ([`AppId`]) and happens once, however often it is tried;
//! when it returns, it would survive a power cut; columns keep their types for ever; the log says
//! nothing of rows beyond their number, their days and their units.
//!
//! Absent on purpose: queries (`measure`), judging rows (`collect`), and any clock: the time comes
//! as an argument.

mod columns;
mod data_file;
mod durable;
mod error;
mod facts;
mod log;
mod naming;
mod order;
mod runtime;
mod schema;
mod snapshot;
mod staging;
mod table;
mod upkeep;

pub use error::{FactsError, Result};
pub use facts::Facts;
pub use log::Committed;
pub use schema::{
    aggregates_schema, attribute_column, comments_schema, item_column, observations_schema,
    responses_schema,
};
pub use snapshot::{FileRef, Pinned, Snapshot};
pub use staging::{StagedUpTo, Staging};
pub use table::{AppId, Table};
pub use upkeep::{Compacted, Vacuumed};
