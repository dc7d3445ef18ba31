//! Releases: drawing them up, keeping them, handing the one in force to answers.
//!
//! Invariant: one is drawn up at a time, and what is in memory is what the registry holds. A
//! release is made whenever an import brought answers of employees or what was agreed about them
//! changed, and when somebody asks for one; the gate sees to it that this tells nobody's answer.

mod draft;

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use evenkeel_compare::Release;
use evenkeel_compare::gate;
use evenkeel_foundation::{Foundation, Granularity, IndicatorId, is_keepers};
use evenkeel_measure::{By, Question};
use evenkeel_registry::{AuditEntry, Registry, RegistryError, ReleaseEntry};

use super::{Office, OfficeError};
use crate::answers::joined;
use crate::api::problem::chain;

/// Reads the release in force.
pub(super) async fn load(registry: &Registry) -> Result<Option<Arc<Release>>, OfficeError> {
    let Some((entry, content)) = registry.find_latest_release().await? else {
        return Ok(None);
    };
    let release = Release::read(content.as_bytes()).map_err(|error| {
        OfficeError::Registry(RegistryError::Unreadable {
            place: format!("release {}", entry.number),
            found: error.to_string(),
        })
    })?;
    Ok(Some(Arc::new(release)))
}

impl Office {
    /// The release in force; none while no employee was heard.
    pub async fn released(&self) -> Option<Arc<Release>> {
        self.release.read().await.clone()
    }

    /// Every release, the latest first.
    pub async fn releases(&self) -> Result<Vec<ReleaseEntry>, OfficeError> {
        Ok(self.registry.list_releases().await?)
    }

    /// Draws up a release, if there is anything new to release.
    pub async fn make_release(&self, reason: &str) -> Result<Option<ReleaseEntry>, OfficeError> {
        let _one_at_a_time = self.releasing.lock().await;
        let in_force = self.foundation().await;
        let foundation = &in_force.foundation;
        let earlier = self.released().await;
        let (snapshot, fingerprint, heard) = self.protected_answers(foundation).await?;
        let mut families = gate::families(foundation);
        // Questions of the pulse that nobody answered yet make many families of nothing.
        let begun_with = |id: &IndicatorId| {
            !is_keepers(id.as_str())
                || heard.contains(id)
                || earlier.as_ref().is_some_and(|earlier| earlier.holds(id))
        };
        families.retain(|family| family.iter().any(begun_with));
        if snapshot.is_empty() || is_current(earlier.as_deref(), &families, &fingerprint) {
            return Ok(None);
        }
        let begun = std::time::Instant::now();
        let mut drafts = Vec::with_capacity(families.len());
        for family in families {
            drafts.push((family.clone(), self.draft(foundation, &family).await?));
        }
        let drawn_up = begun.elapsed();
        let indicators = foundation.indicators.clone();
        let release = tokio::task::spawn_blocking(move || {
            let of = (snapshot.as_str(), fingerprint.as_str());
            gate::release(&drafts, &indicators, earlier.as_deref(), of)
        })
        .await?;
        let entry = ReleaseEntry {
            number: release.number,
            released_at: self.clock.now(),
            reason: reason.to_owned(),
            foundation_version: in_force.version,
            snapshot: release.snapshot.clone(),
        };
        let checked = begun.elapsed();
        self.keep(&entry, release).await?;
        tracing::info!(
            release = entry.number,
            reason,
            ?drawn_up,
            checked = ?checked.saturating_sub(drawn_up),
            kept = ?begun.elapsed().saturating_sub(checked),
            "a release was made"
        );
        Ok(Some(entry))
    }

    /// The same where nobody waits for it: what fails is in the log, and results stay as they are.
    pub(super) async fn release_after(&self, reason: &str) {
        if let Err(error) = self.make_release(reason).await {
            tracing::error!(error = %chain(&error), reason, "no release could be made");
        }
    }

    async fn keep(&self, entry: &ReleaseEntry, release: Release) -> Result<(), OfficeError> {
        let unreadable = |found: String| {
            OfficeError::Registry(RegistryError::Unreadable {
                place: format!("release {}", entry.number),
                found,
            })
        };
        let content = release
            .write()
            .map_err(|error| unreadable(error.to_string()))?;
        let content = String::from_utf8(content).map_err(|error| unreadable(error.to_string()))?;
        self.registry.record_release(entry, &content).await?;
        self.registry
            .audit(&AuditEntry {
                at: entry.released_at,
                actor: "evenkeel".to_owned(),
                action: "release.make".to_owned(),
                subject: format!("release/{}", entry.number),
                detail: serde_json::json!({ "reason": entry.reason, "snapshot": entry.snapshot }),
            })
            .await?;
        *self.release.write().await = Some(Arc::new(release));
        Ok(())
    }

    /// Versions of the tables that hold answers of employees (empty while there are none), and a
    /// fingerprint of the answers: tables change without them, too. Beside them the indicators
    /// that somebody answered for.
    async fn protected_answers(
        &self,
        foundation: &Foundation,
    ) -> Result<(String, String, BTreeSet<IndicatorId>), OfficeError> {
        let mut heard = BTreeSet::new();
        let mut snapshots = Vec::new();
        let mut hasher = DefaultHasher::new();
        for indicator in foundation.indicators.values() {
            if gate::is_protected(foundation, indicator) {
                let by = [By::Unit(None), By::Period(Granularity::All)];
                let question = Question::indicator(indicator.id.clone()).by(by);
                let answer = self.ask_facts(foundation, &question).await?;
                if !answer.cells.is_empty() {
                    format!("{} {:?}", indicator.id, answer.cells).hash(&mut hasher);
                    snapshots.push(answer.snapshot);
                    heard.insert(indicator.id.clone());
                }
            }
        }
        let fingerprint = format!("{:016x}", hasher.finish());
        Ok((joined(&snapshots), fingerprint, heard))
    }
}

/// Whether a release already holds these families as they are.
fn is_current(
    release: Option<&Release>,
    families: &[BTreeSet<IndicatorId>],
    fingerprint: &str,
) -> bool {
    release.is_some_and(|release| {
        let held = release.families().iter().map(|family| &family.indicators);
        release.fingerprint == fingerprint && held.eq(families)
    })
}
