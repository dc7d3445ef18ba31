//! Webhooks, photos and samples: what observations bring along.

use evenkeel_foundation::UnitId;
use evenkeel_registry::Hook;
use rand::RngExt as _;
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

    /// Draws tickets without replacement, in the order in which they came.
    pub async fn draw_tickets(
        &self,
        actor: &str,
        tickets: Vec<String>,
        count: usize,
    ) -> Result<Vec<String>, OfficeError> {
        let of = tickets.len();
        let mut rng = self.rng();
        // Selection sampling (Knuth, Algorithm S): every sample of this size is as likely.
        let mut wanted = count;
        let mut drawn = Vec::with_capacity(count);
        for (at, ticket) in tickets.into_iter().enumerate() {
            if rng.random_range(0..of - at) < wanted {
                wanted -= 1;
                drawn.push(ticket);
            }
        }
        let entry = self.entry(
            actor,
            "looks.draw",
            "tickets".to_owned(),
            json!({ "drawn": drawn.len(), "of": of }),
        );
        self.registry.audit(&entry).await?;
        Ok(drawn)
    }

    /// Keeps a photo of a unit under a name drawn at random.
    pub async fn keep_photo(
        &self,
        unit: &UnitId,
        end: &str,
        bytes: &[u8],
    ) -> Result<String, OfficeError> {
        let folder = self.directories.photos().join(unit.as_str());
        let name = format!("{}.{end}", uuid::Uuid::from_bytes(self.rng().random()));
        let path = folder.join(&name);
        let failed = |source| OfficeError::File {
            doing: "write",
            path: path.clone(),
            source,
        };
        tokio::fs::create_dir_all(&folder).await.map_err(failed)?;
        let beside = folder.join(format!(".{name}"));
        tokio::fs::write(&beside, bytes).await.map_err(failed)?;
        tokio::fs::rename(&beside, &path).await.map_err(failed)?;
        Ok(name)
    }

    /// A photo of a unit.
    pub async fn find_photo(
        &self,
        unit: &UnitId,
        name: &str,
    ) -> Result<Option<Vec<u8>>, OfficeError> {
        let path = self.directories.photos().join(unit.as_str()).join(name);
        match tokio::fs::read(&path).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(OfficeError::File {
                doing: "read",
                path,
                source,
            }),
        }
    }
}
