//! Rows on their way in: nothing visible before the commit, everything after; going on after a
//! stop; several tables of one source.

use std::fs;
use std::time::Duration;

use evenkeel_facts::{AppId, Facts, FactsError, Table};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::rows::{TABLE, batch, import, parquet_files, range, schema, stored};

fn app() -> AppId {
    AppId::import("file", "mapping")
}

#[test]
fn rows_appear_with_the_commit_and_not_before() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let mut staging = facts.stage(TABLE, schema(), app()).unwrap();
    staging.set_file_rows(100);
    for start in (0..1000).step_by(50) {
        staging
            .write(batch(start..start + 50), start as u64 + 50)
            .unwrap();
        assert!(facts.snapshot(&TABLE).unwrap().is_none());
    }
    assert_eq!(facts.list_tables().unwrap(), []);
    let committed = staging.commit().unwrap();
    assert_eq!((committed.version, committed.already), (0, false));
    assert_eq!(stored(&facts), range(0..1000));
    assert_eq!(facts.row_count(&TABLE).unwrap(), 1000);
    assert_eq!(facts.list_tables().unwrap(), [TABLE]);
    assert!(
        !dir.path()
            .join("_staging")
            .read_dir()
            .unwrap()
            .any(|_| true)
    );
}

#[test]
fn a_reader_in_another_place_sees_each_commit() {
    let dir = tempfile::tempdir().unwrap();
    let writer = Facts::open(dir.path()).unwrap();
    let reader = Facts::open(dir.path()).unwrap();
    assert_eq!(reader.row_count(&TABLE).unwrap(), 0);
    import(&writer, "one", 0..10);
    assert_eq!(reader.row_count(&TABLE).unwrap(), 10);
    import(&writer, "two", 10..30);
    assert_eq!(reader.row_count(&TABLE).unwrap(), 30);
}

#[test]
fn a_stopped_import_goes_on_from_its_last_finished_file() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let mut first = facts.stage(TABLE, schema(), app()).unwrap();
    first.set_file_rows(100);
    assert_eq!(first.resume_point().rows_read, 0);
    for start in (0..250).step_by(50) {
        let noted = || json!({ "rejected": start });
        first
            .write_all(
                vec![Some(batch(start..start + 50))],
                start as u64 + 50,
                noted,
            )
            .unwrap();
    }
    drop(first);

    let facts = Facts::open(dir.path()).unwrap();
    let mut second = facts.stage(TABLE, schema(), app()).unwrap();
    let resumed = second.resume_point().clone();
    assert_eq!(resumed.rows_read, 200);
    assert_eq!(resumed.note, json!({ "rejected": 150 }));
    assert!(!resumed.complete);
    assert_eq!(parquet_files(&dir.path().join("observations")).len(), 2);
    second.write(batch(200..300), 300).unwrap();
    second.commit().unwrap();
    assert_eq!(stored(&facts), range(0..300));
}

#[test]
fn a_sealed_import_only_misses_its_commit() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let mut first = facts.stage(TABLE, schema(), app()).unwrap();
    first.write(batch(0..100), 120).unwrap();
    first.seal(json!("20 rejected")).unwrap();
    drop(first);

    let mut second = facts.stage(TABLE, schema(), app()).unwrap();
    let resumed = second.resume_point().clone();
    assert!(resumed.complete);
    assert_eq!(
        (resumed.rows_read, resumed.note),
        (120, json!("20 rejected"))
    );
    let error = second.write(batch(0..1), 121).unwrap_err();
    assert!(
        error.to_string().contains("allowed now: commit or abandon"),
        "{error}"
    );
    second.commit().unwrap();
    assert_eq!(stored(&facts), range(0..100));
}

#[test]
fn other_columns_begin_again() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let mut first = facts.stage(TABLE, schema(), app()).unwrap();
    first.write(batch(0..100), 100).unwrap();
    first.seal(Value::Null).unwrap();
    drop(first);

    let mut fields = schema().fields().to_vec();
    fields.push(std::sync::Arc::new(arrow::datatypes::Field::new(
        "item_new",
        arrow::datatypes::DataType::Int8,
        true,
    )));
    let wider = std::sync::Arc::new(arrow::datatypes::Schema::new(fields));
    let mut second = facts.stage(TABLE, wider, app()).unwrap();
    assert_eq!(second.resume_point().rows_read, 0);
    second.write(batch(0..100), 100).unwrap();
    second.commit().unwrap();
    assert_eq!(stored(&facts), range(0..100));
}

#[test]
fn a_staged_file_that_was_tidied_away_begins_again() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let mut first = facts.stage(TABLE, schema(), app()).unwrap();
    first.write(batch(0..100), 100).unwrap();
    first.seal(Value::Null).unwrap();
    drop(first);
    let folder = dir.path().join("observations");
    for name in parquet_files(&folder) {
        fs::remove_file(folder.join(name)).unwrap();
    }
    let second = facts.stage(TABLE, schema(), app()).unwrap();
    assert_eq!(second.resume_point().rows_read, 0);
}

#[test]
fn an_abandoned_import_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    import(&facts, "kept", 0..10);
    let folder = dir.path().join("observations");
    let before = parquet_files(&folder);
    let mut staging = facts.stage(TABLE, schema(), app()).unwrap();
    staging.set_file_rows(10);
    staging.write(batch(10..25), 25).unwrap();
    staging.write(batch(25..30), 30).unwrap();
    staging.abandon().unwrap();
    assert_eq!(parquet_files(&folder), before);
    assert_eq!(stored(&facts), range(0..10));
    assert_eq!(
        facts
            .stage(TABLE, schema(), app())
            .unwrap()
            .resume_point()
            .rows_read,
        0
    );
}

#[test]
fn two_tables_share_one_point_to_resume_from() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let tables = || vec![(Table::Comments, schema()), (TABLE, schema())];
    let mut first = facts.stage_all(tables(), app()).unwrap();
    first.set_file_rows(100);
    for start in (0..250_i64).step_by(50) {
        let comments = (start == 100).then(|| batch(start..start + 3));
        first
            .write_all(
                vec![comments, Some(batch(start..start + 50))],
                start as u64 + 50,
                || Value::Null,
            )
            .unwrap();
    }
    drop(first);

    let mut second = facts.stage_all(tables(), app()).unwrap();
    assert_eq!(second.resume_point().rows_read, 200);
    second
        .write_all(vec![None, Some(batch(200..300))], 300, || Value::Null)
        .unwrap();
    let committed = second.commit_all().unwrap();
    assert_eq!(committed[0].table, Table::Comments);
    assert_eq!(committed[1].table, TABLE);
    assert_eq!(stored(&facts), range(0..300));
    assert_eq!(facts.row_count(&Table::Comments).unwrap(), 3);
}

#[test]
fn wrong_rows_for_one_table_leave_none_in_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let tables = vec![(Table::Comments, schema()), (TABLE, schema())];
    let mut staging = facts.stage_all(tables, app()).unwrap();
    let wrong = batch(0..10).project(&[0]).unwrap();
    staging
        .write_all(vec![Some(batch(0..10)), Some(wrong)], 10, || Value::Null)
        .unwrap_err();
    staging
        .write_all(vec![Some(batch(0..10)), Some(batch(0..10))], 10, || {
            Value::Null
        })
        .unwrap();
    staging.commit_all().unwrap();
    assert_eq!(facts.row_count(&Table::Comments).unwrap(), 10);
    assert_eq!(facts.row_count(&TABLE).unwrap(), 10);
}

#[test]
fn an_import_without_rows_is_known_as_done() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    facts
        .stage(TABLE, schema(), app())
        .unwrap()
        .commit()
        .unwrap();
    assert_eq!(facts.row_count(&TABLE).unwrap(), 0);
    assert!(facts.is_committed(&TABLE, &app()).unwrap());
    assert!(
        !facts
            .is_committed(&TABLE, &AppId::import("other", "mapping"))
            .unwrap()
    );
}

#[test]
fn misuse_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let mut staging = facts.stage(TABLE, schema(), app()).unwrap();
    let in_use = facts.stage(TABLE, schema(), app()).unwrap_err();
    assert!(
        matches!(in_use, FactsError::StagingInUse { .. }),
        "{in_use}"
    );
    staging.write(batch(0..10), 10).unwrap();
    let backwards = staging.write(batch(10..20), 9).unwrap_err();
    assert!(
        backwards.to_string().contains("allowed: 10 and above"),
        "{backwards}"
    );
    let twice = facts
        .stage_all(
            vec![(TABLE, schema()), (TABLE, schema())],
            AppId::new("x", 1),
        )
        .unwrap_err();
    assert!(matches!(twice, FactsError::Misuse { .. }), "{twice}");
    drop(staging);
    facts.stage(TABLE, schema(), app()).unwrap();
}

#[test]
fn a_file_that_cannot_be_written_is_an_error_of_the_import() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let mut staging = facts.stage(TABLE, schema(), app()).unwrap();
    fs::remove_dir_all(dir.path().join("observations")).unwrap();
    // The thread may take a few batches before its error comes back.
    let failed = (0..100)
        .try_for_each(|n| staging.write(batch(n..n + 1), n as u64 + 1))
        .and_then(|()| staging.commit().map(drop))
        .unwrap_err();
    assert!(failed.to_string().starts_with("create "), "{failed}");
    assert!(facts.snapshot(&TABLE).unwrap().is_none());
}

#[test]
fn stale_imports_are_cleared_away_and_running_ones_are_not() {
    let dir = tempfile::tempdir().unwrap();
    let facts = Facts::open(dir.path()).unwrap();
    let stage = |name: &str| {
        let app = AppId::import(name, "mapping");
        let mut staging = facts.stage(TABLE, schema(), app).unwrap();
        staging.set_file_rows(1);
        staging.write(batch(0..10), 10).unwrap();
        staging
    };
    drop(stage("stopped"));
    let running = stage("running");
    let now = Timestamp::now();
    let day = Duration::from_hours(24);
    assert_eq!(facts.remove_stale_staging(day, now).unwrap(), []);
    let in_two_days = now + jiff::SignedDuration::from_hours(48);
    assert_eq!(
        facts.remove_stale_staging(day, in_two_days).unwrap(),
        [AppId::import("stopped", "mapping")]
    );
    running.commit().unwrap();
    assert_eq!(stored(&facts), range(0..10));
    assert_eq!(parquet_files(&dir.path().join("observations")).len(), 1);
}
