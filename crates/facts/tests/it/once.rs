//! Exactly once: a retry, however it comes about, adds nothing.

use std::fs;

use evenkeel_facts::{AppId, Facts, Table};

use crate::rows::{TABLE, batch, import, log_actions, parquet_files, range, schema, stored};

#[test]
fn a_sequential_retry_adds_nothing_and_touches_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    import(&facts, "file", 0..100);
    let folder = dir.path().join("observations");
    let bytes = |name: &String| fs::read(folder.join(name)).unwrap();
    let before: Vec<_> = parquet_files(&folder).iter().map(bytes).collect();

    // Delta itself takes a second commit with the same SetTransaction.
    let retry = import(&facts, "file", 0..100);
    assert!(retry.already);
    assert_eq!(retry.version, 0);
    // A new process knows it from the log.
    let retry = import(&Facts::open(dir.path()).unwrap(), "file", 0..100);
    assert!(retry.already);

    assert_eq!(stored(&facts), range(0..100));
    let after: Vec<_> = parquet_files(&folder).iter().map(bytes).collect();
    assert_eq!(before, after);
    assert_eq!(facts.snapshot(&TABLE).unwrap().unwrap().version, 0);
}

#[test]
fn another_mapping_of_the_same_file_is_another_import() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    for (mapping, rows) in [("one", 0..10), ("two", 10..20)] {
        let app = AppId::import("file", mapping);
        let mut staging = facts.stage(TABLE, schema(), app).unwrap();
        staging.write(batch(rows), 10).unwrap();
        assert!(!staging.commit().unwrap().already);
    }
    assert_eq!(stored(&facts), range(0..20));
}

#[test]
fn batches_of_the_inbox_only_go_forward() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let flush = |sequence: i64, rows: std::ops::Range<i64>| {
        let app = AppId::inbox(&TABLE, sequence);
        let mut staging = facts.stage(TABLE, schema(), app).unwrap();
        staging.write(batch(rows), 1).unwrap();
        staging.commit().unwrap().already
    };
    assert!(!flush(1, 0..10));
    assert!(!flush(2, 10..20));
    assert!(flush(2, 10..20));
    assert!(flush(1, 0..10));
    assert!(!flush(7, 20..30));
    assert_eq!(stored(&facts), range(0..30));
}

#[test]
fn a_manifest_left_after_the_commit_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let app = AppId::import("file", "mapping");
    let mut staging = facts.stage(TABLE, schema(), app.clone()).unwrap();
    staging.write(batch(0..100), 100).unwrap();
    staging.seal(serde_json::Value::Null).unwrap();
    drop(staging);
    let staged = dir.path().join("_staging");
    let kept = dir.path().join("kept");
    copy_folder(&staged, &kept);
    facts
        .stage(TABLE, schema(), app.clone())
        .unwrap()
        .commit()
        .unwrap();
    // As if the process had died between the commit and the removal of the manifest.
    copy_folder(&kept, &staged);

    let again = facts.stage(TABLE, schema(), app.clone()).unwrap();
    assert!(again.commit().unwrap().already);
    assert_eq!(stored(&facts), range(0..100));

    copy_folder(&kept, &staged);
    let far = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1000);
    let gone = facts
        .remove_stale_staging(std::time::Duration::ZERO, far)
        .unwrap();
    assert_eq!(gone, std::slice::from_ref(&app));
    assert_eq!(
        stored(&facts),
        range(0..100),
        "committed files are the table's"
    );

    copy_folder(&kept, &staged);
    facts
        .stage(TABLE, schema(), app)
        .unwrap()
        .abandon()
        .unwrap();
    assert_eq!(
        stored(&facts),
        range(0..100),
        "committed files are the table's"
    );
}

#[test]
fn a_crash_between_two_tables_is_finished_by_the_retry() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let app = AppId::import("file", "mapping");
    let tables = || vec![(Table::Comments, schema()), (TABLE, schema())];
    let both = || vec![Some(batch(0..5)), Some(batch(0..100))];
    let mut staging = facts.stage_all(tables(), app.clone()).unwrap();
    staging
        .write_all(both(), 100, || serde_json::Value::Null)
        .unwrap();
    staging.seal(serde_json::Value::Null).unwrap();
    drop(staging);
    // The second table's log cannot be written: a file lies where its folder should be.
    let blocked = dir.path().join("observations/_delta_log");
    fs::write(&blocked, b"").unwrap();
    facts
        .stage_all(tables(), app.clone())
        .unwrap()
        .commit_all()
        .unwrap_err();
    assert_eq!(facts.row_count(&Table::Comments).unwrap(), 5);
    assert_eq!(facts.row_count(&TABLE).unwrap(), 0);
    fs::remove_file(&blocked).unwrap();

    let done = facts
        .stage_all(tables(), app)
        .unwrap()
        .commit_all()
        .unwrap();
    assert_eq!((done[0].already, done[1].already), (true, false));
    assert_eq!(facts.row_count(&Table::Comments).unwrap(), 5);
    assert_eq!(stored(&facts), range(0..100));
}

#[test]
fn many_commits_are_read_through_checkpoints() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    for n in 0..60 {
        import(&facts, &format!("file-{n}"), n..n + 1);
    }
    let checkpoint = "00000000000000000049.checkpoint.parquet";
    let log = dir.path().join("observations/_delta_log");
    assert!(log.join(checkpoint).exists());
    let anew = Facts::open(dir.path()).unwrap();
    assert_eq!(stored(&anew), range(0..60));
    assert!(
        import(&anew, "file-3", 3..4).already,
        "names of commits are in the checkpoint"
    );
    let entries = log_actions(&dir.path().join("observations"));
    let names = entries.iter().filter(|action| action.get("txn").is_some());
    assert_eq!(names.count(), 60);
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
