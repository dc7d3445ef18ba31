//! The imports of this process: waiting, running, ended.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::run::{Task, run};
use crate::api::imports::ImportView;
use crate::office::Office;

/// So many ended imports are kept in memory; the registry has them all.
const ENDED_MAX: usize = 200;

/// The imports of this process.
pub struct Imports {
    /// By id; ids are in order of time.
    views: Mutex<BTreeMap<String, ImportView>>,
    /// `None` wakes the worker.
    tasks: mpsc::UnboundedSender<Option<Task>>,
    stopping: Arc<AtomicBool>,
    worker: Mutex<Option<JoinHandle<()>>>,
}

/// The other end of the queue, until the office exists.
pub struct Worker(mpsc::UnboundedReceiver<Option<Task>>);

impl Imports {
    pub fn new() -> (Self, Worker) {
        let (tasks, waiting) = mpsc::unbounded_channel();
        let imports = Self {
            views: Mutex::default(),
            tasks,
            stopping: Arc::default(),
            worker: Mutex::default(),
        };
        (imports, Worker(waiting))
    }

    /// Puts an import into the queue.
    pub(super) fn enqueue(&self, view: ImportView, task: Task) {
        self.lock().insert(view.import.clone(), view);
        // The worker is gone only when the process ends; then nobody waits for this one.
        let _ = self.tasks.send(Some(task));
    }

    /// An import of this process.
    pub(super) fn find(&self, id: &str) -> Option<ImportView> {
        self.lock().get(id).cloned()
    }

    /// The imports that have not ended, newest first.
    pub(super) fn list_unfinished(&self) -> Vec<ImportView> {
        self.lock()
            .values()
            .rev()
            .filter(|view| !view.status.is_final())
            .cloned()
            .collect()
    }

    /// Changes what is known about an import.
    pub(super) fn update(&self, id: &str, change: impl FnOnce(&mut ImportView)) {
        let mut views = self.lock();
        if let Some(view) = views.get_mut(id) {
            change(view);
        }
        let ended = views.values().filter(|view| view.status.is_final()).count();
        if ended > ENDED_MAX {
            let oldest = views
                .iter()
                .find(|(_, view)| view.status.is_final())
                .map(|(id, _)| id.clone());
            if let Some(oldest) = oldest {
                views.remove(&oldest);
            }
        }
    }

    /// Is the process about to end?
    pub(super) fn stopping(&self) -> Arc<AtomicBool> {
        self.stopping.clone()
    }

    /// Stops the running import where it is and starts no other.
    pub async fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        let worker = self
            .worker
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(worker) = worker {
            // Wakes a worker that waits for a task; one that is gone needs no waking.
            let _ = self.tasks.send(None);
            if let Err(error) = worker.await {
                tracing::error!(%error, "the import worker ended early");
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, ImportView>> {
        self.views.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Worker {
    /// Works through the queue as long as the office exists.
    pub fn start(self, office: &Arc<Office>) {
        let weak = Arc::downgrade(office);
        let handle = tokio::spawn(work(self.0, weak));
        *office
            .imports
            .worker
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(handle);
    }
}

async fn work(mut waiting: mpsc::UnboundedReceiver<Option<Task>>, office: Weak<Office>) {
    while let Some(task) = waiting.recv().await {
        let Some(office) = office.upgrade() else {
            return;
        };
        if office.imports.stopping.load(Ordering::Acquire) {
            return;
        }
        if let Some(task) = task {
            Box::pin(run(&office, task)).await;
        }
    }
}
