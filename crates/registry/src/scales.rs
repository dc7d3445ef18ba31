//! An item keeps its scale for ever, also across a time without it.
//!
//! Invariant: an item id that was ever asked on one scale is never asked on another,
//! so that all answers stored under it mean the same. A plan sees this only between two
//! neighbouring versions; here the whole history counts. Absent on purpose: what fits
//! what, which is [`evenkeel_foundation::Scale::can_follow`].

use std::collections::BTreeMap;

use evenkeel_foundation::{Foundation, Instrument, Item, ObjectKind, Plan};
use sqlx::AnyConnection;

use crate::columns::get;
use crate::{RegistryError, Result, load};

/// Refuses a plan that asks an item on another scale than some version up to the
/// foundation's version `before` did.
pub(crate) async fn check_scales(
    connection: &mut AnyConnection,
    next: &Foundation,
    plan: &Plan,
    before: i64,
) -> Result<()> {
    let mut problems = Vec::new();
    for change in &plan.changes {
        if change.kind != ObjectKind::Instrument {
            continue;
        }
        let Some(now) = next.instruments.get(change.id.as_str()) else {
            continue;
        };
        for old in earlier_items(connection, now, before).await? {
            let Some(item) = now.item(old.id.as_str()) else {
                continue;
            };
            if !item.scale.can_follow(&old.scale) {
                problems.push(format!(
                    "instrument {}: item {} was {} before and keeps its scale for ever \
                     (found {}; allowed: {}, or an item with a new id)",
                    now.id, item.id, old.scale, item.scale, old.scale
                ));
            }
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(RegistryError::Unsound {
        problems: problems.join("\n"),
    })
}

/// Every item that the instrument ever had, as it last was.
async fn earlier_items(
    connection: &mut AnyConnection,
    instrument: &Instrument,
    before: i64,
) -> Result<Vec<Item>> {
    let rows = sqlx::query(
        "SELECT foundation_version FROM object_versions \
         WHERE kind = 'instrument' AND id = $1 AND retired = 0 AND foundation_version <= $2 \
         ORDER BY foundation_version DESC",
    )
    .bind(instrument.id.as_str())
    .bind(before)
    .fetch_all(&mut *connection)
    .await
    .map_err(RegistryError::query("look up the history of an instrument"))?;
    let mut items: BTreeMap<String, Item> = BTreeMap::new();
    for row in rows {
        let mut objects = load::objects_at(connection, get(&row, "foundation_version")?).await?;
        // Units are most of a foundation and no instrument names one.
        objects.retain(|object| object.kind != ObjectKind::Unit);
        // A version that breaks a newer rule cannot be compared; it can stay history.
        let Ok(mut foundation) = Foundation::from_objects(objects) else {
            continue;
        };
        let Some(old) = foundation.instruments.remove(instrument.id.as_str()) else {
            continue;
        };
        for item in old.items {
            items.entry(item.id.to_string()).or_insert(item);
        }
    }
    Ok(items.into_values().collect())
}
