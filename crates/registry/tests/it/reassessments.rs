//! Re-assessments: recorded before they change anything, ended once.

use evenkeel_foundation::{StandardId, UnitId};
use evenkeel_registry::{AuditEntry, Reassessment, ReassessmentState, Registry, RegistryError};
use serde_json::{Value, json};

use crate::database::{Database, contract};

contract!(
    reassessments_are_listed_latest_first,
    a_reassessment_ends_once_with_its_entry,
    one_that_was_cut_off_is_found,
);

fn reassessment(id: &str, standard: &str, second: i64) -> Reassessment {
    Reassessment {
        id: id.to_owned(),
        standard: StandardId::parse(standard).unwrap(),
        unit: None,
        from: None,
        to: None,
        reason: "twenty minutes were meant".to_owned(),
        author: "Ilse <ilse@example.org>".to_owned(),
        actor: "a-1".to_owned(),
        at: jiff::Timestamp::from_second(1_790_000_000 + second).unwrap(),
        state: ReassessmentState::Running,
        counts: Value::Null,
    }
}

fn entry() -> AuditEntry {
    AuditEntry {
        at: jiff::Timestamp::from_second(1_790_000_100).unwrap(),
        actor: "a-1".to_owned(),
        action: "standard.reassess".to_owned(),
        subject: "standard/warm".to_owned(),
        detail: json!({"changed": 3}),
    }
}

async fn list(registry: &Registry, standard: &str) -> Vec<Reassessment> {
    let id = StandardId::parse(standard).unwrap();
    registry.list_reassessments(&id).await.unwrap()
}

async fn reassessments_are_listed_latest_first(database: &Database) {
    let registry = database.open().await;
    let early = reassessment("b", "warm", 3);
    let late = Reassessment {
        unit: Some(UnitId::parse("gent").unwrap()),
        from: Some("2026-01-01".parse().unwrap()),
        to: Some("2026-06-30".parse().unwrap()),
        ..reassessment("a", "warm", 9)
    };
    let other = reassessment("c", "first-course", 5);
    for one in [&early, &late, &other] {
        registry.record_reassessment(one).await.unwrap();
    }
    let again = registry.record_reassessment(&early).await.unwrap_err();
    assert!(
        matches!(again, RegistryError::AlreadyRecorded { .. }),
        "{again}"
    );
    registry.close().await;
    let reopened = database.open().await;
    assert_eq!(list(&reopened, "warm").await, [late, early]);
    assert_eq!(list(&reopened, "never").await, []);
}

async fn a_reassessment_ends_once_with_its_entry(database: &Database) {
    let registry = database.open().await;
    let one = reassessment("a", "warm", 1);
    registry.record_reassessment(&one).await.unwrap();
    let counts = json!({"looks": 12});
    registry.count_reassessment("a", &counts).await.unwrap();
    let end = async |state| registry.end_reassessment("a", state, &entry()).await;
    assert!(end(ReassessmentState::Done).await.unwrap());
    assert!(!end(ReassessmentState::Interrupted).await.unwrap());
    // What it changed is history: nothing is counted again.
    registry.count_reassessment("a", &json!(0)).await.unwrap();
    let expected = Reassessment {
        state: ReassessmentState::Done,
        counts,
        ..one
    };
    assert_eq!(list(&registry, "warm").await, [expected]);
    let audit = registry.list_audit(None, 10).await.unwrap();
    assert_eq!(audit.len(), 1);
    assert_eq!(audit[0].entry, entry());
}

async fn one_that_was_cut_off_is_found(database: &Database) {
    let registry = database.open().await;
    for id in ["a", "b"] {
        let one = reassessment(id, "warm", 1);
        registry.record_reassessment(&one).await.unwrap();
    }
    let entry = entry();
    let end = registry.end_reassessment("a", ReassessmentState::Done, &entry);
    assert!(end.await.unwrap());
    let running = registry.list_running_reassessments().await.unwrap();
    let ids: Vec<&str> = running.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["b"]);
}
