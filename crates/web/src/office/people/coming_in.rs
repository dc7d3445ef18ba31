//! Coming in: mail and password, badge and PIN, a link that works once.
//!
//! Invariant: guesses are limited by what is tried (an account) and by where they come from (an
//! address), and counted in the registry, so that a restart gives no new ones.

use jiff::SignedDuration;
use rand::Rng as _;
use serde_json::json;

use super::{Office, PeopleError};
use crate::access::Person;
use crate::access::password::{self, check_password};
use crate::access::secret::{self, Secret};
use evenkeel_registry::{Account, AccountChange, Door, Grant, OneTimeLink, Role};

/// Failures count for so long.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Guesses at one account or badge within the window.
const FAILURES_OF_ONE_MAX: u64 = 10;
/// Guesses from one address within the window; a shop may share one.
const FAILURES_FROM_ONE_MAX: u64 = 50;
/// RFC 5321 allows no longer address.
const MAIL_BYTES_MAX: usize = 254;
/// The first administrator's link works for a day, other people's for a week.
const FIRST_LINK: SignedDuration = SignedDuration::from_hours(24);
const LINK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// From where somebody comes in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComingFrom {
    /// Address of the connection; "unknown" where there is none.
    pub address: String,
    /// What the browser says it is.
    pub agent: String,
}

/// Somebody who came in, with the token of their session.
#[derive(Debug)]
pub struct SignedIn {
    pub person: Person,
    pub token: Secret,
}

impl Office {
    /// By mail address and password.
    pub async fn sign_in_with_password(
        &self,
        mail: &str,
        given: String,
        from: &ComingFrom,
    ) -> Result<SignedIn, PeopleError> {
        let mail = mail.trim().to_lowercase();
        if mail.len() > MAIL_BYTES_MAX {
            // No address is as long, and nothing of it is written down.
            return Err(PeopleError::Wrong);
        }
        let account = self.registry.find_account_by_mail(&mail).await?;
        let kept = account
            .as_ref()
            .and_then(|account| account.password_hash.clone());
        // Hashed: people type passwords into the wrong field.
        let tried = format!("mail/{}", secret::hash(&mail));
        self.sign_in(account, kept, given, &tried, Door::Password, from)
            .await
    }

    /// By the code on a badge and its PIN.
    pub async fn sign_in_with_badge(
        &self,
        badge: &str,
        pin: String,
        from: &ComingFrom,
    ) -> Result<SignedIn, PeopleError> {
        let hash = secret::hash(badge.trim());
        let account = self.registry.find_account_by_badge(&hash).await?;
        let kept = account
            .as_ref()
            .and_then(|account| account.pin_hash.clone());
        let tried = format!("badge/{hash}");
        self.sign_in(account, kept, pin, &tried, Door::Badge, from)
            .await
    }

    async fn sign_in(
        &self,
        account: Option<Account>,
        kept: Option<String>,
        given: String,
        tried: &str,
        door: Door,
        from: &ComingFrom,
    ) -> Result<SignedIn, PeopleError> {
        let from_one = format!("from/{}", from.address);
        let limits = [
            (tried, FAILURES_OF_ONE_MAX),
            (from_one.as_str(), FAILURES_FROM_ONE_MAX),
        ];
        for (tried, most) in limits {
            self.count_attempt(tried, most).await?;
        }
        let right = password::verify(given, kept).await?;
        match account {
            Some(account) if right && account.active => {
                self.registry.forget_failures(tried).await?;
                // Many people come in from one address: only failures are held against it.
                self.registry.uncount_failure(&from_one).await?;
                self.begin_session(account, door, &from.agent).await
            }
            known => {
                // Never what was typed: people type passwords into the wrong field.
                let subject = known.map_or_else(
                    || "account/unknown".to_owned(),
                    |account| format!("account/{}", account.id),
                );
                let detail = json!({ "door": door.as_str() });
                let entry = self.entry("nobody", "session.refused", subject, detail);
                self.registry.audit(&entry).await?;
                Err(PeopleError::Wrong)
            }
        }
    }

    /// Counts an attempt before anybody knows whether it is right, so that many at the same time
    /// are no way around the limit.
    async fn count_attempt(&self, tried: &str, most: u64) -> Result<(), PeopleError> {
        let now = self.clock.now();
        if self.registry.count_failure(tried, now, WINDOW).await? <= most {
            return Ok(());
        }
        let found = self.registry.find_failures(tried, now, WINDOW).await?;
        let since = found.map_or(now, |(_, since)| since);
        let wait = WINDOW - now.duration_since(since);
        Err(PeopleError::TooMany {
            wait_seconds: wait.as_secs().max(1),
        })
    }

    /// As one of the demo's made-up people.
    pub async fn sign_in_to_demo(
        &self,
        account: &str,
        from: &ComingFrom,
    ) -> Result<SignedIn, PeopleError> {
        if !self.is_demo() {
            return Err(PeopleError::NotDemo);
        }
        let account = self
            .registry
            .find_account(account)
            .await?
            .ok_or_else(|| PeopleError::Unknown(account.to_owned()))?;
        self.begin_session(account, Door::Demo, &from.agent).await
    }

    /// Follows a one-time link: the first administrator comes to be, or an account gets its new
    /// password.
    pub async fn follow_link(
        &self,
        token: &str,
        chosen: String,
        name: Option<&str>,
        mail: Option<&str>,
        from: &ComingFrom,
    ) -> Result<SignedIn, PeopleError> {
        let hash = secret::hash(token.trim());
        let now = self.clock.now();
        let whose = self.registry.find_link(&hash, now).await?;
        let Some(whose) = whose else {
            return Err(PeopleError::LinkGone);
        };
        let first = match &whose {
            Some(id) => self
                .registry
                .find_account(id)
                .await?
                .filter(|account| account.active)
                .ok_or(PeopleError::LinkGone)?,
            None => Account {
                id: self.new_id(),
                name: super::accounts::checked_name(name.unwrap_or_default())?,
                mail: Some(super::accounts::checked_mail(mail.unwrap_or_default())?),
                language: None,
                active: true,
                password_hash: None,
                badge_hash: None,
                pin_hash: None,
                created_at: now,
                created_by: "first start".to_owned(),
                grants: std::iter::once(Grant {
                    role: Role::Administrator,
                    unit: None,
                    team: None,
                })
                .collect(),
            },
        };
        let own: Vec<&str> = [Some(first.name.as_str()), first.mail.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        check_password(&chosen, &own).map_err(PeopleError::Weak)?;
        let password_hash = password::hash(chosen, self.salt_of_16()).await?;
        let first = Account {
            password_hash: Some(password_hash.clone()),
            ..first
        };
        let subject = format!("account/{}", first.id);
        let entry = self.entry(&first.id, "link.use", subject, json!({}));
        let id = self
            .registry
            .use_link(&hash, &password_hash, &first, &entry)
            .await?;
        let account = self
            .registry
            .find_account(&id)
            .await?
            .ok_or(PeopleError::LinkGone)?;
        self.begin_session(account, Door::Link, &from.agent).await
    }

    /// A new link that makes the first administrator; None when there are accounts.
    pub async fn first_link(&self) -> Result<Option<Secret>, PeopleError> {
        if self.registry.has_accounts().await? {
            return Ok(None);
        }
        self.make_link("operator", None).await.map(Some)
    }

    /// A new link with which an account chooses its password.
    pub async fn make_link(
        &self,
        actor: &str,
        account: Option<&str>,
    ) -> Result<Secret, PeopleError> {
        let token = Secret::draw(&mut self.rng());
        let now = self.clock.now();
        let lasts = if account.is_some() { LINK } else { FIRST_LINK };
        let link = OneTimeLink {
            token_hash: token.hash(),
            account: account.map(str::to_owned),
            created_at: now,
            expires_at: now.saturating_add(lasts).unwrap_or(now),
        };
        let subject = format!("account/{}", account.unwrap_or("first"));
        let entry = self.entry(actor, "link.create", subject, json!({}));
        self.registry.record_link(&link, &entry).await?;
        Ok(token)
    }

    /// Changes one's own password, with the old one as proof.
    pub async fn change_password(
        &self,
        account: &Account,
        old: String,
        new: String,
    ) -> Result<(), PeopleError> {
        self.prove(account, account.password_hash.clone(), old)
            .await?;
        let own: Vec<&str> = [Some(account.name.as_str()), account.mail.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        check_password(&new, &own).map_err(PeopleError::Weak)?;
        let hash = password::hash(new, self.salt_of_16()).await?;
        self.change_own(account, AccountChange::Password(hash), "password")
            .await
    }

    /// Changes one's own PIN, with the old one as proof.
    pub async fn change_pin(
        &self,
        account: &Account,
        old: String,
        new: String,
    ) -> Result<(), PeopleError> {
        self.prove(account, account.pin_hash.clone(), old).await?;
        password::check_pin(&new).map_err(PeopleError::Weak)?;
        let hash = password::hash(new, self.salt_of_16()).await?;
        self.change_own(account, AccountChange::Pin(hash), "pin")
            .await
    }

    async fn change_own(
        &self,
        account: &Account,
        change: AccountChange,
        what: &str,
    ) -> Result<(), PeopleError> {
        let entry = self.entry(
            &account.id,
            "account.change",
            format!("account/{}", account.id),
            json!({ "changed": what }),
        );
        self.registry
            .change_account(&account.id, &change, &entry)
            .await?;
        Ok(())
    }

    /// The old secret, with the same limit on guesses as at the door.
    async fn prove(
        &self,
        account: &Account,
        kept: Option<String>,
        old: String,
    ) -> Result<(), PeopleError> {
        let tried = format!("own/{}", account.id);
        self.count_attempt(&tried, FAILURES_OF_ONE_MAX).await?;
        if password::verify(old, kept).await? {
            self.registry.forget_failures(&tried).await?;
            Ok(())
        } else {
            Err(PeopleError::Wrong)
        }
    }

    pub(super) fn salt_of_16(&self) -> [u8; 16] {
        let mut salt = [0; 16];
        self.rng().fill_bytes(&mut salt);
        salt
    }
}
