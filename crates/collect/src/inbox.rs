//! From the inbox to the tables: observations, and answers of the keepers' pulse.
//!
//! Invariant: exactly once. Each table's commit carries the last sequence number of its rows; what
//! is at or below the table's number was committed before a crash and is passed over. Absent on
//! purpose: reading and clearing the inbox, which is the caller's, around this.

use std::collections::BTreeMap;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use evenkeel_facts::{AppId, Facts, FactsError, Table, observations_schema};
use evenkeel_registry::InboxRow;
use serde::{Deserialize, Serialize};

use crate::keepers::{self, KeeperRow};
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

/// What a commit brought into the tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Observations.
    pub looks: u64,
    /// Answers of keepers.
    pub answers: u64,
}

/// How an answer of the pulse waits, told from an observation by its only field.
#[derive(Serialize, Deserialize)]
struct Waiting<T> {
    keeper: T,
}

/// How [`Waiting`] begins.
const KEEPER: &str = "{\"keeper\":";

/// An answer of the pulse as the inbox keeps it.
pub fn inbox_text(row: &KeeperRow) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Waiting { keeper: row })
}

/// Commits rows of the inbox, which are in order: one commit a table.
pub fn commit_inbox(facts: &Facts, rows: &[InboxRow]) -> Result<Moved, InboxError> {
    let mut looks: Vec<(i64, Row)> = Vec::new();
    let mut answers: BTreeMap<Table, Vec<(i64, KeeperRow)>> = BTreeMap::new();
    for row in rows {
        let sequence = row.sequence;
        let unread = |source| InboxError::Row { sequence, source };
        if row.content.starts_with(KEEPER) {
            let read: Waiting<KeeperRow> = serde_json::from_str(&row.content).map_err(unread)?;
            let table = Table::Responses(read.keeper.instrument.clone());
            answers
                .entry(table)
                .or_default()
                .push((sequence, read.keeper));
        } else {
            let read = serde_json::from_str(&row.content).map_err(unread)?;
            looks.push((sequence, read));
        }
    }
    let mut moved = Moved {
        looks: commit(facts, Table::Observations, looks, |rows| {
            Ok(Some((observations_schema(), batch(rows)?)))
        })?,
        answers: 0,
    };
    for (table, rows) in answers {
        let Table::Responses(instrument) = &table else {
            continue;
        };
        let instrument = instrument.clone();
        moved.answers += commit(facts, table, rows, |rows| keepers::batch(&instrument, rows))?;
    }
    Ok(moved)
}

/// Commits the rows of one table that are new to it. Returns how many.
fn commit<T>(
    facts: &Facts,
    table: Table,
    rows: Vec<(i64, T)>,
    batch: impl FnOnce(&[&T]) -> Result<Option<(SchemaRef, RecordBatch)>, arrow::error::ArrowError>,
) -> Result<u64, InboxError> {
    let mut at = 0;
    while let Some((sequence, _)) = rows.get(at) {
        if !facts.is_committed(&table, &AppId::inbox(&table, *sequence))? {
            break;
        }
        at += 1;
    }
    let rows = &rows[at..];
    let Some((last, _)) = rows.last() else {
        return Ok(0);
    };
    let app = AppId::inbox(&table, *last);
    let read: Vec<&T> = rows.iter().map(|(_, row)| row).collect();
    let Some((schema, columns)) = batch(&read).map_err(InboxError::Columns)? else {
        return Ok(0);
    };
    let mut staging = facts.stage(table, schema, app)?;
    // A staging that a crash cut off has all of these rows or none.
    if staging.resume_point().rows_read == 0 {
        staging.write(columns, read.len() as u64)?;
    }
    staging.commit()?;
    Ok(read.len() as u64)
}
