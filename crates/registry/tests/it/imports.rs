//! Imports: recorded, resumed, settled.

use evenkeel_registry::{ImportKind, ImportRecord, ImportStatus, Registry, RegistryError};
use jiff::Timestamp;
use serde_json::json;

use crate::database::{Database, contract};

contract!(
    a_record_comes_back_as_it_was,
    a_crash_leaves_what_was_unfinished,
    what_is_stored_no_longer_changes,
    a_failed_import_may_be_taken_up_again,
    an_id_is_recorded_once,
    an_unknown_import_is_an_error,
    pages_of_the_list_miss_nothing,
    the_import_that_stored_a_file_is_found,
);

fn queued(id: &str, second: i64) -> ImportRecord {
    ImportRecord {
        id: id.to_owned(),
        kind: ImportKind::Observations,
        file_name: "Q2 ‘final’.xlsx".to_owned(),
        file_hash: "aa11".to_owned(),
        mapping_hash: "bb22".to_owned(),
        status: ImportStatus::Queued,
        started_at: Timestamp::from_second(1_800_000_000 + second).unwrap(),
        finished_at: None,
        rows_read: 0,
        rows_stored: 0,
        rows_rejected: 0,
        rows_dropped_as_duplicates: 0,
        report: serde_json::Value::Null,
    }
}

fn ended(import: &ImportRecord, status: ImportStatus) -> ImportRecord {
    ImportRecord {
        status,
        finished_at: Some("2027-01-15T08:00:00.123456Z".parse().unwrap()),
        rows_read: 3_000_000_000,
        rows_stored: 2_999_999_990,
        rows_rejected: 7,
        rows_dropped_as_duplicates: 3,
        report: json!({ "problems": [{ "line": 70_001, "found": "n/a" }], "mean": 2.8863 }),
        ..import.clone()
    }
}

async fn record(registry: &Registry, import: &ImportRecord) {
    registry.record_import(import).await.unwrap();
}

fn ids(imports: &[ImportRecord]) -> Vec<&str> {
    imports.iter().map(|import| import.id.as_str()).collect()
}

async fn a_record_comes_back_as_it_was(database: &Database) {
    let registry = database.open().await;
    for (id, kind) in [
        ("a", ImportKind::Responses),
        ("b", ImportKind::Aggregates),
        ("c", ImportKind::Observations),
    ] {
        let import = ImportRecord {
            kind,
            ..queued(id, 0)
        };
        record(&registry, &import).await;
        assert_eq!(registry.load_import(id).await.unwrap(), import);
        let done = ended(&import, ImportStatus::Done);
        registry.update_import(&done).await.unwrap();
        assert_eq!(registry.load_import(id).await.unwrap(), done);
    }
}

async fn a_crash_leaves_what_was_unfinished(database: &Database) {
    let before = database.open().await;
    for (id, second, status) in [
        ("later", 9, ImportStatus::Queued),
        ("running", 5, ImportStatus::Running),
        ("done", 1, ImportStatus::Done),
        ("failed", 2, ImportStatus::Failed),
        ("known", 3, ImportStatus::AlreadyStored),
    ] {
        let import = ImportRecord {
            status,
            ..queued(id, second)
        };
        record(&before, &import).await;
    }
    // No orderly end: the connections are dropped as they are.
    drop(before);

    let after = database.open().await;
    let unfinished = after.list_unfinished_imports().await.unwrap();
    assert_eq!(ids(&unfinished), ["running", "later"]);
}

async fn what_is_stored_no_longer_changes(database: &Database) {
    let registry = database.open().await;
    for (id, status) in [
        ("d", ImportStatus::Done),
        ("s", ImportStatus::AlreadyStored),
    ] {
        let import = queued(id, 0);
        record(&registry, &import).await;
        let settled = ended(&import, status);
        registry.update_import(&settled).await.unwrap();
        let failed = ended(&import, ImportStatus::Failed);
        let error = registry.update_import(&failed).await.unwrap_err();
        assert!(
            matches!(error, RegistryError::ImportSettled { .. }),
            "{error}"
        );
        assert_eq!(registry.load_import(id).await.unwrap(), settled);
    }
}

async fn a_failed_import_may_be_taken_up_again(database: &Database) {
    let registry = database.open().await;
    let import = queued("a", 0);
    record(&registry, &import).await;
    let failed = ended(&import, ImportStatus::Failed);
    registry.update_import(&failed).await.unwrap();
    let running = ImportRecord {
        status: ImportStatus::Running,
        ..queued("a", 0)
    };
    registry.update_import(&running).await.unwrap();
    assert_eq!(registry.load_import("a").await.unwrap(), running);
}

async fn an_id_is_recorded_once(database: &Database) {
    let registry = database.open().await;
    record(&registry, &queued("a", 0)).await;
    let error = registry.record_import(&queued("a", 1)).await.unwrap_err();
    assert_eq!(error.to_string(), "import \"a\" is already recorded");
}

async fn an_unknown_import_is_an_error(database: &Database) {
    let registry = database.open().await;
    assert_eq!(registry.find_import("x").await.unwrap(), None);
    for error in [
        registry.load_import("x").await.unwrap_err(),
        registry.update_import(&queued("x", 0)).await.unwrap_err(),
        registry.list_imports(Some("x"), 10).await.unwrap_err(),
    ] {
        assert_eq!(error.to_string(), "there is no import \"x\"");
    }
}

async fn pages_of_the_list_miss_nothing(database: &Database) {
    let registry = database.open().await;
    // Two began in the same microsecond; the id decides.
    for (id, second) in [("a", 1), ("b", 2), ("c", 2), ("d", 3)] {
        record(&registry, &queued(id, second)).await;
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = registry.list_imports(before.as_deref(), 1).await.unwrap();
        let Some(import) = page.first() else { break };
        seen.push(import.id.clone());
        before = Some(import.id.clone());
    }
    assert_eq!(seen, ["d", "c", "b", "a"]);
}

async fn the_import_that_stored_a_file_is_found(database: &Database) {
    let registry = database.open().await;
    let import = queued("a", 0);
    record(&registry, &import).await;
    let find = async |file: &str, mapping: &str| {
        let found = registry.find_stored_import(file, mapping).await.unwrap();
        found.map(|import| import.id)
    };
    assert_eq!(find("aa11", "bb22").await, None, "it is not stored yet");
    let done = ended(&import, ImportStatus::Done);
    registry.update_import(&done).await.unwrap();
    assert_eq!(find("aa11", "bb22").await.as_deref(), Some("a"));
    assert_eq!(find("aa11", "other").await, None);
    assert_eq!(find("other", "bb22").await, None);
}
