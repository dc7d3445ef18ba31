//! Compaction and vacuum: the rows stay, and so do files that somebody holds.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use evenkeel_facts::{AppId, Facts, FactsError, Vacuumed};
use jiff::{SignedDuration, Timestamp};

use crate::rows::{
    TABLE, batch, import, log_actions, numbers, parquet_files, range, schema, stored,
};

const DAY: Duration = Duration::from_hours(24);

/// Ten imports of ten rows.
fn ten_files(facts: &Facts) {
    for n in 0..10 {
        import(facts, &format!("file-{n}"), n * 10..n * 10 + 10);
    }
}

fn later(now: Timestamp, hours: i64) -> Timestamp {
    now + SignedDuration::from_hours(hours)
}

#[test]
fn compaction_keeps_every_row_and_every_snapshot() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    ten_files(&facts);
    let before = facts.snapshot(&TABLE).unwrap().unwrap();
    let early = facts.open_snapshot(&TABLE, 3).unwrap();

    let done = facts.compact(&TABLE, Timestamp::now()).unwrap().unwrap();
    assert_eq!(
        (done.files_before, done.files_after, done.rows),
        (10, 1, 100)
    );
    let after = facts.snapshot(&TABLE).unwrap().unwrap();
    assert_eq!(after.version, done.version);
    assert_eq!(after.files.len(), 1);
    assert_eq!(numbers(&after), range(0..100));
    assert_eq!(numbers(&before), range(0..100));
    assert_eq!(numbers(&early), range(0..40));

    assert_eq!(facts.compact(&TABLE, Timestamp::now()).unwrap(), None);
    import(&facts, "more", 100..110);
    facts.compact(&TABLE, Timestamp::now()).unwrap().unwrap();
    assert_eq!(stored(&Facts::open(dir.path()).unwrap()), range(0..110));
}

#[test]
fn compaction_is_an_optimize_that_changes_no_data() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    ten_files(&facts);
    facts.compact(&TABLE, Timestamp::now()).unwrap().unwrap();
    let actions = log_actions(&dir.path().join("observations"));
    let last = actions
        .iter()
        .rposition(|action| action.get("commitInfo").is_some());
    let commit = &actions[last.unwrap()..];
    assert_eq!(commit[0]["commitInfo"]["operation"], "OPTIMIZE");
    for action in &commit[1..] {
        let change = action.get("add").or_else(|| action.get("remove")).unwrap();
        assert_eq!(change["dataChange"], false, "{action}");
    }
    assert_eq!(commit.len(), 1 + 10 + 1);
    // A retry of an import whose files were merged still adds nothing.
    assert!(import(&facts, "file-3", 30..40).already);
}

#[test]
fn a_merged_file_left_by_a_crash_is_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    ten_files(&facts);
    let folder = dir.path().join("observations");
    facts.compact(&TABLE, Timestamp::now()).unwrap().unwrap();
    let merged = parquet_files(&folder)
        .into_iter()
        .find(|name| name.starts_with("merge-"))
        .unwrap();

    // The same ten imports elsewhere, with half a merged file of that name.
    let other = tempfile::tempdir().unwrap();
    let facts = Facts::open(other.path()).unwrap();
    ten_files(&facts);
    std::fs::write(other.path().join("observations").join(&merged), b"PAR1").unwrap();
    facts.compact(&TABLE, Timestamp::now()).unwrap().unwrap();
    assert_eq!(stored(&facts), range(0..100));
}

#[test]
fn vacuum_removes_what_was_merged_after_the_retention() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    ten_files(&facts);
    let now = Timestamp::now();
    facts.compact(&TABLE, now).unwrap().unwrap();
    let folder = dir.path().join("observations");
    assert_eq!(parquet_files(&folder).len(), 11);
    assert_eq!(
        facts.vacuum(&TABLE, DAY, later(now, 23)).unwrap(),
        Vacuumed::default()
    );

    let gone = facts.vacuum(&TABLE, DAY, later(now, 24)).unwrap();
    assert_eq!(gone.files.len(), 10);
    assert!(gone.bytes > 0);
    assert_eq!(parquet_files(&folder).len(), 1);
    assert_eq!(stored(&facts), range(0..100));
    assert_eq!(stored(&Facts::open(dir.path()).unwrap()), range(0..100));
    let error = facts.open_snapshot(&TABLE, 3).unwrap_err();
    assert!(
        matches!(error, FactsError::VersionGone { version: 3, .. }),
        "{error}"
    );
    let error = facts.open_snapshot(&TABLE, 99).unwrap_err();
    assert!(error.to_string().ends_with("allowed: 0 to 10"), "{error}");
}

#[test]
fn vacuum_leaves_the_files_of_a_held_snapshot() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    ten_files(&facts);
    let held = facts.open_snapshot(&TABLE, 3).unwrap();
    let again = held.clone();
    let now = Timestamp::now();
    facts.compact(&TABLE, now).unwrap().unwrap();
    let gone = facts.vacuum(&TABLE, Duration::ZERO, later(now, 1)).unwrap();
    assert_eq!(gone.files.len(), 6, "four of ten files are held");
    drop(held);
    assert_eq!(numbers(&again), range(0..40));
    assert!(
        facts
            .vacuum(&TABLE, Duration::ZERO, later(now, 1))
            .unwrap()
            .files
            .is_empty()
    );
    drop(again);
    let gone = facts.vacuum(&TABLE, Duration::ZERO, later(now, 1)).unwrap();
    assert_eq!(gone.files.len(), 4);
    assert_eq!(stored(&facts), range(0..100));
}

#[test]
fn vacuum_leaves_an_import_in_progress() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let app = || AppId::import("slow", "mapping");
    let mut slow = facts.stage(TABLE, schema(), app()).unwrap();
    slow.set_file_rows(10);
    slow.write(batch(0..10), 10).unwrap();
    slow.write(batch(10..15), 15).unwrap();
    let far = later(Timestamp::now(), 1000);
    assert_eq!(
        facts.vacuum(&TABLE, Duration::ZERO, far).unwrap(),
        Vacuumed::default()
    );
    // Stopped, and to be resumed: still not vacuum's to take.
    drop(slow);
    assert_eq!(
        facts.vacuum(&TABLE, Duration::ZERO, far).unwrap(),
        Vacuumed::default()
    );
    let mut slow = facts.stage(TABLE, schema(), app()).unwrap();
    assert_eq!(slow.resume_point().rows_read, 10);
    slow.write(batch(10..20), 20).unwrap();
    slow.commit().unwrap();
    assert_eq!(
        facts.vacuum(&TABLE, Duration::ZERO, far).unwrap(),
        Vacuumed::default()
    );
    assert_eq!(stored(&facts), range(0..20));
}

#[test]
fn vacuum_removes_files_that_nothing_names() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    import(&facts, "file", 0..10);
    let folder = dir.path().join("observations");
    std::fs::write(folder.join("part-0123456789abcdef-00000.parquet"), b"x").unwrap();
    std::fs::write(folder.join("notes.txt"), b"mine").unwrap();
    let now = Timestamp::now();
    assert!(facts.vacuum(&TABLE, DAY, now).unwrap().files.is_empty());
    let gone = facts.vacuum(&TABLE, DAY, later(now, 25)).unwrap();
    assert_eq!(gone.files, ["part-0123456789abcdef-00000.parquet"]);
    assert!(folder.join("notes.txt").exists());
    assert_eq!(stored(&facts), range(0..10));
}

#[test]
fn appends_compactions_and_vacuums_may_overlap() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    import(&facts, "first", 0..1);
    let far = later(Timestamp::now(), 1000);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let _end = SetAtEnd(&over);
            for n in 1..40 {
                import(&facts, &format!("file-{n}"), n..n + 1);
            }
        });
        scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                facts.compact(&TABLE, Timestamp::UNIX_EPOCH).unwrap();
                facts.vacuum(&TABLE, Duration::ZERO, far).unwrap();
            }
        });
        scope.spawn(|| {
            let mut seen = 0;
            while !over.load(Ordering::SeqCst) {
                let snapshot = facts.snapshot(&TABLE).unwrap().unwrap();
                let rows = numbers(&snapshot);
                assert_eq!(
                    rows,
                    range(0..rows.len() as i64),
                    "a gap in {}",
                    snapshot.label()
                );
                assert!(rows.len() >= seen, "rows went away in {}", snapshot.label());
                seen = rows.len();
            }
        });
    });
    assert_eq!(stored(&facts), range(0..40));
}

/// Ends the other threads of a test, also when this one panics.
struct SetAtEnd<'a>(&'a AtomicBool);

impl Drop for SetAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
