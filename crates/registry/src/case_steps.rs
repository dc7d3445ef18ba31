//! What people did with a follow-up: took it on, declined it, closed it.
//!
//! Invariant: steps are only added, each in one transaction with the state that it leads to and with
//! its line in the audit log; a step that does not follow from the state changes nothing.
//! Absent on purpose: who may take one (`web`).

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::audit::{self, AuditEntry};
use crate::case_drafts::CaseState;
use crate::columns::{get, timestamp, unreadable};
use crate::{Registry, RegistryError, Result};

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseAction {
    /// Somebody looks into it; also one that was closed before.
    Take,
    /// Nothing is to be done.
    Decline,
    /// What was to be done is done.
    Close,
}

impl CaseAction {
    /// Every action.
    pub const EVERY: [Self; 3] = [Self::Take, Self::Decline, Self::Close];

    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Decline => "decline",
            Self::Close => "close",
        }
    }

    /// The state that it leads to.
    pub fn leads_to(self) -> CaseState {
        match self {
            Self::Take => CaseState::Open,
            Self::Decline | Self::Close => CaseState::Closed,
        }
    }

    /// The states from which it is possible.
    fn possible_in(self) -> [CaseState; 2] {
        match self {
            Self::Take => [CaseState::Draft, CaseState::Closed],
            Self::Decline => [CaseState::Draft, CaseState::Open],
            Self::Close => [CaseState::Open, CaseState::Open],
        }
    }

    fn parse(word: &str) -> Result<Self> {
        Self::EVERY
            .into_iter()
            .find(|action| action.as_str() == word)
            .ok_or_else(|| unreadable("case_steps.step", &word))
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseStep {
    /// Id of the follow-up.
    pub case: String,
    /// What was done.
    pub action: CaseAction,
    /// By whom.
    pub author: String,
    /// Why, or what came of it; may be empty when it is taken on.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// It was taken.
    Done,
    /// The follow-up is in this state, from which it is not possible.
    NotFrom(CaseState),
    /// There is no such follow-up.
    NoCase,
}

impl Registry {
    /// Takes a step, if the follow-up's state allows it.
    pub async fn step_case(&self, step: &CaseStep, entry: &AuditEntry) -> Result<Stepped> {
        let failed = || RegistryError::query("take a step of a case");
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        audit::write(&mut transaction, entry).await?;
        let [one, other] = step.action.possible_in();
        let moved =
            sqlx::query("UPDATE case_drafts SET state = $2 WHERE id = $1 AND state IN ($3, $4)")
                .bind(step.case.as_str())
                .bind(step.action.leads_to().as_str())
                .bind(one.as_str())
                .bind(other.as_str())
                .execute(&mut *transaction)
                .await
                .map_err(failed())?;
        if moved.rows_affected() == 0 {
            transaction.rollback().await.map_err(failed())?;
            return self.why_not(&step.case).await;
        }
        sqlx::query(
            "INSERT INTO case_steps (case_id, number, step, author, words, at_micros) \
             SELECT $1, COUNT(*) + 1, $2, $3, $4, $5 FROM case_steps WHERE case_id = $1",
        )
        .bind(step.case.as_str())
        .bind(step.action.as_str())
        .bind(step.author.as_str())
        .bind(step.words.as_str())
        .bind(step.at.as_microsecond())
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;
        transaction.commit().await.map_err(failed())?;
        Ok(Stepped::Done)
    }

    /// Lists every step, in the order in which they were taken.
    pub async fn list_case_steps(&self) -> Result<Vec<CaseStep>> {
        sqlx::query("SELECT * FROM case_steps ORDER BY case_id, number")
            .fetch_all(&self.pool)
            .await
            .map_err(RegistryError::query("list the steps of cases"))?
            .iter()
            .map(step)
            .collect()
    }

    async fn why_not(&self, case: &str) -> Result<Stepped> {
        let found = sqlx::query("SELECT state FROM case_drafts WHERE id = $1")
            .bind(case)
            .fetch_optional(&self.pool)
            .await
            .map_err(RegistryError::query("look up a case"))?;
        let Some(row) = found else {
            return Ok(Stepped::NoCase);
        };
        let state: String = get(&row, "state")?;
        Ok(Stepped::NotFrom(CaseState::parse(&state)?))
    }
}

fn step(row: &AnyRow) -> Result<CaseStep> {
    let action: String = get(row, "step")?;
    Ok(CaseStep {
        case: get(row, "case_id")?,
        action: CaseAction::parse(&action)?,
        author: get(row, "author")?,
        words: get(row, "words")?,
        at: timestamp(get(row, "at_micros")?, "case_steps.at_micros")?,
    })
}
