//! Drafts of cases: follow-ups that the signals of control charts ask for.
//!
//! Invariant: a signal has one draft, however often its chart is computed.
//! Absent on purpose: what people do with one (`case_steps`).

use evenkeel_foundation::{StandardId, UnitId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::baselines::{standard_id, unit_id};
use crate::columns::{get, json, timestamp, unreadable};
use crate::{Registry, RegistryError, Result};

/// How far a follow-up is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseState {
    /// A signal asks for it; nobody took it up.
    Draft,
    /// Somebody works on it.
    Open,
    /// It is answered.
    Closed,
}

impl CaseState {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    pub(crate) fn parse(word: &str) -> Result<Self> {
        [Self::Draft, Self::Open, Self::Closed]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or_else(|| unreadable("case_drafts.state", &word))
    }
}

/// One follow-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDraft {
    /// Its id.
    pub id: String,
    /// The standard whose chart signals.
    pub standard: StandardId,
    /// The unit; `None`: the whole organisation.
    pub unit: Option<UnitId>,
    /// Kind of the chart, such as `p`.
    pub chart: String,
    /// The rule, such as `beyond`.
    pub rule: String,
    /// +1 up, −1 down, 0 neither.
    pub side: i8,
    /// Labels of the periods concerned, in order; the first makes the signal known.
    pub points: Vec<String>,
    /// Versions of the tables that the chart was made from.
    pub snapshot: String,
    /// When the draft was opened.
    pub at: Timestamp,
    /// How far it is.
    pub state: CaseState,
}

impl Registry {
    /// Writes a draft, unless its signal has one; whether it was written.
    pub async fn open_case_draft(&self, draft: &CaseDraft) -> Result<bool> {
        let written = sqlx::query(
            "INSERT INTO case_drafts (id, standard, unit, chart, rule, side, first_period, \
             points, snapshot, at_micros, state) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
             ON CONFLICT (standard, unit, chart, rule, side, first_period) DO NOTHING",
        )
        .bind(draft.id.as_str())
        .bind(draft.standard.as_str())
        .bind(draft.unit.as_ref().map_or("", UnitId::as_str))
        .bind(draft.chart.as_str())
        .bind(draft.rule.as_str())
        .bind(i64::from(draft.side))
        .bind(draft.points.first().map_or("", String::as_str))
        .bind(serde_json::json!(draft.points).to_string())
        .bind(draft.snapshot.as_str())
        .bind(draft.at.as_microsecond())
        .bind(draft.state.as_str())
        .execute(&self.pool)
        .await
        .map_err(RegistryError::query("open a draft of a case"))?;
        Ok(written.rows_affected() == 1)
    }

    /// Lists drafts, the latest first.
    pub async fn list_case_drafts(&self) -> Result<Vec<CaseDraft>> {
        sqlx::query("SELECT * FROM case_drafts ORDER BY at_micros DESC, id DESC")
            .fetch_all(&self.pool)
            .await
            .map_err(RegistryError::query("list the drafts of cases"))?
            .iter()
            .map(draft)
            .collect()
    }
}

fn draft(row: &AnyRow) -> Result<CaseDraft> {
    let standard: String = get(row, "standard")?;
    let unit: String = get(row, "unit")?;
    let side: i64 = get(row, "side")?;
    let state: String = get(row, "state")?;
    let points = json(get(row, "points")?, "case_drafts.points")?;
    Ok(CaseDraft {
        id: get(row, "id")?,
        standard: standard_id(&standard, "case_drafts.standard")?,
        unit: unit_id(&unit, "case_drafts.unit")?,
        chart: get(row, "chart")?,
        rule: get(row, "rule")?,
        side: i8::try_from(side).map_err(|_| unreadable("case_drafts.side", &side))?,
        points: serde_json::from_value(points)
            .map_err(|error| unreadable("case_drafts.points", &error))?,
        snapshot: get(row, "snapshot")?,
        at: timestamp(get(row, "at_micros")?, "case_drafts.at_micros")?,
        state: CaseState::parse(&state)?,
    })
}
