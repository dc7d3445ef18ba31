//! The latest version of every object, in one query.
//!
//! Absent on purpose: contents; this says what changed how often, so that whoever wants
//! the versions of the few objects that ever changed need not ask for all.

use evenkeel_foundation::ObjectKind;

use crate::write::latest_versions;
use crate::{Registry, RegistryError, Result};

/// The latest version of an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LatestVersion {
    /// Kind of the object.
    pub kind: ObjectKind,
    /// Its id.
    pub id: String,
    /// Its latest version, from 1.
    pub version: i64,
    /// Whether that version ended the object.
    pub retired: bool,
}

impl Registry {
    /// Lists the latest version of every object, retired ones too, by kind and id.
    pub async fn list_latest_versions(&self) -> Result<Vec<LatestVersion>> {
        let mut connection = self
            .pool
            .acquire()
            .await
            .map_err(RegistryError::query("list the latest versions"))?;
        let mut latest: Vec<LatestVersion> = latest_versions(&mut connection)
            .await?
            .into_iter()
            .map(|((kind, id), latest)| LatestVersion {
                kind,
                id,
                version: latest.version,
                retired: latest.retired,
            })
            .collect();
        latest.sort_unstable();
        Ok(latest)
    }
}
