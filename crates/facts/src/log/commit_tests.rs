//! Commits whose writing fails: before they land, and after.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use async_trait::async_trait;
use futures::stream::BoxStream;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};

use super::*;
use crate::durable::DurableStore;
use crate::runtime::LogRuntime;

const FINE: u8 = 0;
const FAIL_BEFORE: u8 = 1;
const FAIL_AFTER: u8 = 2;

/// A store whose next write fails, before or after it was done.
#[derive(Debug, Default)]
struct Failing {
    files: DurableStore,
    next: AtomicU8,
}

impl fmt::Display for Failing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failing")
    }
}

fn broken() -> Error {
    Error::Generic {
        store: "failing",
        source: "the disk said no".into(),
    }
}

#[async_trait]
impl ObjectStore for Failing {
    async fn put_opts(&self, at: &Path, what: PutPayload, how: PutOptions) -> Result<PutResult> {
        match self.next.swap(FINE, Ordering::SeqCst) {
            FAIL_BEFORE => Err(broken()),
            FAIL_AFTER => {
                self.files.put_opts(at, what, how).await?;
                Err(broken())
            }
            _ => self.files.put_opts(at, what, how).await,
        }
    }

    async fn put_multipart_opts(
        &self,
        at: &Path,
        how: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.files.put_multipart_opts(at, how).await
    }

    async fn get_opts(&self, at: &Path, how: GetOptions) -> Result<GetResult> {
        self.files.get_opts(at, how).await
    }

    fn delete_stream(
        &self,
        all: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        self.files.delete_stream(all)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.files.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.files.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, how: CopyOptions) -> Result<()> {
        self.files.copy_opts(from, to, how).await
    }
}

struct Case {
    log: TableLog,
    store: Arc<Failing>,
    _dir: tempfile::TempDir,
}

fn case() -> Case {
    let dir = tempfile::tempdir().unwrap();
    let store = Arc::new(Failing::default());
    let runtime = Arc::new(LogRuntime::start().unwrap());
    let log = TableLog::new(Table::Observations, dir.path(), runtime, store.clone());
    std::fs::create_dir(&log.folder).unwrap();
    Case {
        log,
        store,
        _dir: dir,
    }
}

fn schema() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("local_date", DataType::Date32, false),
        Field::new("unit", DataType::Utf8, false),
    ]))
}

fn append(case: &Case, name: &str) -> crate::error::Result<Committed> {
    let file = Add {
        path: format!("{name}.parquet"),
        size: 1,
        data_change: true,
        stats: Some("{\"numRecords\":1}".to_owned()),
        ..Add::default()
    };
    let app = AppId::import(name, "mapping");
    case.log.writer().append(&app, &schema(), vec![file])
}

fn rows(case: &Case) -> u64 {
    let loaded = case.log.refresh().unwrap();
    loaded.map_or(0, |loaded| loaded.pinned.rows())
}

#[test]
fn a_first_commit_that_landed_although_it_failed_is_no_failure() {
    let case = case();
    case.store.next.store(FAIL_AFTER, Ordering::SeqCst);
    let committed = append(&case, "one").unwrap();
    assert_eq!((committed.version, committed.already), (0, false));
    assert_eq!(rows(&case), 1);
    assert!(append(&case, "one").unwrap().already);
}

#[test]
fn a_later_commit_that_landed_although_it_failed_is_no_failure() {
    let case = case();
    append(&case, "one").unwrap();
    case.store.next.store(FAIL_AFTER, Ordering::SeqCst);
    assert_eq!(append(&case, "two").unwrap().version, 1);
    assert_eq!(rows(&case), 2);
}

#[test]
fn a_commit_that_did_not_land_fails_and_may_be_tried_again() {
    let case = case();
    for name in ["one", "two"] {
        let before = rows(&case);
        case.store.next.store(FAIL_BEFORE, Ordering::SeqCst);
        let error = append(&case, name).unwrap_err();
        assert!(
            error.to_string().starts_with("table observations: "),
            "{error}"
        );
        assert_eq!(rows(&case), before);
        assert!(!append(&case, name).unwrap().already);
        assert_eq!(rows(&case), before + 1);
    }
}
