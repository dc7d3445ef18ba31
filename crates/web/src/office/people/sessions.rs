//! Whose a token is, and how long it lasts.
//!
//! Invariant: a session that began at a badge is short, because the machine is shared.

use evenkeel_registry::{Account, Door, Session};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Office, PeopleError, SignedIn};
use crate::access::secret::{self, Secret};
use crate::access::{Cookie, Person};
use crate::office::OfficeError;

/// A session ends when nothing was asked for so long …
const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// … and at the latest after so long.
const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The same on a machine that is shared.
const BADGE_IDLE: SignedDuration = SignedDuration::from_mins(30);
const BADGE_LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// A token is exchanged for a new one after so long.
const TOKEN_LASTS: SignedDuration = SignedDuration::from_hours(1);
/// The token before works so long, for requests that were under way.
const GRACE: SignedDuration = SignedDuration::from_mins(1);
/// That a session was used is written down at most so often.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// Sessions that ended are kept so long, for whoever looks back.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// When a session ends if nothing more is asked.
fn ends(door: Door, began: Timestamp, now: Timestamp) -> Timestamp {
    let (idle, longest) = match door {
        Door::Badge => (BADGE_IDLE, BADGE_LONGEST),
        Door::Password | Door::Link | Door::Demo => (IDLE, LONGEST),
    };
    let after = |from: Timestamp, how_long| from.saturating_add(how_long).unwrap_or(from);
    after(now, idle).min(after(began, longest))
}

impl Office {
    /// How this installation's cookie is written and read.
    pub fn cookie(&self) -> &Cookie {
        &self.cookie
    }

    /// Begins a session.
    pub(super) async fn begin_session(
        &self,
        account: Account,
        door: Door,
        agent: &str,
    ) -> Result<SignedIn, PeopleError> {
        let now = self.clock.now();
        let token = Secret::draw(&mut self.rng());
        let session = Session {
            id: self.new_id(),
            account: account.id.clone(),
            door,
            agent: agent.chars().take(200).collect(),
            created_at: now,
            seen_at: now,
            changed_at: now,
            expires_at: ends(door, now, now),
        };
        self.registry
            .record_session(&session, &token.hash())
            .await?;
        let entry = self.entry(
            &account.id,
            "session.begin",
            format!("session/{}", session.id),
            json!({ "door": door.as_str() }),
        );
        self.registry.audit(&entry).await?;
        Ok(SignedIn {
            person: Person {
                account,
                session: Some(session),
            },
            token,
        })
    }

    /// Whose token this is, and the new token where it was time for one.
    pub async fn find_person(
        &self,
        token: &str,
    ) -> Result<Option<(Person, Option<Secret>)>, OfficeError> {
        let hash = secret::hash(token);
        let now = self.clock.now();
        let Some(session) = self.registry.find_session(&hash, now, GRACE).await? else {
            return Ok(None);
        };
        let account = self.registry.find_account(&session.account).await?;
        let Some(account) = account.filter(|account| account.active) else {
            return Ok(None);
        };
        if now.duration_since(session.seen_at) >= SEEN_EVERY {
            let ends = ends(session.door, session.created_at, now);
            self.registry.touch_session(&session.id, now, ends).await?;
        }
        let mut fresh = None;
        if now.duration_since(session.changed_at) >= TOKEN_LASTS {
            let next = Secret::draw(&mut self.rng());
            let changed = self
                .registry
                .rotate_session(&session.id, &hash, &next.hash(), now)
                .await?;
            fresh = changed.then_some(next);
        }
        let person = Person {
            account,
            session: Some(session),
        };
        Ok(Some((person, fresh)))
    }

    /// Whom a visitor of the demo is until they choose: its first administrator.
    pub async fn demo_person(&self) -> Result<Option<Person>, OfficeError> {
        if !self.is_demo() {
            return Ok(None);
        }
        let accounts = self.registry.list_accounts().await?;
        Ok(accounts
            .into_iter()
            .find(|account| {
                account
                    .grants
                    .iter()
                    .any(|grant| grant.role == evenkeel_registry::Role::Administrator)
            })
            .map(|account| Person {
                account,
                session: None,
            }))
    }

    /// The live sessions of an account.
    pub async fn sessions_of(&self, account: &str) -> Result<Vec<Session>, OfficeError> {
        let now = self.clock.now();
        Ok(self.registry.list_sessions(account, now).await?)
    }

    /// Ends a session of an account. False when there is none.
    pub async fn end_session(&self, account: &str, id: &str) -> Result<bool, OfficeError> {
        let ended = self
            .registry
            .revoke_session(account, id, self.clock.now())
            .await?;
        if ended {
            let entry = self.entry(account, "session.end", format!("session/{id}"), json!({}));
            self.registry.audit(&entry).await?;
        }
        Ok(ended)
    }

    /// Forgets sessions and guesses of long ago.
    pub(in crate::office) async fn forget_old_sessions(&self) -> Result<(), OfficeError> {
        let before = self
            .clock
            .now()
            .saturating_sub(KEPT)
            .unwrap_or(Timestamp::MIN);
        self.registry.remove_sessions_before(before).await?;
        self.registry.remove_attempts_before(before).await?;
        Ok(())
    }
}
