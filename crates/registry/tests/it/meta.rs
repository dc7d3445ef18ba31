//! Values of the installation: kept once, for ever.

use evenkeel_registry::MetaName;

use crate::database::{Database, contract};

contract!(first_candidate_stays, two_processes_agree_on_one_salt);

async fn first_candidate_stays(database: &Database) {
    let registry = database.open().await;
    let name = MetaName::INSTALLATION_ID;
    assert_eq!(registry.find_meta(name).await.unwrap(), None);
    assert_eq!(registry.keep_meta(name, "first").await.unwrap(), "first");
    assert_eq!(registry.keep_meta(name, "second").await.unwrap(), "first");
    let other = MetaName::new("web_session_key");
    assert_eq!(registry.keep_meta(other, "third").await.unwrap(), "third");
    registry.close().await;

    let reopened = database.open().await;
    let found = reopened.find_meta(name).await.unwrap();
    assert_eq!(found.as_deref(), Some("first"));
}

async fn two_processes_agree_on_one_salt(database: &Database) {
    let name = MetaName::ORGANISATION_SALT;
    let (one, two) = (database.open().await, database.open().await);
    let (first, second) = tokio::join!(
        one.keep_meta(name, "salt of one"),
        two.keep_meta(name, "salt of two")
    );
    assert_eq!(first.unwrap(), second.unwrap());
}
