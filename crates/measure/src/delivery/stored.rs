//! Looks as they are stored, for judging them again.
//!
//! Invariant: each look that counts comes once, with every column it has, always in the same order;
//! events that later ones replaced do not come.
//! Absent on purpose: judging and writing. Rows leave this file to be judged again and for nothing
//! else: no answer is made of them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use evenkeel_facts::Table;
use evenkeel_foundation::StandardId;

use super::only_standard;
use crate::error::MeasureError;
use crate::history::History;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::RowFilter;
use crate::scan::{Hint, Source};

/// The looks of one standard at one version of the table.
#[derive(Debug)]
pub struct StoredLooks {
    source: Source,
    columns: SchemaRef,
    filter: Arc<RowFilter>,
    hint: Hint,
    passed: Arc<AtomicU64>,
}

impl StoredLooks {
    /// How a number names the rows it was computed from.
    pub fn label(&self) -> String {
        self.source.snapshot.label()
    }

    /// Rows of the table, those of other standards too: what a reading has to pass.
    pub fn rows(&self) -> u64 {
        self.source.snapshot.rows()
    }

    /// Rows of the table that readings have passed, all readings together.
    pub fn passed(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.passed)
    }
}

/// One reading; blocks while the next batch is read.
#[derive(Debug)]
pub struct StoredBatches {
    sent: tokio::sync::mpsc::Receiver<Result<RecordBatch, MeasureError>>,
    filter: Arc<RowFilter>,
}

impl Iterator for StoredBatches {
    /// Rows, and which of them are of the standard and within the window.
    type Item = Result<(RecordBatch, Vec<bool>), MeasureError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = match self.sent.blocking_recv()? {
            Ok(batch) => batch,
            Err(error) => return Some(Err(error)),
        };
        Some(self.filter.keep(&batch).map(|keep| (batch, keep)))
    }
}

impl Measure {
    /// The looks of a standard; `None` while nothing was ever seen. With `whole` rows outside the
    /// window come too (marked as such), because what belongs together may lie on both sides.
    pub async fn stored_looks(
        &self,
        history: &History,
        standard: &StandardId,
        window: &Window,
        whole: bool,
    ) -> Result<Option<StoredLooks>, MeasureError> {
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok(None);
        };
        let only = vec![only_standard(standard)];
        let filter = RowFilter::new(history, window, only.clone())?;
        let hint = if whole {
            Hint {
                only,
                ..Hint::default()
            }
        } else {
            filter.hint()
        };
        Ok(Some(StoredLooks {
            columns: Arc::clone(&source.snapshot.schema),
            source: source.clone(),
            filter: Arc::new(filter),
            hint,
            passed: Arc::new(AtomicU64::new(0)),
        }))
    }

    /// Reads looks from the beginning. Not for asynchronous code: the reading blocks.
    pub fn read_looks(&self, looks: &StoredLooks) -> Result<StoredBatches, MeasureError> {
        looks.passed.store(0, Ordering::Relaxed);
        let sent =
            self.engine()
                .stream(&looks.source, &looks.columns, &looks.hint, &looks.passed)?;
        Ok(StoredBatches {
            sent,
            filter: Arc::clone(&looks.filter),
        })
    }
}
