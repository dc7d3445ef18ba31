//! Drafts of cases: one a signal, however often it is found.

use evenkeel_foundation::{StandardId, UnitId};
use evenkeel_registry::{CaseDraft, CaseState};

use crate::database::{Database, contract};

contract!(a_signal_has_one_draft, the_latest_draft_comes_first);

fn draft(id: &str, unit: Option<&str>, points: &[&str]) -> CaseDraft {
    CaseDraft {
        id: id.to_owned(),
        standard: StandardId::parse("first-course").unwrap(),
        unit: unit.map(|unit| UnitId::parse(unit).unwrap()),
        chart: "p".to_owned(),
        rule: "one_side".to_owned(),
        side: -1,
        points: points.iter().map(|point| (*point).to_owned()).collect(),
        snapshot: "observations@4".to_owned(),
        at: jiff::Timestamp::from_second(1_790_000_000 + id.len() as i64).unwrap(),
        state: CaseState::Draft,
    }
}

async fn a_signal_has_one_draft(database: &Database) {
    let registry = database.open().await;
    let first = draft("a", None, &["2026-01", "2026-02"]);
    assert!(registry.open_case_draft(&first).await.unwrap());
    // The run goes on: the same signal.
    let longer = draft("b", None, &["2026-01", "2026-02", "2026-03"]);
    assert!(!registry.open_case_draft(&longer).await.unwrap());
    let elsewhere = draft("ccc", Some("gent"), &["2026-01", "2026-02"]);
    assert!(registry.open_case_draft(&elsewhere).await.unwrap());
    let other_side = CaseDraft {
        side: 1,
        ..draft("dddd", None, &["2026-01", "2026-02"])
    };
    assert!(registry.open_case_draft(&other_side).await.unwrap());
    let listed = registry.list_case_drafts().await.unwrap();
    assert_eq!(listed, [other_side, elsewhere, first]);
}

async fn the_latest_draft_comes_first(database: &Database) {
    let registry = database.open().await;
    assert_eq!(registry.list_case_drafts().await.unwrap(), []);
    for (id, point) in [("a", "2026-01"), ("bb", "2026-02"), ("ccc", "2026-03")] {
        let draft = draft(id, None, &[point]);
        registry.open_case_draft(&draft).await.unwrap();
    }
    registry.close().await;
    let reopened = database.open().await;
    let listed = reopened.list_case_drafts().await.unwrap();
    let ids: Vec<&str> = listed.iter().map(|draft| draft.id.as_str()).collect();
    assert_eq!(ids, ["ccc", "bb", "a"]);
}
