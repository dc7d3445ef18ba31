//! Changing what was agreed.
//!
//! Invariant: what is in memory is what the registry holds; it is read back after each
//! change, never patched.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_foundation::{Action, Foundation, Organisation, Plan, Text};
use evenkeel_registry::{ApplyMeta, Registry};

use super::{InForce, Office, OfficeError, history};

/// Who agrees what, why and from when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    pub author: String,
    pub reason: String,
    /// Today where it is not said.
    pub valid_from: Option<jiff::civil::Date>,
    /// The version that the change was planned against; any where it is not said.
    pub expected_version: Option<i64>,
}

/// Reads what is in force; an organisation without a name while nothing is.
pub(super) async fn load(registry: &Registry) -> Result<InForce, OfficeError> {
    let (version, foundation) = match registry.find_foundation().await? {
        Some(found) => found,
        None => (0, nothing_agreed()),
    };
    Ok(InForce {
        version,
        history: Arc::new(history::load(registry, &foundation).await?),
        foundation: Arc::new(foundation),
    })
}

/// The changes from `current` to `next`. The first organisation is new: the nameless one
/// before it was never agreed.
fn plan_against(current: &InForce, next: &Foundation) -> Plan {
    let mut plan = evenkeel_foundation::plan(&current.foundation, next);
    if current.version == 0 {
        for change in &mut plan.changes {
            change.action = Action::Added;
        }
    }
    plan
}

fn nothing_agreed() -> Foundation {
    Foundation::empty(Organisation {
        name: Text::plain("Evenkeel").expect("not empty"),
        languages: vec!["en".to_owned()],
        time_zone: "UTC".to_owned(),
        levels: Vec::new(),
        minimum_n: evenkeel_foundation::INTERNAL_MINIMUM_N,
        alignment: None,
    })
}

impl Office {
    /// What making `next` the foundation in force would change, and against which version.
    pub async fn plan(&self, next: &Foundation) -> (i64, Plan) {
        let current = self.foundation().await;
        (current.version, plan_against(&current, next))
    }

    /// Makes `next` the foundation in force, in one transaction. Returns the version in
    /// force afterwards (the same as before when nothing changed) and what changed.
    pub async fn apply(
        &self,
        next: &Foundation,
        agreement: Agreement,
    ) -> Result<(i64, Plan), OfficeError> {
        let _one_at_a_time = self.changing.lock().await;
        let current = self.foundation().await;
        if let Some(expected) = agreement.expected_version
            && expected != current.version
        {
            return Err(OfficeError::Conflict {
                expected,
                found: current.version,
            });
        }
        let plan = plan_against(&current, next);
        if !plan.problems.is_empty() {
            return Err(OfficeError::Refused(plan.problems));
        }
        let meta = ApplyMeta {
            author: agreement.author,
            reason: agreement.reason,
            valid_from: agreement.valid_from,
            at: self.clock.now(),
            expected_version: current.version,
        };
        let version = self.registry.apply(next, &plan, &meta).await?;
        self.reload().await?;
        if version != current.version {
            self.release_after(&format!("foundation {version}")).await;
        }
        Ok((version, plan))
    }

    /// Reads what is in force again.
    pub(super) async fn reload(&self) -> Result<(), OfficeError> {
        let loaded = load(&self.registry).await?;
        *self.in_force.write().await = loaded;
        Ok(())
    }

    /// How often each object, by (kind, id), was changed: its own version, from 1.
    pub async fn object_versions(&self) -> Result<BTreeMap<(String, String), i64>, OfficeError> {
        let latest = self.registry.list_latest_versions().await?;
        Ok(latest
            .into_iter()
            .map(|latest| ((latest.kind.to_string(), latest.id), latest.version))
            .collect())
    }
}
