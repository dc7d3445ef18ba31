//! One command of the binary, with what it printed.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::Server;

/// A binary and a data directory of its own.
pub struct Evenkeel {
    binary: PathBuf,
    directory: tempfile::TempDir,
}

/// What a command did.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Evenkeel {
    /// `binary` is `env!("CARGO_BIN_EXE_evenkeel")` of the calling test.
    ///
    /// # Panics
    /// When no temporary directory can be made.
    pub fn new(binary: &str) -> Self {
        Self {
            binary: PathBuf::from(binary),
            directory: tempfile::tempdir().expect("make a temporary directory"),
        }
    }

    /// The folder that belongs to this test; the data directory is `data` inside it.
    pub fn folder(&self) -> &Path {
        self.directory.path()
    }

    pub fn data_directory(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// Writes a file into the test's folder and gives its path.
    ///
    /// # Panics
    /// When the file cannot be written.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("make a folder");
        }
        std::fs::write(&path, content).expect("write a file");
        path
    }

    /// The command, ready to be started, with no setting of the surroundings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .args(arguments)
            .arg("--dir")
            .arg(self.data_directory())
            .current_dir(self.folder())
            .env_remove("EVENKEEL_CONFIG")
            .env_remove("EVENKEEL_DIR")
            .env_remove("EVENKEEL_LISTEN")
            .env_remove("EVENKEEL_REGISTRY_URL")
            .env_remove("EVENKEEL_PUBLIC_URL")
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    ///
    /// # Panics
    /// When the binary cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::from(self.command(arguments).output().expect("start evenkeel"))
    }

    /// Runs a command that must succeed.
    ///
    /// # Panics
    /// When it does not, with everything that it printed.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, Some(0), "evenkeel {arguments:?}: {outcome:?}");
        outcome.stdout
    }

    /// Runs a command with `--json` that must succeed, and reads its answer.
    ///
    /// # Panics
    /// When it fails or prints something else.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let mut all = arguments.to_vec();
        all.push("--json");
        let text = self.ok(&all);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Starts `evenkeel serve` on a free port of the loopback.
    pub fn serve(&self) -> Server {
        Server::start(self.command(&["serve", "--listen", "127.0.0.1:0"]))
    }
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}
