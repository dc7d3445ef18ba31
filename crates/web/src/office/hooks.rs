//! Webhooks of other programs, and their tokens.
//!
//! Invariant: a token is shown once and kept as its hash; every change is in the log.

use evenkeel_registry::Hook;
use serde_json::json;

use super::{Office, OfficeError};
use crate::access::secret::{self, Secret};

impl Office {
    /// Every webhook, by id.
    pub async fn hooks(&self) -> Result<Vec<Hook>, OfficeError> {
        Ok(self.registry.list_hooks().await?)
    }

    /// Makes or changes a webhook; returns its new token.
    pub async fn set_up_hook(
        &self,
        actor: &str,
        id: &str,
        mapping: String,
    ) -> Result<Secret, OfficeError> {
        let token = Secret::draw(&mut self.rng());
        let hook = Hook {
            id: id.to_owned(),
            mapping,
            token_hash: token.hash(),
            changed_at: self.clock.now(),
            changed_by: actor.to_owned(),
        };
        let entry = self.entry(actor, "hook.change", format!("hook/{id}"), json!({}));
        self.registry.record_hook(&hook, &entry).await?;
        Ok(token)
    }

    /// Removes a webhook. False when there was none.
    pub async fn remove_hook(&self, actor: &str, id: &str) -> Result<bool, OfficeError> {
        let entry = self.entry(actor, "hook.remove", format!("hook/{id}"), json!({}));
        Ok(self.registry.remove_hook(id, &entry).await?)
    }

    /// The webhook of that id, if this is its token.
    pub async fn find_open_hook(&self, id: &str, token: &str) -> Result<Option<Hook>, OfficeError> {
        let found = self.registry.find_hook(id).await?;
        Ok(found.filter(|hook| hook.token_hash == secret::hash(token)))
    }
}
