//! Applying a plan: new versions of what it changes, in one transaction.
//!
//! Invariants: a plan is applied to the version it was made from or not at all; what
//! was written loads again before it is committed; rows are only inserted. Absent on
//! purpose: whether the author may change what a team owns, which is asked before.

use std::collections::HashMap;

use evenkeel_foundation::object::ORGANISATION_ID;
use evenkeel_foundation::{Action, Change, Foundation, Object, ObjectKind, Plan};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};
use serde_json::json;
use sqlx::AnyConnection;

use crate::scales::check_scales;
use crate::write::{Latest, NewVersion, check_loads, insert, latest_versions};
use crate::{AuditEntry, Registry, RegistryError, Result, audit, load};

/// Who applies a plan, why, and from when it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplyMeta {
    /// Who applies it.
    pub author: String,
    /// Why, in a sentence; may be empty.
    pub reason: String,
    /// The first day on which the changes hold. A standard whose own `valid_from` is new
    /// goes by that. `None`: a first version has held since ever, a later one holds
    /// from the day of `at` in the organisation's zone.
    pub valid_from: Option<Date>,
    /// When it is applied.
    pub at: Timestamp,
    /// The version that the plan was made from; 0 where there was none.
    pub expected_version: i64,
}

impl Registry {
    /// Applies `plan`, which leads to `next`, and returns the new version of the
    /// foundation; a plan without changes makes none.
    ///
    /// [`RegistryError::Conflict`] if the current version is no longer the expected one,
    /// [`RegistryError::Unsound`] if the plan has problems or would ask an item on another
    /// scale than ever before. An error leaves everything as it was.
    pub async fn apply(&self, next: &Foundation, plan: &Plan, meta: &ApplyMeta) -> Result<i64> {
        if !plan.problems.is_empty() {
            return Err(RegistryError::Unsound {
                problems: load::in_words(&plan.problems),
            });
        }
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        let raised = sqlx::query(
            "UPDATE counters SET reached = reached + 1 \
             WHERE name = 'foundation' AND reached = $1",
        )
        .bind(meta.expected_version)
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;
        if raised.rows_affected() == 0 {
            return Err(RegistryError::Conflict {
                expected: meta.expected_version,
                found: load::current_version(&mut transaction).await?,
            });
        }
        if plan.changes.is_empty() {
            transaction.rollback().await.map_err(failed())?;
            return Ok(meta.expected_version);
        }
        check_scales(&mut transaction, next, plan, meta.expected_version).await?;
        let version = meta.expected_version + 1;
        sqlx::query(
            "INSERT INTO foundation_versions (version, source, author, reason, at_micros) \
             VALUES ($1, 'apply', $2, $3, $4)",
        )
        .bind(version)
        .bind(meta.author.as_str())
        .bind(meta.reason.as_str())
        .bind(meta.at.as_microsecond())
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;

        let objects: HashMap<(ObjectKind, String), Object> = next
            .objects()
            .into_iter()
            .map(|object| ((object.kind, object.id.clone()), object))
            .collect();
        let latest = latest_versions(&mut transaction).await?;
        // There is always an organisation; the first plan calls it changed, if at all.
        let organisation = (ObjectKind::Organisation, ORGANISATION_ID.to_owned());
        let first = !latest.contains_key(&organisation);
        if first && let Some(object) = objects.get(&organisation) {
            let new = NewVersion {
                object,
                version: 1,
                foundation_version: version,
                valid_from: None,
            };
            insert(&mut transaction, &new).await?;
        }
        let today = day_of(meta.at, &next.organisation.time_zone);
        for change in &plan.changes {
            let key = (change.kind, change.id.clone());
            if first && key == organisation {
                continue;
            }
            let write = Write {
                change,
                object: objects.get(&key),
                latest: latest.get(&key).copied(),
                foundation_version: version,
                meta,
                today,
            };
            write.run(&mut transaction).await?;
        }
        check_loads(&mut transaction, version).await?;
        let entry = AuditEntry {
            at: meta.at,
            actor: meta.author.clone(),
            action: "foundation.apply".to_owned(),
            subject: format!("foundation/{version}"),
            detail: json!({ "changes": plan.changes.len(), "reason": meta.reason }),
        };
        audit::write(&mut transaction, &entry).await?;
        transaction.commit().await.map_err(failed())?;
        Ok(version)
    }
}

/// One change of a plan on its way into the database.
struct Write<'a> {
    change: &'a Change,
    object: Option<&'a Object>,
    latest: Option<Latest>,
    foundation_version: i64,
    meta: &'a ApplyMeta,
    today: Date,
}

impl Write<'_> {
    async fn run(&self, connection: &mut AnyConnection) -> Result<()> {
        let live = self.latest.is_some_and(|latest| !latest.retired);
        let version = self.latest.map_or(1, |latest| latest.version + 1);
        match (&self.change.action, self.object, live) {
            (Action::Added, Some(object), false) | (Action::Changed { .. }, Some(object), true) => {
                let new = NewVersion {
                    object,
                    version,
                    foundation_version: self.foundation_version,
                    valid_from: self.valid_from(object),
                };
                insert(connection, &new).await
            }
            (Action::Retired, None, true) => self.retire(connection, version).await,
            (Action::Added, Some(_), true) => Err(self.mismatch("it is there already")),
            (Action::Changed { .. } | Action::Retired, _, false) => {
                Err(self.mismatch("it is not there"))
            }
            (Action::Retired, Some(_), true) => {
                Err(self.mismatch("the foundation to come still has it"))
            }
            (_, None, _) => Err(self.mismatch("the foundation to come lacks it")),
        }
    }

    fn valid_from(&self, object: &Object) -> Option<Date> {
        let own = (object.kind == ObjectKind::Standard && self.own_valid_from_is_new())
            .then(|| object.content.get("valid_from")?.as_str()?.parse().ok())
            .flatten();
        let unsaid = self.latest.map(|_| self.today);
        own.or(self.meta.valid_from).or(unsaid)
    }

    /// A date that merely stayed in the file says nothing about a later version.
    fn own_valid_from_is_new(&self) -> bool {
        match &self.change.action {
            Action::Added => true,
            Action::Changed { fields } => fields.iter().any(|field| field.path == "valid_from"),
            Action::Retired => false,
        }
    }

    /// Inserts the content once more, as retired.
    async fn retire(&self, connection: &mut AnyConnection, version: i64) -> Result<()> {
        let valid_from = self.meta.valid_from.unwrap_or(self.today);
        sqlx::query(
            "INSERT INTO object_versions \
             (kind, id, version, foundation_version, content, owner, valid_from, retired) \
             SELECT kind, id, $3, $4, content, owner, $5, 1 FROM object_versions \
             WHERE kind = $1 AND id = $2 AND version = $3 - 1",
        )
        .bind(self.change.kind.as_str())
        .bind(self.change.id.as_str())
        .bind(version)
        .bind(self.foundation_version)
        .bind(valid_from.to_string())
        .execute(connection)
        .await
        .map_err(failed())?;
        Ok(())
    }

    fn mismatch(&self, found: &'static str) -> RegistryError {
        RegistryError::PlanMismatch {
            kind: self.change.kind,
            id: self.change.id.clone(),
            action: match self.change.action {
                Action::Added => "added",
                Action::Changed { .. } => "changed",
                Action::Retired => "retired",
            },
            found,
        }
    }
}

/// The organisation's date at `at`; a zone that this machine lacks counts as UTC.
fn day_of(at: Timestamp, time_zone: &str) -> Date {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).date()
}

fn failed() -> impl FnOnce(sqlx::Error) -> RegistryError {
    RegistryError::query("apply a plan to the foundation")
}
