//! Opening a registry: address, connections, settings of SQLite.
//!
//! Invariant: what SQLite reports as committed is on disk (WAL with
//! `synchronous=FULL`). Absent on purpose: the lock that keeps a second server out
//! of a data directory, which is the binary's.

use std::path::Path;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, AnyPool, Connection as _};

use crate::{RegistryError, Result, migrations};

/// Set on each connection to SQLite. WAL lets readers go on while one writes;
/// FULL makes a commit durable at once; a writer waits for another up to five
/// seconds.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 5000; \
     PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON;";

/// SQLite has one writer at a time; four connections keep readers beside it.
const SQLITE_CONNECTIONS_MAX: u32 = 4;
const POSTGRES_CONNECTIONS_MAX: u32 = 8;

/// The database behind a registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// An embedded file.
    Sqlite,
    /// A server.
    Postgres,
}

/// The metadata of one organisation. Cheap to clone; clones share connections.
#[derive(Clone, Debug)]
pub struct Registry {
    pub(crate) pool: AnyPool,
    backend: Backend,
}

impl Registry {
    /// Opens the registry at `url`, creates the SQLite file if there is none, and
    /// brings the schema up to date.
    ///
    /// `url` is `sqlite:///PATH` (see [`sqlite_url`]) or
    /// `postgres://USER:PASSWORD@HOST/DATABASE`; a PostgreSQL database has to exist.
    pub async fn open(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let address = without_password(url);
        let backend = backend_of(url).ok_or_else(|| RegistryError::Address {
            address: address.clone(),
        })?;
        let (url, connections_max) = match backend {
            Backend::Sqlite => (creating(url), SQLITE_CONNECTIONS_MAX),
            Backend::Postgres => (url.to_owned(), POSTGRES_CONNECTIONS_MAX),
        };
        let pool = connect(backend, &url, connections_max)
            .await
            .map_err(|source| RegistryError::Open {
                address: address.clone(),
                source,
            })?;
        let registry = Self { pool, backend };
        if let Err(error) = migrations::run(&registry.pool, &address).await {
            // On PostgreSQL a failed migrator leaves its advisory lock to the session.
            registry.close().await;
            return Err(error);
        }
        Ok(registry)
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// Closes all connections; SQLite then folds its WAL into the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// The address of a registry in the SQLite file at `path` (absolute, UTF-8).
///
/// Every byte outside the unreserved characters of RFC 3986 is percent-encoded, so
/// that `?`, `#` and spaces in a folder's name stay part of the name.
pub fn sqlite_url(path: &Path) -> String {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let mut url = String::from("sqlite://");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                url.push(char::from(*byte));
            }
            _ => url.extend([
                '%',
                HEX[usize::from(byte >> 4)],
                HEX[usize::from(byte & 15)],
            ]),
        }
    }
    url
}

fn backend_of(url: &str) -> Option<Backend> {
    match url.split_once(':')?.0 {
        "sqlite" => Some(Backend::Sqlite),
        "postgres" | "postgresql" => Some(Backend::Postgres),
        _ => None,
    }
}

/// Adds `mode=rwc`, unless the address says how to open the file.
fn creating(url: &str) -> String {
    match url.split_once('?') {
        None => format!("{url}?mode=rwc"),
        Some((_, parameters)) if parameters.split('&').any(|p| p.starts_with("mode=")) => {
            url.to_owned()
        }
        Some(_) => format!("{url}&mode=rwc"),
    }
}

/// `postgres://user:secret@host/db?password=secret` → `postgres://user@host/db`.
fn without_password(url: &str) -> String {
    let url = url.split_once('?').map_or(url, |(before, _)| before);
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    match authority.rsplit_once('@') {
        Some((login, host)) => {
            let user = login.split_once(':').map_or(login, |(user, _)| user);
            format!("{scheme}://{user}@{host}{path}")
        }
        None => url.to_owned(),
    }
}

async fn connect(backend: Backend, url: &str, connections_max: u32) -> sqlx::Result<AnyPool> {
    // The pool would try again for half a minute and then report a timeout; a first
    // connection by hand says at once what is wrong.
    let mut first = AnyConnection::connect(url).await?;
    settle(backend, &mut first).await?;
    first.close().await?;
    AnyPoolOptions::new()
        .max_connections(connections_max)
        .after_connect(move |connection, _| Box::pin(settle(backend, connection)))
        .connect(url)
        .await
}

async fn settle(backend: Backend, connection: &mut AnyConnection) -> sqlx::Result<()> {
    if backend == Backend::Sqlite {
        sqlx::raw_sql(SQLITE_SETTINGS).execute(connection).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sqlx::Row as _;

    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (url, shown) in [
            (
                "postgres://ann:s3cret@db:5432/keel",
                "postgres://ann@db:5432/keel",
            ),
            ("postgres://ann:p@ss@db/keel", "postgres://ann@db/keel"),
            (
                "postgres://db/keel?user=ann&password=s3cret",
                "postgres://db/keel",
            ),
            (
                "sqlite:///srv/a@b:c/x.sqlite",
                "sqlite:///srv/a@b:c/x.sqlite",
            ),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }

    #[tokio::test]
    async fn a_commit_on_sqlite_is_durable_and_readers_do_not_wait() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = sqlite_url(&folder.path().join("registry.sqlite"));
        let registry = Registry::open(&url).await.expect("it opens");
        for (pragma, expected) in [
            ("SELECT journal_mode AS it FROM pragma_journal_mode", "wal"),
            (
                "SELECT CAST(synchronous AS TEXT) AS it FROM pragma_synchronous",
                "2",
            ),
            (
                "SELECT CAST(foreign_keys AS TEXT) AS it FROM pragma_foreign_keys",
                "1",
            ),
            (
                "SELECT CAST(timeout AS TEXT) AS it FROM pragma_busy_timeout",
                "5000",
            ),
        ] {
            // Every connection of the pool, not only the first.
            let mut connections = Vec::new();
            for _ in 0..SQLITE_CONNECTIONS_MAX {
                let mut connection = registry.pool.acquire().await.expect("a connection");
                let row = sqlx::query(pragma).fetch_one(&mut *connection).await;
                let found: String = row.expect("a setting").get("it");
                assert_eq!(found, expected, "{pragma}");
                connections.push(connection);
            }
        }
    }

    #[test]
    fn a_path_keeps_its_odd_characters() {
        assert_eq!(
            sqlite_url(Path::new("/srv/Zoë's #1?/registry.sqlite")),
            "sqlite:///srv/Zo%C3%AB%27s%20%231%3F/registry.sqlite"
        );
    }

    #[test]
    fn a_file_is_created_unless_the_address_says_otherwise() {
        assert_eq!(creating("sqlite:///a"), "sqlite:///a?mode=rwc");
        assert_eq!(creating("sqlite:///a?mode=ro"), "sqlite:///a?mode=ro");
        assert_eq!(
            creating("sqlite:///a?cache=private"),
            "sqlite:///a?cache=private&mode=rwc"
        );
    }
}
