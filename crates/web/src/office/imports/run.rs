//! One import, from file to commit.

use std::sync::Arc;

use evenkeel_collect::{Mapping, Progress};
use evenkeel_registry::{ImportRecord, ImportStatus as RecordStatus};

use super::ImportSource;
use super::collecting::{self, Run, phase_word};
use super::failure::ImportFailure;
use super::view::Ending;
use crate::api::imports::{ImportReport, ImportStatus, OnError};
use crate::api::problem::{Problem, chain};
use crate::office::{Office, OfficeError};

/// An import that waits for its turn.
pub struct Task {
    pub id: String,
    pub source: ImportSource,
    pub mapping: Mapping,
    pub mapping_text: String,
    pub on_error: Option<OnError>,
}

/// How a run ended well.
struct Outcome {
    report: ImportReport,
    /// The same file with the same mapping was there; nothing was added.
    already_stored: bool,
}

impl Outcome {
    fn status(&self) -> RecordStatus {
        if self.already_stored {
            RecordStatus::AlreadyStored
        } else {
            RecordStatus::Done
        }
    }
}

/// Runs an import to its end, whichever that is.
pub async fn run(office: &Arc<Office>, task: Task) {
    let id = task.id.clone();
    let upload = task.source.upload.clone();
    let ended = match record(office, &task).await {
        Ok(record) => {
            let outcome = work(office, task).await;
            // What an import brought is in force even if writing its record fails.
            let reloaded = office.reload().await;
            if outcome.is_ok() {
                office.release_after(&format!("import {id}")).await;
                crate::answers::delivery::open_drafts_after(office, &format!("import {id}")).await;
            }
            let written = write_ending(office, record, &outcome).await;
            if let Err(error) = reloaded.and(written) {
                tracing::error!(import = %id, error = %chain(&error), "the end of an import was not recorded");
            }
            outcome
        }
        Err(failure) => Err(failure),
    };
    if ended.is_ok()
        && let Some(upload) = upload
    {
        office.remove_upload(&upload).await;
    }
    let finished_at = office.clock.now();
    office.imports.update(&id, |view| {
        view.finished_at = Some(finished_at);
        "ended".clone_into(&mut view.phase);
        match ended {
            Ok(outcome) => {
                view.status = outcome.status().into();
                view.rows_read = outcome.report.rows_read;
                view.rows_stored = outcome.report.rows_stored;
                view.rows_rejected = outcome.report.rows_rejected;
                view.rows_dropped_as_duplicates = outcome.report.rows_dropped_as_duplicates;
                view.report = Some(outcome.report);
            }
            Err(failure) => {
                view.status = ImportStatus::Failed;
                view.error = Some(Problem::from(failure));
            }
        }
    });
}

/// Hashes the file and writes down that its import runs.
async fn record(office: &Office, task: &Task) -> Result<ImportRecord, ImportFailure> {
    office.imports.update(&task.id, |view| {
        view.status = ImportStatus::Running;
        "hashing".clone_into(&mut view.phase);
    });
    let path = task.source.path.clone();
    let hashed = tokio::task::spawn_blocking(move || evenkeel_collect::file_hash(&path));
    let file_hash =
        hashed
            .await
            .map_err(OfficeError::from)?
            .map_err(|error| ImportFailure::File {
                detail: format!("{}: {error}", task.source.file_name),
            })?;
    let kind = crate::api::imports::ImportKind::from(task.mapping.kind);
    let record = ImportRecord {
        id: task.id.clone(),
        kind: kind.into(),
        file_name: task.source.file_name.clone(),
        file_hash,
        mapping_hash: evenkeel_collect::text_hash(&task.mapping_text),
        status: RecordStatus::Running,
        started_at: office.clock.now(),
        finished_at: None,
        rows_read: 0,
        rows_stored: 0,
        rows_rejected: 0,
        rows_dropped_as_duplicates: 0,
        report: serde_json::Value::Null,
    };
    office
        .registry
        .record_import(&record)
        .await
        .map_err(OfficeError::from)?;
    Ok(record)
}

/// Reads, checks, stages and commits the file, away from the threads that answer requests.
async fn work(office: &Arc<Office>, task: Task) -> Result<Outcome, ImportFailure> {
    let agreed = office.agreed().await?;
    let watched = office.clone();
    let id = task.id.clone();
    let run = Run {
        task,
        agreed,
        facts: office.facts.clone(),
        registry: office.registry.clone(),
        reports: office.directories.imports(),
        salt: office.salt().await?,
        clock: office.clock.clone(),
        rng: office.rng(),
        runtime: tokio::runtime::Handle::current(),
        stopping: office.imports.stopping(),
        progress: Box::new(move |progress: Progress| {
            watched.imports.update(&id, |view| {
                phase_word(progress.phase).clone_into(&mut view.phase);
                view.bytes_read = progress.bytes_read;
                view.bytes_total = progress.bytes_total;
                view.rows_read = progress.rows_read;
                view.rows_stored = progress.rows_stored;
            });
        }),
    };
    let report = tokio::task::spawn_blocking(move || collecting::run(run))
        .await
        .map_err(OfficeError::from)??;
    Ok(Outcome {
        already_stored: report.already_stored,
        report: ImportReport::from(report),
    })
}

async fn write_ending(
    office: &Office,
    mut record: ImportRecord,
    outcome: &Result<Outcome, ImportFailure>,
) -> Result<(), OfficeError> {
    record.finished_at = Some(office.clock.now());
    let ending = match outcome {
        Ok(outcome) => {
            record.status = outcome.status();
            record.rows_read = outcome.report.rows_read;
            record.rows_stored = outcome.report.rows_stored;
            record.rows_rejected = outcome.report.rows_rejected;
            record.rows_dropped_as_duplicates = outcome.report.rows_dropped_as_duplicates;
            Ending {
                report: Some(outcome.report.clone()),
                error: None,
            }
        }
        Err(failure) => {
            record.status = RecordStatus::Failed;
            Ending {
                report: None,
                error: Some(failure.problem()),
            }
        }
    };
    record.report = serde_json::json!(ending);
    Ok(office.registry.update_import(&record).await?)
}
