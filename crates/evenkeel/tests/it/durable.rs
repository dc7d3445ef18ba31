//! Success is said after fsync: seen from outside, with strace.

use std::process::Command;

use crate::small::{VISITS, three_shops, visits};

#[test]
fn files_log_entry_and_folders_are_synced_before_success_is_said() {
    if Command::new("strace").arg("-V").output().is_err() {
        assert!(
            std::env::var_os("CI").is_none(),
            "strace is needed in CI (scripts/tools installs it)"
        );
        println!("not checked: strace is not installed");
        return;
    }
    let evenkeel = three_shops();
    evenkeel.write("visits.csv", visits(5_000));
    evenkeel.write("visits.toml", VISITS);
    let inner = evenkeel.command(&[
        "import",
        "responses",
        "visits.csv",
        "--mapping",
        "visits.toml",
    ]);
    let trace = evenkeel.folder().join("trace.txt");
    let outcome = Command::new("strace")
        .args([
            "-f",
            "-y",
            "-e",
            "trace=fsync,fdatasync,write",
            "-s",
            "40",
            "-o",
        ])
        .arg(&trace)
        .arg(inner.get_program())
        .args(inner.get_args())
        .current_dir(evenkeel.folder())
        .output()
        .expect("run strace");
    assert!(outcome.status.success(), "{outcome:?}");
    let trace = std::fs::read_to_string(&trace).expect("read the trace");
    let lines: Vec<&str> = trace.lines().collect();
    let said = lines
        .iter()
        .position(|line| line.contains("write(1<") && line.contains("rows read"))
        .expect("the success line is written to stdout");
    let synced = |what: &str| {
        lines[..said].iter().any(|line| {
            (line.contains("fsync(") || line.contains("fdatasync(")) && line.contains(what)
        })
    };
    assert!(synced(".parquet>"), "a data file: {trace}");
    assert!(
        synced("_delta_log/00000000000000000000.json>"),
        "the log entry: {trace}"
    );
    assert!(
        synced("responses_visit/_delta_log>"),
        "the log's folder: {trace}"
    );
    assert!(synced("responses_visit>"), "the table's folder: {trace}");
}
