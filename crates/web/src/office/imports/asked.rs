//! What is asked about a file: guess, preview, import.

use evenkeel_collect::{Agreed, Mapping};

use super::ImportSource;
use super::collecting;
use super::failure::ImportFailure;
use super::run::Task;
use crate::api::imports::guess::GuessView;
use crate::api::imports::preview::PreviewView;
use crate::api::imports::{FileRequest, ImportKind, ImportStatus, ImportView};
use crate::office::{Office, OfficeError};

impl Office {
    /// Guesses a mapping from the first rows of the file.
    pub async fn guess_import(
        &self,
        source: ImportSource,
        kind: Option<ImportKind>,
    ) -> Result<GuessView, ImportFailure> {
        let foundation = self.foundation().await.foundation;
        blocking(move || collecting::guess(&source, kind, &foundation)).await
    }

    /// Reads the whole file as it would be imported, and stores nothing.
    pub async fn preview_import(
        &self,
        source: ImportSource,
        request: &FileRequest,
        rows: usize,
    ) -> Result<PreviewView, ImportFailure> {
        let agreed = self.agreed().await?;
        let mapping = mapping(request)?;
        let text = request.mapping.clone();
        let now = self.clock.now();
        let mut rng = self.rng();
        blocking(move || collecting::preview(&source, mapping, text, &agreed, rows, now, &mut rng))
            .await
    }

    /// Puts an import into the queue and gives its id.
    pub async fn start_import(
        &self,
        source: ImportSource,
        request: &FileRequest,
    ) -> Result<String, ImportFailure> {
        let agreed = self.agreed().await?;
        let mapping = mapping(request)?;
        // What is wrong with the mapping is said at once, not after a wait in the queue.
        let problems = mapping.check(&agreed.foundation);
        if !problems.is_empty() {
            return Err(ImportFailure::Mapping(problems));
        }
        let id = self.new_id();
        let view = ImportView {
            import: id.clone(),
            kind: mapping.kind.into(),
            file_name: source.file_name.clone(),
            status: ImportStatus::Queued,
            phase: "waiting".to_owned(),
            started_at: self.clock.now(),
            finished_at: None,
            bytes_read: 0,
            bytes_total: 0,
            rows_read: 0,
            rows_stored: 0,
            rows_rejected: 0,
            rows_dropped_as_duplicates: 0,
            report: None,
            error: None,
        };
        let task = Task {
            id: id.clone(),
            source,
            mapping,
            mapping_text: request.mapping.clone(),
            on_error: request.on_error,
        };
        self.imports.enqueue(view, task);
        Ok(id)
    }

    /// What was agreed, with its versions, if anything was.
    pub(super) async fn agreed(&self) -> Result<Agreed, ImportFailure> {
        if self.foundation().await.version == 0 {
            return Err(ImportFailure::NoFoundation);
        }
        let mut agreed = Agreed::load(&self.registry)
            .await
            .map_err(OfficeError::from)?;
        agreed.agreement = self.calibrations(&agreed.foundation).await?;
        Ok(agreed)
    }
}

/// Reads the mapping, which must be for the kind that was asked for.
fn mapping(request: &FileRequest) -> Result<Mapping, ImportFailure> {
    let name = request.mapping_name.as_deref().unwrap_or("mapping.toml");
    let mapping = Mapping::parse(&request.mapping, name).map_err(ImportFailure::Mapping)?;
    let found = ImportKind::from(mapping.kind);
    match request.kind {
        Some(asked) if asked != found => Err(ImportFailure::Kind { asked, found }),
        _ => Ok(mapping),
    }
}

/// Reads files away from the threads that answer requests.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ImportFailure> + Send + 'static,
) -> Result<T, ImportFailure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(OfficeError::from)?
}
