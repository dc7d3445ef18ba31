//! SIGKILL in the middle of an import: nothing lost, nothing twice, no part ever seen.
//!
//! `EVENKEEL_CRASH_ROWS` and `EVENKEEL_CRASH_KILLS` make it as hard as the acceptance
//! run wants it (3,000,000 rows, 20 kills).

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use evenkeel_testkit::Evenkeel;

use crate::small::{VISITS, three_shops, visits, visits_stored};

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

/// A well-mixed number from a counter: moments of death spread over the import, the
/// same in every run.
fn mix(counter: u64) -> u64 {
    let mut z = counter.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn prepared(csv: &str) -> Evenkeel {
    let evenkeel = three_shops();
    evenkeel.write("visits.csv", csv);
    evenkeel.write("visits.toml", VISITS);
    evenkeel
}

const IMPORT: &[&str] = &[
    "import",
    "responses",
    "visits.csv",
    "--mapping",
    "visits.toml",
];

#[test]
fn killed_imports_land_whole_and_once() {
    let rows = setting("EVENKEEL_CRASH_ROWS", 300_000);
    let kills = setting("EVENKEEL_CRASH_KILLS", 6);
    let csv = visits(rows as usize);

    // How long an undisturbed import takes here.
    let evenkeel = prepared(&csv);
    let started = Instant::now();
    evenkeel.ok(IMPORT);
    let whole = started.elapsed();
    assert_eq!(visits_stored(&evenkeel), rows);

    let mut evenkeel = prepared(&csv);
    let mut seen = BTreeSet::new();
    let mut killed = 0;
    let mut finished = 0;
    while killed < kills {
        let server = evenkeel.serve();
        let mut import = evenkeel.command(IMPORT).spawn().expect("start the import");
        // Anywhere from the first moments to a little past the end.
        let share = (mix(killed * 31 + finished) % 1_100) as f64 / 1_000.0;
        let deadline = Instant::now() + whole.mul_f64(share).max(Duration::from_millis(20));
        let mut ended = false;
        while Instant::now() < deadline && !ended {
            // A reader all the while: it may see nothing or everything.
            seen.insert(visits_stored(&evenkeel));
            ended = import.try_wait().expect("look at the import").is_some();
        }
        server.kill();
        let _ = import.kill();
        let _ = import.wait();
        killed += 1;
        seen.insert(visits_stored(&evenkeel));
        if ended {
            assert_eq!(
                visits_stored(&evenkeel),
                rows,
                "an import that ended is stored"
            );
            finished += 1;
            evenkeel = prepared(&csv);
        }
    }
    // Started once more, it ends; and once more adds nothing.
    evenkeel.ok(IMPORT);
    assert_eq!(visits_stored(&evenkeel), rows);
    evenkeel.ok(IMPORT);
    assert_eq!(visits_stored(&evenkeel), rows);
    assert!(
        seen.iter().all(|count| *count == 0 || *count == rows),
        "a reader saw a part: {seen:?}"
    );
    println!("{killed} kills, {finished} imports finished between them, readers saw {seen:?}");
}
