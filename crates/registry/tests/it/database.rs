//! The databases that a case of the contract runs on.

use std::time::Duration;

use evenkeel_registry::{Backend, Registry, sqlite_url};
use tempfile::TempDir;

use crate::cluster;

/// One empty database of a case, on one backend.
pub struct Database {
    pub url: String,
    pub backend: Backend,
    // Held: the SQLite file goes with it.
    _folder: Option<TempDir>,
}

impl Database {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            url: sqlite_url(&folder.path().join("registry.sqlite")),
            backend: Backend::Sqlite,
            _folder: Some(folder),
        }
    }

    /// `None` where PostgreSQL is left out.
    pub async fn postgres() -> Option<Self> {
        Some(Self {
            url: cluster::new_database().await?,
            backend: Backend::Postgres,
            _folder: None,
        })
    }

    /// How long 2,000 units may take. The promise is for SQLite; a cluster that starts
    /// beside other tests only has to come to an end.
    pub fn patience(&self) -> Duration {
        match self.backend {
            Backend::Sqlite => Duration::from_secs(1),
            Backend::Postgres => Duration::from_secs(10),
        }
    }

    pub async fn open(&self) -> Registry {
        Registry::open(&self.url).await.expect("the registry opens")
    }
}

/// Makes of `async fn case(database: &Database)` a test on each backend.
macro_rules! contract {
    ($($case:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    super::$case(&$crate::database::Database::sqlite()).await;
                }
            )+
        }
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    if let Some(database) = $crate::database::Database::postgres().await {
                        super::$case(&database).await;
                    }
                }
            )+
        }
    };
}
pub(crate) use contract;
