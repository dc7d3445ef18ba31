//! The inbox: each event once, in order, until it is taken out.

use evenkeel_registry::{AuditEntry, Hook, Receipt, Received};
use jiff::Timestamp;

use crate::database::{Database, contract};

contract!(
    an_event_is_received_once,
    something_else_under_the_same_name_is_a_conflict,
    sixteen_at_once_are_all_there_once_and_in_order,
    what_was_taken_out_is_gone_and_numbers_go_on,
    a_webhook_is_replaced_and_removed,
    what_came_last_is_known_by_sender,
);

fn receipt(event: &str, says: &str) -> Receipt {
    Receipt {
        source: "till".to_owned(),
        event: event.to_owned(),
        fingerprint: says.to_owned(),
        answer: format!("{{\"said\":\"{says}\"}}"),
        rows: vec![format!("{{\"row\":\"{event}\"}}")],
        at: Timestamp::from_second(1_790_000_000).unwrap(),
    }
}

async fn an_event_is_received_once(database: &Database) {
    let registry = database.open().await;
    let first = registry
        .receive(&[receipt("a", "x"), receipt("b", "x")])
        .await;
    assert_eq!(first.unwrap(), [Received::Stored, Received::Stored]);
    let again = registry
        .receive(&[receipt("b", "x"), receipt("c", "x")])
        .await;
    let answer = receipt("b", "x").answer;
    assert_eq!(
        again.unwrap(),
        [Received::Already { answer }, Received::Stored]
    );
    // Twice in one go, too.
    let both = registry
        .receive(&[receipt("d", "x"), receipt("d", "x")])
        .await;
    assert!(matches!(
        both.unwrap()[..],
        [Received::Stored, Received::Already { .. }]
    ));
    let waiting = registry.list_inbox(10).await.unwrap();
    let rows: Vec<&str> = waiting.iter().map(|row| row.content.as_str()).collect();
    assert_eq!(
        rows,
        ["a", "b", "c", "d"].map(|event| format!("{{\"row\":\"{event}\"}}"))
    );
}

async fn something_else_under_the_same_name_is_a_conflict(database: &Database) {
    let registry = database.open().await;
    registry.receive(&[receipt("a", "x")]).await.unwrap();
    let other = registry.receive(&[receipt("a", "y")]).await.unwrap();
    assert_eq!(other, [Received::Conflict]);
    assert_eq!(registry.list_inbox(10).await.unwrap().len(), 1);
}

async fn sixteen_at_once_are_all_there_once_and_in_order(database: &Database) {
    let registry = database.open().await;
    let mut clients = Vec::new();
    for client in 0..16 {
        let registry = registry.clone();
        clients.push(tokio::spawn(async move {
            for number in 0..10 {
                // Half of them are everybody's, half their own.
                let event = match number % 2 {
                    0 => format!("shared-{number}"),
                    _ => format!("own-{client}-{number}"),
                };
                registry.receive(&[receipt(&event, "x")]).await.unwrap();
            }
        }));
    }
    for client in clients {
        client.await.unwrap();
    }
    let waiting = registry.list_inbox(1000).await.unwrap();
    assert_eq!(waiting.len(), 5 + 16 * 5);
    assert!(
        waiting
            .windows(2)
            .all(|two| two[0].sequence < two[1].sequence)
    );
}

async fn what_was_taken_out_is_gone_and_numbers_go_on(database: &Database) {
    let registry = database.open().await;
    registry
        .receive(&[receipt("a", "x"), receipt("b", "x")])
        .await
        .unwrap();
    let first = registry.list_inbox(1).await.unwrap();
    registry.clear_inbox(first[0].sequence).await.unwrap();
    let left = registry.list_inbox(10).await.unwrap();
    assert_eq!(left.len(), 1);
    registry.clear_inbox(left[0].sequence).await.unwrap();
    registry.receive(&[receipt("c", "x")]).await.unwrap();
    let next = registry.list_inbox(10).await.unwrap();
    assert!(next[0].sequence > left[0].sequence);
    // What was received is still known.
    let again = registry.receive(&[receipt("a", "x")]).await.unwrap();
    assert!(matches!(again[..], [Received::Already { .. }]));
    let mut known = registry
        .list_received(&receipt("a", "x").source)
        .await
        .unwrap();
    known.sort();
    assert_eq!(known, ["a", "b", "c"]);
    assert!(registry.list_received("nobody").await.unwrap().is_empty());
}

async fn a_webhook_is_replaced_and_removed(database: &Database) {
    let registry = database.open().await;
    let entry = AuditEntry {
        at: Timestamp::from_second(1_790_000_000).unwrap(),
        actor: "test".to_owned(),
        action: "hook.change".to_owned(),
        subject: "hook/desk".to_owned(),
        detail: serde_json::Value::Null,
    };
    let mut hook = Hook {
        id: "desk".to_owned(),
        mapping: "a = 1".to_owned(),
        token_hash: "h1".to_owned(),
        changed_at: entry.at,
        changed_by: "test".to_owned(),
    };
    registry.record_hook(&hook, &entry).await.unwrap();
    hook.mapping = "a = 2".to_owned();
    registry.record_hook(&hook, &entry).await.unwrap();
    assert_eq!(registry.list_hooks().await.unwrap(), [hook.clone()]);
    assert_eq!(registry.find_hook("desk").await.unwrap(), Some(hook));
    assert!(registry.remove_hook("desk", &entry).await.unwrap());
    assert!(!registry.remove_hook("desk", &entry).await.unwrap());
    assert_eq!(registry.list_audit(None, 10).await.unwrap().len(), 3);
}

async fn what_came_last_is_known_by_sender(database: &Database) {
    let registry = database.open().await;
    let later = Timestamp::from_second(1_790_000_060).unwrap();
    let of = |source: &str, event: &str, at: Timestamp| Receipt {
        source: source.to_owned(),
        at,
        ..receipt(event, "x")
    };
    let first = receipt("a", "x").at;
    let sent = [
        of("hook/till", "a", later),
        of("hook/till", "b", first),
        of("hook/desk", "a", first),
        of("hookless", "a", later),
        of("api", "a", later),
    ];
    registry.receive(&sent).await.unwrap();
    assert_eq!(
        registry.list_latest_received("hook/").await.unwrap(),
        [
            ("hook/desk".to_owned(), first),
            ("hook/till".to_owned(), later)
        ]
    );
}
