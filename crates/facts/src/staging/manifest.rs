//! What of an import lies ready on disk: one small JSON file, replaced as a whole.
//!
//! Invariants: a file listed here is complete and fsynced; `source_row_end` and `note` belong to
//! exactly the listed files, over all tables of the import. A file of the import that is not
//! listed is unfinished. The manifest's folder exists before the first data file does, so that
//! vacuum can tell by the name that a file is staged.

use std::fs;
use std::path::{Path, PathBuf};

use arrow::datatypes::Schema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::data_file::WrittenFile;
use crate::durable;
use crate::error::{FactsError, Result};
use crate::naming::hashed;
use crate::table::AppId;

const FORMAT: u32 = 1;
const FILE: &str = "manifest.json";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: u32,
    app: String,
    app_version: i64,
    pub(crate) tables: Vec<StagedTable>,
    /// Rows of the source that the listed files cover.
    pub(crate) source_row_end: u64,
    /// Whatever the reader of the source needs to go on from there.
    pub(crate) note: Value,
    /// The source was read to its end.
    pub(crate) complete: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StagedTable {
    pub(crate) name: String,
    /// Columns as `name type` with `?` where empty values are allowed.
    columns: Vec<String>,
    pub(crate) files: Vec<WrittenFile>,
}

impl StagedTable {
    pub(crate) fn new(name: String, schema: &Schema) -> Self {
        let columns = schema
            .fields()
            .iter()
            .map(|field| {
                let empty = if field.is_nullable() { "?" } else { "" };
                format!("{} {}{empty}", field.name(), field.data_type())
            })
            .collect();
        Self {
            name,
            columns,
            files: Vec::new(),
        }
    }
}

impl Manifest {
    pub(crate) fn new(app: &AppId, tables: Vec<StagedTable>) -> Self {
        Self {
            format: FORMAT,
            app: app.name().to_owned(),
            app_version: app.version(),
            tables,
            source_row_end: 0,
            note: Value::Null,
            complete: false,
        }
    }

    pub(crate) fn app(&self) -> AppId {
        AppId::new(self.app.clone(), self.app_version)
    }

    /// Whether work on `fresh` may go on from this manifest: same import, same tables, same
    /// columns.
    pub(crate) fn continues(&self, fresh: &Self) -> bool {
        self.format == fresh.format
            && self.app() == fresh.app()
            && self.tables.len() == fresh.tables.len()
            && self
                .tables
                .iter()
                .zip(&fresh.tables)
                .all(|(one, other)| one.name == other.name && one.columns == other.columns)
    }

    /// The manifest in a folder. `None` where there is none, or one that cannot be read: then
    /// nothing is known to be ready, and the work begins again.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        let bytes = fs::read(folder.join(FILE)).ok()?;
        serde_json::from_slice(&bytes)
            .inspect_err(|error| {
                tracing::warn!(folder = %folder.display(), %error, "unreadable manifest");
            })
            .ok()
    }

    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        durable::write_json(&folder.join(FILE), self)
    }

    /// Removes the manifest's folder: the import is committed, or given up.
    pub(crate) fn remove(folder: &Path) -> Result<()> {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(FactsError::io("remove", folder)(error))
            }
            _ => folder.parent().map_or(Ok(()), durable::sync_folder),
        }
    }

    /// When the manifest was last written; of a folder without one, when that was made.
    pub(crate) fn touched(folder: &Path) -> Result<std::time::SystemTime> {
        fs::metadata(folder.join(FILE))
            .or_else(|_| fs::metadata(folder))
            .and_then(|of_disk| of_disk.modified())
            .map_err(FactsError::io("look at", folder))
    }
}

/// Folder name and file prefix of an import: 16 hexadecimal digits of a hash of its name.
pub(crate) fn staging_id(app: &AppId) -> String {
    hashed([app.to_string().as_str()], 8)
}

/// Name of the `number`-th data file of a staging.
pub(crate) fn file_name(id: &str, number: usize) -> String {
    format!("part-{id}-{number:05}.parquet")
}

/// The staging that a data file came from.
pub(crate) fn id_of_file(name: &str) -> Option<&str> {
    let (id, _) = name.strip_prefix("part-")?.split_once('-')?;
    Some(id)
}

/// Names of the data files of a staging in a table's folder, listed in a log or not.
pub(crate) fn files_of(folder: &Path, id: &str) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(FactsError::io("list", folder))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(FactsError::io("list", folder))?;
        if id_of_file(&entry.file_name().to_string_lossy()) == Some(id) {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use arrow::datatypes::{DataType, Field};

    use super::*;

    fn manifest(app: &AppId, kind: DataType) -> Manifest {
        let schema = Schema::new(vec![Field::new("unit", kind, false)]);
        Manifest::new(app, vec![StagedTable::new("comments".to_owned(), &schema)])
    }

    #[test]
    fn reads_back_what_it_wrote() {
        let dir = tempfile::tempdir().unwrap();
        let manifest = manifest(&AppId::import("a", "b"), DataType::Utf8);
        manifest.write(dir.path()).unwrap();
        assert_eq!(Manifest::read(dir.path()).unwrap(), manifest);
    }

    #[test]
    fn another_import_or_other_columns_do_not_continue() {
        let app = AppId::import("a", "b");
        let fresh = manifest(&app, DataType::Utf8);
        assert!(fresh.continues(&manifest(&app, DataType::Utf8)));
        assert!(!fresh.continues(&manifest(&app, DataType::Int8)));
        assert!(!fresh.continues(&manifest(&AppId::import("a", "c"), DataType::Utf8)));
    }

    #[test]
    fn a_torn_manifest_counts_as_none() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FILE), b"{\"format\":1,").unwrap();
        assert_eq!(Manifest::read(dir.path()), None);
    }

    #[test]
    fn file_names_tell_their_staging() {
        let id = staging_id(&AppId::import("a", "b"));
        assert_eq!(id.len(), 16);
        assert_eq!(id_of_file(&file_name(&id, 3)), Some(id.as_str()));
        assert_eq!(id_of_file("merge-0123.parquet"), None);
    }
}
