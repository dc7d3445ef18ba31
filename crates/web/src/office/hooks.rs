//! Webhooks of other programs, and their tokens.
//!
//! Invariant: a token is shown once and kept as its hash; every change is in the log.

use std::collections::BTreeMap;

use evenkeel_registry::Hook;
use jiff::Timestamp;
use serde_json::json;

use super::{Office, OfficeError};
use crate::access::secret::{self, Secret};

/// What webhooks are called as senders, before their id.
const HOOK: &str = "hook/";

/// What a webhook is called as a sender.
pub fn hook_source(id: &str) -> String {
    format!("{HOOK}{id}")
}

impl Office {
    /// Every webhook, by id.
    pub async fn hooks(&self) -> Result<Vec<Hook>, OfficeError> {
        Ok(self.registry.list_hooks().await?)
    }

    /// When each webhook last brought an observation, by its id.
    pub async fn hook_calls(&self) -> Result<BTreeMap<String, Timestamp>, OfficeError> {
        let latest = self.registry.list_latest_received(HOOK).await?;
        let of_hook = |(source, at): (String, Timestamp)| {
            let id = source.strip_prefix(HOOK)?;
            Some((id.to_owned(), at))
        };
        Ok(latest.into_iter().filter_map(of_hook).collect())
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
