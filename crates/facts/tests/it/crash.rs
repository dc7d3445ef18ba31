//! SIGKILL at any moment: readers see whole imports only, and a restart ends with exactly the
//! rows of the source.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use evenkeel_facts::Facts;

use crate::child::{self, IMPORT_ROWS};
use crate::durability::strace;
use crate::rows::{TABLE, numbers, range, stored};

const KILLS: u64 = 40;
const IMPORTS: i64 = 120;
const ALIVE_MS_MAX: u64 = 250;

#[test]
fn killed_forty_times_and_resumed_the_table_holds_exactly_the_rows() {
    let dir = tempfile::tempdir().unwrap();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watching = scope.spawn(|| watch(dir.path(), &over));
        let mut seed = 20_260_314;
        let staging = dir.path().join("_staging");
        let mut unfinished = 0;
        for _ in 0..KILLS {
            let alive = Duration::from_millis(next(&mut seed) % ALIVE_MS_MAX);
            run_and_kill(dir.path(), alive);
            let left = std::fs::read_dir(&staging).is_ok_and(|mut left| left.next().is_some());
            unfinished += u32::from(left);
        }
        let done = stored(&Facts::open(dir.path()).unwrap()).len() as i64 / IMPORT_ROWS;
        let finished = child::command(dir.path(), IMPORTS)
            .stdout(Stdio::null())
            .status()
            .unwrap();
        over.store(true, Ordering::SeqCst);
        assert!(finished.success());
        let looks = watching.join().unwrap();
        println!(
            "{KILLS} kills, {unfinished} within an import, {done} imports between them; \
             {looks} looks meanwhile"
        );
        assert!(unfinished > 10, "only {unfinished} kills hit an import");
    });
    let facts = Facts::open(dir.path()).unwrap();
    assert_eq!(stored(&facts), range(0..IMPORTS * IMPORT_ROWS));
}

/// Kills at every place where something reaches the disk, one after the other: on entering the
/// n-th call of each kind, for every n that there is.
#[test]
fn killed_at_every_step_the_restart_ends_with_exactly_the_rows() {
    let Some(strace) = strace() else { return };
    let calls = [
        "mkdir,mkdirat",
        "fsync",
        "rename,renameat,renameat2",
        "link,linkat",
        "unlink,unlinkat",
        "rmdir",
    ];
    let mut points = 0;
    for call in calls {
        for nth in 1.. {
            let dir = tempfile::tempdir().unwrap();
            let run = child::command(dir.path(), 2);
            let mut traced = Command::new(&strace);
            let inject = format!("inject={call}:signal=SIGKILL:when={nth}");
            traced
                .args(["-f", "-qq", "-o", "/dev/null", "-e", &inject])
                .arg(run.get_program())
                .args(run.get_args())
                .envs(
                    run.get_envs()
                        .filter_map(|(name, value)| Some((name, value?))),
                );
            let survived = traced.stdout(Stdio::null()).status().unwrap().success();
            let seen = stored(&Facts::open(dir.path()).unwrap());
            assert_whole(&seen);
            let finished = child::command(dir.path(), 2).stdout(Stdio::null()).status();
            assert!(finished.unwrap().success(), "after {call} {nth}");
            let facts = Facts::open(dir.path()).unwrap();
            assert_eq!(
                stored(&facts),
                range(0..2 * IMPORT_ROWS),
                "after {call} {nth}"
            );
            if survived {
                break;
            }
            points += 1;
        }
    }
    println!("{points} crash points");
    assert!(points > 15, "only {points} crash points were found");
}

/// Looks at the table until it is over, as another process would.
fn watch(dir: &Path, over: &AtomicBool) -> usize {
    let facts = Facts::open(dir).unwrap();
    let mut looks = 0;
    let mut rows_before = 0;
    while !over.load(Ordering::SeqCst) {
        if let Some(snapshot) = facts.snapshot(&TABLE).unwrap() {
            let rows = snapshot.rows();
            assert_eq!(
                rows % IMPORT_ROWS as u64,
                0,
                "a part of an import is visible"
            );
            assert!(rows >= rows_before);
            if rows > rows_before {
                assert_whole(&numbers(&snapshot));
            }
            rows_before = rows;
        }
        looks += 1;
    }
    looks
}

fn assert_whole(rows: &BTreeSet<i64>) {
    let count = rows.len() as i64;
    assert_eq!(count % IMPORT_ROWS, 0, "a part of an import is visible");
    assert_eq!(rows, &range(0..count));
}

fn run_and_kill(dir: &Path, alive: Duration) {
    let mut running = child::command(dir, IMPORTS)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = running.stdout.take().unwrap();
    let (ended, end) = channel::<()>();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = output.read_to_string(&mut text);
        drop(ended);
    });
    if end.recv_timeout(alive) == Err(RecvTimeoutError::Timeout) {
        running.kill().unwrap();
    }
    running.wait().unwrap();
    reader.join().unwrap();
}

/// Numbers that look random and are the same in every run (Knuth's MMIX generator).
fn next(seed: &mut u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}
