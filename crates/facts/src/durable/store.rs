//! The object store under delta-rs: local files, each fsynced before it gets its name.
//!
//! Why: `object_store` 0.13 never calls fsync. It links a log entry to its name before the bytes
//! are on disk; after a power cut that can leave an empty `N.json` or an empty checkpoint, and
//! with it a table that no reader can open. So everything that delta-rs writes (log entries,
//! checkpoints, `_last_checkpoint`) passes through [`publish`](super::publish).
//! Absent on purpose: data files. They are written by this room without an object store.

use std::fmt;
use std::path::PathBuf;

use async_trait::async_trait;
use futures::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMode, PutMultipartOptions, PutOptions, PutPayload, PutResult, RenameOptions,
    Result, UploadPart,
};

use super::files::{Taken, publish};

const STORE: &str = "durable local files";

/// Local files from the root of the file system, written durably.
#[derive(Debug, Default)]
pub(crate) struct DurableStore {
    files: LocalFileSystem,
}

impl fmt::Display for DurableStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(STORE)
    }
}

#[async_trait]
impl ObjectStore for DurableStore {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        let taken = match options.mode {
            PutMode::Create => Taken::Refuse,
            PutMode::Overwrite => Taken::Replace,
            PutMode::Update(_) => {
                return Err(Error::NotImplemented {
                    operation: "conditional update".into(),
                    implementer: STORE.into(),
                });
            }
        };
        write(self.files.path_to_filesystem(location)?, payload, taken).await
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        _options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        Ok(Box::new(Gathered {
            path: self.files.path_to_filesystem(location)?,
            parts: Vec::new(),
        }))
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.files.get_opts(location, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        self.files.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.files.list(prefix)
    }

    fn list_with_offset(
        &self,
        prefix: Option<&Path>,
        offset: &Path,
    ) -> BoxStream<'static, Result<ObjectMeta>> {
        self.files.list_with_offset(prefix, offset)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.files.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.files.copy_opts(from, to, options).await
    }

    async fn rename_opts(&self, from: &Path, to: &Path, options: RenameOptions) -> Result<()> {
        self.files.rename_opts(from, to, options).await
    }
}

/// A file that comes in parts. Parts wait in memory: only checkpoints of the log come this way,
/// and they hold a line a data file.
#[derive(Debug)]
struct Gathered {
    path: PathBuf,
    parts: Vec<PutPayload>,
}

#[async_trait]
impl MultipartUpload for Gathered {
    fn put_part(&mut self, part: PutPayload) -> UploadPart {
        self.parts.push(part);
        Box::pin(async { Ok(()) })
    }

    async fn complete(&mut self) -> Result<PutResult> {
        let whole = std::mem::take(&mut self.parts)
            .iter()
            .flat_map(|part| part.iter().cloned())
            .collect();
        write(self.path.clone(), whole, Taken::Replace).await
    }

    async fn abort(&mut self) -> Result<()> {
        self.parts.clear();
        Ok(())
    }
}

async fn write(path: PathBuf, payload: PutPayload, taken: Taken) -> Result<PutResult> {
    let name = path.display().to_string();
    let written = tokio::task::spawn_blocking(move || {
        if let Some(folder) = path.parent() {
            super::create_folder(folder).map_err(std::io::Error::other)?;
        }
        publish(&path, payload.iter().map(AsRef::as_ref), taken)
    })
    .await?;
    match written {
        Ok(()) => Ok(PutResult {
            e_tag: None,
            version: None,
        }),
        Err(source) if source.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Error::AlreadyExists {
                path: name,
                source: source.into(),
            })
        }
        Err(source) => Err(Error::Generic {
            store: STORE,
            source: format!("write {name}: {source}").into(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use object_store::ObjectStoreExt as _;

    fn location(path: &std::path::Path) -> Path {
        Path::from_absolute_path(path).unwrap()
    }

    #[tokio::test]
    async fn a_log_entry_is_written_once() {
        let dir = tempfile::tempdir().unwrap();
        let store = DurableStore::default();
        let entry = location(&dir.path().join("_delta_log/00000000000000000000.json"));
        let create = || PutOptions::from(PutMode::Create);
        store.put_opts(&entry, "a".into(), create()).await.unwrap();
        let error = store
            .put_opts(&entry, "b".into(), create())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::AlreadyExists { .. }), "{error}");
        let kept = store.get(&entry).await.unwrap().bytes().await.unwrap();
        assert_eq!(kept.as_ref(), b"a");
    }

    #[tokio::test]
    async fn parts_become_one_file() {
        let dir = tempfile::tempdir().unwrap();
        let store = DurableStore::default();
        let entry = location(&dir.path().join("0.checkpoint.parquet"));
        let mut upload = store.put_multipart(&entry).await.unwrap();
        upload.put_part("one ".into()).await.unwrap();
        upload.put_part("two".into()).await.unwrap();
        upload.complete().await.unwrap();
        let kept = store.get(&entry).await.unwrap().bytes().await.unwrap();
        assert_eq!(kept.as_ref(), b"one two");
    }
}
