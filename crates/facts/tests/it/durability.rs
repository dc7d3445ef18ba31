//! What reaches the disk, and in which order, as the kernel sees it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::child;
use crate::rows::{log_actions, parquet_files};

/// Where strace is; where it is not, says that something was not checked (an error in CI).
pub fn strace() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join("strace"))
        .find(|file| file.is_file());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "strace is not installed");
        println!("NOT CHECKED: strace is not installed");
    }
    found
}

/// A system call that succeeded.
struct Call {
    name: String,
    arguments: String,
    begun: usize,
    done: usize,
}

/// Runs one import of the child under strace.
fn trace(dir: &Path, strace: &Path) -> Vec<Call> {
    let output = dir.join("trace.txt");
    let run = child::command(&dir.join("facts"), 1);
    let status = Command::new(strace)
        .args(["-f", "-y", "-qq", "-s", "64", "-e"])
        .arg("trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2,write")
        .arg("-o")
        .arg(&output)
        .arg(run.get_program())
        .args(run.get_args())
        .envs(
            run.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    parse(&std::fs::read_to_string(output).unwrap())
}

/// Lines are `PID name(arguments) = 0`, or split into `… <unfinished ...>` and `<... resumed>`.
fn parse(trace: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut unfinished: HashMap<&str, (usize, &str)> = HashMap::new();
    for (at, line) in trace.lines().enumerate() {
        let (process, rest) = line.split_once(char::is_whitespace).unwrap();
        let rest = rest.trim_start();
        if let Some(begin) = rest.strip_suffix(" <unfinished ...>") {
            unfinished.insert(process, (at, begin));
            continue;
        }
        let (begun, text) = if rest.starts_with("<... ") {
            match unfinished.remove(process) {
                Some(begin) => begin,
                None => continue,
            }
        } else {
            (at, rest)
        };
        if rest.contains(" = -1 ") {
            continue;
        }
        if let Some((name, arguments)) = text.split_once('(') {
            calls.push(Call {
                name: name.to_owned(),
                arguments: arguments.to_owned(),
                begun,
                done: at,
            });
        }
    }
    calls
}

/// Lines at which an fsync of the path was done.
fn synced(calls: &[Call], path: &Path) -> Vec<usize> {
    let open = format!("<{}>", path.display());
    calls
        .iter()
        .filter(|call| call.name == "fsync" && call.arguments.contains(&open))
        .map(|call| call.done)
        .collect()
}

#[test]
fn everything_is_on_disk_before_success_is_told() {
    let Some(strace) = strace() else { return };
    let dir = tempfile::tempdir().unwrap();
    let calls = trace(dir.path(), &strace);
    let facts = dir.path().join("facts");
    let table = facts.join("observations");
    let log = table.join("_delta_log");
    let entry = log.join("00000000000000000000.json");

    let linked = calls
        .iter()
        .find(|call| call.name.starts_with("link") && call.arguments.contains("0000.json\""))
        .expect("the log entry is linked to its name");
    let told = calls
        .iter()
        .find(|call| call.name == "write" && call.arguments.contains(child::COMMITTED))
        .expect("success is told");
    let before = |path: &Path| synced(&calls, path).iter().any(|done| *done < linked.begun);
    let after = |path: &Path| {
        synced(&calls, path)
            .iter()
            .any(|done| *done > linked.done && *done < told.begun)
    };

    let files = parquet_files(&table);
    assert_eq!(files.len(), 4);
    let named = log_actions(&table)
        .iter()
        .filter(|action| action.get("add").is_some())
        .count();
    assert_eq!(named, files.len());
    for file in &files {
        let done = synced(&calls, &table.join(file));
        assert!(!done.is_empty(), "{file} is fsynced");
        assert!(
            done[0] < linked.begun,
            "{file} is fsynced before the log names it"
        );
        let folder_done = synced(&calls, &table);
        assert!(
            folder_done
                .iter()
                .any(|folder| *folder > done[0] && *folder < linked.begun),
            "the name of {file} is fsynced before the log names it"
        );
    }
    let temporary = log.join("00000000000000000000.json#0");
    assert!(
        before(&temporary),
        "the log entry's bytes are fsynced before it has its name"
    );
    assert!(after(&entry), "the log entry is fsynced");
    assert!(after(&log), "the log's folder is fsynced");
    assert!(after(&table), "the table's folder is fsynced");
    assert!(after(&facts), "the folder of a new table is fsynced");
    assert!(
        before(dir.path()),
        "the folder of a new directory is fsynced"
    );
}

#[test]
fn a_manifest_names_only_what_is_on_disk() {
    let Some(strace) = strace() else { return };
    let dir = tempfile::tempdir().unwrap();
    let calls = trace(dir.path(), &strace);
    let table = dir.path().join("facts/observations");
    let renames: Vec<_> = calls
        .iter()
        .filter(|call| call.name.starts_with("rename") && call.arguments.contains("manifest.json"))
        .collect();
    // At the start, and after each of four files.
    assert_eq!(renames.len(), 5);
    for (rename, file) in renames[1..].iter().zip(parquet_files(&table)) {
        let done = synced(&calls, &table.join(&file));
        assert!(
            done[0] < rename.begun,
            "{file} is fsynced before the manifest names it"
        );
    }
    for rename in renames {
        let written = calls.iter().any(|call| {
            call.name == "fsync"
                && call.arguments.contains("manifest.json#0>")
                && call.done < rename.begun
        });
        assert!(
            written,
            "the manifest's bytes are fsynced before it has its name"
        );
    }
}
