//! Releases: what of employees' answers was made public, and when.
//!
//! Invariant: a release is written once and never changes; numbers count from 1. Absent on
//! purpose: what is in one. Room `compare` writes and reads `content`; nobody else does.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::columns::{get, timestamp};
use crate::{Registry, RegistryError, Result};

/// A release, without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseEntry {
    /// 1, 2, 3, …
    pub number: u32,
    /// When it was made.
    pub released_at: Timestamp,
    /// Why: which import, or who asked for it.
    pub reason: String,
    /// Version of the foundation that it was made by.
    pub foundation_version: i64,
    /// Versions of the tables that it was made from.
    pub snapshot: String,
}

impl Registry {
    /// Writes a release. Errors: `AlreadyRecorded` when its number is taken.
    pub async fn record_release(&self, release: &ReleaseEntry, content: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO releases (number, released_at_micros, reason, foundation_version, \
             snapshot, content) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(i64::from(release.number))
        .bind(release.released_at.as_microsecond())
        .bind(release.reason.as_str())
        .bind(release.foundation_version)
        .bind(release.snapshot.as_str())
        .bind(content)
        .execute(&self.pool)
        .await
        .map_err(|source| match &source {
            sqlx::Error::Database(error) if error.is_unique_violation() => {
                RegistryError::AlreadyRecorded {
                    what: "release",
                    id: release.number.to_string(),
                }
            }
            _ => RegistryError::query("record a release")(source),
        })?;
        Ok(())
    }

    /// Finds the latest release with its content.
    pub async fn find_latest_release(&self) -> Result<Option<(ReleaseEntry, String)>> {
        sqlx::query("SELECT * FROM releases ORDER BY number DESC LIMIT 1")
            .fetch_optional(&self.pool)
            .await
            .map_err(RegistryError::query("look up the latest release"))?
            .map(|row| Ok((entry(&row)?, get(&row, "content")?)))
            .transpose()
    }

    /// Lists releases, the latest first.
    pub async fn list_releases(&self) -> Result<Vec<ReleaseEntry>> {
        sqlx::query(
            "SELECT number, released_at_micros, reason, foundation_version, snapshot \
             FROM releases ORDER BY number DESC",
        )
        .fetch_all(&self.pool)
        .await
        .map_err(RegistryError::query("list the releases"))?
        .iter()
        .map(entry)
        .collect()
    }
}

fn entry(row: &AnyRow) -> Result<ReleaseEntry> {
    let number: i64 = get(row, "number")?;
    Ok(ReleaseEntry {
        number: u32::try_from(number)
            .map_err(|_| crate::columns::unreadable("releases.number", &number))?,
        released_at: timestamp(get(row, "released_at_micros")?, "released_at_micros")?,
        reason: get(row, "reason")?,
        foundation_version: get(row, "foundation_version")?,
        snapshot: get(row, "snapshot")?,
    })
}
