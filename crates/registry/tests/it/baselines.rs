//! Baselines: only added, in the order they were declared in.

use evenkeel_foundation::{StandardId, UnitId};
use evenkeel_registry::{BaselineRecord, RegistryError};

use crate::database::{Database, contract};

contract!(baselines_are_kept_in_order, a_baseline_is_written_once);

fn baseline(id: &str, standard: &str, unit: Option<&str>, second: i64) -> BaselineRecord {
    BaselineRecord {
        id: id.to_owned(),
        standard: StandardId::parse(standard).unwrap(),
        unit: unit.map(|unit| UnitId::parse(unit).unwrap()),
        from: "2026-01-01".parse().unwrap(),
        to: "2026-06-30".parse().unwrap(),
        author: "ilse".to_owned(),
        reason: "before the new oven".to_owned(),
        at: jiff::Timestamp::from_second(1_790_000_000 + second).unwrap(),
    }
}

async fn baselines_are_kept_in_order(database: &Database) {
    let registry = database.open().await;
    let late = baseline("a", "first-course", None, 9);
    let early = baseline("b", "first-course", Some("gent"), 3);
    let other = baseline("c", "warm", None, 5);
    for one in [&late, &early, &other] {
        registry.record_baseline(one).await.unwrap();
    }
    registry.close().await;
    let reopened = database.open().await;
    let listed = reopened.list_baselines(&late.standard).await.unwrap();
    assert_eq!(listed, [early, late]);
    let none = StandardId::parse("never").unwrap();
    assert_eq!(reopened.list_baselines(&none).await.unwrap(), []);
}

async fn a_baseline_is_written_once(database: &Database) {
    let registry = database.open().await;
    let one = baseline("a", "first-course", None, 1);
    registry.record_baseline(&one).await.unwrap();
    let again = BaselineRecord {
        reason: "another".to_owned(),
        ..one.clone()
    };
    let error = registry.record_baseline(&again).await.unwrap_err();
    assert!(
        matches!(
            error,
            RegistryError::AlreadyRecorded {
                what: "baseline",
                ..
            }
        ),
        "{error}"
    );
    let listed = registry.list_baselines(&one.standard).await.unwrap();
    assert_eq!(listed, [one]);
}
