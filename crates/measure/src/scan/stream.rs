//! Rows as they are stored, file after file, for whoever writes them again.
//!
//! Invariant: at most [`WAITING_MAX`] batches wait to be taken, however large the table is, and a
//! slow taker holds up this stream alone: no counting thread waits for it.
//! Absent on purpose: several files at once. Whoever writes rows again takes them one by one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use futures::StreamExt;
use tokio::sync::mpsc;

use super::plan::{Work, batches};
use super::{Engine, Hint, Shared, Source, location};
use crate::error::MeasureError;

/// Batches that wait to be taken.
const WAITING_MAX: usize = 4;

type Sent = Result<RecordBatch, MeasureError>;

impl Engine {
    /// The rows of a source in the types of `columns`, in the order in which they are stored; rows
    /// of files that are done are added to `passed`.
    ///
    /// What the hint leaves out may still come.
    pub fn stream(
        &self,
        source: &Source,
        columns: &SchemaRef,
        hint: &Hint,
        passed: &Arc<AtomicU64>,
    ) -> Result<mpsc::Receiver<Sent>, MeasureError> {
        let runtime = self.runtime.as_ref().ok_or(MeasureError::TaskLost)?;
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        let shared = Arc::clone(&self.shared);
        let (source, columns, hint) = (source.clone(), Arc::clone(columns), hint.clone());
        let passed = Arc::clone(passed);
        runtime.spawn(async move {
            let sent = send(&shared, &source, &columns, &hint, &passed, &sender).await;
            if let Err(error) = sent {
                // Nobody waits for it where the taker has gone.
                let _ = sender.send(Err(error)).await;
            }
        });
        Ok(receiver)
    }
}

async fn send(
    shared: &Shared,
    source: &Source,
    columns: &SchemaRef,
    hint: &Hint,
    passed: &AtomicU64,
    to: &mpsc::Sender<Sent>,
) -> Result<(), MeasureError> {
    for file in &source.snapshot.files {
        let path = location(file)?;
        let footer = shared.footers.load(&shared.store, &path).await?;
        let work = Work {
            groups: 0..footer.group_rows().len(),
            path,
            size: file.bytes,
            footer,
            columns: Arc::clone(columns),
            dead: source.dead.get(&file.name).cloned(),
            days: hint.days,
            only: hint.only.clone(),
        };
        let mut stream = batches(&work, &shared.store, &shared.context)?;
        while let Some(batch) = stream.next().await {
            let batch = batch.map_err(MeasureError::read(work.path.as_ref()))?;
            if to.send(Ok(batch)).await.is_err() {
                return Ok(());
            }
        }
        passed.fetch_add(file.rows, Ordering::Relaxed);
    }
    Ok(())
}
