//! The folders of a data directory.

use std::path::{Path, PathBuf};

use super::OfficeError;

/// The folders of a data directory; they exist.
#[derive(Debug, Clone)]
pub struct Directories {
    root: PathBuf,
}

impl Directories {
    /// Creates what is missing, readable by this user only.
    pub fn create(root: &Path) -> Result<Self, OfficeError> {
        let root = std::path::absolute(root).map_err(|source| OfficeError::Directory {
            path: root.to_owned(),
            source,
        })?;
        let directories = Self { root };
        for path in [
            directories.root.clone(),
            directories.facts(),
            directories.uploads(),
            directories.imports(),
            directories.pictures(),
            directories.photos(),
        ] {
            use std::os::unix::fs::DirBuilderExt as _;
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&path)
                .map_err(|source| OfficeError::Directory { path, source })?;
        }
        Ok(directories)
    }

    /// The data directory itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn facts(&self) -> PathBuf {
        self.root.join("facts")
    }

    pub fn uploads(&self) -> PathBuf {
        self.root.join("uploads")
    }

    pub fn imports(&self) -> PathBuf {
        self.root.join("imports")
    }

    pub fn pictures(&self) -> PathBuf {
        self.root.join("pictures")
    }

    pub fn photos(&self) -> PathBuf {
        self.root.join("photos")
    }

    /// Address of the SQLite registry.
    pub fn registry_url(&self) -> String {
        evenkeel_registry::sqlite_url(&self.root.join("registry.sqlite"))
    }
}
