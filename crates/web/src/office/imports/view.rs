//! Imports as the registry keeps them, and as the API says them.

use evenkeel_registry::{ImportKind as RecordKind, ImportRecord, ImportStatus as RecordStatus};
use serde::{Deserialize, Serialize};

use super::failure::interrupted;
use crate::api::imports::{ImportKind, ImportReport, ImportStatus, ImportView};
use crate::api::problem::Problem;
use crate::office::{Office, OfficeError};

/// What the registry keeps of how an import ended.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Ending {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<ImportReport>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Problem>,
}

impl From<RecordKind> for ImportKind {
    fn from(kind: RecordKind) -> Self {
        match kind {
            RecordKind::Responses => Self::Responses,
            RecordKind::Aggregates => Self::Aggregates,
            RecordKind::Observations => Self::Observations,
        }
    }
}

impl From<ImportKind> for RecordKind {
    fn from(kind: ImportKind) -> Self {
        match kind {
            ImportKind::Responses => Self::Responses,
            ImportKind::Aggregates => Self::Aggregates,
            ImportKind::Observations => Self::Observations,
        }
    }
}

impl From<RecordStatus> for ImportStatus {
    fn from(status: RecordStatus) -> Self {
        match status {
            RecordStatus::Queued => Self::Queued,
            RecordStatus::Running => Self::Running,
            RecordStatus::Done => Self::Done,
            RecordStatus::Failed => Self::Failed,
            RecordStatus::AlreadyStored => Self::AlreadyStored,
        }
    }
}

impl From<ImportRecord> for ImportView {
    fn from(record: ImportRecord) -> Self {
        // A report of an older program that this one cannot read is left out, the counts
        // beside it stay.
        let ending: Ending = serde_json::from_value(record.report).unwrap_or_default();
        Self {
            import: record.id,
            kind: record.kind.into(),
            file_name: record.file_name,
            status: record.status.into(),
            phase: "ended".to_owned(),
            started_at: record.started_at,
            finished_at: record.finished_at,
            bytes_read: 0,
            bytes_total: 0,
            rows_read: record.rows_read,
            rows_stored: record.rows_stored,
            rows_rejected: record.rows_rejected,
            rows_dropped_as_duplicates: record.rows_dropped_as_duplicates,
            report: ending.report,
            error: ending.error,
        }
    }
}

impl Office {
    /// An import, running or ended.
    pub async fn find_import(&self, id: &str) -> Result<Option<ImportView>, OfficeError> {
        if let Some(view) = self.imports.find(id) {
            return Ok(Some(view));
        }
        Ok(self.registry.find_import(id).await?.map(ImportView::from))
    }

    /// Imports, newest first: at most `limit` of those older than `before`.
    pub async fn list_imports(
        &self,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Vec<ImportView>, OfficeError> {
        let recorded = match before {
            // A cursor of an import that waits in the queue: everything recorded is older.
            Some(id) if self.registry.find_import(id).await?.is_none() => {
                self.registry.list_imports(None, limit).await?
            }
            before => self.registry.list_imports(before, limit).await?,
        };
        let mut views: Vec<ImportView> = match before {
            None => self.imports.list_unfinished(),
            Some(before) => {
                let waiting = self.imports.list_unfinished().into_iter();
                waiting
                    .filter(|view| view.import.as_str() < before)
                    .collect()
            }
        };
        for record in recorded {
            if !views.iter().any(|view| view.import == record.id) {
                let live = self.imports.find(&record.id);
                views.push(live.unwrap_or_else(|| ImportView::from(record)));
            }
        }
        views.truncate(limit as usize);
        Ok(views)
    }

    /// Marks the imports that the end of the process before this one cut off.
    pub(in crate::office) async fn mark_interrupted_imports(&self) -> Result<(), OfficeError> {
        for mut record in self.registry.list_unfinished_imports().await? {
            record.status = RecordStatus::Failed;
            record.finished_at = Some(self.clock.now());
            record.report = serde_json::json!(Ending {
                report: None,
                error: Some(interrupted()),
            });
            self.registry.update_import(&record).await?;
        }
        Ok(())
    }
}
