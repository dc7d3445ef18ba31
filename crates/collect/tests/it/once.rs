//! A file comes in once and whole, also after an import that was cut off.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU32, Ordering};

use evenkeel_collect::{Around, ImportError, Phase, run};
use evenkeel_facts::Table;
use jiff::Timestamp;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use crate::support::{Place, column, visit};

const LINES: &str = "shop,at,nps\nsneek,2026-01-01,9\n";

#[test]
fn the_same_file_again_adds_nothing() {
    let place = Place::new();
    let first = place
        .import("a.csv", LINES.as_bytes(), &visit(""))
        .expect("stored");
    assert!(!first.already_stored);
    let again = place
        .import("renamed.csv", LINES.as_bytes(), &visit(""))
        .expect("known");
    assert!(again.already_stored);
    assert_eq!(
        (again.snapshot_version, &again.import_id),
        (first.snapshot_version, &first.import_id)
    );
    assert_eq!(place.responses("visit").len(), 1);
    // Another mapping is another import.
    let other = place
        .import("a.csv", LINES.as_bytes(), &visit("# with a comment\n"))
        .expect("stored");
    assert!(!other.already_stored && other.import_id != first.import_id);
    assert_eq!(place.responses("visit").len(), 2);
}

#[test]
fn a_file_that_failed_can_be_stored_later() {
    let place = Place::new();
    let text = format!("{LINES}utrecht,2026-01-01,3\n");
    let mut request = place.request("a.csv", text.as_bytes(), &visit(""));
    place.run(&request).expect_err("a wrong row");
    place.assert_empty();
    request.on_error = evenkeel_collect::OnError::Reject;
    let report = place.run(&request).expect("stored");
    assert_eq!(report.counts.rows_stored, 1);
}

/// Many rows with comments, so that two tables are written.
fn many(rows: u32) -> (String, String) {
    let mut text = String::from("shop,at,nps,why,who\n");
    for row in 0..rows {
        let why = if row % 7 == 0 {
            format!("because {row}")
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "sneek,2026-01-{:02},{},{why},{}",
            row % 28 + 1,
            row % 11,
            row % (rows - 5)
        );
    }
    let mapping = visit(
        "[[item]]\nid = \"why\"\ncolumn = \"why\"\n[duplicates]\nkey = [\"who\"]\npolicy = \"keep_first\"\n",
    );
    (text, mapping)
}

#[test]
fn an_import_that_was_cut_off_goes_on_where_it_stopped() {
    const ROWS: u32 = 1_400_000;
    let (text, mapping) = many(ROWS);
    let mut place = Place::new();
    let request = place.request("a.csv", text.as_bytes(), &mapping);
    // Stopped in the middle, after the first million rows were staged.
    let batches = AtomicU32::new(0);
    let mut rng = StdRng::seed_from_u64(1);
    let cut = run(
        &request,
        Around {
            agreed: &place.agreed,
            facts: &place.facts,
            hooks: &place,
            salt: b"salt of the tests",
            progress: &|progress| {
                if progress.phase == Phase::Staging && batches.fetch_add(1, Ordering::Relaxed) == 17
                {
                    place.cancelled.store(true, Ordering::Release);
                }
            },
            cancelled: &place.cancelled,
            clock: &|| Timestamp::UNIX_EPOCH,
            rng: &mut rng,
        },
    );
    assert!(
        matches!(cut, Err(ImportError::Interrupted { .. })),
        "{cut:?}"
    );
    place.assert_empty();
    place.cancelled.store(false, Ordering::Release);
    // The second attempt draws other ids, as it would with real randomness.
    place.seed = 2;
    let report = place.run(&request).expect("stored");
    assert!(report.resumed_at > 1_000_000, "{}", report.resumed_at);
    assert_eq!(report.counts.rows_read, u64::from(ROWS));
    assert_eq!(report.counts.rows_dropped_as_duplicates, 5);
    let rows = place.responses("visit");
    assert_eq!(rows.len() as u64, report.counts.rows_stored);
    let scores: u64 = column(&rows, "item_recommend")
        .iter()
        .map(|n| n.parse::<u64>().expect("a number"))
        .sum();
    let expected: u64 = (0..u64::from(ROWS) - 5).map(|row| row % 11).sum();
    assert_eq!(scores, expected);
    // Every comment finds its response, also across the cut.
    let comments = place.rows(&Table::Comments);
    assert_eq!(comments.len(), ((ROWS - 5) as usize).div_ceil(7));
    let ids: std::collections::BTreeSet<&str> = column(&rows, "response_id").into_iter().collect();
    assert_eq!(ids.len(), rows.len());
    assert!(
        column(&comments, "response_id")
            .iter()
            .all(|id| ids.contains(id))
    );
    assert!(place.run(&request).expect("known").already_stored);
}

#[test]
fn progress_is_told() {
    let place = Place::new();
    let request = place.request("a.csv", LINES.as_bytes(), &visit(""));
    let seen = std::cell::RefCell::new(Vec::new());
    let mut rng = StdRng::seed_from_u64(1);
    run(
        &request,
        Around {
            agreed: &place.agreed,
            facts: &place.facts,
            hooks: &place,
            salt: b"salt",
            progress: &|progress| {
                seen.borrow_mut()
                    .push((progress.phase, progress.rows_stored, progress.bytes_read));
            },
            cancelled: &place.cancelled,
            clock: &|| Timestamp::UNIX_EPOCH,
            rng: &mut rng,
        },
    )
    .expect("stored");
    let bytes = LINES.len() as u64;
    assert_eq!(
        *seen.borrow(),
        [(Phase::Staging, 1, bytes), (Phase::Committing, 1, bytes)]
    );
}
