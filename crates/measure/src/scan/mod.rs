//! From a snapshot's files to counted groups.
//!
//! Each file is one DataFusion plan (or several, where a compacted file is large): a Parquet scan
//! over exactly the columns that the question needs, in the types the count wants them in, pruned
//! by the smallest and largest day of each row group. Batches go straight into a [`Counting`].
//! Files are counted side by side on the engine's own threads, so that a long count never holds up
//! the server's.
//!
//! Invariant: a scan reads the files of its snapshot and no others.
//! Absent on purpose: repartitioning and coalescing of batches, which move rows for no gain here.

mod footer;
mod plan;
mod reader;

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::Array;
use arrow::datatypes::{Field, Schema};
use datafusion::execution::TaskContext;
use datafusion::object_store::ObjectStore;
use datafusion::object_store::local::LocalFileSystem;
use datafusion::object_store::path::Path;
use datafusion::prelude::{SessionConfig, SessionContext};
use futures::StreamExt;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::cache::Cache;
use crate::calendar::DayTable;
use crate::error::MeasureError;
use crate::symbols::Symbols;
use crate::tally::{Counting, DAY, Merged, Partial, RESPONDENT, TallyPlan, dictionary};
use footer::{Footer, Footers};

pub use plan::{DeadRows, Work, batches};

/// Rows of a batch: large enough to forget the cost of a batch, small enough for the caches.
const BATCH_ROWS: usize = 8_192;
/// Rows after which the row groups of one file are counted apart from the rest of it.
const WORK_ROWS_MAX: usize = 3 << 19;

/// The files of one table at one version.
#[derive(Debug, Clone)]
pub struct Source {
    /// Holds the files in place.
    pub snapshot: evenkeel_facts::Snapshot,
    /// Rows that later ones replace, by file name.
    pub dead: Arc<HashMap<String, DeadRows>>,
}

/// Counts files.
#[derive(Debug)]
pub struct Engine {
    runtime: Option<Runtime>,
    permits: Arc<Semaphore>,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    store: Arc<dyn ObjectStore>,
    footers: Footers,
    symbols: Symbols,
    cache: Cache,
    context: Arc<TaskContext>,
}

impl Engine {
    /// With `threads` counting threads and at most `cache_bytes_max` bytes of partial results.
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
            // One more than threads: while one file waits for the disk another is counted.
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

    /// The partial results held.
    pub fn cache(&self) -> &Cache {
        &self.shared.cache
    }

    /// Counts all rows of a source.
    pub async fn count(&self, source: &Source, plan: &TallyPlan) -> Result<Merged, MeasureError> {
        let plan = Arc::new(plan.clone());
        let mut tasks = JoinSet::new();
        let mut merged = Merged::new(&plan);
        for file in &source.snapshot.files {
            let work = FileWork {
                file: file.clone(),
                dead: source.dead.get(&file.name).cloned(),
                table: Arc::clone(&source.snapshot.schema),
                plan: Arc::clone(&plan),
            };
            let (shared, permits) = (Arc::clone(&self.shared), Arc::clone(&self.permits));
            self.spawn(&mut tasks, async move { work.pieces(shared, permits).await })?;
        }
        while let Some(joined) = tasks.join_next().await {
            for partial in joined.map_err(|_| MeasureError::TaskLost)?? {
                merged.add(&partial);
            }
        }
        Ok(merged)
    }

    /// Whether any row says who answered. Footers hold no statistics of that column, so its first
    /// batches are read, once per file: an empty column is next to nothing, and of a full one the
    /// first batch will do.
    pub async fn is_keyed(&self, source: &Source) -> Result<bool, MeasureError> {
        if source.snapshot.schema.field_with_name(RESPONDENT).is_err() {
            return Ok(false);
        }
        let mut tasks: JoinSet<Result<bool, MeasureError>> = JoinSet::new();
        for file in &source.snapshot.files {
            let (shared, permits) = (Arc::clone(&self.shared), Arc::clone(&self.permits));
            let file = file.clone();
            self.spawn(&mut tasks, async move {
                let _permit = permits.acquire().await.map_err(|_| MeasureError::TaskLost)?;
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

    /// Runs `work` on the counting threads.
    pub fn spawn<T: Send + 'static>(
        &self,
        tasks: &mut JoinSet<T>,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<(), MeasureError> {
        let runtime = self.runtime.as_ref().ok_or(MeasureError::TaskLost)?;
        tasks.spawn_on(work, runtime.handle());
        Ok(())
    }

    /// Reads the given columns of some files, as stored, batch by batch; one result a file, in the
    /// order of the files.
    pub async fn read<T: Default + Send + 'static>(
        &self,
        files: &[evenkeel_facts::FileRef],
        columns: &arrow::datatypes::SchemaRef,
        take: impl Fn(&mut T, &arrow::array::RecordBatch) + Send + Sync + 'static,
    ) -> Result<Vec<T>, MeasureError> {
        let take = Arc::new(take);
        let mut tasks: JoinSet<Result<(usize, T), MeasureError>> = JoinSet::new();
        for (place, file) in files.iter().enumerate() {
            let (shared, permits) = (Arc::clone(&self.shared), Arc::clone(&self.permits));
            let (columns, take) = (Arc::clone(columns), Arc::clone(&take));
            let (path, size) = (location(file)?, file.bytes);
            self.spawn(&mut tasks, async move {
                let _permit = permits.acquire().await.map_err(|_| MeasureError::TaskLost)?;
                let footer = shared.footers.load(&shared.store, &path).await?;
                let work = Work {
                    groups: 0..footer.group_rows().len(),
                    path,
                    size,
                    footer,
                    columns,
                    dead: None,
                    days: None,
                };
                let mut into = T::default();
                let mut stream = batches(&work, &shared.store, &shared.context)?;
                while let Some(batch) = stream.next().await {
                    let batch = batch.map_err(MeasureError::read(work.path.as_ref()))?;
                    take(&mut into, &batch);
                }
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

impl Shared {
    async fn is_keyed(&self, file: &evenkeel_facts::FileRef) -> Result<bool, MeasureError> {
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
                days: None,
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

impl Drop for Engine {
    fn drop(&mut self) {
        // Dropping a runtime waits for its threads, which panics inside another runtime's task.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn location(file: &evenkeel_facts::FileRef) -> Result<Path, MeasureError> {
    let path = Path::from_absolute_path(&file.path);
    path.map_err(|error| {
        let error: datafusion::object_store::Error = error.into();
        MeasureError::read(file.path.display().to_string())(error)
    })
}

/// One file to count.
struct FileWork {
    file: evenkeel_facts::FileRef,
    dead: Option<DeadRows>,
    table: arrow::datatypes::SchemaRef,
    plan: Arc<TallyPlan>,
}

impl FileWork {
    async fn pieces(
        self,
        shared: Arc<Shared>,
        permits: Arc<Semaphore>,
    ) -> Result<Vec<Arc<Partial>>, MeasureError> {
        let path = location(&self.file)?;
        let footer = shared.footers.load(&shared.store, &path).await?;
        let days = footer.days(DAY);
        let plan = match (&self.plan.calendar, days) {
            (Some(calendar), Some((first, last))) => {
                let outside = calendar.from.is_some_and(|from| last < from)
                    || calendar.to.is_some_and(|to| first > to);
                if outside {
                    return Ok(Vec::new());
                }
                let mut plan = self.plan.as_ref().clone();
                plan.calendar = Some(calendar.for_days(first, last));
                Arc::new(plan)
            }
            (Some(_), None) if footer.metadata.file_metadata().num_rows() > 0 => {
                return Err(MeasureError::NoColumn {
                    column: DAY.to_owned(),
                });
            }
            (Some(_), None) => return Ok(Vec::new()),
            (None, _) => Arc::clone(&self.plan),
        };
        let columns = plan.columns(&self.table);
        let mut pieces = JoinSet::new();
        for groups in ranges(&footer) {
            let piece = Piece {
                work: Work {
                    path: path.clone(),
                    size: self.file.bytes,
                    footer: Arc::clone(&footer),
                    columns: Arc::clone(&columns),
                    groups,
                    dead: self.dead.clone(),
                    days: plan.calendar.as_ref().map(|c| (c.from, c.to)),
                },
                days,
                plan: Arc::clone(&plan),
            };
            let (shared, permits) = (Arc::clone(&shared), Arc::clone(&permits));
            pieces.spawn(async move { piece.count(&shared, &permits).await });
        }
        let mut partials = Vec::new();
        while let Some(joined) = pieces.join_next().await {
            partials.push(joined.map_err(|_| MeasureError::TaskLost)??);
        }
        Ok(partials)
    }
}

/// Row groups that are counted together, always the same of one file.
fn ranges(footer: &Footer) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut rows) = (0, 0);
    let groups = footer.group_rows();
    for (group, of_group) in groups.iter().enumerate() {
        if rows > 0 && rows + of_group > WORK_ROWS_MAX {
            ranges.push(start..group);
            (start, rows) = (group, 0);
        }
        rows += of_group;
    }
    if start < groups.len() {
        ranges.push(start..groups.len());
    }
    ranges
}

/// Some row groups of one file.
struct Piece {
    work: Work,
    days: Option<(i32, i32)>,
    plan: Arc<TallyPlan>,
}

impl Piece {
    fn key(&self) -> String {
        let dead = self.work.dead.as_ref().map_or(0, DeadRows::fingerprint);
        format!("{}#{:?}#{dead}#{:?}", self.work.path, self.work.groups, self.plan)
    }

    async fn count(self, shared: &Shared, permits: &Semaphore) -> Result<Arc<Partial>, MeasureError> {
        let key = self.key();
        if let Some(partial) = shared.cache.find(&key) {
            return Ok(partial);
        }
        let _permit = permits.acquire().await.map_err(|_| MeasureError::TaskLost)?;
        let mut counting = Counting::new(&self.plan, self.day_table(), &shared.symbols);
        let mut stream = batches(&self.work, &shared.store, &shared.context)?;
        while let Some(batch) = stream.next().await {
            let batch = batch.map_err(MeasureError::read(self.work.path.as_ref()))?;
            counting.push(&batch)?;
        }
        let partial = Arc::new(counting.finish());
        shared.cache.keep(&key, &partial);
        Ok(partial)
    }

    fn day_table(&self) -> Option<DayTable> {
        let calendar = self.plan.calendar.as_ref()?;
        let (first, last) = self.days?;
        Some(calendar.table(first, last))
    }
}
