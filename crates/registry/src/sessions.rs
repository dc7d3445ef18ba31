//! Sessions: who is in, from where, until when.
//!
//! Invariants: a token is here as its SHA-256; a session that was revoked or has expired is never
//! found; tokens change while a session goes on, and the one before works for a short while only,
//! for requests that were under way. Absent on purpose: cookies (room `web`).

use jiff::{SignedDuration, Timestamp};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::columns::{get, timestamp, unreadable};
use crate::{Registry, RegistryError, Result};

/// How somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Mail address and password.
    Password,
    /// Badge and PIN.
    Badge,
    /// A link that works once.
    Link,
    /// Chosen from the made-up people of the demo.
    Demo,
}

impl Door {
    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Badge => "badge",
            Self::Link => "link",
            Self::Demo => "demo",
        }
    }

    fn find(word: &str) -> Option<Self> {
        [Self::Password, Self::Badge, Self::Link, Self::Demo]
            .into_iter()
            .find(|door| door.as_str() == word)
    }
}

/// Somebody who is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, which is no secret.
    pub id: String,
    /// Whose it is.
    pub account: String,
    /// How they came in.
    pub door: Door,
    /// What their browser says it is.
    pub agent: String,
    /// When they came in.
    pub created_at: Timestamp,
    /// When they last asked for something; up to a minute late.
    pub seen_at: Timestamp,
    /// When the token last changed.
    pub changed_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

impl Registry {
    /// Writes a new session.
    pub async fn record_session(&self, session: &Session, token_hash: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO sessions (id, account, token_hash, previous_hash, changed_at_micros, \
             door, agent, created_at_micros, seen_at_micros, expires_at_micros, \
             revoked_at_micros) VALUES ($1, $2, $3, NULL, $4, $5, $6, $7, $8, $9, NULL)",
        )
        .bind(session.id.as_str())
        .bind(session.account.as_str())
        .bind(token_hash)
        .bind(session.changed_at.as_microsecond())
        .bind(session.door.as_str())
        .bind(session.agent.as_str())
        .bind(session.created_at.as_microsecond())
        .bind(session.seen_at.as_microsecond())
        .bind(session.expires_at.as_microsecond())
        .execute(&self.pool)
        .await
        .map_err(RegistryError::query("write a session"))?;
        Ok(())
    }

    /// Finds the live session of a token: its own, or the one before within `grace` of the
    /// change.
    pub async fn find_session(
        &self,
        token_hash: &str,
        now: Timestamp,
        grace: SignedDuration,
    ) -> Result<Option<Session>> {
        sqlx::query(
            "SELECT * FROM sessions WHERE (token_hash = $1 \
             OR (previous_hash = $1 AND changed_at_micros > $3)) \
             AND expires_at_micros > $2 AND revoked_at_micros IS NULL",
        )
        .bind(token_hash)
        .bind(now.as_microsecond())
        .bind(now.as_microsecond().saturating_sub(micros(grace)))
        .fetch_optional(&self.pool)
        .await
        .map_err(RegistryError::query("look up a session"))?
        .map(|row| session(&row))
        .transpose()
    }

    /// Says that a session was used just now, and until when it lasts.
    pub async fn touch_session(
        &self,
        id: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "UPDATE sessions SET seen_at_micros = $2, expires_at_micros = $3 \
             WHERE id = $1 AND seen_at_micros < $2",
        )
        .bind(id)
        .bind(now.as_microsecond())
        .bind(expires_at.as_microsecond())
        .execute(&self.pool)
        .await
        .map_err(RegistryError::query("touch a session"))?;
        Ok(())
    }

    /// Gives a session a new token. False when another request did so first.
    pub async fn rotate_session(
        &self,
        id: &str,
        from_hash: &str,
        to_hash: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let written = sqlx::query(
            "UPDATE sessions SET previous_hash = token_hash, token_hash = $3, \
             changed_at_micros = $4 WHERE id = $1 AND token_hash = $2",
        )
        .bind(id)
        .bind(from_hash)
        .bind(to_hash)
        .bind(now.as_microsecond())
        .execute(&self.pool)
        .await
        .map_err(RegistryError::query("change the token of a session"))?;
        Ok(written.rows_affected() == 1)
    }

    /// Ends a session of an account. False when there is no such live one.
    pub async fn revoke_session(&self, account: &str, id: &str, now: Timestamp) -> Result<bool> {
        let written = sqlx::query(
            "UPDATE sessions SET revoked_at_micros = $3 \
             WHERE account = $1 AND id = $2 AND revoked_at_micros IS NULL",
        )
        .bind(account)
        .bind(id)
        .bind(now.as_microsecond())
        .execute(&self.pool)
        .await
        .map_err(RegistryError::query("end a session"))?;
        Ok(written.rows_affected() == 1)
    }

    /// Lists the live sessions of an account, the latest used first.
    pub async fn list_sessions(&self, account: &str, now: Timestamp) -> Result<Vec<Session>> {
        sqlx::query(
            "SELECT * FROM sessions WHERE account = $1 AND expires_at_micros > $2 \
             AND revoked_at_micros IS NULL ORDER BY seen_at_micros DESC, id",
        )
        .bind(account)
        .bind(now.as_microsecond())
        .fetch_all(&self.pool)
        .await
        .map_err(RegistryError::query("list the sessions of an account"))?
        .iter()
        .map(session)
        .collect()
    }

    /// Removes sessions that ended before `before`; returns how many.
    pub async fn remove_sessions_before(&self, before: Timestamp) -> Result<u64> {
        let written = sqlx::query(
            "DELETE FROM sessions WHERE expires_at_micros < $1 OR revoked_at_micros < $1",
        )
        .bind(before.as_microsecond())
        .execute(&self.pool)
        .await
        .map_err(RegistryError::query("remove old sessions"))?;
        Ok(written.rows_affected())
    }
}

/// Ends all sessions of an account as part of a transaction.
pub(crate) async fn revoke_of(
    connection: &mut AnyConnection,
    account: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE sessions SET revoked_at_micros = $2 \
         WHERE account = $1 AND revoked_at_micros IS NULL",
    )
    .bind(account)
    .bind(now.as_microsecond())
    .execute(connection)
    .await
    .map_err(RegistryError::query("end the sessions of an account"))?;
    Ok(())
}

fn micros(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

fn session(row: &AnyRow) -> Result<Session> {
    let door: String = get(row, "door")?;
    let at = |column| timestamp(get(row, column)?, column);
    Ok(Session {
        id: get(row, "id")?,
        account: get(row, "account")?,
        door: Door::find(&door).ok_or_else(|| unreadable("sessions.door", &door))?,
        agent: get(row, "agent")?,
        created_at: at("created_at_micros")?,
        seen_at: at("seen_at_micros")?,
        changed_at: at("changed_at_micros")?,
        expires_at: at("expires_at_micros")?,
    })
}
