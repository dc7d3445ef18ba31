//! Files that browsers send.
//!
//! Invariant: an upload exists when all of it is on disk, and never is half of one: it
//! is written beside its place, fsynced, and renamed. Its name is the sender's, kept
//! apart; it never becomes part of a path.

use std::path::PathBuf;

use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt as _;

use super::{Office, OfficeError};

/// The largest file that can be sent; a larger one can be imported by its path.
pub const UPLOAD_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;

/// A file that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    pub id: String,
    /// The name the sender gave it.
    pub name: String,
    pub bytes: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    #[error("the file is larger than {UPLOAD_BYTES_MAX} bytes")]
    TooLarge,
    #[error("the file is empty")]
    Empty,
    #[error("the sender stopped after {bytes} bytes")]
    Interrupted {
        bytes: u64,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl Office {
    /// Stores what is sent.
    pub async fn store_upload<S, E>(&self, name: &str, mut sent: S) -> Result<Upload, UploadError>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let folder = self.directories.uploads();
        let unfinished = tempfile::Builder::new()
            .prefix("unfinished-")
            .tempfile_in(&folder)
            .map_err(|source| failed("create a file in", folder.clone(), source))?;
        let write_failed =
            |source| UploadError::from(failed("write an upload in", folder.clone(), source));
        let mut file = tokio::fs::File::from_std(unfinished.reopen().map_err(&write_failed)?);
        let mut bytes = 0_u64;
        while let Some(chunk) = sent.next().await {
            let chunk = chunk.map_err(|source| UploadError::Interrupted {
                bytes,
                source: source.into(),
            })?;
            bytes += chunk.len() as u64;
            if bytes > UPLOAD_BYTES_MAX {
                return Err(UploadError::TooLarge);
            }
            file.write_all(&chunk).await.map_err(&write_failed)?;
        }
        if bytes == 0 {
            return Err(UploadError::Empty);
        }
        file.flush().await.map_err(&write_failed)?;
        file.sync_all().await.map_err(&write_failed)?;
        let upload = Upload {
            id: self.new_id(),
            name: name.to_owned(),
            bytes,
        };
        let described = serde_json::to_vec(&upload)
            .map_err(|source| write_failed(std::io::Error::other(source)))?;
        // The description first: an upload is there when its file is.
        tokio::fs::write(self.description_path(&upload.id), described)
            .await
            .map_err(&write_failed)?;
        unfinished
            .persist(self.upload_path(&upload.id))
            .map_err(|error| write_failed(error.error))?;
        Ok(upload)
    }

    /// An upload and where it is, if there is one of that id.
    pub async fn find_upload(&self, id: &str) -> Result<Option<(Upload, PathBuf)>, OfficeError> {
        // Ids are ours; anything else is no id, and no path either.
        if uuid::Uuid::parse_str(id).is_err() {
            return Ok(None);
        }
        let path = self.upload_path(id);
        if !tokio::fs::try_exists(&path).await.unwrap_or(false) {
            return Ok(None);
        }
        let description = self.description_path(id);
        let read = tokio::fs::read(&description)
            .await
            .and_then(|bytes| serde_json::from_slice(&bytes).map_err(std::io::Error::other))
            .map_err(|source| failed("read", description, source))?;
        Ok(Some((read, path)))
    }

    /// Forgets an upload.
    pub(super) async fn remove_upload(&self, id: &str) {
        for path in [self.upload_path(id), self.description_path(id)] {
            if let Err(error) = tokio::fs::remove_file(&path).await
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(path = %path.display(), %error, "an upload could not be removed");
            }
        }
    }

    fn upload_path(&self, id: &str) -> PathBuf {
        self.directories.uploads().join(id)
    }

    fn description_path(&self, id: &str) -> PathBuf {
        self.directories.uploads().join(format!("{id}.json"))
    }
}

fn failed(doing: &'static str, path: PathBuf, source: std::io::Error) -> OfficeError {
    OfficeError::File {
        doing,
        path,
        source,
    }
}
