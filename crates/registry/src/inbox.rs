//! The inbox: what came in one by one, until it is in the tables of facts.
//!
//! Invariants: an event of a source is received once, whatever arrives when; a sequence number is
//! given out under the counter's lock, so that a row which becomes visible later never has a lower
//! number than one that was taken out. Absent on purpose: what the rows say.

use jiff::Timestamp;

use crate::columns::{get, timestamp};
use crate::{Registry, RegistryError, Result};

/// Something that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Who sends it.
    pub source: String,
    /// What they call it.
    pub event: String,
    /// A hash of what it says.
    pub fingerprint: String,
    /// What the sender is told.
    pub answer: String,
    /// Rows for the tables of facts, a JSON text each.
    pub rows: Vec<String>,
    /// When it came in.
    pub at: Timestamp,
}

/// What became of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// It is durable now.
    Stored,
    /// It was received before; what was answered then.
    Already {
        /// The answer of that time.
        answer: String,
    },
    /// Something else was received under this name before.
    Conflict,
}

/// A row that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxRow {
    /// Its place, from 1.
    pub sequence: i64,
    /// The row, as JSON.
    pub content: String,
}

impl Registry {
    /// Receives several things in one transaction, in their order.
    pub async fn receive(&self, receipts: &[Receipt]) -> Result<Vec<Received>> {
        let failed = || RegistryError::query("write to the inbox");
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        let rows: usize = receipts.iter().map(|receipt| receipt.rows.len()).sum();
        let counter = sqlx::query(
            "UPDATE counters SET reached = reached + $1 WHERE name = 'inbox' RETURNING reached",
        )
        .bind(rows as i64)
        .fetch_one(&mut *transaction)
        .await
        .map_err(failed())?;
        let mut sequence = get::<i64>(&counter, "reached")? - rows as i64;
        let mut done = Vec::with_capacity(receipts.len());
        for receipt in receipts {
            let written = sqlx::query(
                "INSERT INTO received (source, event, fingerprint, answer, at_micros) \
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            )
            .bind(receipt.source.as_str())
            .bind(receipt.event.as_str())
            .bind(receipt.fingerprint.as_str())
            .bind(receipt.answer.as_str())
            .bind(receipt.at.as_microsecond())
            .execute(&mut *transaction)
            .await
            .map_err(failed())?;
            if written.rows_affected() == 0 {
                let before = sqlx::query(
                    "SELECT fingerprint, answer FROM received WHERE source = $1 AND event = $2",
                )
                .bind(receipt.source.as_str())
                .bind(receipt.event.as_str())
                .fetch_one(&mut *transaction)
                .await
                .map_err(failed())?;
                let same = get::<String>(&before, "fingerprint")? == receipt.fingerprint;
                done.push(if same {
                    Received::Already {
                        answer: get(&before, "answer")?,
                    }
                } else {
                    Received::Conflict
                });
                continue;
            }
            for row in &receipt.rows {
                sequence += 1;
                sqlx::query("INSERT INTO inbox (sequence, content) VALUES ($1, $2)")
                    .bind(sequence)
                    .bind(row.as_str())
                    .execute(&mut *transaction)
                    .await
                    .map_err(failed())?;
            }
            done.push(Received::Stored);
        }
        transaction.commit().await.map_err(failed())?;
        Ok(done)
    }

    /// Lists the rows that wait, in their order, at most `limit`.
    pub async fn list_inbox(&self, limit: u32) -> Result<Vec<InboxRow>> {
        sqlx::query("SELECT sequence, content FROM inbox ORDER BY sequence LIMIT $1")
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await
            .map_err(RegistryError::query("read the inbox"))?
            .iter()
            .map(|row| {
                Ok(InboxRow {
                    sequence: get(row, "sequence")?,
                    content: get(row, "content")?,
                })
            })
            .collect()
    }

    /// Removes rows up to a place: they are in the tables of facts, durably.
    pub async fn clear_inbox(&self, up_to: i64) -> Result<()> {
        sqlx::query("DELETE FROM inbox WHERE sequence <= $1")
            .bind(up_to)
            .execute(&self.pool)
            .await
            .map_err(RegistryError::query("clear the inbox"))?;
        Ok(())
    }

    /// When something was last received, by source, of those that begin with `prefix`.
    pub async fn list_latest_received(&self, prefix: &str) -> Result<Vec<(String, Timestamp)>> {
        sqlx::query(
            "SELECT source, MAX(at_micros) AS latest FROM received \
             WHERE SUBSTR(source, 1, CAST($1 AS INTEGER)) = $2 GROUP BY source ORDER BY source",
        )
        .bind(prefix.chars().count() as i64)
        .bind(prefix)
        .fetch_all(&self.pool)
        .await
        .map_err(RegistryError::query("look up what was received last"))?
        .iter()
        .map(|row| {
            let latest = timestamp(get(row, "latest")?, "received.at_micros")?;
            Ok((get(row, "source")?, latest))
        })
        .collect()
    }

    /// Lists what a source calls the events that were received from it, in no order.
    pub async fn list_received(&self, source: &str) -> Result<Vec<String>> {
        sqlx::query("SELECT event FROM received WHERE source = $1")
            .bind(source)
            .fetch_all(&self.pool)
            .await
            .map_err(RegistryError::query("list what was received"))?
            .iter()
            .map(|row| get(row, "event"))
            .collect()
    }
}
