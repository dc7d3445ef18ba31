//! Links that work once: for the first administrator, and for a new password.
//!
//! Invariant: of two people who follow one link at the same time, one comes in. A token is here
//! as its SHA-256. The first administrator is made only while there is no account.

use jiff::Timestamp;

use crate::accounts::{self, Account, AccountChange};
use crate::audit::{self, AuditEntry};
use crate::columns::get;
use crate::{Registry, RegistryError, Result};

/// A way in that works once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeLink {
    /// SHA-256 of its token.
    pub token_hash: String,
    /// Whose new password it sets; none: it makes the first administrator.
    pub account: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

impl Registry {
    /// Writes a link; links for the same account (or for the first administrator) that were
    /// written before stop working.
    pub async fn record_link(&self, link: &OneTimeLink, entry: &AuditEntry) -> Result<()> {
        let failed = || RegistryError::query("write a one-time link");
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        audit::write(&mut transaction, entry).await?;
        sqlx::query(
            "DELETE FROM one_time_links WHERE used_at_micros IS NULL \
             AND COALESCE(account, '') = $1",
        )
        .bind(link.account.as_deref().unwrap_or(""))
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;
        sqlx::query(
            "INSERT INTO one_time_links (token_hash, account, created_at_micros, \
             expires_at_micros, used_at_micros) VALUES ($1, $2, $3, $4, NULL)",
        )
        .bind(link.token_hash.as_str())
        .bind(link.account.as_deref())
        .bind(link.created_at.as_microsecond())
        .bind(link.expires_at.as_microsecond())
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;
        transaction.commit().await.map_err(failed())
    }

    /// Finds a link that still works: Some(None) makes the first administrator.
    pub async fn find_link(
        &self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Option<String>>> {
        sqlx::query(
            "SELECT account FROM one_time_links WHERE token_hash = $1 \
             AND used_at_micros IS NULL AND expires_at_micros > $2",
        )
        .bind(token_hash)
        .bind(now.as_microsecond())
        .fetch_optional(&self.pool)
        .await
        .map_err(RegistryError::query("look up a one-time link"))?
        .map(|row| get(&row, "account"))
        .transpose()
    }

    /// Follows a link: makes `first` where the link makes the first administrator, and sets the
    /// password of the link's account otherwise. Returns whose account it is.
    ///
    /// Errors: `NotFound` when the link does not work (any more).
    pub async fn use_link(
        &self,
        token_hash: &str,
        password_hash: &str,
        first: &Account,
        entry: &AuditEntry,
    ) -> Result<String> {
        let failed = || RegistryError::query("use a one-time link");
        let gone = || RegistryError::NotFound {
            what: "one-time link",
            id: "that was followed".to_owned(),
        };
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        let row = sqlx::query(
            "UPDATE one_time_links SET used_at_micros = $2 WHERE token_hash = $1 \
             AND used_at_micros IS NULL AND expires_at_micros > $2 RETURNING account",
        )
        .bind(token_hash)
        .bind(entry.at.as_microsecond())
        .fetch_optional(&mut *transaction)
        .await
        .map_err(failed())?
        .ok_or_else(gone)?;
        let account: Option<String> = get(&row, "account")?;
        audit::write(&mut transaction, entry).await?;
        let id = if let Some(id) = account {
            let change = AccountChange::Password(password_hash.to_owned());
            accounts::change_one(&mut transaction, &id, &change, entry.at).await?;
            id
        } else {
            let row = sqlx::query("SELECT COUNT(*) AS n FROM accounts")
                .fetch_one(&mut *transaction)
                .await
                .map_err(failed())?;
            if get::<i64>(&row, "n")? > 0 {
                return Err(gone());
            }
            accounts::insert(&mut transaction, first).await?;
            first.id.clone()
        };
        transaction.commit().await.map_err(failed())?;
        Ok(id)
    }
}
