//! From the inbox to the table of observations.
//!
//! Invariant: exactly once. The commit carries the last sequence number; what is at or below the
//! table's number was committed before a crash and is passed over. Absent on purpose: reading and
//! clearing the inbox, which is the caller's, around this.

use evenkeel_facts::{AppId, Facts, FactsError, Table, observations_schema};
use evenkeel_registry::InboxRow;

use crate::observation::{Row, batch};

/// Why rows stay in the inbox.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// A row that this program did not write.
    #[error("read row {sequence} of the inbox")]
    Row {
        /// Its place.
        sequence: i64,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// Rows that make no columns.
    #[error("make columns of the inbox")]
    Columns(#[source] arrow::error::ArrowError),
    /// The tables.
    #[error(transparent)]
    Facts(#[from] FactsError),
}

/// Commits rows of the inbox, which are in order, in one commit. Returns how many were new.
pub fn commit_inbox(facts: &Facts, rows: &[InboxRow]) -> Result<u64, InboxError> {
    let table = Table::Observations;
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        if !facts.is_committed(&table, &AppId::inbox(&table, row.sequence))? {
            break;
        }
        at += 1;
    }
    let rows = &rows[at..];
    let Some(last) = rows.last() else {
        return Ok(0);
    };
    let read: Vec<Row> = rows
        .iter()
        .map(|row| {
            serde_json::from_str(&row.content).map_err(|source| InboxError::Row {
                sequence: row.sequence,
                source,
            })
        })
        .collect::<Result<_, _>>()?;
    let columns = batch(&read).map_err(InboxError::Columns)?;
    let app = AppId::inbox(&table, last.sequence);
    let mut staging = facts.stage(table, observations_schema(), app)?;
    // A staging that a crash cut off has all of these rows or none.
    if staging.resume_point().rows_read == 0 {
        staging.write(columns, read.len() as u64)?;
    }
    staging.commit()?;
    Ok(read.len() as u64)
}
