//! Steps of cases: what was taken on, declined or closed stays so, and its signal opens no other.

use evenkeel_foundation::StandardId;
use evenkeel_registry::{
    AuditEntry, CaseAction, CaseDraft, CaseState, CaseStep, Registry, Stepped,
};

use crate::database::{Database, contract};

contract!(
    steps_lead_from_state_to_state,
    a_declined_signal_does_not_come_back,
    a_step_that_does_not_follow_changes_nothing,
);

fn at(second: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn draft(id: &str) -> CaseDraft {
    CaseDraft {
        id: id.to_owned(),
        standard: StandardId::parse("first-course").unwrap(),
        unit: None,
        chart: "p".to_owned(),
        rule: "beyond".to_owned(),
        side: -1,
        points: vec!["2026-06".to_owned()],
        snapshot: "observations@4".to_owned(),
        at: at(0),
        state: CaseState::Draft,
    }
}

fn step(action: CaseAction, words: &str, second: i64) -> CaseStep {
    CaseStep {
        case: "a".to_owned(),
        action,
        author: "Ann".to_owned(),
        words: words.to_owned(),
        at: at(second),
    }
}

async fn take(registry: &Registry, step: &CaseStep) -> Stepped {
    let entry = AuditEntry {
        at: step.at,
        actor: step.author.clone(),
        action: format!("case.{}", step.action.as_str()),
        subject: format!("case/{}", step.case),
        detail: serde_json::json!({}),
    };
    registry.step_case(step, &entry).await.unwrap()
}

async fn state(registry: &Registry) -> CaseState {
    registry.list_case_drafts().await.unwrap()[0].state
}

async fn steps_lead_from_state_to_state(database: &Database) {
    let registry = database.open().await;
    registry.open_case_draft(&draft("a")).await.unwrap();
    let steps = [
        step(CaseAction::Take, "", 1),
        step(CaseAction::Close, "the oven was broken", 2),
        step(CaseAction::Take, "it broke again", 3),
        step(CaseAction::Decline, "a new oven comes", 4),
    ];
    let states = [
        CaseState::Open,
        CaseState::Closed,
        CaseState::Open,
        CaseState::Closed,
    ];
    for (step, after) in steps.iter().zip(states) {
        assert_eq!(take(&registry, step).await, Stepped::Done);
        assert_eq!(state(&registry).await, after);
    }
    assert_eq!(registry.list_case_steps().await.unwrap(), steps);
    let log = registry.list_audit(None, 1).await.unwrap();
    assert_eq!(
        (log[0].sequence, log[0].entry.action.as_str()),
        (4, "case.decline")
    );
}

async fn a_declined_signal_does_not_come_back(database: &Database) {
    let registry = database.open().await;
    registry.open_case_draft(&draft("a")).await.unwrap();
    let declined = step(CaseAction::Decline, "a holiday", 1);
    assert_eq!(take(&registry, &declined).await, Stepped::Done);
    assert!(!registry.open_case_draft(&draft("b")).await.unwrap());
    assert_eq!(state(&registry).await, CaseState::Closed);
    assert_eq!(registry.list_case_drafts().await.unwrap().len(), 1);
}

async fn a_step_that_does_not_follow_changes_nothing(database: &Database) {
    let registry = database.open().await;
    let nowhere = take(&registry, &step(CaseAction::Take, "", 1)).await;
    assert_eq!(nowhere, Stepped::NoCase);
    registry.open_case_draft(&draft("a")).await.unwrap();
    // Nobody took it on, so nothing can be done about it yet.
    let closed = take(&registry, &step(CaseAction::Close, "done", 2)).await;
    assert_eq!(closed, Stepped::NotFrom(CaseState::Draft));
    assert_eq!(state(&registry).await, CaseState::Draft);
    assert_eq!(registry.list_case_steps().await.unwrap(), []);
    assert_eq!(registry.list_audit(None, 9).await.unwrap(), []);
}
