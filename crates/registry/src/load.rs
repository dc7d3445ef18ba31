//! The foundation as it is now, and as it was at any of its versions.
//!
//! Invariant: rows of a version never change once its transaction is committed, so
//! that a load needs no transaction of its own and a version number names one
//! content for ever. Absent on purpose: a cache; whoever keeps a foundation compares
//! [`Registry::foundation_version`].

use evenkeel_foundation::{Foundation, Object, Problem};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::columns::{get, json, unreadable};
use crate::versions::kind_of;
use crate::{Registry, RegistryError, Result};

impl Registry {
    /// The current version of the foundation as a whole; 0 before the first apply.
    pub async fn foundation_version(&self) -> Result<i64> {
        let mut connection = self.pool.acquire().await.map_err(failed())?;
        current_version(&mut connection).await
    }

    /// Loads the current foundation; an error before the first apply.
    pub async fn load_foundation(&self) -> Result<Foundation> {
        let version = self.foundation_version().await?;
        self.load_foundation_at(version).await
    }

    /// Finds the current foundation and its version; `None` before the first apply.
    pub async fn find_foundation(&self) -> Result<Option<(i64, Foundation)>> {
        match self.foundation_version().await? {
            0 => Ok(None),
            version => Ok(Some((version, self.load_foundation_at(version).await?))),
        }
    }

    /// Loads the foundation as it was at `version` (1 is the first apply).
    pub async fn load_foundation_at(&self, version: i64) -> Result<Foundation> {
        let mut connection = self.pool.acquire().await.map_err(failed())?;
        if version < 1 || version > current_version(&mut connection).await? {
            return Err(RegistryError::NotFound {
                what: "foundation version",
                id: version.to_string(),
            });
        }
        let objects = objects_at(&mut connection, version).await?;
        Foundation::from_objects(objects).map_err(|problems| {
            unreadable(
                format!("foundation version {version}"),
                &in_words(&problems),
            )
        })
    }
}

/// All problems in one text, a line each.
pub(crate) fn in_words(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// The counter that names the current version.
pub(crate) async fn current_version(connection: &mut AnyConnection) -> Result<i64> {
    let row = sqlx::query("SELECT reached FROM counters WHERE name = 'foundation'")
        .fetch_one(connection)
        .await
        .map_err(failed())?;
    get(&row, "reached")
}

/// What was in force at `version`: of each object the latest version until then,
/// unless that one retired it.
pub(crate) async fn objects_at(
    connection: &mut AnyConnection,
    version: i64,
) -> Result<Vec<Object>> {
    sqlx::query(
        "SELECT o.kind, o.id, o.owner, o.content FROM object_versions o \
         WHERE o.retired = 0 AND o.version = ( \
             SELECT MAX(n.version) FROM object_versions n \
             WHERE n.kind = o.kind AND n.id = o.id AND n.foundation_version <= $1)",
    )
    .bind(version)
    .fetch_all(connection)
    .await
    .map_err(failed())?
    .iter()
    .map(object)
    .collect()
}

fn object(row: &AnyRow) -> Result<Object> {
    let owner: Option<&str> = get(row, "owner")?;
    Ok(Object {
        kind: kind_of(row)?,
        id: get(row, "id")?,
        owner: owner
            .map(|team| {
                team.parse()
                    .map_err(|error| unreadable("object_versions.owner", &error))
            })
            .transpose()?,
        content: json(get(row, "content")?, "object_versions.content")?,
    })
}

fn failed() -> impl FnOnce(sqlx::Error) -> RegistryError {
    RegistryError::query("load the foundation")
}
