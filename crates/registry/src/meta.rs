//! Facts about the installation itself: its id, the organisation's salt.
//!
//! Invariant: a value that was kept with [`Registry::keep_meta`] never changes:
//! answers are keyed by the salt, and two processes that start at once have to
//! agree on one. Absent on purpose: settings that people change, which are
//! configuration or foundation.

use crate::columns::get;
use crate::{Registry, RegistryError, Result};

/// The name of a value in the meta table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetaName(&'static str);

impl MetaName {
    /// Tells this installation from others (a UUID).
    pub const INSTALLATION_ID: Self = Self("installation_id");
    /// Keys the hashes of respondents (32 random bytes, hexadecimal).
    pub const ORGANISATION_SALT: Self = Self("organisation_salt");

    /// A name of another room; `snake_case`, the room's name first.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name as it is stored.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl Registry {
    /// Finds a value.
    pub async fn find_meta(&self, name: MetaName) -> Result<Option<String>> {
        sqlx::query("SELECT content FROM meta WHERE name = $1")
            .bind(name.as_str())
            .fetch_optional(&self.pool)
            .await
            .map_err(RegistryError::query("look up a value of the installation"))?
            .map(|row| get(&row, "content"))
            .transpose()
    }

    /// Keeps `candidate` under `name` if nothing is kept there yet, and returns what
    /// is kept: the first candidate of all processes, for ever.
    pub async fn keep_meta(&self, name: MetaName, candidate: &str) -> Result<String> {
        sqlx::query("INSERT INTO meta (name, content) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(name.as_str())
            .bind(candidate)
            .execute(&self.pool)
            .await
            .map_err(RegistryError::query("keep a value of the installation"))?;
        self.find_meta(name)
            .await?
            .ok_or_else(|| RegistryError::NotFound {
                what: "value of the installation",
                id: name.as_str().to_owned(),
            })
    }
}
