//! Webhooks of other programs, and how their JSON is read.
//!
//! Absent on purpose: what a mapping says (room `collect`), and the token itself.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::audit::{self, AuditEntry};
use crate::columns::{get, timestamp};
use crate::{Registry, RegistryError, Result};

/// A webhook that another program calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Its id: a slug.
    pub id: String,
    /// How its JSON is read, as TOML.
    pub mapping: String,
    /// SHA-256 of the token that the other program shows.
    pub token_hash: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

impl Registry {
    /// Writes a webhook, new or changed.
    pub async fn record_hook(&self, hook: &Hook, entry: &AuditEntry) -> Result<()> {
        let failed = || RegistryError::query("write a webhook");
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        audit::write(&mut transaction, entry).await?;
        sqlx::query(
            "INSERT INTO hooks (id, mapping, token_hash, changed_at_micros, changed_by) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET mapping = $2, \
             token_hash = $3, changed_at_micros = $4, changed_by = $5",
        )
        .bind(hook.id.as_str())
        .bind(hook.mapping.as_str())
        .bind(hook.token_hash.as_str())
        .bind(hook.changed_at.as_microsecond())
        .bind(hook.changed_by.as_str())
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;
        transaction.commit().await.map_err(failed())
    }

    /// Finds a webhook.
    pub async fn find_hook(&self, id: &str) -> Result<Option<Hook>> {
        sqlx::query("SELECT * FROM hooks WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.pool)
            .await
            .map_err(RegistryError::query("look up a webhook"))?
            .map(|row| hook(&row))
            .transpose()
    }

    /// Lists webhooks by id.
    pub async fn list_hooks(&self) -> Result<Vec<Hook>> {
        sqlx::query("SELECT * FROM hooks ORDER BY id")
            .fetch_all(&self.pool)
            .await
            .map_err(RegistryError::query("list the webhooks"))?
            .iter()
            .map(hook)
            .collect()
    }

    /// Removes a webhook. False when there is none.
    pub async fn remove_hook(&self, id: &str, entry: &AuditEntry) -> Result<bool> {
        let failed = || RegistryError::query("remove a webhook");
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        audit::write(&mut transaction, entry).await?;
        let written = sqlx::query("DELETE FROM hooks WHERE id = $1")
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(failed())?;
        if written.rows_affected() == 0 {
            return Ok(false);
        }
        transaction.commit().await.map_err(failed())?;
        Ok(true)
    }
}

fn hook(row: &AnyRow) -> Result<Hook> {
    Ok(Hook {
        id: get(row, "id")?,
        mapping: get(row, "mapping")?,
        token_hash: get(row, "token_hash")?,
        changed_at: timestamp(get(row, "changed_at_micros")?, "hooks.changed_at_micros")?,
        changed_by: get(row, "changed_by")?,
    })
}
