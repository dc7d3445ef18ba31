//! Re-assessments: who had stored observations judged again, why, and what that changed.
//!
//! Invariants: a re-assessment is recorded before its rows can be in the table, and its counts before
//! its commit, so that a crash between the two is settled by asking the table. It ends once, in one
//! transaction with its entry in the audit log. Absent on purpose: the rows, and the judging.

use evenkeel_foundation::{StandardId, UnitId};
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use sqlx::any::AnyRow;

use crate::audit::{self, AuditEntry};
use crate::baselines::{standard_id, unit_id};
use crate::columns::{date, get, json, timestamp, unreadable};
use crate::{Registry, RegistryError, Result};

/// How far a re-assessment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReassessmentState {
    /// Being judged; nothing is visible of it.
    Running,
    /// Its rows count.
    Done,
    /// It ended before its commit: nothing was changed.
    Interrupted,
}

impl ReassessmentState {
    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Interrupted => "interrupted",
        }
    }

    fn parse(word: &str) -> Result<Self> {
        [Self::Running, Self::Done, Self::Interrupted]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or_else(|| unreadable("reassessments.state", &word))
    }
}

/// One re-assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct Reassessment {
    /// Its id.
    pub id: String,
    /// The standard whose observations were judged again.
    pub standard: StandardId,
    /// The unit; `None`: the whole organisation.
    pub unit: Option<UnitId>,
    /// First day; `None`: from the beginning.
    pub from: Option<Date>,
    /// Last day; `None`: to the end.
    pub to: Option<Date>,
    /// Why.
    pub reason: String,
    /// Who wanted it, as a version names its author.
    pub author: String,
    /// Who wanted it, as the audit log names them.
    pub actor: String,
    /// When.
    pub at: Timestamp,
    /// How far it is.
    pub state: ReassessmentState,
    /// What it changed; `null` before that is known.
    pub counts: Value,
}

impl Registry {
    /// Records a re-assessment that begins.
    pub async fn record_reassessment(&self, of: &Reassessment) -> Result<()> {
        sqlx::query(
            "INSERT INTO reassessments (id, standard, unit, from_day, to_day, reason, author, \
             actor, at_micros, state, counts) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(of.id.as_str())
        .bind(of.standard.as_str())
        .bind(of.unit.as_ref().map_or("", UnitId::as_str))
        .bind(of.from.map_or_else(String::new, |day| day.to_string()))
        .bind(of.to.map_or_else(String::new, |day| day.to_string()))
        .bind(of.reason.as_str())
        .bind(of.author.as_str())
        .bind(of.actor.as_str())
        .bind(of.at.as_microsecond())
        .bind(of.state.as_str())
        .bind(of.counts.to_string())
        .execute(&self.pool)
        .await
        .map_err(|source| match &source {
            sqlx::Error::Database(error) if error.is_unique_violation() => {
                RegistryError::AlreadyRecorded {
                    what: "re-assessment",
                    id: of.id.clone(),
                }
            }
            _ => RegistryError::query("record a re-assessment")(source),
        })?;
        Ok(())
    }

    /// Writes what a running re-assessment is about to change.
    pub async fn count_reassessment(&self, id: &str, counts: &Value) -> Result<()> {
        sqlx::query("UPDATE reassessments SET counts = $2 WHERE id = $1 AND state = 'running'")
            .bind(id)
            .bind(counts.to_string())
            .execute(&self.pool)
            .await
            .map_err(RegistryError::query("count a re-assessment"))?;
        Ok(())
    }

    /// Ends a running re-assessment, with an entry in the audit log. False where it has ended.
    pub async fn end_reassessment(
        &self,
        id: &str,
        state: ReassessmentState,
        entry: &AuditEntry,
    ) -> Result<bool> {
        let failed = || RegistryError::query("end a re-assessment");
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        let written =
            sqlx::query("UPDATE reassessments SET state = $2 WHERE id = $1 AND state = 'running'")
                .bind(id)
                .bind(state.as_str())
                .execute(&mut *transaction)
                .await
                .map_err(failed())?;
        if written.rows_affected() == 0 {
            return Ok(false);
        }
        audit::write(&mut transaction, entry).await?;
        transaction.commit().await.map_err(failed())?;
        Ok(true)
    }

    /// Lists the re-assessments of a standard, the latest first.
    pub async fn list_reassessments(&self, standard: &StandardId) -> Result<Vec<Reassessment>> {
        sqlx::query(
            "SELECT * FROM reassessments WHERE standard = $1 ORDER BY at_micros DESC, id DESC",
        )
        .bind(standard.as_str())
        .fetch_all(&self.pool)
        .await
        .map_err(RegistryError::query(
            "list the re-assessments of a standard",
        ))?
        .iter()
        .map(reassessment)
        .collect()
    }

    /// Lists the re-assessments that have not ended: those that a crash cut off.
    pub async fn list_running_reassessments(&self) -> Result<Vec<Reassessment>> {
        sqlx::query("SELECT * FROM reassessments WHERE state = 'running' ORDER BY at_micros, id")
            .fetch_all(&self.pool)
            .await
            .map_err(RegistryError::query("list the re-assessments that run"))?
            .iter()
            .map(reassessment)
            .collect()
    }
}

fn reassessment(row: &AnyRow) -> Result<Reassessment> {
    let standard: String = get(row, "standard")?;
    let unit: String = get(row, "unit")?;
    let state: String = get(row, "state")?;
    let day = |text: String, column| (!text.is_empty()).then(|| date(&text, column)).transpose();
    Ok(Reassessment {
        id: get(row, "id")?,
        standard: standard_id(&standard, "reassessments.standard")?,
        unit: unit_id(&unit, "reassessments.unit")?,
        from: day(get(row, "from_day")?, "reassessments.from_day")?,
        to: day(get(row, "to_day")?, "reassessments.to_day")?,
        reason: get(row, "reason")?,
        author: get(row, "author")?,
        actor: get(row, "actor")?,
        at: timestamp(get(row, "at_micros")?, "reassessments.at_micros")?,
        state: ReassessmentState::parse(&state)?,
        counts: json(get(row, "counts")?, "reassessments.counts")?,
    })
}
