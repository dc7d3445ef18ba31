//! Releases: written once, listed latest first.

use evenkeel_registry::{RegistryError, ReleaseEntry};

use crate::database::{Database, contract};

contract!(a_release_is_written_once, the_latest_comes_first);

fn entry(number: u32) -> ReleaseEntry {
    ReleaseEntry {
        number,
        released_at: jiff::Timestamp::from_second(1_790_000_000 + i64::from(number)).unwrap(),
        reason: format!("import {number}"),
        foundation_version: 3,
        snapshot: format!("responses_pulse@{number}"),
    }
}

async fn a_release_is_written_once(database: &Database) {
    let registry = database.open().await;
    registry.record_release(&entry(1), "{}").await.unwrap();
    let error = registry.record_release(&entry(1), "{\"other\":1}").await;
    let error = error.unwrap_err();
    assert!(
        matches!(
            error,
            RegistryError::AlreadyRecorded {
                what: "release",
                ..
            }
        ),
        "{error}"
    );
    let found = registry.find_latest_release().await.unwrap().unwrap();
    assert_eq!(found, (entry(1), "{}".to_owned()));
}

async fn the_latest_comes_first(database: &Database) {
    let registry = database.open().await;
    assert_eq!(registry.find_latest_release().await.unwrap(), None);
    for number in 1..=11 {
        let content = format!("[{number}]");
        registry
            .record_release(&entry(number), &content)
            .await
            .unwrap();
    }
    registry.close().await;
    let reopened = database.open().await;
    let (latest, content) = reopened.find_latest_release().await.unwrap().unwrap();
    assert_eq!((latest.number, content.as_str()), (11, "[11]"));
    let listed = reopened.list_releases().await.unwrap();
    assert_eq!(listed.len(), 11);
    assert_eq!((listed[0].number, listed[10].number), (11, 1));
}
