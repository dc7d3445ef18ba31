//! The file of rejected rows: their lines, what is wrong with them, and their cells.
//!
//! Invariant: it appears under its name when it is whole, and only when there is a rejected row.
//! It holds answers as they came in, so it is readable by its owner alone.

use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::convert::Rejected;
use crate::error::ImportError;

/// The file under construction.
pub(crate) struct RejectFile {
    path: PathBuf,
    writer: Option<csv::Writer<NamedTempFile>>,
    names: Vec<String>,
}

impl RejectFile {
    pub(crate) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            writer: None,
            names: Vec::new(),
        }
    }

    fn failed(path: &Path, source: std::io::Error) -> ImportError {
        ImportError::RejectFile {
            path: path.to_owned(),
            source,
        }
    }

    /// Adds rows; a section with other columns begins with a header of its own.
    pub(crate) fn add(&mut self, rows: &[Rejected]) -> Result<(), ImportError> {
        let path = self.path.clone();
        for row in rows {
            self.add_one(row)
                .map_err(|source| Self::failed(&path, source))?;
        }
        Ok(())
    }

    fn add_one(&mut self, row: &Rejected) -> std::io::Result<()> {
        let writer = if let Some(writer) = &mut self.writer {
            writer
        } else {
            let folder = self
                .path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            let file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
            self.writer
                .insert(csv::WriterBuilder::new().flexible(true).from_writer(file))
        };
        let section = &row.section;
        let names: Vec<String> = ["sheet", "line", "problem"]
            .into_iter()
            .map(str::to_owned)
            .chain(section.carried.iter().map(|at| section.names[*at].clone()))
            .collect();
        if names != self.names {
            writer.write_record(&names)?;
            self.names = names;
        }
        let line = row.line.to_string();
        let reasons = row.reasons.join("; ");
        let start = [section.sheet.as_deref().unwrap_or(""), &line, &reasons];
        writer.write_record(
            start
                .into_iter()
                .chain(row.cells.iter().map(String::as_str)),
        )?;
        Ok(())
    }

    /// Gives the file its name; None if no row was rejected.
    pub(crate) fn finish(self) -> Result<Option<PathBuf>, ImportError> {
        let Some(writer) = self.writer else {
            return Ok(None);
        };
        let path = self.path;
        let file = writer
            .into_inner()
            .map_err(|error| Self::failed(&path, error.into_error()))?;
        file.as_file()
            .sync_all()
            .map_err(|source| Self::failed(&path, source))?;
        file.persist(&path)
            .map_err(|error| Self::failed(&path, error.error))?;
        Ok(Some(path))
    }
}
