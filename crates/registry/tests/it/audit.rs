//! The audit log: complete, in order, without gaps.

use evenkeel_registry::AuditEntry;
use serde_json::json;

use crate::database::{Database, contract};

contract!(
    entries_come_back_newest_first,
    writers_at_once_leave_no_gap_in_the_sequence,
);

fn entry(actor: &str, second: i64) -> AuditEntry {
    AuditEntry {
        at: jiff::Timestamp::from_second(1_800_000_000 + second).unwrap(),
        actor: actor.to_owned(),
        action: "release.view".to_owned(),
        subject: "release/2026-q1".to_owned(),
        detail: json!({ "unit": "café \u{1F354}", "n": 12, "nul": "\u{0}" }),
    }
}

async fn entries_come_back_newest_first(database: &Database) {
    let registry = database.open().await;
    for second in 0..5 {
        registry.audit(&entry("ann", second)).await.unwrap();
    }
    let newest = registry.list_audit(None, 2).await.unwrap();
    let sequences: Vec<i64> = newest.iter().map(|record| record.sequence).collect();
    assert_eq!(sequences, [5, 4]);
    assert_eq!(newest[0].entry, entry("ann", 4));

    let older = registry.list_audit(Some(4), 100).await.unwrap();
    let sequences: Vec<i64> = older.iter().map(|record| record.sequence).collect();
    assert_eq!(sequences, [3, 2, 1]);
    assert_eq!(older[2].entry, entry("ann", 0));
}

async fn writers_at_once_leave_no_gap_in_the_sequence(database: &Database) {
    let registry = database.open().await;
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let registry = registry.clone();
            tokio::spawn(async move {
                for second in 0..10 {
                    let entry = entry(&format!("writer {writer}"), second);
                    registry.audit(&entry).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let records = registry.list_audit(None, 100).await.unwrap();
    let sequences: Vec<i64> = records.iter().map(|record| record.sequence).collect();
    assert_eq!(sequences, (1..=40).rev().collect::<Vec<i64>>());
}
