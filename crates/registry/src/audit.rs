//! Who did what, when, to which thing.
//!
//! Invariant: entries are only ever added; their sequence numbers have no gaps, so
//! that a removed entry shows. Absent on purpose: answers and secrets; `detail` says
//! what was done, never what somebody answered.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::columns::{get, json, timestamp};
use crate::{Registry, RegistryError, Result};

/// Something that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who: an account, or a part of the program such as `import`.
    pub actor: String,
    /// What, as `room.verb`, such as `foundation.apply`.
    pub action: String,
    /// To which thing, such as `foundation/6` or `import/ID`.
    pub subject: String,
    /// What else helps to understand it later.
    pub detail: Value,
}

/// An entry as it stands in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRecord {
    /// Position in the log, from 1, without gaps.
    pub sequence: i64,
    /// What was done.
    pub entry: AuditEntry,
}

impl Registry {
    /// Adds an entry and returns its sequence number.
    pub async fn audit(&self, entry: &AuditEntry) -> Result<i64> {
        let failed = || RegistryError::query("write the audit log");
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        let sequence = write(&mut transaction, entry).await?;
        transaction.commit().await.map_err(failed())?;
        Ok(sequence)
    }

    /// Lists entries, newest first: at most `limit` of those before sequence number
    /// `before` (`None`: from the newest).
    pub async fn list_audit(&self, before: Option<i64>, limit: u32) -> Result<Vec<AuditRecord>> {
        sqlx::query(
            "SELECT sequence, at_micros, actor, action, subject, detail FROM audit_log \
             WHERE sequence < $1 ORDER BY sequence DESC LIMIT $2",
        )
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await
        .map_err(RegistryError::query("read the audit log"))?
        .iter()
        .map(record)
        .collect()
    }
}

/// Writes an entry as part of a transaction.
pub(crate) async fn write(connection: &mut AnyConnection, entry: &AuditEntry) -> Result<i64> {
    let failed = || RegistryError::query("write the audit log");
    let row = sqlx::query(
        "UPDATE counters SET reached = reached + 1 WHERE name = 'audit' RETURNING reached",
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(failed())?;
    let sequence: i64 = get(&row, "reached")?;
    sqlx::query(
        "INSERT INTO audit_log (sequence, at_micros, actor, action, subject, detail) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(sequence)
    .bind(entry.at.as_microsecond())
    .bind(entry.actor.as_str())
    .bind(entry.action.as_str())
    .bind(entry.subject.as_str())
    .bind(entry.detail.to_string())
    .execute(connection)
    .await
    .map_err(failed())?;
    Ok(sequence)
}

fn record(row: &AnyRow) -> Result<AuditRecord> {
    Ok(AuditRecord {
        sequence: get(row, "sequence")?,
        entry: AuditEntry {
            at: timestamp(get(row, "at_micros")?, "audit_log.at_micros")?,
            actor: get(row, "actor")?,
            action: get(row, "action")?,
            subject: get(row, "subject")?,
            detail: json(get(row, "detail")?, "audit_log.detail")?,
        },
    })
}
