//! The statements that every change of the foundation shares.
//!
//! Invariant: versions are inserted, never updated or deleted; there is no other SQL
//! on `object_versions` than what stands here, in `apply` and in `load`.

use std::collections::HashMap;

use evenkeel_foundation::{Foundation, Object, ObjectKind};
use jiff::civil::Date;
use sqlx::AnyConnection;

use crate::columns::get;
use crate::versions::kind_of;
use crate::{RegistryError, Result, load};

/// The latest version of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Latest {
    pub version: i64,
    pub retired: bool,
}

/// Latest versions by kind and id.
pub(crate) type LatestVersions = HashMap<(ObjectKind, String), Latest>;

/// A row of `object_versions` about to be inserted.
pub(crate) struct NewVersion<'a> {
    pub object: &'a Object,
    pub version: i64,
    pub foundation_version: i64,
    pub valid_from: Option<Date>,
}

/// Inserts a version that is in force, not retired.
pub(crate) async fn insert(connection: &mut AnyConnection, new: &NewVersion<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO object_versions \
         (kind, id, version, foundation_version, content, owner, valid_from, retired) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
    )
    .bind(new.object.kind.as_str())
    .bind(new.object.id.as_str())
    .bind(new.version)
    .bind(new.foundation_version)
    .bind(new.object.content.to_string())
    .bind(
        new.object
            .owner
            .as_ref()
            .map(|owner| owner.as_str().to_owned()),
    )
    .bind(new.valid_from.map(|day| day.to_string()))
    .execute(connection)
    .await
    .map_err(failed())?;
    Ok(())
}

/// The latest version of every object, retired ones too.
pub(crate) async fn latest_versions(connection: &mut AnyConnection) -> Result<LatestVersions> {
    sqlx::query(
        "SELECT o.kind, o.id, o.version, o.retired FROM object_versions o \
         WHERE o.version = (SELECT MAX(n.version) FROM object_versions n \
                            WHERE n.kind = o.kind AND n.id = o.id)",
    )
    .fetch_all(connection)
    .await
    .map_err(failed())?
    .iter()
    .map(|row| {
        let latest = Latest {
            version: get(row, "version")?,
            retired: get::<i64>(row, "retired")? == 1,
        };
        Ok(((kind_of(row)?, get(row, "id")?), latest))
    })
    .collect()
}

/// Refuses to leave behind a foundation that nobody could load any more.
pub(crate) async fn check_loads(connection: &mut AnyConnection, version: i64) -> Result<()> {
    let objects = load::objects_at(connection, version).await?;
    match Foundation::from_objects(objects) {
        Ok(_) => Ok(()),
        Err(problems) => Err(RegistryError::Unsound {
            problems: load::in_words(&problems),
        }),
    }
}

fn failed() -> impl FnOnce(sqlx::Error) -> RegistryError {
    RegistryError::query("write a version of the foundation")
}
