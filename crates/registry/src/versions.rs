//! The history of what was agreed: versions of one object, of a standard, of the
//! whole.
//!
//! Invariant: the newest decision prevails. Of the versions whose `valid_from` has
//! come, the one with the highest number is in force. Absent on purpose: differences
//! between versions, which `foundation` makes.

use evenkeel_foundation::{ObjectKind, Standard, StandardId};
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use sqlx::any::AnyRow;

use crate::columns::{date, get, json, timestamp, unreadable};
use crate::{Registry, RegistryError, Result};

/// One version of one object.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionRow {
    /// Number of the version, from 1, per object.
    pub version: i64,
    /// The version of the foundation that brought it.
    pub foundation_version: i64,
    /// What was agreed; of a retirement, what was retired.
    pub content: Value,
    /// The team that owned it.
    pub owner: Option<String>,
    /// Who made it.
    pub author: String,
    /// When it was made.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The first day it holds; `None`: since ever.
    pub valid_from: Option<Date>,
    /// Whether this version ended the object.
    pub retired: bool,
}

/// One version of a standard, ready to be judged by.
#[derive(Clone, Debug, PartialEq)]
pub struct StandardVersion {
    /// Number of the version, from 1.
    pub version: i64,
    /// What was required.
    pub standard: Standard,
    /// The first day it holds; `None`: since ever.
    pub valid_from: Option<Date>,
    /// Whether from that day on the standard holds no more.
    pub retired: bool,
}

/// Where a version of the foundation came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionSource {
    /// People applied a plan.
    Apply,
    /// An import met units that nobody had written down.
    Import {
        /// Id of the import.
        import_id: String,
    },
}

/// One version of the foundation as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundationVersion {
    /// Its number, from 1, without gaps.
    pub version: i64,
    /// Where it came from.
    pub source: VersionSource,
    /// Who made it.
    pub author: String,
    /// Why.
    pub reason: String,
    /// When it was made.
    pub at: Timestamp,
}

impl Registry {
    /// Lists all versions of an object, first to last; empty if it never was.
    pub async fn list_versions(&self, kind: ObjectKind, id: &str) -> Result<Vec<VersionRow>> {
        sqlx::query(
            "SELECT o.version, o.foundation_version, o.content, o.owner, f.author, f.at_micros, \
             f.reason, o.valid_from, o.retired FROM object_versions o \
             JOIN foundation_versions f ON f.version = o.foundation_version \
             WHERE o.kind = $1 AND o.id = $2 ORDER BY o.version",
        )
        .bind(kind.as_str())
        .bind(id)
        .fetch_all(&self.pool)
        .await
        .map_err(RegistryError::query("list the versions of an object"))?
        .iter()
        .map(version_row)
        .collect()
    }

    /// Lists all versions of a standard, first to last; empty if it never was.
    pub async fn standard_versions(&self, id: &StandardId) -> Result<Vec<StandardVersion>> {
        self.list_versions(ObjectKind::Standard, id.as_str())
            .await?
            .into_iter()
            .map(|row| {
                let standard = serde_json::from_value(row.content).map_err(|error| {
                    unreadable(format!("standard {id}, version {}", row.version), &error)
                })?;
                Ok(StandardVersion {
                    version: row.version,
                    standard,
                    valid_from: row.valid_from,
                    retired: row.retired,
                })
            })
            .collect()
    }

    /// Lists versions of the foundation, newest first: at most `limit` of those before
    /// version `before` (`None`: from the newest).
    pub async fn list_foundation_versions(
        &self,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<FoundationVersion>> {
        sqlx::query(
            "SELECT version, source, import_id, author, reason, at_micros \
             FROM foundation_versions WHERE version < $1 ORDER BY version DESC LIMIT $2",
        )
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await
        .map_err(RegistryError::query("list the versions of the foundation"))?
        .iter()
        .map(foundation_version)
        .collect()
    }
}

/// The version of a standard that is in force on `day`, of all its `versions`; `None`
/// before the first and after a retirement.
pub fn standard_version_in_force(
    versions: &[StandardVersion],
    day: Date,
) -> Option<&StandardVersion> {
    versions
        .iter()
        .filter(|version| version.valid_from.is_none_or(|from| from <= day))
        .max_by_key(|version| version.version)
        .filter(|version| !version.retired)
}

/// The column `kind` of a row.
pub(crate) fn kind_of(row: &AnyRow) -> Result<ObjectKind> {
    let word: &str = get(row, "kind")?;
    word.parse()
        .map_err(|error| unreadable("object_versions.kind", &error))
}

fn version_row(row: &AnyRow) -> Result<VersionRow> {
    let valid_from: Option<&str> = get(row, "valid_from")?;
    Ok(VersionRow {
        version: get(row, "version")?,
        foundation_version: get(row, "foundation_version")?,
        content: json(get(row, "content")?, "object_versions.content")?,
        owner: get(row, "owner")?,
        author: get(row, "author")?,
        at: timestamp(get(row, "at_micros")?, "foundation_versions.at_micros")?,
        reason: get(row, "reason")?,
        valid_from: valid_from
            .map(|day| date(day, "object_versions.valid_from"))
            .transpose()?,
        retired: get::<i64>(row, "retired")? == 1,
    })
}

fn foundation_version(row: &AnyRow) -> Result<FoundationVersion> {
    let source: &str = get(row, "source")?;
    let import_id: Option<String> = get(row, "import_id")?;
    Ok(FoundationVersion {
        version: get(row, "version")?,
        source: match (source, import_id) {
            ("apply", None) => VersionSource::Apply,
            ("import", Some(import_id)) => VersionSource::Import { import_id },
            _ => return Err(unreadable("foundation_versions.source", &source)),
        },
        author: get(row, "author")?,
        reason: get(row, "reason")?,
        at: timestamp(get(row, "at_micros")?, "foundation_versions.at_micros")?,
    })
}
