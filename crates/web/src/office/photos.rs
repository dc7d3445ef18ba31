//! Photos of observations, in a folder of each unit.
//!
//! Invariant: a photo is whole or not there, its name is drawn at random, and one that any look ever
//! named is never removed. Absent on purpose: who may see one (`api::observations::photos`), and
//! what a phone leaves out of it.

use std::path::PathBuf;
use std::time::Duration;

use evenkeel_foundation::UnitId;
use jiff::Timestamp;
use rand::RngExt as _;

use super::{Office, OfficeError};

impl Office {
    /// Keeps a photo of a unit under a name drawn at random.
    pub async fn keep_photo(
        &self,
        unit: &UnitId,
        end: &str,
        bytes: &[u8],
    ) -> Result<String, OfficeError> {
        let folder = self.directories.photos().join(unit.as_str());
        let name = format!("{}.{end}", uuid::Uuid::from_bytes(self.rng().random()));
        let path = folder.join(&name);
        let failed = |source| OfficeError::File {
            doing: "write",
            path: path.clone(),
            source,
        };
        tokio::fs::create_dir_all(&folder).await.map_err(failed)?;
        let beside = folder.join(format!(".{name}"));
        tokio::fs::write(&beside, bytes).await.map_err(failed)?;
        tokio::fs::rename(&beside, &path).await.map_err(failed)?;
        Ok(name)
    }

    /// A photo of a unit.
    pub async fn find_photo(
        &self,
        unit: &UnitId,
        name: &str,
    ) -> Result<Option<Vec<u8>>, OfficeError> {
        let path = self.directories.photos().join(unit.as_str()).join(name);
        match tokio::fs::read(&path).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(OfficeError::File {
                doing: "read",
                path,
                source,
            }),
        }
    }

    /// Removes photos older than `kept` that no look names: their look never came. Returns how many.
    ///
    /// Looks that wait in the inbox are moved first; while that fails nothing is removed.
    pub(super) async fn remove_spare_photos(
        &self,
        now: Timestamp,
        kept: Duration,
    ) -> Result<usize, SparePhotosError> {
        let old = self.old_photos(now, kept).await?;
        if old.is_empty() {
            return Ok(0);
        }
        self.flush_inbox().await?;
        let named = self.named_photos().await?;
        let is_named = |unit: &str, name: &str| named.get(unit).is_some_and(|of| of.contains(name));
        let mut removed = 0;
        for (unit, name, path) in old {
            if is_named(&unit, &name) {
                continue;
            }
            let failed = |source| OfficeError::File {
                doing: "remove",
                path: path.clone(),
                source,
            };
            tokio::fs::remove_file(&path).await.map_err(failed)?;
            removed += 1;
        }
        Ok(removed)
    }

    /// Unit, name and path of photos that are older than `kept`; half-written ones too.
    async fn old_photos(
        &self,
        now: Timestamp,
        kept: Duration,
    ) -> Result<Vec<(String, String, PathBuf)>, OfficeError> {
        let folder = self.directories.photos();
        let failed = |source| OfficeError::File {
            doing: "list",
            path: folder.clone(),
            source,
        };
        let mut old = Vec::new();
        let mut units = tokio::fs::read_dir(&folder).await.map_err(failed)?;
        while let Some(unit) = units.next_entry().await.map_err(failed)? {
            if !unit.file_type().await.map_err(failed)?.is_dir() {
                continue;
            }
            let mut photos = tokio::fs::read_dir(unit.path()).await.map_err(failed)?;
            while let Some(photo) = photos.next_entry().await.map_err(failed)? {
                let changed = photo.metadata().await.and_then(|of| of.modified());
                let changed = changed.ok().and_then(|at| Timestamp::try_from(at).ok());
                let limit = jiff::SignedDuration::try_from(kept).unwrap_or_default();
                if changed.is_some_and(|at| now.duration_since(at) > limit) {
                    let text = |name: std::ffi::OsString| name.to_string_lossy().into_owned();
                    old.push((
                        text(unit.file_name()),
                        text(photo.file_name()),
                        photo.path(),
                    ));
                }
            }
        }
        Ok(old)
    }
}

/// Why spare photos could not be told from the others.
#[derive(Debug, thiserror::Error)]
pub(super) enum SparePhotosError {
    #[error(transparent)]
    Office(#[from] OfficeError),
    #[error("look up which photos are named")]
    Measure(#[from] evenkeel_measure::MeasureError),
}
