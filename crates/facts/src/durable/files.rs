//! Files and folders of the local disk, with fsync.
//!
//! Invariant: no function here leaves a half-written file under the name it was asked for.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::{FactsError, Result};

/// What to do when the name is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Fail with `AlreadyExists`; the other file stays as it is.
    Refuse,
    /// Take its place in one step.
    Replace,
}

/// Writes `chunks` as the file `path`: temporary name, fsync, final name, fsync of the folder.
///
/// The temporary name ends in `#0`, which `object_store` leaves out of its listings.
pub(crate) fn publish<'a>(
    path: &Path,
    chunks: impl IntoIterator<Item = &'a [u8]>,
    taken: Taken,
) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let temporary = temporary_name(path)?;
    // An earlier crash may have left this name as a second link to the published file:
    // truncating it would empty that file, so the name goes and a new file comes.
    remove_if_there(&temporary)?;
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&temporary)?;
    let written = chunks
        .into_iter()
        .try_for_each(|chunk| file.write_all(chunk))
        .and_then(|()| file.sync_all())
        .and_then(|()| match taken {
            Taken::Refuse => fs::hard_link(&temporary, path),
            Taken::Replace => fs::rename(&temporary, path),
        });
    let cleaned = remove_if_there(&temporary);
    written?;
    cleaned?;
    File::open(folder)?.sync_all()
}

/// Writes `value` as JSON, in the place of an older file of that name.
pub(crate) fn write_json(path: &Path, value: &impl Serialize) -> Result<()> {
    let bytes = serde_json::to_vec(value)
        .map_err(|e| FactsError::io("write", path)(io::Error::other(e)))?;
    publish(path, [bytes.as_slice()], Taken::Replace).map_err(FactsError::io("write", path))
}

/// Creates a folder with its parents; each new one is fsynced into the one above.
pub(crate) fn create_folder(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        create_folder(parent)?;
    }
    match fs::create_dir(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(FactsError::io("create folder", path)(error));
        }
        _ => {}
    }
    path.parent().map_or(Ok(()), sync_folder)
}

/// Fsyncs a folder: the names in it are on disk afterwards.
pub(crate) fn sync_folder(path: &Path) -> Result<()> {
    sync(path, "sync folder")
}

/// Fsyncs a file that somebody else wrote.
pub(crate) fn sync_file(path: &Path) -> Result<()> {
    sync(path, "sync")
}

/// Removes a file; one that is gone already is no error.
pub(crate) fn remove_file(path: &Path) -> Result<()> {
    remove_if_there(path).map_err(FactsError::io("remove", path))
}

fn sync(path: &Path, action: &'static str) -> Result<()> {
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(FactsError::io(action, path))
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn temporary_name(path: &Path) -> io::Result<PathBuf> {
    let mut name = path
        .file_name()
        .ok_or(io::ErrorKind::InvalidInput)?
        .to_owned();
    name.push("#0");
    Ok(path.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_is_refused_and_keeps_its_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("00000000000000000003.json");
        publish(&path, [b"first".as_slice()], Taken::Refuse).unwrap();
        let error = publish(&path, [b"second".as_slice()], Taken::Refuse).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(
            fs::read_dir(dir.path()).unwrap().count(),
            1,
            "no temporary file is left"
        );
    }

    #[test]
    fn a_second_link_left_by_a_crash_does_not_empty_the_published_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("3.json");
        publish(&path, [b"first".as_slice()], Taken::Refuse).unwrap();
        fs::hard_link(&path, dir.path().join("3.json#0")).unwrap();
        publish(&path, [b"second".as_slice()], Taken::Refuse).unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), b"first");
    }

    #[test]
    fn replacing_leaves_the_new_bytes_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("manifest.json");
        write_json(&path, &[1, 2, 3]).unwrap();
        write_json(&path, &[4]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"[4]");
    }
}
