//! Judging stored observations again, because an owner of the standard says so.
//!
//! Invariants: who, when and why is recorded before anything can change, and what it changed before
//! the one commit that makes it count; what a crash cut off between the two is settled at the next
//! start by asking the table. One re-assessment at a time: others wait. It goes on to its end when
//! whoever asked does not wait for the answer.
//!
//! Absent on purpose: who may ask (`api::standards::reassess`), and judging (room `collect`).

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use evenkeel_collect::Agreed;
use evenkeel_collect::reassess::{
    Again, JudgedAgain, Prepared, ReadFailure, ReassessError, StoredBatches, judge_again, settle,
};
use evenkeel_foundation::{StandardId, UnitId};
use evenkeel_measure::{StoredLooks, Window};
use evenkeel_registry::{Reassessment, ReassessmentState, StandardVersion};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Office, OfficeError};
use crate::api::problem::chain;
use crate::api::standards::reassess::ReassessCounts;

/// What is to be judged again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReassessAsked {
    pub standard: StandardId,
    /// The unit with what is below it; `None`: the whole organisation.
    pub unit: Option<UnitId>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Why, by whom (as a version's author) and by which account; None: only what would change.
    pub for_good: Option<Wanted>,
}

/// Who wants it, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub reason: String,
    pub author: String,
    pub actor: String,
}

/// What changed, or would.
#[derive(Debug, Clone, PartialEq)]
pub struct Reassessed {
    /// Its record; None where nothing was written.
    pub record: Option<Reassessment>,
    pub judged: JudgedAgain,
    /// The table that was read.
    pub snapshot: String,
}

/// How far the one is that runs.
#[derive(Debug, Clone)]
pub struct Running {
    pub standard: StandardId,
    /// Rows of the table.
    pub rows: u64,
    passed: Arc<AtomicU64>,
}

impl Running {
    /// Rows of the table that were passed.
    pub fn passed(&self) -> u64 {
        self.passed.load(Ordering::Relaxed).min(self.rows)
    }
}

/// The re-assessments of this process.
#[derive(Debug, Default)]
pub(super) struct Reassessments {
    turn: tokio::sync::Mutex<()>,
    running: Mutex<Option<Running>>,
    stopping: Arc<AtomicBool>,
}

impl Reassessments {
    fn show(&self, running: Option<Running>) {
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = running;
    }

    /// Stops the one that runs, with nothing changed, and waits for its end.
    pub(super) async fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        drop(self.turn.lock().await);
    }
}

impl Office {
    /// How far the re-assessment is that runs.
    pub fn running_reassessment(&self) -> Option<Running> {
        let running = &self.reassessments.running;
        let running = running.lock().unwrap_or_else(PoisonError::into_inner);
        running.clone()
    }

    /// Re-assessments of a standard, the latest first.
    pub async fn reassessments_of(
        &self,
        standard: &StandardId,
    ) -> Result<Vec<Reassessment>, OfficeError> {
        Ok(self.registry.list_reassessments(standard).await?)
    }

    /// Judges stored observations again; changes them only where it is wanted for good.
    pub async fn reassess(
        self: &Arc<Self>,
        asked: ReassessAsked,
    ) -> Result<Reassessed, OfficeError> {
        let office = Arc::clone(self);
        // A task of its own: what has begun does not depend on who waits for it.
        tokio::spawn(async move {
            let _turn = office.reassessments.turn.lock().await;
            let done = office.reassess_in_turn(asked).await;
            office.reassessments.show(None);
            done
        })
        .await?
    }

    async fn reassess_in_turn(
        self: &Arc<Self>,
        asked: ReassessAsked,
    ) -> Result<Reassessed, OfficeError> {
        // What was acknowledged is judged again too.
        self.flush_inbox().await?;
        let mut agreed = Agreed::load(&self.registry).await?;
        agreed.agreement = self.calibrations(&agreed.foundation).await?;
        let versions = self.registry.standard_versions(&asked.standard).await?;
        let window = Window {
            by: Vec::new(),
            from: asked.from,
            to: asked.to,
            under: asked.unit.clone(),
        };
        let whole = Again::needs_whole(&versions);
        let history = self.history().await;
        let looks = self
            .measure
            .stored_looks(&history, &asked.standard, &window, whole)
            .await?;
        let snapshot = looks.as_ref().map(StoredLooks::label).unwrap_or_default();
        let record = match asked.for_good {
            None => None,
            Some(wanted) => {
                let record = Reassessment {
                    id: self.new_id(),
                    standard: asked.standard.clone(),
                    unit: asked.unit,
                    from: asked.from,
                    to: asked.to,
                    reason: wanted.reason,
                    author: wanted.author,
                    actor: wanted.actor,
                    at: self.clock.now(),
                    state: ReassessmentState::Running,
                    counts: Value::Null,
                };
                self.registry.record_reassessment(&record).await?;
                Some(record)
            }
        };
        let id = record.as_ref().map(|record| record.id.clone());
        let prepared = self.prepare(asked.standard, agreed, versions, looks, id);
        let Some(record) = record else {
            return Ok(Reassessed {
                record: None,
                judged: prepared.await?.judged,
                snapshot,
            });
        };
        let done = match prepared.await {
            Ok(prepared) => self.write(&record, prepared, &snapshot).await,
            Err(error) => Err(error),
        };
        // Whatever happened: what counts now is what the table says.
        let ended = self.end(record).await?;
        let judged = done?;
        if judged.changes.all() > 0 {
            let reason = format!("reassessment {}", ended.id);
            crate::answers::delivery::open_drafts_after(self, &reason).await;
        }
        Ok(Reassessed {
            record: Some(ended),
            judged,
            snapshot,
        })
    }

    /// Judges and, for a re-assessment with an id, stages, away from the threads that answer.
    async fn prepare(
        self: &Arc<Self>,
        standard: StandardId,
        agreed: Agreed,
        versions: Vec<StandardVersion>,
        looks: Option<StoredLooks>,
        id: Option<String>,
    ) -> Result<Prepared, OfficeError> {
        let Some(looks) = looks else {
            return Ok(Prepared::nothing());
        };
        self.reassessments.show(Some(Running {
            standard: standard.clone(),
            rows: looks.rows(),
            passed: looks.passed(),
        }));
        let office = Arc::clone(self);
        let work = tokio::task::spawn_blocking(move || {
            let again = Again {
                agreed: &agreed,
                standard: &standard,
                versions: &versions,
                id: id.as_deref().unwrap_or_default(),
            };
            let facts = id.is_some().then_some(office.facts.as_ref());
            let read = || -> Result<StoredBatches, ReadFailure> {
                let batches = office.measure.read_looks(&looks)?;
                Ok(Box::new(batches.map(|batch| Ok(batch?))))
            };
            judge_again(again, facts, read, &office.reassessments.stopping)
        });
        Ok(work.await??)
    }

    /// Counts first, then the commit.
    async fn write(
        &self,
        record: &Reassessment,
        prepared: Prepared,
        snapshot: &str,
    ) -> Result<JudgedAgain, OfficeError> {
        let judged = prepared.judged.clone();
        let counts = json!(ReassessCounts::new(&judged, snapshot));
        self.registry
            .count_reassessment(&record.id, &counts)
            .await?;
        let committed = tokio::task::spawn_blocking(move || prepared.commit());
        let nothing = committed.await?.map_err(ReassessError::from)?.is_none();
        if nothing {
            // Without a commit the table cannot say that it is done.
            self.end_as(record, ReassessmentState::Done).await?;
        }
        Ok(judged)
    }

    /// Ends what runs by what the table says.
    async fn end(&self, record: Reassessment) -> Result<Reassessment, OfficeError> {
        let (facts, id) = (self.facts.clone(), record.id.clone());
        let settled = tokio::task::spawn_blocking(move || settle(&facts, &id));
        let state = if settled.await?.map_err(ReassessError::from)? {
            ReassessmentState::Done
        } else {
            ReassessmentState::Interrupted
        };
        self.end_as(&record, state).await?;
        let all = self.registry.list_reassessments(&record.standard).await?;
        let ended = all.into_iter().find(|one| one.id == record.id);
        Ok(ended.unwrap_or(record))
    }

    async fn end_as(
        &self,
        record: &Reassessment,
        state: ReassessmentState,
    ) -> Result<(), OfficeError> {
        let all = self.registry.list_reassessments(&record.standard).await?;
        let counted = all.iter().find(|one| one.id == record.id);
        let counts = counted.map(|one| one.counts.clone()).unwrap_or_default();
        let entry = self.entry(
            &record.actor,
            "standard.reassess",
            format!("standard/{}", record.standard),
            json!({
                "reassessment": record.id,
                "unit": record.unit,
                "from": record.from,
                "to": record.to,
                "reason": record.reason,
                "state": state.as_str(),
                "looks": counts["looks"],
                "changed": counts["changed"],
            }),
        );
        self.registry
            .end_reassessment(&record.id, state, &entry)
            .await?;
        Ok(())
    }

    /// Ends what a crash cut off; called before anything else can run.
    pub(super) async fn settle_reassessments(&self) -> Result<(), OfficeError> {
        for record in self.registry.list_running_reassessments().await? {
            let id = record.id.clone();
            match self.end(record).await {
                Ok(ended) => {
                    let state = ended.state.as_str();
                    tracing::warn!(id, state, "a re-assessment had been cut off");
                }
                Err(error) => {
                    tracing::error!(id, error = %chain(&error), "a re-assessment was not settled");
                }
            }
        }
        Ok(())
    }
}
