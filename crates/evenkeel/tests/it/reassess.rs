//! Judging stored looks again on the command line, and SIGKILL in the middle of it: all of it
//! counts or nothing, and the list says which.
//!
//! `EVENKEEL_REASSESS_ROWS` and `EVENKEEL_REASSESS_KILLS` make it as hard as one wants.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use evenkeel_testkit::Evenkeel;
use serde_json::Value;

use crate::small::BINARY;

const FOUNDATION: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../examples/demo/foundation"
);
const STANDARD: &str = "standards/first-course.toml";
const MAPPING: &str = "kind = \"observations\"\n[unit]\nconstant = \"amsterdam-pakhuisplein\"\n\
    [time]\ncolumn = \"day\"\n[observation]\nstandard = \"first-course\"\nvalue = \"s\"\n\
    unit_of_value = \"seconds\"\nchosen = \"census\"\n";

fn setting(name: &str, default: u64) -> u64 {
    let found = std::env::var(name).ok();
    found
        .and_then(|found| found.parse().ok())
        .unwrap_or(default)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("make a folder");
    for entry in std::fs::read_dir(from).expect("list a folder") {
        let entry = entry.expect("an entry");
        let (path, goal) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &goal);
        } else {
            std::fs::copy(&path, &goal).expect("copy a file");
        }
    }
}

fn apply(evenkeel: &Evenkeel, reason: &str) {
    let from = ["--valid-from", "2020-01-01"];
    evenkeel.ok(&[&["apply", "agreed", "--reason", reason], &from[..]].concat());
}

/// Looks of 25 minutes, judged by twenty; then the register says thirty.
fn corrected(rows: u64) -> Evenkeel {
    let evenkeel = Evenkeel::new(BINARY);
    let agreed = evenkeel.folder().join("agreed");
    copy(Path::new(FOUNDATION), &agreed);
    apply(&evenkeel, "first");
    let mut csv = "day,s\n".to_owned();
    for row in 0..rows {
        let _ = writeln!(csv, "2026-0{}-{:02},1500", row % 9 + 1, row % 28 + 1);
    }
    evenkeel.write("looks.csv", csv);
    evenkeel.write("looks.toml", MAPPING);
    evenkeel.ok(&[
        "import",
        "observations",
        "looks.csv",
        "--mapping",
        "looks.toml",
    ]);
    let path = agreed.join(STANDARD);
    let text = std::fs::read_to_string(&path).expect("the standard");
    let within = text.lines().find(|line| line.starts_with("within"));
    let text = text.replace(within.expect("a time allowed"), "within = \"30min\"");
    std::fs::write(&path, text).expect("write the standard");
    apply(&evenkeel, "thirty were meant");
    evenkeel
}

/// What would change now.
fn dry_run(evenkeel: &Evenkeel) -> Value {
    evenkeel.json(&["reassess", "first-course", "--dry-run"])["counts"].clone()
}

const REASSESS: &[&str] = &["reassess", "first-course", "--reason", "thirty were meant"];

#[test]
fn killed_it_has_changed_everything_or_nothing() {
    let rows = setting("EVENKEEL_REASSESS_ROWS", 40_000);
    let kills = setting("EVENKEEL_REASSESS_KILLS", 4);
    let evenkeel = corrected(rows);
    let counts = dry_run(&evenkeel);
    assert_eq!(counts["changes"]["not_kept_to_kept"], rows);
    let started = Instant::now();
    dry_run(&evenkeel);
    let about = started.elapsed();
    let mut done = false;
    for kill in 0..kills {
        let mut running = evenkeel.command(REASSESS).spawn().expect("start it");
        // From the first moments to a little past the end.
        let share = (kill + 1) as f64 / kills as f64;
        let deadline = Instant::now() + about.mul_f64(1.2 * share);
        while Instant::now() < deadline {
            if running.try_wait().expect("look at it").is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let _ = running.kill();
        let _ = running.wait();
        let kept = dry_run(&evenkeel)["before"]["kept"]
            .as_u64()
            .expect("a count");
        assert!(kept == rows || (kept == 0 && !done), "{kept} of {rows}");
        done = kept == rows;
        // What was cut off is settled, and says what became of it.
        let listed = evenkeel.json(&["reassess", "first-course", "--list"]);
        let listed = listed["reassessments"].as_array().expect("a list").clone();
        for one in &listed {
            assert_ne!(one["state"], "running", "{one:#}");
        }
        let counted = listed.iter().filter(|one| one["state"] == "done");
        let changed = counted.map(|one| one["counts"]["changed"].as_u64().unwrap_or_default());
        assert_eq!(changed.sum::<u64>(), kept);
    }
    evenkeel.ok(REASSESS);
    let counts = dry_run(&evenkeel);
    assert_eq!(counts["before"]["kept"], rows);
    assert_eq!(counts["changed"], 0);
}

#[test]
fn it_says_what_would_change_and_refuses_to_do_it_without_a_reason() {
    let evenkeel = corrected(5);
    let said = evenkeel.ok(&["reassess", "first-course", "--dry-run"]);
    assert!(
        said.contains("5 looks were read: 5 would be judged otherwise"),
        "{said}"
    );
    assert!(said.contains("Nothing was changed (--dry-run)."), "{said}");
    let outcome = evenkeel.run(&["reassess", "first-course"]);
    assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("--reason"), "{}", outcome.stderr);
    let said = evenkeel.ok(REASSESS);
    assert!(said.contains("Written down as re-assessment"), "{said}");
    let listed = evenkeel.ok(&["reassess", "first-course", "--list"]);
    assert!(listed.contains("thirty were meant"), "{listed}");
}
