//! From a snapshot's files to counted groups.
//!
//! Each stretch of row groups is one DataFusion plan: a Parquet scan over exactly the columns that
//! the question needs, in the types the count wants them in, pruned and filtered by days and by the
//! words that count. The engine's own threads take stretches from one queue and count each batch
//! as it is decoded, so that a long question never holds up the server's threads.
//!
//! Invariant: a scan reads the files of its snapshot and no others.
//! Absent on purpose: repartitioning and coalescing of batches, which move rows for no gain here.

mod fold;
mod footer;
mod keyed;
mod plan;
mod queue;
mod reader;
mod stream;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use datafusion::execution::TaskContext;
use datafusion::object_store::ObjectStore;
use datafusion::object_store::local::LocalFileSystem;
use datafusion::object_store::path::Path;
use datafusion::prelude::{SessionConfig, SessionContext};
use evenkeel_facts::{FileRef, Snapshot};
use futures::StreamExt;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::cache::{Cache, Counted};
use crate::error::MeasureError;
use crate::symbols::Symbols;
use crate::tally::{Merged, TallyPlan};
use footer::Footers;
use queue::Queue;

pub use fold::Hint;
pub use plan::DeadRows;
use plan::{Work, batches};

/// Rows of a batch: large enough to forget the cost of a batch, small enough for the caches.
const BATCH_ROWS: usize = 8_192;

/// The files of one table at one version.
#[derive(Debug, Clone)]
pub struct Source {
    /// Holds the files in place.
    pub snapshot: Snapshot,
    /// Rows that later ones replace, by file name.
    pub dead: Arc<HashMap<String, DeadRows>>,
}

impl Source {
    /// A file by its name and by which of its rows count.
    fn identity(&self, file: &FileRef) -> String {
        match self.dead.get(&file.name) {
            Some(dead) => format!("{}#{:x}", file.name, dead.fingerprint()),
            None => file.name.clone(),
        }
    }
}

/// Counts files.
#[derive(Debug)]
pub struct Engine {
    runtime: Option<Runtime>,
    threads: usize,
    permits: Arc<Semaphore>,
    shared: Arc<Shared>,
}

/// What all threads use.
#[derive(Debug)]
struct Shared {
    store: Arc<dyn ObjectStore>,
    footers: Footers,
    symbols: Symbols,
    cache: Cache,
    context: Arc<TaskContext>,
}

impl Engine {
    /// With `threads` counting threads and at most `cache_bytes_max` bytes of counted groups.
    pub fn start(threads: usize, cache_bytes_max: usize) -> Result<Self, MeasureError> {
        let threads = threads.max(1);
        let runtime = Builder::new_multi_thread()
            .worker_threads(threads)
            .thread_name("measure")
            .enable_all()
            .build()
            .map_err(MeasureError::Threads)?;
        let config = SessionConfig::new().with_batch_size(BATCH_ROWS);
        let context = SessionContext::new_with_config(config).task_ctx();
        Ok(Self {
            runtime: Some(runtime),
            threads,
            // One more than threads: while one file waits for the disk another is read.
            permits: Arc::new(Semaphore::new(threads + 1)),
            shared: Arc::new(Shared {
                store: Arc::new(LocalFileSystem::new()),
                footers: Footers::default(),
                symbols: Symbols::default(),
                cache: Cache::new(cache_bytes_max),
                context,
            }),
        })
    }

    /// The numbers of text values.
    pub fn symbols(&self) -> &Symbols {
        &self.shared.symbols
    }

    /// What was counted before.
    pub fn cache(&self) -> &Cache {
        &self.shared.cache
    }

    /// Counts all rows of a source: of files that were counted before by this plan, only what is
    /// new.
    pub async fn count(
        &self,
        source: &Source,
        plan: &TallyPlan,
    ) -> Result<Arc<Merged>, MeasureError> {
        let snapshot = &source.snapshot;
        let key = format!("{}: {plan:?}", snapshot.table);
        let identity = |file: &FileRef| source.identity(file);
        let files: BTreeSet<String> = snapshot.files.iter().map(identity).collect();
        let before = self.shared.cache.find(&key);
        let before = before.filter(|counted| counted.files.is_subset(&files));
        let (mut merged, known) = match &before {
            Some(counted) if counted.files == files => return Ok(Arc::clone(&counted.merged)),
            Some(counted) => (counted.merged.as_ref().clone(), Some(&counted.files)),
            None => (Merged::new(plan), None),
        };
        let new = snapshot
            .files
            .iter()
            .filter(|file| known.is_none_or(|known| !known.contains(&identity(file))));
        let queue = Queue::fill(&self.shared, source, new.cloned().collect(), plan).await?;
        let queue = Arc::new(queue);
        let mut workers = JoinSet::new();
        for _ in 0..self.threads.min(queue.len()) {
            let (queue, shared) = (Arc::clone(&queue), Arc::clone(&self.shared));
            self.spawn(&mut workers, async move { queue.count(&shared).await })?;
        }
        while let Some(joined) = workers.join_next().await {
            merged.add(&joined.map_err(|_| MeasureError::TaskLost)??);
        }
        let merged = Arc::new(merged);
        let counted = Counted {
            files,
            merged: Arc::clone(&merged),
        };
        self.shared.cache.keep(&key, counted);
        Ok(merged)
    }

    /// Runs `work` on the counting threads.
    fn spawn<T: Send + 'static>(
        &self,
        tasks: &mut JoinSet<T>,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<(), MeasureError> {
        let runtime = self.runtime.as_ref().ok_or(MeasureError::TaskLost)?;
        tasks.spawn_on(work, runtime.handle());
        Ok(())
    }

    /// Reads the given columns of some files, as stored, batch by batch, and finishes each file
    /// when it is read; one result a file, in the order of the files.
    pub async fn read<T: Default + Send + 'static>(
        &self,
        files: &[FileRef],
        columns: &SchemaRef,
        take: impl Fn(&mut T, &RecordBatch) + Send + Sync + 'static,
        finish: impl Fn(&mut T) + Send + Sync + 'static,
    ) -> Result<Vec<T>, MeasureError> {
        let steps = Arc::new((take, finish));
        let mut tasks: JoinSet<Result<(usize, T), MeasureError>> = JoinSet::new();
        for (place, file) in files.iter().enumerate() {
            let (shared, permits) = (Arc::clone(&self.shared), Arc::clone(&self.permits));
            let (columns, steps) = (Arc::clone(columns), Arc::clone(&steps));
            let (path, size) = (location(file)?, file.bytes);
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
                    dead: None,
                    days: (None, None),
                    only: Vec::new(),
                };
                let mut into = T::default();
                let mut stream = batches(&work, &shared.store, &shared.context)?;
                while let Some(batch) = stream.next().await {
                    let batch = batch.map_err(MeasureError::read(work.path.as_ref()))?;
                    (steps.0)(&mut into, &batch);
                }
                (steps.1)(&mut into);
                Ok((place, into))
            })?;
        }
        let mut results: Vec<T> = files.iter().map(|_| T::default()).collect();
        while let Some(joined) = tasks.join_next().await {
            let (place, result) = joined.map_err(|_| MeasureError::TaskLost)??;
            results[place] = result;
        }
        Ok(results)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // Dropping a runtime waits for its threads, which panics inside another runtime's task.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn location(file: &FileRef) -> Result<Path, MeasureError> {
    let path = Path::from_absolute_path(&file.path);
    path.map_err(|error| {
        let error: datafusion::object_store::Error = error.into();
        MeasureError::read(file.path.display().to_string())(error)
    })
}
