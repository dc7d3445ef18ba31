//! From the inbox to the table of observations.
//!
//! Invariant: rows leave the inbox only after their commit is durable; `commit_inbox` passes over
//! what a crash left between the two.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

use evenkeel_collect::{Moved, commit_inbox};

use super::{Office, OfficeError};
use crate::api::problem::chain;

/// Rows that come in within this time go into one commit.
const GATHER: Duration = Duration::from_secs(1);
/// After a failure it is tried again after this time.
const AGAIN: Duration = Duration::from_secs(10);
/// Rows of one commit.
const TOGETHER_MAX: u32 = 20_000;

impl Office {
    /// Starts moving; it ends with the office.
    pub(in crate::office) fn start_flushing(self: &Arc<Self>) {
        let weak = Arc::downgrade(self);
        let stored = self.inbox.stored.clone();
        // What a crash left behind.
        stored.notify_one();
        tokio::spawn(rounds(weak, stored));
    }

    /// Moves everything that waits. Returns what it moved.
    pub async fn flush_inbox(&self) -> Result<Moved, OfficeError> {
        let _one_at_a_time = self.flushing.lock().await;
        let mut moved = Moved::default();
        loop {
            let rows = self.registry.list_inbox(TOGETHER_MAX).await?;
            let Some(last) = rows.last() else {
                return Ok(moved);
            };
            let up_to = last.sequence;
            let facts = self.facts.clone();
            let work = tokio::task::spawn_blocking(move || commit_inbox(&facts, &rows));
            let now = work.await??;
            moved.looks += now.looks;
            moved.answers += now.answers;
            if now.answers > 0 {
                self.keepers_said.store(true, Ordering::Relaxed);
            }
            self.registry.clear_inbox(up_to).await?;
        }
    }
}

async fn rounds(office: Weak<Office>, stored: Arc<tokio::sync::Notify>) {
    loop {
        stored.notified().await;
        tokio::time::sleep(GATHER).await;
        let Some(office) = office.upgrade() else {
            return;
        };
        if let Err(error) = office.flush_inbox().await {
            tracing::error!(error = %chain(&error), "what came in waits in the inbox; it is tried again");
            drop(office);
            tokio::time::sleep(AGAIN).await;
            stored.notify_one();
        }
    }
}
