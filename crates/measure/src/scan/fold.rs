//! Rows one by one, for what groups cannot say: whose row it is, and what was rated.
//!
//! Invariant: exactly the rows of the snapshot that the filter lets through, each once; rows that
//! later ones replace are left out.
//! Absent on purpose: a cache. Questions that need single rows are asked of few people, or rarely.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use futures::StreamExt;
use tokio::task::JoinSet;

use super::plan::{Work, batches};
use super::{Engine, Source, location};
use crate::error::MeasureError;
use crate::tally::Only;

/// Which rows a fold may leave out unread.
#[derive(Debug, Clone, Default)]
pub struct Hint {
    /// First and last day that count.
    pub days: (Option<i32>, Option<i32>),
    /// Words that count.
    pub only: Vec<Only>,
}

impl Engine {
    /// Folds the rows of each file into a value; the columns are read in the types of `columns`.
    ///
    /// What the hint leaves out may still come; `take` has to look again.
    pub async fn fold<T: Default + Send + 'static>(
        &self,
        source: &Source,
        columns: &SchemaRef,
        hint: &Hint,
        take: impl Fn(&mut T, &RecordBatch) -> Result<(), MeasureError> + Send + Sync + 'static,
    ) -> Result<Vec<T>, MeasureError> {
        let take = Arc::new(take);
        let mut tasks: JoinSet<Result<(usize, T), MeasureError>> = JoinSet::new();
        for (place, file) in source.snapshot.files.iter().enumerate() {
            let (shared, permits) = (Arc::clone(&self.shared), Arc::clone(&self.permits));
            let (columns, take) = (Arc::clone(columns), Arc::clone(&take));
            let dead = source.dead.get(&file.name).cloned();
            let (path, size, hint) = (location(file)?, file.bytes, hint.clone());
            self.spawn(&mut tasks, async move {
                let _permit = permits
                    .acquire()
                    .await
                    .map_err(|_| MeasureError::TaskLost)?;
                let footer = shared.footers.load(&shared.store, &path).await?;
                let work = Work {
                    groups: 0..footer.group_rows().len(),
                    path,
                    size,
                    footer,
                    columns,
                    dead,
                    days: hint.days,
                    only: hint.only,
                };
                let mut into = T::default();
                let mut stream = batches(&work, &shared.store, &shared.context)?;
                while let Some(batch) = stream.next().await {
                    let batch = batch.map_err(MeasureError::read(work.path.as_ref()))?;
                    take(&mut into, &batch)?;
                }
                Ok((place, into))
            })?;
        }
        let mut results: Vec<T> = source.snapshot.files.iter().map(|_| T::default()).collect();
        while let Some(joined) = tasks.join_next().await {
            let (place, result) = joined.map_err(|_| MeasureError::TaskLost)??;
            results[place] = result;
        }
        Ok(results)
    }
}
