//! The thread that turns rows into Parquet files while the next rows are being read.
//!
//! Invariants: at most [`WAITING_MAX`] batches wait, so a slow disk slows the reader down and
//! memory stays bounded; a cut finishes the open files of all tables, then the manifest: files
//! fsynced, folders fsynced, manifest replaced. An error ends the thread and reaches the writer
//! of rows with its next call.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use arrow::array::RecordBatch;
use serde_json::Value;

use super::manifest::{Manifest, file_name};
use crate::columns;
use crate::data_file::DataFile;
use crate::durable;
use crate::error::{FactsError, Result};
use crate::table::Table;

const WAITING_MAX: usize = 4;

/// Where the files of one table go.
pub(crate) struct Place {
    pub(crate) table: Table,
    pub(crate) folder: PathBuf,
}

/// The end of a stretch of the source.
pub(crate) struct Cut {
    pub(crate) source_row_end: u64,
    pub(crate) note: Value,
    pub(crate) complete: bool,
}

enum Order {
    Rows(usize, RecordBatch),
    Cut(Cut),
}

/// Handle of the thread.
#[derive(Debug)]
pub(crate) struct Encoder {
    orders: Option<SyncSender<Order>>,
    thread: Option<JoinHandle<Result<Manifest>>>,
    open_bytes: Arc<AtomicUsize>,
}

impl Encoder {
    pub(crate) fn start(
        id: String,
        folder: PathBuf,
        places: Vec<Place>,
        manifest: Manifest,
    ) -> Result<Self> {
        let (orders, received) = sync_channel(WAITING_MAX);
        let open_bytes = Arc::new(AtomicUsize::new(0));
        let work = Work {
            id,
            folder,
            open: places.iter().map(|_| None).collect(),
            places,
            manifest,
            open_bytes: open_bytes.clone(),
        };
        let thread = std::thread::Builder::new()
            .name("facts-encode".to_owned())
            .spawn(move || work.run(&received))
            .map_err(FactsError::io("start the thread for", "data files"))?;
        Ok(Self {
            orders: Some(orders),
            thread: Some(thread),
            open_bytes,
        })
    }

    pub(crate) fn rows(&mut self, table: usize, rows: RecordBatch) -> Result<()> {
        self.send(Order::Rows(table, rows))
    }

    pub(crate) fn cut(&mut self, cut: Cut) -> Result<()> {
        self.send(Order::Cut(cut))
    }

    /// Bytes of the largest open file, a little behind.
    pub(crate) fn open_bytes(&self) -> usize {
        self.open_bytes.load(Ordering::Relaxed)
    }

    /// Waits for everything ordered; rows after the last cut are dropped.
    pub(crate) fn finish(&mut self) -> Result<Manifest> {
        self.orders = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(done)) => done,
            Some(Err(_)) | None => Err(FactsError::TaskLost {
                task: "the thread that writes data files",
            }),
        }
    }

    fn send(&mut self, order: Order) -> Result<()> {
        let sent = self
            .orders
            .as_ref()
            .is_some_and(|to| to.send(order).is_ok());
        if sent {
            return Ok(());
        }
        // The thread only stops listening for a reason; that reason is the answer.
        self.finish().and(Err(FactsError::TaskLost {
            task: "the thread that writes data files",
        }))
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        if self.thread.is_some() {
            // Whoever drops it without finishing does not ask how it went.
            let _ = self.finish();
        }
    }
}

struct Work {
    id: String,
    folder: PathBuf,
    places: Vec<Place>,
    open: Vec<Option<DataFile>>,
    manifest: Manifest,
    open_bytes: Arc<AtomicUsize>,
}

impl Work {
    fn run(mut self, orders: &Receiver<Order>) -> Result<Manifest> {
        let done = orders.iter().try_for_each(|order| match order {
            Order::Rows(table, rows) => self.write(table, rows),
            Order::Cut(cut) => self.cut(cut),
        });
        for file in self.open.drain(..).flatten() {
            // Unfinished; a later resume removes it where this fails.
            let _ = file.discard();
        }
        done.map(|()| self.manifest)
    }

    fn write(&mut self, table: usize, rows: RecordBatch) -> Result<()> {
        let place = &self.places[table];
        let file = match &mut self.open[table] {
            Some(file) => file,
            none => {
                let number = self.manifest.tables[table].files.len();
                let name = file_name(&self.id, number);
                none.insert(DataFile::create(
                    &place.table,
                    &place.folder,
                    &name,
                    rows.schema(),
                )?)
            }
        };
        let rows = columns::align(&place.table.name(), file.schema(), rows)?;
        file.write(rows)?;
        let bytes = file.bytes();
        self.open_bytes.fetch_max(bytes, Ordering::Relaxed);
        Ok(())
    }

    fn cut(&mut self, cut: Cut) -> Result<()> {
        for (table, open) in self.open.iter_mut().enumerate() {
            if let Some(file) = open.take() {
                self.manifest.tables[table].files.push(file.finish()?);
                durable::sync_folder(&self.places[table].folder)?;
            }
        }
        self.open_bytes.store(0, Ordering::Relaxed);
        self.manifest.source_row_end = cut.source_row_end;
        self.manifest.note = cut.note;
        self.manifest.complete = cut.complete;
        self.manifest.write(&self.folder)
    }
}
