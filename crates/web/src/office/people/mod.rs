//! People: how they come in, and their accounts.
//!
//! ```text
//! coming_in.rs  password, badge, link; limits on guessing
//! sessions.rs   who a token belongs to; how long it lasts
//! accounts.rs   making and changing accounts
//! ```
//!
//! Invariants: whatever is wrong with mail, password, badge or PIN, the refusal is the same and
//! takes as long; every change is in the audit log, in the same transaction.

mod accounts;
mod coming_in;
mod sessions;

pub use accounts::NewAccount;
pub use coming_in::{ComingFrom, SignedIn};

use evenkeel_registry::{AuditEntry, RegistryError};
use serde_json::Value;

use super::{Office, OfficeError};
use crate::access::password::{HashError, Weak};

/// Why somebody does not come in, or an account does not change.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Mail, password, badge or PIN is wrong, or the account is closed: nobody learns which.
    #[error("that is not right")]
    Wrong,
    #[error("too many attempts; try again in {wait_seconds} s")]
    TooMany { wait_seconds: i64 },
    #[error("{0}")]
    Weak(Weak),
    #[error("the link does not work any more")]
    LinkGone,
    #[error("there are accounts already; name the one that the link is for")]
    NotFirst,
    #[error("this is no made-up organisation")]
    NotDemo,
    #[error("another account has this mail address")]
    Taken,
    #[error("there is no account {0}")]
    Unknown(String),
    #[error("nobody would be administrator any more")]
    LastAdministrator,
    /// A field of what was sent.
    #[error("{field} is `{found}` (allowed: {allowed})")]
    Field {
        field: String,
        found: String,
        allowed: String,
    },
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Office(OfficeError),
}

impl From<RegistryError> for PeopleError {
    fn from(error: RegistryError) -> Self {
        match error {
            RegistryError::NotFound {
                what: "account",
                id,
            } => Self::Unknown(id),
            RegistryError::NotFound {
                what: "one-time link",
                ..
            } => Self::LinkGone,
            RegistryError::AlreadyRecorded { .. } => Self::Taken,
            RegistryError::LastAdministrator => Self::LastAdministrator,
            other => Self::Office(other.into()),
        }
    }
}

impl Office {
    /// An entry of the audit log, now.
    pub(crate) fn entry(
        &self,
        actor: &str,
        action: &str,
        subject: String,
        detail: Value,
    ) -> AuditEntry {
        AuditEntry {
            at: self.clock.now(),
            actor: actor.to_owned(),
            action: action.to_owned(),
            subject,
            detail,
        }
    }
}

impl Office {
    /// Part of the audit log, newest first, and the names of accounts by id.
    pub async fn audit_log(
        &self,
        before: Option<i64>,
        limit: u32,
    ) -> Result<
        (
            Vec<evenkeel_registry::AuditRecord>,
            std::collections::BTreeMap<String, String>,
        ),
        OfficeError,
    > {
        let records = self.registry.list_audit(before, limit).await?;
        Ok((records, self.account_names().await?))
    }

    /// The names of everybody, by account.
    pub async fn account_names(
        &self,
    ) -> Result<std::collections::BTreeMap<String, String>, OfficeError> {
        let accounts = self.registry.list_accounts().await?;
        let names = accounts
            .into_iter()
            .map(|account| (account.id, account.name));
        Ok(names.collect())
    }
}
