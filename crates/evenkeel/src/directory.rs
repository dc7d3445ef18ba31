//! The data directory and its one writer.
//!
//! Invariant: whoever opens the registry or the facts of a directory holds an
//! exclusive lock on `DIR/lock` for as long. The kernel releases it when the
//! process ends, however it ends.

use std::fs::{File, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// A data directory held by this process.
#[derive(Debug)]
pub struct HeldDirectory {
    path: PathBuf,
    // Held, never read: the lock lives as long as the open file.
    _lock: File,
}

#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    #[error("create data directory {}", path.display())]
    Create {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("lock data directory {}", path.display())]
    Lock {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(
        "data directory {} is in use by another evenkeel process; wait for it to end, or use another --dir",
        path.display()
    )]
    Held { path: PathBuf },
}

impl HeldDirectory {
    /// Creates the directory where needed and takes its lock, or says who has it.
    pub fn hold(path: &Path) -> Result<Self, DirectoryError> {
        // Answers of people: readable by nobody but the account that runs Evenkeel.
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|source| DirectoryError::Create {
                path: path.to_owned(),
                source,
            })?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("lock"))
            .map_err(|source| DirectoryError::Lock {
                path: path.to_owned(),
                source,
            })?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(DirectoryError::Held {
                path: path.to_owned(),
            }),
            Err(TryLockError::Error(source)) => Err(DirectoryError::Lock {
                path: path.to_owned(),
                source,
            }),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Where a server of this directory writes the address of its pages, for links to them.
pub fn address_path(directory: &Path) -> PathBuf {
    directory.join("address")
}

/// Where a server of this directory listens for commands.
pub fn socket_path(directory: &Path) -> PathBuf {
    directory.join("evenkeel.sock")
}
