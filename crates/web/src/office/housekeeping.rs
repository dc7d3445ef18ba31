//! Work that keeps tables small and disks clean.
//!
//! Invariant: nothing here changes what a question answers; a job that fails is logged
//! and tried again later. Absent on purpose: housekeeping while an import runs its
//! commit; `facts` takes turns by itself.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

use evenkeel_facts::{Facts, FactsError};
use jiff::Timestamp;

use super::Office;
use crate::api::problem::chain;

/// The first round waits until the first pages were shown.
const FIRST_AFTER: Duration = Duration::from_mins(1);
const EVERY: Duration = Duration::from_mins(15);
/// Files that no version of a table uses are kept so long, for questions that still read
/// an older version.
const RETENTION: Duration = Duration::from_hours(24);
/// An import that nobody went on with for a week is given up, as is an upload, and a photo whose look
/// never came.
const ABANDONED: Duration = Duration::from_hours(7 * 24);

/// Starts the rounds; they end with the office.
pub(super) fn start(office: &Arc<Office>) {
    let weak = Arc::downgrade(office);
    tokio::spawn(rounds(weak));
}

async fn rounds(office: Weak<Office>) {
    let mut wait = FIRST_AFTER;
    loop {
        tokio::time::sleep(wait).await;
        wait = EVERY;
        let Some(office) = office.upgrade() else {
            return;
        };
        office.tidy().await;
    }
}

impl Office {
    /// One round: join small files, remove unused ones, forget what was abandoned; release what
    /// keepers said and open drafts of cases for looks that came in one by one. A server does it
    /// every quarter of an hour.
    pub async fn tidy(&self) {
        let facts = self.facts.clone();
        let now = self.clock.now();
        match tokio::task::spawn_blocking(move || tidy_facts(&facts, now)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(error = %chain(&error), "tidying the facts failed"),
            Err(error) => tracing::warn!(%error, "tidying the facts ended early"),
        }
        self.remove_old_uploads(now).await;
        if self.keepers_said.swap(false, Ordering::Relaxed) {
            self.release_after("pulse").await;
        }
        match self.remove_spare_photos(now, ABANDONED).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "photos whose looks never came were removed"),
            Err(error) => {
                tracing::warn!(error = %chain(&error), "spare photos were not removed");
            }
        }
        // Looks that came in one by one may have made a signal.
        crate::answers::delivery::open_drafts_after(self, "round").await;
        if let Err(error) = self.forget_old_sessions().await {
            tracing::warn!(error = %chain(&error), "forgetting old sessions failed");
        }
    }

    async fn remove_old_uploads(&self, now: Timestamp) {
        let Ok(mut entries) = tokio::fs::read_dir(self.directories.uploads()).await else {
            return;
        };
        while let Ok(Some(entry)) = entries.next_entry().await {
            let Ok(metadata) = entry.metadata().await else {
                continue;
            };
            let changed = metadata
                .modified()
                .ok()
                .and_then(|at| Timestamp::try_from(at).ok());
            let old = changed.is_some_and(|at| {
                now.duration_since(at)
                    > jiff::SignedDuration::try_from(ABANDONED).unwrap_or_default()
            });
            if old && let Err(error) = tokio::fs::remove_file(entry.path()).await {
                tracing::warn!(path = %entry.path().display(), %error, "an old upload could not be removed");
            }
        }
    }
}

fn tidy_facts(facts: &Facts, now: Timestamp) -> Result<(), FactsError> {
    for table in facts.list_tables()? {
        facts.compact(&table, now)?;
        facts.vacuum(&table, RETENTION, now)?;
    }
    let given_up = facts.remove_stale_staging(ABANDONED, now)?;
    if !given_up.is_empty() {
        tracing::info!(imports = given_up.len(), "abandoned imports were removed");
    }
    Ok(())
}
