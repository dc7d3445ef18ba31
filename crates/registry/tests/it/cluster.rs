//! A PostgreSQL cluster for this test process, started on first use.
//!
//! Invariant: it ends with the process, even on a panic or SIGKILL: a shell
//! (`cluster.sh`) holds the other end of a pipe and stops the server when the pipe
//! closes. Absent on purpose: any server of the machine; tests never touch one.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::Any;
use sqlx::migrate::MigrateDatabase as _;

const SKIP: &str = "EVENKEEL_SKIP_POSTGRES";

struct Cluster {
    socket_folder: String,
    databases: AtomicU32,
    // Held, never used again: the server stops when the pipe to its shell closes.
    _shell: Child,
}

/// The address of a new, empty database; `None` where the tests on PostgreSQL were
/// asked to be left out.
pub async fn new_database() -> Option<String> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    let cluster = CLUSTER.get_or_init(start).as_ref()?;
    let number = cluster.databases.fetch_add(1, Ordering::Relaxed);
    let folder = &cluster.socket_folder;
    let url = format!("postgres://evenkeel@localhost/test_{number}?host={folder}");
    sqlx::any::install_default_drivers();
    Any::create_database(&url)
        .await
        .expect("the test cluster creates a database");
    Some(url)
}

fn start() -> Option<Cluster> {
    if std::env::var_os(SKIP).is_some_and(|value| value == "1") {
        // Past the test runner's capture: whoever reads the log has to see it.
        let line = format!("left out: the tests on PostgreSQL ({SKIP}=1)");
        writeln!(std::io::stderr(), "{line}").expect("stderr takes a line");
        return None;
    }
    let Some(bin) = binaries() else {
        panic!(
            "PostgreSQL is not installed (no initdb on PATH or under /usr/lib/postgresql). \
             Install the Debian package `postgresql` (apt-get install postgresql), or set \
             {SKIP}=1 to leave these tests out."
        );
    };
    let mut shell = shell(&bin);
    let mut first_line = String::new();
    let stdout = shell.stdout.take().expect("stdout is piped");
    BufReader::new(stdout)
        .read_line(&mut first_line)
        .expect("the cluster's shell speaks UTF-8");
    if first_line.is_empty() {
        let mut said = String::new();
        let mut stderr = shell.stderr.take().expect("stderr is piped");
        stderr.read_to_string(&mut said).expect("stderr is UTF-8");
        panic!("the PostgreSQL of {} does not start: {said}", bin.display());
    }
    Some(Cluster {
        socket_folder: first_line.trim_end().to_owned(),
        databases: AtomicU32::new(1),
        _shell: shell,
    })
}

/// The shell that runs the cluster; as another user where we are root, whom PostgreSQL
/// refuses.
fn shell(bin: &Path) -> Child {
    let mut command = if run_by_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", ordinary_user(), "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command
        .args(["-c", include_str!("cluster.sh"), "cluster"])
        .arg(bin)
        // Our own folder may be closed to the other user.
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell starts")
}

fn run_by_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout.trim_ascii() == b"0"
}

/// `postgres`, which Debian's package creates; else `nobody`.
fn ordinary_user() -> &'static str {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    if users.lines().any(|user| user.starts_with("postgres:")) {
        "postgres"
    } else {
        "nobody"
    }
}

/// The folder of `initdb` and `pg_ctl`: Debian's newest, which is not on PATH there; else
/// from PATH.
fn binaries() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .max();
    if let Some((_, bin)) = debian {
        return Some(bin);
    }
    std::env::split_paths(&std::env::var_os("PATH")?).find(|folder| folder.join("initdb").exists())
}
