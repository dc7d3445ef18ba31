//! Making and changing accounts.
//!
//! Invariant: what a grant names exists: a lead and a member have a unit, a designer has a team.

use std::collections::BTreeSet;

use evenkeel_foundation::{Foundation, TeamId, UnitId};
use evenkeel_registry::{Account, AccountChange, Grant, Role};
use serde_json::{Value, json};

use super::{Office, PeopleError};
use crate::access::password;
use crate::access::secret::{Secret, draw_pin};

const NAME_CHARACTERS_MAX: usize = 200;
const MAIL_CHARACTERS_MAX: usize = 254;

/// Who gets an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    pub name: String,
    pub mail: Option<String>,
    pub language: Option<String>,
    pub grants: Vec<AskedGrant>,
}

/// A grant as it was sent: role, unit, team.
pub type AskedGrant = (String, Option<String>, Option<String>);

/// What is printed on a badge, once.
#[derive(Debug)]
pub struct Badge {
    pub code: Secret,
    pub pin: String,
}

impl Office {
    /// Every account, by name.
    pub async fn accounts(&self) -> Result<Vec<Account>, PeopleError> {
        Ok(self.registry.list_accounts().await?)
    }

    /// The account of that id.
    pub async fn account(&self, id: &str) -> Result<Account, PeopleError> {
        let found = self.registry.find_account(id).await?;
        found.ok_or_else(|| PeopleError::Unknown(id.to_owned()))
    }

    /// Makes an account.
    pub async fn create_account(
        &self,
        actor: &str,
        new: NewAccount,
    ) -> Result<Account, PeopleError> {
        let foundation = self.foundation().await.foundation;
        let account = Account {
            id: self.new_id(),
            name: checked_name(&new.name)?,
            mail: new.mail.as_deref().map(checked_mail).transpose()?,
            language: new
                .language
                .map(|text| checked_language(&text))
                .transpose()?,
            active: true,
            password_hash: None,
            badge_hash: None,
            pin_hash: None,
            created_at: self.clock.now(),
            created_by: actor.to_owned(),
            grants: checked_grants(&foundation, &new.grants)?,
        };
        let entry = self.entry(
            actor,
            "account.create",
            format!("account/{}", account.id),
            json!({ "name": account.name, "grants": grants_said(&account.grants) }),
        );
        self.registry.create_account(&account, &entry).await?;
        Ok(account)
    }

    /// Changes name, mail and language of an account.
    pub async fn change_profile(
        &self,
        actor: &str,
        id: &str,
        name: &str,
        mail: Option<&str>,
        language: Option<&str>,
    ) -> Result<(), PeopleError> {
        let change = AccountChange::Profile {
            name: checked_name(name)?,
            mail: mail.map(checked_mail).transpose()?,
            language: language.map(checked_language).transpose()?,
        };
        self.change_account(actor, id, change, json!({ "changed": "profile" }))
            .await
    }

    /// Says anew what an account may do.
    pub async fn change_grants(
        &self,
        actor: &str,
        id: &str,
        grants: &[AskedGrant],
    ) -> Result<(), PeopleError> {
        let foundation = self.foundation().await.foundation;
        let grants = checked_grants(&foundation, grants)?;
        let detail = json!({ "changed": "grants", "grants": grants_said(&grants) });
        self.change_account(actor, id, AccountChange::Grants(grants), detail)
            .await
    }

    /// Closes an account, with all its sessions, or opens it again.
    pub async fn change_active(
        &self,
        actor: &str,
        id: &str,
        active: bool,
    ) -> Result<(), PeopleError> {
        let detail = json!({ "changed": "active", "active": active });
        self.change_account(actor, id, AccountChange::Active(active), detail)
            .await
    }

    /// A new badge and PIN; the one before stops working.
    pub async fn make_badge(&self, actor: &str, id: &str) -> Result<Badge, PeopleError> {
        let mut rng = self.rng();
        let code = Secret::draw(&mut rng);
        let pin = loop {
            let pin = draw_pin(&mut rng);
            if password::check_pin(&pin).is_ok() {
                break pin;
            }
        };
        let hash = password::hash(pin.clone(), self.salt_of_16()).await?;
        let change = AccountChange::Badge(Some((code.hash(), hash)));
        self.change_account(actor, id, change, json!({ "changed": "badge" }))
            .await?;
        Ok(Badge { code, pin })
    }

    /// Takes a badge away.
    pub async fn remove_badge(&self, actor: &str, id: &str) -> Result<(), PeopleError> {
        let detail = json!({ "changed": "badge", "removed": true });
        self.change_account(actor, id, AccountChange::Badge(None), detail)
            .await
    }

    async fn change_account(
        &self,
        actor: &str,
        id: &str,
        change: AccountChange,
        detail: Value,
    ) -> Result<(), PeopleError> {
        let entry = self.entry(actor, "account.change", format!("account/{id}"), detail);
        self.registry.change_account(id, &change, &entry).await?;
        Ok(())
    }
}

fn field(field: &str, found: &str, allowed: impl Into<String>) -> PeopleError {
    PeopleError::Field {
        field: field.to_owned(),
        found: found.to_owned(),
        allowed: allowed.into(),
    }
}

/// A name of one line.
pub(super) fn checked_name(name: &str) -> Result<String, PeopleError> {
    let name = name.trim();
    let fits = !name.is_empty()
        && name.chars().count() <= NAME_CHARACTERS_MAX
        && !name.chars().any(char::is_control);
    if fits {
        Ok(name.to_owned())
    } else {
        let allowed = format!("a name of 1 to {NAME_CHARACTERS_MAX} characters on one line");
        Err(field("name", name, allowed))
    }
}

/// An address that could be one; only a mail that arrives proves more.
pub(super) fn checked_mail(mail: &str) -> Result<String, PeopleError> {
    let mail = mail.trim().to_lowercase();
    let fits = mail.chars().count() <= MAIL_CHARACTERS_MAX
        && !mail
            .chars()
            .any(|one| one.is_whitespace() || one.is_control())
        && mail
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.len() > 2 && !host.contains('@'));
    if fits {
        Ok(mail)
    } else {
        Err(field("mail", &mail, "an address such as ann@example.org"))
    }
}

fn checked_language(language: &str) -> Result<String, PeopleError> {
    const LANGUAGES: [&str; 4] = ["nl", "fr", "de", "en"];
    if LANGUAGES.contains(&language) {
        Ok(language.to_owned())
    } else {
        Err(field("language", language, LANGUAGES.join(", ")))
    }
}

fn checked_grants(
    foundation: &Foundation,
    asked: &[AskedGrant],
) -> Result<BTreeSet<Grant>, PeopleError> {
    asked
        .iter()
        .enumerate()
        .map(|(at, (role, unit, team))| {
            let place = |name: &str| format!("grants[{at}].{name}");
            let roles = Role::EVERY.map(Role::as_str).join(", ");
            let role = Role::find(role).ok_or_else(|| field(&place("role"), role, roles))?;
            let unit = unit.as_deref().map(|name| {
                let known = foundation.units.get(name);
                known.map(|unit| unit.id.clone()).ok_or_else(|| {
                    let ids = foundation.units.keys().map(UnitId::as_str);
                    field(&place("unit"), name, listed(ids))
                })
            });
            let team = team.as_deref().map(|name| {
                let known = foundation.teams.get(name);
                known.map(|team| team.id.clone()).ok_or_else(|| {
                    let ids = foundation.teams.keys().map(TeamId::as_str);
                    field(&place("team"), name, listed(ids))
                })
            });
            let (unit, team) = (unit.transpose()?, team.transpose()?);
            match role {
                Role::Lead | Role::Member if unit.is_none() => {
                    return Err(field(&place("unit"), "nothing", "the unit that it is of"));
                }
                Role::Designer if team.is_none() => {
                    return Err(field(&place("team"), "nothing", "the team that it is of"));
                }
                _ => {}
            }
            if let (Some(team), false) = (&team, role == Role::Designer) {
                return Err(field(
                    &place("team"),
                    team.as_str(),
                    "nothing: only a designer has a team",
                ));
            }
            Ok(Grant { role, unit, team })
        })
        .collect()
}

fn listed<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 20;
    let mut ids: Vec<&str> = ids.collect();
    let more = ids.len().saturating_sub(SHOWN);
    ids.truncate(SHOWN);
    let shown = ids.join(", ");
    if more == 0 {
        shown
    } else {
        format!("{shown} and {more} more")
    }
}

fn grants_said(grants: &BTreeSet<Grant>) -> Value {
    grants
        .iter()
        .map(|grant| {
            json!({
                "role": grant.role.as_str(),
                "unit": grant.unit.as_ref().map(UnitId::as_str),
                "team": grant.team.as_ref().map(TeamId::as_str),
            })
        })
        .collect()
}
