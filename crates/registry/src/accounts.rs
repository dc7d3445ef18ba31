//! Accounts: people who work with this installation, and what they may do where.
//!
//! Invariants: secrets are here as hashes only; each change is audited in the same transaction;
//! somebody active stays administrator, so that an installation never locks itself out. Absent on
//! purpose: hashing (room `web`), sessions (`sessions`), what a role may do.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_foundation::{TeamId, UnitId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::audit::{self, AuditEntry};
use crate::columns::{get, timestamp, unreadable};
use crate::{Registry, RegistryError, Result, Role};

/// A role, and where it holds: the whole organisation where neither unit nor team is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// This unit and what is below it.
    pub unit: Option<UnitId>,
    /// This team's standards.
    pub team: Option<TeamId>,
}

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// In lower case; none for people without company mail.
    pub mail: Option<String>,
    /// Language of the pages.
    pub language: Option<String>,
    /// May the person come in?
    pub active: bool,
    /// argon2id, as a PHC string.
    pub password_hash: Option<String>,
    /// SHA-256 of the code on the badge.
    pub badge_hash: Option<String>,
    /// argon2id of the PIN, as a PHC string.
    pub pin_hash: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: String,
    /// What the person may do.
    pub grants: BTreeSet<Grant>,
}

/// A change of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountChange {
    /// Name, mail and language.
    Profile {
        /// The person's name.
        name: String,
        /// In lower case.
        mail: Option<String>,
        /// Language of the pages.
        language: Option<String>,
    },
    /// argon2id, as a PHC string.
    Password(String),
    /// A new badge with its PIN, or none.
    Badge(Option<(String, String)>),
    /// argon2id of a new PIN.
    Pin(String),
    /// Everything that the person may do.
    Grants(BTreeSet<Grant>),
    /// Whether the person may come in; all sessions end where not.
    Active(bool),
}

impl Registry {
    /// Writes a new account. Errors: `AlreadyRecorded` when its id, mail or badge is taken.
    pub async fn create_account(&self, account: &Account, entry: &AuditEntry) -> Result<()> {
        let failed = || RegistryError::query("write an account");
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        audit::write(&mut transaction, entry).await?;
        insert(&mut transaction, account).await?;
        transaction.commit().await.map_err(failed())
    }

    /// Changes an account that has to exist.
    ///
    /// Errors: `NotFound`; `AlreadyRecorded` when a mail or badge is taken; `LastAdministrator`.
    pub async fn change_account(
        &self,
        id: &str,
        change: &AccountChange,
        entry: &AuditEntry,
    ) -> Result<()> {
        let failed = || RegistryError::query("change an account");
        let mut transaction = self.pool.begin().await.map_err(failed())?;
        audit::write(&mut transaction, entry).await?;
        change_one(&mut transaction, id, change, entry.at).await?;
        ensure_administrator(&mut transaction).await?;
        transaction.commit().await.map_err(failed())
    }

    /// Is there any account yet?
    pub async fn has_accounts(&self) -> Result<bool> {
        let row = sqlx::query("SELECT COUNT(*) AS n FROM accounts")
            .fetch_one(&self.pool)
            .await
            .map_err(RegistryError::query("count the accounts"))?;
        Ok(get::<i64>(&row, "n")? > 0)
    }

    /// Lists accounts by name.
    pub async fn list_accounts(&self) -> Result<Vec<Account>> {
        let rows = sqlx::query("SELECT * FROM accounts ORDER BY name, id")
            .fetch_all(&self.pool)
            .await
            .map_err(RegistryError::query("list the accounts"))?;
        let granted = sqlx::query("SELECT * FROM grants")
            .fetch_all(&self.pool)
            .await
            .map_err(RegistryError::query("list what accounts may do"))?;
        let mut grants: BTreeMap<String, BTreeSet<Grant>> = BTreeMap::new();
        for row in &granted {
            let of = grants.entry(get(row, "account")?).or_default();
            of.insert(grant(row)?);
        }
        rows.iter()
            .map(|row| {
                let mut account = account(row)?;
                account.grants = grants.remove(&account.id).unwrap_or_default();
                Ok(account)
            })
            .collect()
    }

    /// Finds an account by its id.
    pub async fn find_account(&self, id: &str) -> Result<Option<Account>> {
        self.find_by("SELECT * FROM accounts WHERE id = $1", id)
            .await
    }

    /// Finds an account by its mail address, in lower case.
    pub async fn find_account_by_mail(&self, mail: &str) -> Result<Option<Account>> {
        self.find_by("SELECT * FROM accounts WHERE mail = $1", mail)
            .await
    }

    /// Finds an account by the SHA-256 of its badge's code.
    pub async fn find_account_by_badge(&self, hash: &str) -> Result<Option<Account>> {
        self.find_by("SELECT * FROM accounts WHERE badge_hash = $1", hash)
            .await
    }

    async fn find_by(&self, sql: &'static str, key: &str) -> Result<Option<Account>> {
        let row = sqlx::query(sql)
            .bind(key)
            .fetch_optional(&self.pool)
            .await
            .map_err(RegistryError::query("look up an account"))?;
        let Some(row) = row else { return Ok(None) };
        let mut account = account(&row)?;
        let granted = sqlx::query("SELECT * FROM grants WHERE account = $1")
            .bind(account.id.as_str())
            .fetch_all(&self.pool)
            .await
            .map_err(RegistryError::query("look up what an account may do"))?;
        account.grants = granted.iter().map(grant).collect::<Result<_>>()?;
        Ok(Some(account))
    }
}

/// Writes an account with its grants as part of a transaction.
pub(crate) async fn insert(connection: &mut AnyConnection, account: &Account) -> Result<()> {
    sqlx::query(
        "INSERT INTO accounts (id, name, mail, language, active, password_hash, badge_hash, \
         pin_hash, created_at_micros, created_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(account.id.as_str())
    .bind(account.name.as_str())
    .bind(account.mail.as_deref())
    .bind(account.language.as_deref())
    .bind(i64::from(account.active))
    .bind(account.password_hash.as_deref())
    .bind(account.badge_hash.as_deref())
    .bind(account.pin_hash.as_deref())
    .bind(account.created_at.as_microsecond())
    .bind(account.created_by.as_str())
    .execute(&mut *connection)
    .await
    .map_err(|source| taken(source, "account", &account.id))?;
    write_grants(connection, &account.id, &account.grants).await
}

pub(crate) async fn change_one(
    connection: &mut AnyConnection,
    id: &str,
    change: &AccountChange,
    at: Timestamp,
) -> Result<()> {
    let query = match change {
        AccountChange::Profile {
            name,
            mail,
            language,
        } => sqlx::query("UPDATE accounts SET name = $2, mail = $3, language = $4 WHERE id = $1")
            .bind(id)
            .bind(name.as_str())
            .bind(mail.as_deref())
            .bind(language.as_deref()),
        AccountChange::Password(hash) => {
            sqlx::query("UPDATE accounts SET password_hash = $2 WHERE id = $1")
                .bind(id)
                .bind(hash.as_str())
        }
        AccountChange::Badge(badge) => {
            let (badge, pin) = badge.as_ref().map_or((None, None), |(badge, pin)| {
                (Some(badge.as_str()), Some(pin.as_str()))
            });
            sqlx::query("UPDATE accounts SET badge_hash = $2, pin_hash = $3 WHERE id = $1")
                .bind(id)
                .bind(badge)
                .bind(pin)
        }
        AccountChange::Pin(hash) => sqlx::query("UPDATE accounts SET pin_hash = $2 WHERE id = $1")
            .bind(id)
            .bind(hash.as_str()),
        // The account has to exist for its grants as well.
        AccountChange::Grants(_) => {
            sqlx::query("UPDATE accounts SET active = active WHERE id = $1").bind(id)
        }
        AccountChange::Active(active) => {
            sqlx::query("UPDATE accounts SET active = $2 WHERE id = $1")
                .bind(id)
                .bind(i64::from(*active))
        }
    };
    let written = query
        .execute(&mut *connection)
        .await
        .map_err(|source| taken(source, "mail address or badge of account", id))?;
    if written.rows_affected() == 0 {
        return Err(RegistryError::NotFound {
            what: "account",
            id: id.to_owned(),
        });
    }
    match change {
        AccountChange::Grants(grants) => {
            sqlx::query("DELETE FROM grants WHERE account = $1")
                .bind(id)
                .execute(&mut *connection)
                .await
                .map_err(RegistryError::query("replace what an account may do"))?;
            write_grants(connection, id, grants).await
        }
        // Whoever knew the old secret, or is gone, is out at once.
        AccountChange::Active(false) | AccountChange::Password(_) | AccountChange::Badge(_) => {
            crate::sessions::revoke_of(connection, id, at).await
        }
        _ => Ok(()),
    }
}

async fn write_grants(
    connection: &mut AnyConnection,
    account: &str,
    grants: &BTreeSet<Grant>,
) -> Result<()> {
    for grant in grants {
        sqlx::query("INSERT INTO grants (account, role, unit, team) VALUES ($1, $2, $3, $4)")
            .bind(account)
            .bind(grant.role.as_str())
            .bind(grant.unit.as_ref().map_or("", UnitId::as_str))
            .bind(grant.team.as_ref().map_or("", TeamId::as_str))
            .execute(&mut *connection)
            .await
            .map_err(RegistryError::query("write what an account may do"))?;
    }
    Ok(())
}

async fn ensure_administrator(connection: &mut AnyConnection) -> Result<()> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS n FROM accounts a JOIN grants g ON g.account = a.id \
         WHERE a.active = 1 AND g.role = 'administrator'",
    )
    .fetch_one(connection)
    .await
    .map_err(RegistryError::query("count the administrators"))?;
    if get::<i64>(&row, "n")? == 0 {
        return Err(RegistryError::LastAdministrator);
    }
    Ok(())
}

fn taken(source: sqlx::Error, what: &'static str, id: &str) -> RegistryError {
    match &source {
        sqlx::Error::Database(error) if error.is_unique_violation() => {
            RegistryError::AlreadyRecorded {
                what,
                id: id.to_owned(),
            }
        }
        _ => RegistryError::query("write an account")(source),
    }
}

fn account(row: &AnyRow) -> Result<Account> {
    Ok(Account {
        id: get(row, "id")?,
        name: get(row, "name")?,
        mail: get(row, "mail")?,
        language: get(row, "language")?,
        active: get::<i64>(row, "active")? == 1,
        password_hash: get(row, "password_hash")?,
        badge_hash: get(row, "badge_hash")?,
        pin_hash: get(row, "pin_hash")?,
        created_at: timestamp(get(row, "created_at_micros")?, "accounts.created_at_micros")?,
        created_by: get(row, "created_by")?,
        grants: BTreeSet::new(),
    })
}

fn grant(row: &AnyRow) -> Result<Grant> {
    let role: String = get(row, "role")?;
    let unit: String = get(row, "unit")?;
    let team: String = get(row, "team")?;
    let unreadable = |found: &str| unreadable("grants", &found);
    Ok(Grant {
        role: Role::find(&role).ok_or_else(|| unreadable(&role))?,
        unit: named(&unit, UnitId::parse).map_err(|()| unreadable(&unit))?,
        team: named(&team, TeamId::parse).map_err(|()| unreadable(&team))?,
    })
}

/// An id, or none where the column is empty.
fn named<T, E>(
    text: &str,
    parse: impl Fn(&str) -> std::result::Result<T, E>,
) -> std::result::Result<Option<T>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    parse(text).map(Some).map_err(|_| ())
}
