//! A process of its own that imports: to be killed, or watched by strace.

use std::env;
use std::path::Path;
use std::process::Command;

use evenkeel_facts::{AppId, Facts};

use crate::rows::{TABLE, batch, schema};

const DIR: &str = "FACTS_CHILD_DIR";
const IMPORTS: &str = "FACTS_CHILD_IMPORTS";

/// Rows of one import of the child.
pub const IMPORT_ROWS: i64 = 1000;
/// Rows of one of its files.
pub const FILE_ROWS: i64 = 300;
/// What it prints when a commit has returned.
pub const COMMITTED: &str = "committed import";

/// This binary, as a process that makes `imports` imports into `dir`, one after the other, going
/// on where an earlier process stopped. Import `n` holds the rows from `n * IMPORT_ROWS`.
pub fn command(dir: &Path, imports: i64) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "child::imports",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(DIR, dir)
        .env(IMPORTS, imports.to_string());
    command
}

#[test]
fn imports() {
    let Ok(dir) = env::var(DIR) else {
        return; // an ordinary run of all tests
    };
    let imports: i64 = env::var(IMPORTS).unwrap().parse().unwrap();
    let facts = Facts::open(Path::new(&dir)).unwrap();
    for number in 0..imports {
        import(&facts, number);
        println!("{COMMITTED} {number}");
    }
}

fn import(facts: &Facts, number: i64) {
    let app = AppId::import(&format!("file-{number}"), "mapping");
    if facts.is_committed(&TABLE, &app).unwrap() {
        return;
    }
    let mut staging = facts.stage(TABLE, schema(), app).unwrap();
    staging.set_file_rows(FILE_ROWS as usize);
    let resumed = staging.resume_point().clone();
    let first = number * IMPORT_ROWS;
    let mut at = resumed.rows_read as i64;
    while at < IMPORT_ROWS && !resumed.complete {
        let end = (at + 50).min(IMPORT_ROWS);
        staging
            .write(batch(first + at..first + end), end as u64)
            .unwrap();
        at = end;
    }
    staging.commit().unwrap();
}
