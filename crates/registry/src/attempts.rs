//! Failed attempts to come in, counted by what was tried.
//!
//! Invariant: the count outlives a restart, so that starting the program again gives nobody a new
//! set of guesses. A window begins with its first failure.

use jiff::{SignedDuration, Timestamp};

use crate::columns::get;
use crate::{Registry, RegistryError, Result};

impl Registry {
    /// Counts one more failure of `tried` and returns how many there were within `window`, this one
    /// included. Of many at the same time each gets a number of its own.
    pub async fn count_failure(
        &self,
        tried: &str,
        now: Timestamp,
        window: SignedDuration,
    ) -> Result<u64> {
        let row = sqlx::query(
            "INSERT INTO attempts (tried, failures, since_micros) VALUES ($1, 1, $2) \
             ON CONFLICT (tried) DO UPDATE SET \
             failures = CASE WHEN attempts.since_micros > $3 THEN attempts.failures + 1 ELSE 1 END, \
             since_micros = CASE WHEN attempts.since_micros > $3 THEN attempts.since_micros ELSE $2 END \
             RETURNING failures",
        )
        .bind(tried)
        .bind(now.as_microsecond())
        .bind(start(now, window))
        .fetch_one(&self.pool)
        .await
        .map_err(RegistryError::query("count a failed attempt"))?;
        Ok(get::<i64>(&row, "failures")?.unsigned_abs())
    }

    /// Failures of `tried` within `window`, and when that window began.
    pub async fn find_failures(
        &self,
        tried: &str,
        now: Timestamp,
        window: SignedDuration,
    ) -> Result<Option<(u64, Timestamp)>> {
        sqlx::query(
            "SELECT failures, since_micros FROM attempts WHERE tried = $1 AND since_micros > $2",
        )
        .bind(tried)
        .bind(start(now, window))
        .fetch_optional(&self.pool)
        .await
        .map_err(RegistryError::query("look up failed attempts"))?
        .map(|row| {
            let since = crate::columns::timestamp(get(&row, "since_micros")?, "since_micros")?;
            Ok((get::<i64>(&row, "failures")?.unsigned_abs(), since))
        })
        .transpose()
    }

    /// Takes one failure of `tried` back: the attempt that was counted was a success.
    pub async fn uncount_failure(&self, tried: &str) -> Result<()> {
        sqlx::query(
            "UPDATE attempts SET failures = failures - 1 WHERE tried = $1 AND failures > 0",
        )
        .bind(tried)
        .execute(&self.pool)
        .await
        .map_err(RegistryError::query("take a failed attempt back"))?;
        Ok(())
    }

    /// Forgets the failures of `tried`, after a success.
    pub async fn forget_failures(&self, tried: &str) -> Result<()> {
        sqlx::query("DELETE FROM attempts WHERE tried = $1")
            .bind(tried)
            .execute(&self.pool)
            .await
            .map_err(RegistryError::query("forget failed attempts"))?;
        Ok(())
    }

    /// Removes counts whose window began before `before`.
    pub async fn remove_attempts_before(&self, before: Timestamp) -> Result<()> {
        sqlx::query("DELETE FROM attempts WHERE since_micros < $1")
            .bind(before.as_microsecond())
            .execute(&self.pool)
            .await
            .map_err(RegistryError::query("remove old failed attempts"))?;
        Ok(())
    }
}

fn start(now: Timestamp, window: SignedDuration) -> i64 {
    let window = i64::try_from(window.as_micros()).unwrap_or(i64::MAX);
    now.as_microsecond().saturating_sub(window)
}
