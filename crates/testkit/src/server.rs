//! A running server, stopped when its handle goes.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A child process that printed the address it serves.
pub struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Starts the command and waits for the line that names its address.
    ///
    /// # Panics
    /// When it ends before it serves.
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("start the server");
        let stdout = child.stdout.take().expect("the server's output is piped");
        let mut lines = BufReader::new(stdout).lines();
        let url = loop {
            let line = lines
                .next()
                .expect("the server ended before it served")
                .expect("read the server's output");
            if let Some(at) = line.find("http://") {
                break line[at..].trim().trim_end_matches('/').to_owned();
            }
        };
        // Keep reading, so that the server never waits for a full pipe.
        std::thread::spawn(move || for _ in lines.by_ref() {});
        Self { child, url }
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> &str {
        &self.url
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    ///
    /// # Panics
    /// When the process cannot be killed.
    pub fn kill(mut self) {
        self.child.kill().expect("kill the server");
        self.child.wait().expect("wait for the server");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already ended is fine here: the test may have killed it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
