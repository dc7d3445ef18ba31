//! Units that an import met and nobody had written down.
//!
//! Invariant: adding the same units again changes nothing, so that an import that was
//! cut off can be resumed. New units make a new version of the foundation, as every
//! change does. Absent on purpose: changing a unit; an import never overwrites what
//! people wrote.

use std::collections::BTreeMap;

use evenkeel_foundation::{Object, ObjectKind, Origin, Unit};
use jiff::Timestamp;
use serde_json::json;

use crate::columns::{get, unreadable};
use crate::write::{NewVersion, check_loads, insert, latest_versions};
use crate::{AuditEntry, Registry, RegistryError, Result, audit};

impl Registry {
    /// Adds those of `units` that are not there, as [`Origin::Import`], and returns the
    /// version of the foundation that has them all. A retired unit comes back.
    pub async fn add_imported_units(
        &self,
        units: &[Unit],
        import_id: &str,
        at: Timestamp,
    ) -> Result<i64> {
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        let row = sqlx::query(
            "UPDATE counters SET reached = reached + 1 WHERE name = 'foundation' \
             RETURNING reached",
        )
        .fetch_one(&mut *transaction)
        .await
        .map_err(failed())?;
        let version: i64 = get(&row, "reached")?;

        let latest = latest_versions(&mut transaction).await?;
        let mut next_versions: BTreeMap<&str, (i64, Object)> = BTreeMap::new();
        for unit in units {
            let id = unit.id.as_str();
            let next = match latest.get(&(ObjectKind::Unit, id.to_owned())) {
                None => 1,
                Some(latest) if latest.retired => latest.version + 1,
                Some(_) => continue,
            };
            next_versions.insert(id, (next, imported(unit)?));
        }
        if next_versions.is_empty() {
            transaction.rollback().await.map_err(failed())?;
            return Ok(version - 1);
        }

        sqlx::query(
            "INSERT INTO foundation_versions \
             (version, source, import_id, author, reason, at_micros) \
             VALUES ($1, 'import', $2, 'import', '', $3)",
        )
        .bind(version)
        .bind(import_id)
        .bind(at.as_microsecond())
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;
        for (next, object) in next_versions.values() {
            let new = NewVersion {
                object,
                version: *next,
                foundation_version: version,
                valid_from: None,
            };
            insert(&mut transaction, &new).await?;
        }
        check_loads(&mut transaction, version).await?;
        let entry = AuditEntry {
            at,
            actor: "import".to_owned(),
            action: "foundation.add_units".to_owned(),
            subject: format!("foundation/{version}"),
            detail: json!({ "import": import_id, "units": next_versions.len() }),
        };
        audit::write(&mut transaction, &entry).await?;
        transaction.commit().await.map_err(failed())?;
        Ok(version)
    }
}

fn imported(unit: &Unit) -> Result<Object> {
    let unit = Unit {
        origin: Origin::Import,
        ..unit.clone()
    };
    let content = serde_json::to_value(&unit)
        .map_err(|error| unreadable(format!("unit {}", unit.id), &error))?;
    Ok(Object {
        kind: ObjectKind::Unit,
        id: unit.id.to_string(),
        owner: None,
        content,
    })
}

fn failed() -> impl FnOnce(sqlx::Error) -> RegistryError {
    RegistryError::query("add imported units to the foundation")
}
