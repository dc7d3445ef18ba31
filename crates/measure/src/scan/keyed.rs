//! Whether rows say who answered.
//!
//! Footers hold no statistics of that column, so its first batches are read, once per file: an
//! empty column is next to nothing, and of a full one the first batch will do.

use std::sync::Arc;

use arrow::array::Array;
use arrow::datatypes::{Field, Schema};
use evenkeel_facts::FileRef;
use futures::StreamExt;
use tokio::task::JoinSet;

use super::plan::{Work, batches};
use super::{Engine, Shared, Source, location};
use crate::error::MeasureError;
use crate::tally::{RESPONDENT, dictionary};

impl Engine {
    /// Whether any row of a source says who answered.
    pub async fn is_keyed(&self, source: &Source) -> Result<bool, MeasureError> {
        if source.snapshot.schema.field_with_name(RESPONDENT).is_err() {
            return Ok(false);
        }
        let mut tasks: JoinSet<Result<bool, MeasureError>> = JoinSet::new();
        for file in &source.snapshot.files {
            let (shared, permits) = (Arc::clone(&self.shared), Arc::clone(&self.permits));
            let file = file.clone();
            self.spawn(&mut tasks, async move {
                let _permit = permits
                    .acquire()
                    .await
                    .map_err(|_| MeasureError::TaskLost)?;
                shared.is_keyed(&file).await
            })?;
        }
        while let Some(joined) = tasks.join_next().await {
            if joined.map_err(|_| MeasureError::TaskLost)?? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Shared {
    async fn is_keyed(&self, file: &FileRef) -> Result<bool, MeasureError> {
        let path = location(file)?;
        let footer = self.footers.load(&self.store, &path).await?;
        if let Some(&keyed) = footer.keyed.get() {
            return Ok(keyed);
        }
        let mut keyed = false;
        if footer.schema.field_with_name(RESPONDENT).is_ok() {
            let column = Field::new(RESPONDENT, dictionary(), true);
            let work = Work {
                groups: 0..footer.group_rows().len(),
                path,
                size: file.bytes,
                footer: Arc::clone(&footer),
                columns: Arc::new(Schema::new(vec![column])),
                dead: None,
                days: (None, None),
                only: Vec::new(),
            };
            let mut stream = batches(&work, &self.store, &self.context)?;
            while let (false, Some(batch)) = (keyed, stream.next().await) {
                let batch = batch.map_err(MeasureError::read(work.path.as_ref()))?;
                keyed = batch.column(0).null_count() < batch.num_rows();
            }
        }
        Ok(*footer.keyed.get_or_init(|| keyed))
    }
}
