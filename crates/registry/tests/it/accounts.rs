//! Accounts, sessions, one-time links and failed attempts.

use std::collections::BTreeSet;

use evenkeel_foundation::{TeamId, UnitId};
use evenkeel_registry::{
    Account, AccountChange, AuditEntry, Door, Grant, OneTimeLink, Registry, RegistryError, Role,
    Session,
};
use jiff::{SignedDuration, Timestamp};

use crate::database::{Database, contract};

contract!(
    an_account_comes_back_as_it_was_written,
    a_mail_address_belongs_to_one_account,
    the_last_administrator_stays,
    a_link_works_once_and_makes_one_first_administrator,
    a_new_link_replaces_the_one_before,
    a_session_ends_when_it_is_revoked_expired_or_the_password_changes,
    a_changed_token_leaves_the_one_before_a_short_while,
    failures_are_counted_within_a_window,
);

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn entry(second: i64, action: &str) -> AuditEntry {
    AuditEntry {
        at: at(second),
        actor: "test".to_owned(),
        action: action.to_owned(),
        subject: "account/ann".to_owned(),
        detail: serde_json::Value::Null,
    }
}

fn grant(role: Role) -> Grant {
    Grant {
        role,
        unit: None,
        team: None,
    }
}

fn account(id: &str, mail: Option<&str>, grants: impl IntoIterator<Item = Grant>) -> Account {
    Account {
        id: id.to_owned(),
        name: format!("{id} Dupont"),
        mail: mail.map(str::to_owned),
        language: Some("fr".to_owned()),
        active: true,
        password_hash: Some("$argon2id$…".to_owned()),
        badge_hash: None,
        pin_hash: None,
        created_at: at(0),
        created_by: "test".to_owned(),
        grants: grants.into_iter().collect(),
    }
}

async fn with_ann(database: &Database) -> Registry {
    let registry = database.open().await;
    let ann = account("ann", Some("ann@example.org"), [grant(Role::Administrator)]);
    registry
        .create_account(&ann, &entry(0, "account.create"))
        .await
        .unwrap();
    registry
}

async fn an_account_comes_back_as_it_was_written(database: &Database) {
    let registry = with_ann(database).await;
    let bob = Account {
        badge_hash: Some("b4d6e".to_owned()),
        pin_hash: Some("$argon2id$pin".to_owned()),
        password_hash: None,
        ..account(
            "bob",
            None,
            [
                Grant {
                    unit: Some(UnitId::parse("shop-1").unwrap()),
                    ..grant(Role::Lead)
                },
                Grant {
                    team: Some(TeamId::parse("kitchen-craft").unwrap()),
                    ..grant(Role::Designer)
                },
            ],
        )
    };
    let created = entry(1, "account.create");
    registry.create_account(&bob, &created).await.unwrap();
    assert_eq!(
        registry.find_account("bob").await.unwrap(),
        Some(bob.clone())
    );
    let by_badge = registry.find_account_by_badge("b4d6e").await.unwrap();
    assert_eq!(by_badge, Some(bob));
    let by_mail = registry.find_account_by_mail("ann@example.org").await;
    assert_eq!(by_mail.unwrap().unwrap().id, "ann");
    let names: Vec<String> = registry
        .list_accounts()
        .await
        .unwrap()
        .into_iter()
        .map(|account| account.id)
        .collect();
    assert_eq!(names, ["ann", "bob"]);
    let logged = registry.list_audit(None, 10).await.unwrap();
    assert_eq!(logged.len(), 2);
    assert_eq!(logged[0].entry, created);
}

async fn a_mail_address_belongs_to_one_account(database: &Database) {
    let registry = with_ann(database).await;
    let other = account("eve", Some("ann@example.org"), []);
    let error = registry
        .create_account(&other, &entry(1, "account.create"))
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            RegistryError::AlreadyRecorded {
                what: "account",
                ..
            }
        ),
        "{error}"
    );
    // Nothing of it was written, its entry in the log neither.
    assert_eq!(registry.find_account("eve").await.unwrap(), None);
    assert_eq!(registry.list_audit(None, 10).await.unwrap().len(), 1);
}

async fn the_last_administrator_stays(database: &Database) {
    let registry = with_ann(database).await;
    for change in [
        AccountChange::Active(false),
        AccountChange::Grants(BTreeSet::from([grant(Role::Analyst)])),
    ] {
        let error = registry
            .change_account("ann", &change, &entry(1, "account.change"))
            .await
            .unwrap_err();
        assert!(matches!(error, RegistryError::LastAdministrator), "{error}");
    }
    let bob = account("bob", None, [grant(Role::Administrator)]);
    registry
        .create_account(&bob, &entry(2, "account.create"))
        .await
        .unwrap();
    registry
        .change_account("ann", &AccountChange::Active(false), &entry(3, "x"))
        .await
        .unwrap();
    assert!(!registry.find_account("ann").await.unwrap().unwrap().active);
    let missing = registry
        .change_account("nobody", &AccountChange::Active(true), &entry(4, "x"))
        .await
        .unwrap_err();
    assert!(
        matches!(missing, RegistryError::NotFound { .. }),
        "{missing}"
    );
}

fn link(token: &str, account: Option<&str>, second: i64) -> OneTimeLink {
    OneTimeLink {
        token_hash: token.to_owned(),
        account: account.map(str::to_owned),
        created_at: at(second),
        expires_at: at(second + 3600),
    }
}

async fn a_link_works_once_and_makes_one_first_administrator(database: &Database) {
    let registry = database.open().await;
    registry
        .record_link(&link("t1", None, 0), &entry(0, "link.create"))
        .await
        .unwrap();
    assert_eq!(registry.find_link("t1", at(1)).await.unwrap(), Some(None));
    assert_eq!(registry.find_link("t1", at(4000)).await.unwrap(), None);
    let ann = account("ann", Some("ann@example.org"), [grant(Role::Administrator)]);
    let bob = account("bob", Some("bob@example.org"), [grant(Role::Administrator)]);
    let (first, second) = (entry(2, "link.use"), entry(2, "link.use"));
    let (ann, bob) = tokio::join!(
        registry.use_link("t1", "hash", &ann, &first),
        registry.use_link("t1", "hash", &bob, &second),
    );
    assert_eq!(
        u8::from(ann.is_ok()) + u8::from(bob.is_ok()),
        1,
        "{ann:?} {bob:?}"
    );
    assert_eq!(registry.list_accounts().await.unwrap().len(), 1);
    // A further link of that kind makes nobody.
    registry
        .record_link(&link("t2", None, 3), &entry(3, "link.create"))
        .await
        .unwrap();
    let third = account("cid", None, [grant(Role::Administrator)]);
    let refused = registry
        .use_link("t2", "hash", &third, &entry(4, "link.use"))
        .await;
    assert!(matches!(
        refused.unwrap_err(),
        RegistryError::NotFound { .. }
    ));
    assert_eq!(registry.list_accounts().await.unwrap().len(), 1);
}

async fn a_new_link_replaces_the_one_before(database: &Database) {
    let registry = with_ann(database).await;
    for (token, second) in [("t1", 0), ("t2", 1)] {
        registry
            .record_link(&link(token, Some("ann"), second), &entry(second, "link"))
            .await
            .unwrap();
    }
    assert_eq!(registry.find_link("t1", at(2)).await.unwrap(), None);
    let nobody = account("x", None, []);
    let whose = registry
        .use_link("t2", "$argon2id$new", &nobody, &entry(2, "link.use"))
        .await
        .unwrap();
    assert_eq!(whose, "ann");
    let ann = registry.find_account("ann").await.unwrap().unwrap();
    assert_eq!(ann.password_hash.as_deref(), Some("$argon2id$new"));
}

async fn came_in(registry: &Registry, id: &str, token: &str) -> Session {
    let session = Session {
        id: id.to_owned(),
        account: "ann".to_owned(),
        door: Door::Password,
        agent: "a browser".to_owned(),
        created_at: at(10),
        seen_at: at(10),
        changed_at: at(10),
        expires_at: at(1000),
    };
    registry.record_session(&session, token).await.unwrap();
    session
}

async fn a_session_ends_when_it_is_revoked_expired_or_the_password_changes(database: &Database) {
    let registry = with_ann(database).await;
    let first = came_in(&registry, "s1", "h1").await;
    came_in(&registry, "s2", "h2").await;
    came_in(&registry, "s3", "h3").await;
    let find = async |token: &str, second: i64| {
        registry
            .find_session(token, at(second), MINUTE)
            .await
            .unwrap()
    };
    assert_eq!(find("h1", 11).await, Some(first));
    assert_eq!(find("h1", 1000).await, None);
    assert_eq!(find("h4", 11).await, None);
    assert!(registry.revoke_session("ann", "s2", at(12)).await.unwrap());
    assert!(!registry.revoke_session("eve", "s1", at(12)).await.unwrap());
    assert_eq!(find("h2", 13).await, None);
    registry
        .touch_session("s1", at(500), at(2000))
        .await
        .unwrap();
    assert!(find("h1", 1500).await.is_some());
    let live = registry.list_sessions("ann", at(14)).await.unwrap();
    let ids: Vec<&str> = live.iter().map(|session| session.id.as_str()).collect();
    assert_eq!(ids, ["s1", "s3"]);
    let changed = AccountChange::Password("$argon2id$new".to_owned());
    registry
        .change_account("ann", &changed, &entry(15, "account.password"))
        .await
        .unwrap();
    assert_eq!(find("h1", 16).await, None);
    assert_eq!(find("h3", 16).await, None);
    assert_eq!(registry.remove_sessions_before(at(3000)).await.unwrap(), 3);
}

async fn a_changed_token_leaves_the_one_before_a_short_while(database: &Database) {
    let registry = with_ann(database).await;
    came_in(&registry, "s1", "h1").await;
    let rotated = registry.rotate_session("s1", "h1", "h2", at(100)).await;
    assert!(rotated.unwrap());
    // Two requests at once: the second keeps what the first wrote.
    let again = registry.rotate_session("s1", "h1", "h3", at(100)).await;
    assert!(!again.unwrap());
    let find = async |token: &str, second: i64| {
        let found = registry.find_session(token, at(second), MINUTE).await;
        found.unwrap().is_some()
    };
    assert!(find("h2", 500).await);
    assert!(find("h1", 130).await);
    assert!(!find("h1", 160).await);
    assert!(!find("h3", 101).await);
}

async fn failures_are_counted_within_a_window(database: &Database) {
    let registry = database.open().await;
    let mut counted = Vec::new();
    for second in [0, 1, 2, 61, 62] {
        counted.push(
            registry
                .count_failure("account/ann", at(second), MINUTE)
                .await
                .unwrap(),
        );
    }
    assert_eq!(counted, [1, 2, 3, 1, 2]);
    let found = registry.find_failures("account/ann", at(63), MINUTE).await;
    assert_eq!(found.unwrap(), Some((2, at(61))));
    let later = registry.find_failures("account/ann", at(122), MINUTE).await;
    assert_eq!(later.unwrap(), None);
    registry.uncount_failure("account/ann").await.unwrap();
    let fewer = registry.find_failures("account/ann", at(63), MINUTE).await;
    assert_eq!(fewer.unwrap(), Some((1, at(61))));
    registry.forget_failures("account/ann").await.unwrap();
    let none = registry.find_failures("account/ann", at(63), MINUTE).await;
    assert_eq!(none.unwrap(), None);
}
