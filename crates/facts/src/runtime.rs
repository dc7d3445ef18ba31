//! The threads on which delta-rs reads and writes logs.
//!
//! This room is synchronous: importing, compacting and vacuuming are work for a blocking thread,
//! and a snapshot is normally answered from memory. delta-rs is asynchronous and needs a
//! multi-threaded Tokio runtime; it gets its own two threads here, so that callers may be plain
//! threads as well as tasks of another runtime.

use std::future::Future;
use std::sync::mpsc;

use tokio::runtime::{Builder, Runtime};

use crate::error::{FactsError, Result};

/// Runs log work to its end.
#[derive(Debug)]
pub(crate) struct LogRuntime {
    runtime: Option<Runtime>,
}

impl LogRuntime {
    pub(crate) fn start() -> Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("facts-log")
            .enable_all()
            .build()
            .map_err(FactsError::io("start threads for", "table logs"))?;
        Ok(Self {
            runtime: Some(runtime),
        })
    }

    /// Waits for `work`. Not `block_on`: that panics when the caller is itself a Tokio task.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = mpsc::sync_channel(1);
        let runtime = self.runtime.as_ref().ok_or_else(lost)?;
        runtime.spawn(async move {
            // Nobody waiting any more is no error of the work.
            let _ = answer.send(work.await);
        });
        answered.recv().map_err(|_| lost())
    }
}

fn lost() -> FactsError {
    FactsError::TaskLost {
        task: "the reader and writer of table logs",
    }
}

impl Drop for LogRuntime {
    fn drop(&mut self) {
        // Dropping a runtime waits for its threads, which panics inside another runtime's task.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_a_plain_thread() {
        assert_eq!(LogRuntime::start().unwrap().run(async { 42 }).unwrap(), 42);
    }

    #[tokio::test]
    async fn answers_and_ends_inside_another_runtime() {
        let runtime = LogRuntime::start().unwrap();
        assert_eq!(runtime.run(async { 42 }).unwrap(), 42);
        drop(runtime);
    }

    #[test]
    fn a_panic_is_an_error_and_the_next_work_still_runs() {
        let runtime = LogRuntime::start().unwrap();
        let lost = runtime.run(async { assert_eq!(1, 2) });
        assert!(matches!(lost, Err(FactsError::TaskLost { .. })));
        assert_eq!(runtime.run(async { 42 }).unwrap(), 42);
    }
}
