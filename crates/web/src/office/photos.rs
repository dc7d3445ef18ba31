//! Photos of observations, in a folder of each unit.
//!
//! Invariant: a photo is whole or not there, and its name is drawn at random. Absent on purpose:
//! who may see one (`api::observations::photos`), and what a phone leaves out of it.

use evenkeel_foundation::UnitId;
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
}
