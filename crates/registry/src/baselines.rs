//! Baselines: what a person declared to be the normal time of a control chart, and why.
//!
//! Invariant: rows are only added; a baseline that turned out wrong is followed by another one.
//! Absent on purpose: limits. They are computed from what was seen, by whoever draws the chart.

use evenkeel_foundation::{StandardId, UnitId};
use jiff::{Timestamp, civil::Date};
use sqlx::any::AnyRow;

use crate::columns::{date, get, timestamp, unreadable};
use crate::{Registry, RegistryError, Result};

/// A declared baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineRecord {
    /// Its id.
    pub id: String,
    /// The standard whose chart it is for.
    pub standard: StandardId,
    /// The unit; `None`: the whole organisation.
    pub unit: Option<UnitId>,
    /// First day; from here on its limits hold.
    pub from: Date,
    /// Last day that limits are made of.
    pub to: Date,
    /// Who declared it.
    pub author: String,
    /// Why.
    pub reason: String,
    /// When it was declared.
    pub at: Timestamp,
}

impl Registry {
    /// Writes a baseline. Errors: `AlreadyRecorded` when its id is taken.
    pub async fn record_baseline(&self, baseline: &BaselineRecord) -> Result<()> {
        sqlx::query(
            "INSERT INTO baselines (id, standard, unit, from_day, to_day, author, reason, \
             at_micros) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(baseline.id.as_str())
        .bind(baseline.standard.as_str())
        .bind(baseline.unit.as_ref().map_or("", UnitId::as_str))
        .bind(baseline.from.to_string())
        .bind(baseline.to.to_string())
        .bind(baseline.author.as_str())
        .bind(baseline.reason.as_str())
        .bind(baseline.at.as_microsecond())
        .execute(&self.pool)
        .await
        .map_err(|source| match &source {
            sqlx::Error::Database(error) if error.is_unique_violation() => {
                RegistryError::AlreadyRecorded {
                    what: "baseline",
                    id: baseline.id.clone(),
                }
            }
            _ => RegistryError::query("record a baseline")(source),
        })?;
        Ok(())
    }

    /// Lists the baselines of a standard, of all units, in the order they were declared in.
    pub async fn list_baselines(&self, standard: &StandardId) -> Result<Vec<BaselineRecord>> {
        sqlx::query("SELECT * FROM baselines WHERE standard = $1 ORDER BY at_micros, id")
            .bind(standard.as_str())
            .fetch_all(&self.pool)
            .await
            .map_err(RegistryError::query("list the baselines of a standard"))?
            .iter()
            .map(baseline)
            .collect()
    }
}

fn baseline(row: &AnyRow) -> Result<BaselineRecord> {
    let standard: String = get(row, "standard")?;
    let unit: String = get(row, "unit")?;
    Ok(BaselineRecord {
        id: get(row, "id")?,
        standard: standard_id(&standard, "baselines.standard")?,
        unit: unit_id(&unit, "baselines.unit")?,
        from: date(get(row, "from_day")?, "baselines.from_day")?,
        to: date(get(row, "to_day")?, "baselines.to_day")?,
        author: get(row, "author")?,
        reason: get(row, "reason")?,
        at: timestamp(get(row, "at_micros")?, "baselines.at_micros")?,
    })
}

pub(crate) fn standard_id(text: &str, place: &str) -> Result<StandardId> {
    StandardId::parse(text).map_err(|_| unreadable(place, &text))
}

/// A unit; empty for the whole organisation.
pub(crate) fn unit_id(text: &str, place: &str) -> Result<Option<UnitId>> {
    if text.is_empty() {
        return Ok(None);
    }
    UnitId::parse(text)
        .map(Some)
        .map_err(|_| unreadable(place, &text))
}
