//! Versions: immutable, numbered, each with its author and its first day.

use evenkeel_foundation::{ObjectKind, StandardId};
use evenkeel_registry::standard_version_in_force;
use evenkeel_registry::{ApplyMeta, Registry, StandardVersion, VersionRow, VersionSource};
use jiff::civil::{Date, date};

use crate::agreed::{add_unit, apply, chain, four_hours, meta, morning_of, plan_to, unit};
use crate::database::{Database, contract};

contract!(
    a_version_never_changes,
    an_object_may_be_retired_and_come_back,
    every_old_foundation_loads,
    the_day_from_which_a_standard_holds,
    the_version_in_force_on_a_day,
    who_made_the_foundation_what_it_is,
    what_never_was_has_no_versions,
);

/// Applies the chain with this target for its standard; `None` retires the standard.
async fn set_target(
    registry: &Registry,
    target: Option<f64>,
    own_valid_from: Option<Date>,
    meta: ApplyMeta,
) {
    let mut next = chain();
    next.standards.clear();
    if let Some(target) = target {
        let mut standard = four_hours(target);
        standard.valid_from = own_valid_from;
        next.standards.insert(standard.id.clone(), standard);
    }
    let plan = plan_to(registry, &next).await;
    registry.apply(&next, &plan, &meta).await.unwrap();
}

async fn versions(registry: &Registry) -> Vec<StandardVersion> {
    let id = StandardId::parse("four-hours").unwrap();
    registry.standard_versions(&id).await.unwrap()
}

async fn rows(registry: &Registry) -> Vec<VersionRow> {
    let kind = ObjectKind::Standard;
    registry.list_versions(kind, "four-hours").await.unwrap()
}

async fn a_version_never_changes(database: &Database) {
    let registry = database.open().await;
    set_target(&registry, Some(0.9), None, meta(0)).await;
    let mut seen = rows(&registry).await;
    for (expected, target) in [(1, Some(0.95)), (2, None), (3, Some(0.9)), (4, Some(0.8))] {
        set_target(&registry, target, None, meta(expected)).await;
        let now = rows(&registry).await;
        assert_eq!(now[..seen.len()], seen[..], "earlier versions stay");
        assert_eq!(now.len(), seen.len() + 1);
        seen = now;
    }
    let numbers: Vec<i64> = seen.iter().map(|row| row.version).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    let last = seen.last().unwrap();
    assert_eq!(last.content["target"], 0.8);
    assert_eq!(last.owner.as_deref(), Some("care"));
    assert_eq!(last.author, "ann");
    assert_eq!(last.reason, "guests asked");
    assert_eq!(last.at, meta(0).at);
    assert_eq!(last.foundation_version, 5);
}

async fn an_object_may_be_retired_and_come_back(database: &Database) {
    let registry = database.open().await;
    set_target(&registry, Some(0.9), None, meta(0)).await;
    set_target(&registry, None, None, meta(1)).await;
    let gone = registry.load_foundation().await.unwrap();
    assert!(gone.standards.is_empty());
    set_target(&registry, Some(0.9), None, meta(2)).await;
    assert_eq!(registry.load_foundation().await.unwrap(), chain());

    let versions = versions(&registry).await;
    let retired: Vec<bool> = versions.iter().map(|version| version.retired).collect();
    assert_eq!(retired, [false, true, false]);
    assert_eq!(versions[1].standard, four_hours(0.9), "what was retired");
}

async fn every_old_foundation_loads(database: &Database) {
    let registry = database.open().await;
    let mut agreed = vec![chain()];
    apply(&registry, &agreed[0]).await.unwrap();
    for number in 1..4 {
        let mut next = agreed[number - 1].clone();
        add_unit(
            &mut next,
            unit(&format!("shop-{number}"), "shop", Some("north")),
        );
        apply(&registry, &next).await.unwrap();
        agreed.push(next);
    }
    apply(&registry, &chain()).await.unwrap();
    agreed.push(chain());
    for (version, foundation) in (1..).zip(&agreed) {
        let loaded = registry.load_foundation_at(version).await.unwrap();
        assert_eq!(&loaded, foundation, "version {version}");
    }
    for version in [0, 6, -1] {
        assert!(registry.load_foundation_at(version).await.is_err());
    }
}

async fn the_day_from_which_a_standard_holds(database: &Database) {
    let registry = database.open().await;
    let own = Some(date(2026, 1, 1));
    let given = Some(date(2026, 6, 1));
    let applied = date(2026, 3, 2);
    let holding = |expected| ApplyMeta {
        valid_from: given,
        ..meta(expected)
    };
    // The first version has held since ever: what was observed before is judged too.
    set_target(&registry, Some(0.90), None, meta(0)).await;
    // Later: from the day of applying, in the organisation's zone (UTC has 1 March).
    set_target(&registry, Some(0.91), None, meta(1)).await;
    set_target(&registry, Some(0.92), None, holding(2)).await;
    // A date new in the standard itself goes first; one that merely stays does not.
    set_target(&registry, Some(0.93), own, holding(3)).await;
    set_target(&registry, Some(0.94), own, meta(4)).await;
    set_target(&registry, None, None, meta(5)).await;
    set_target(&registry, Some(0.95), None, meta(6)).await;
    set_target(&registry, None, None, holding(7)).await;
    set_target(&registry, Some(0.96), own, meta(8)).await;

    let days: Vec<Option<Date>> = rows(&registry)
        .await
        .iter()
        .map(|row| row.valid_from)
        .collect();
    let applied = Some(applied);
    assert_eq!(
        days,
        [
            None, applied, given, own, applied, applied, applied, given, own
        ]
    );
}

async fn the_version_in_force_on_a_day(database: &Database) {
    let registry = database.open().await;
    let from = |expected, day| ApplyMeta {
        valid_from: Some(day),
        ..meta(expected)
    };
    set_target(&registry, Some(0.90), None, meta(0)).await;
    // Decided early, for later; then corrected for a time before it.
    set_target(&registry, Some(0.91), None, from(1, date(2026, 5, 1))).await;
    set_target(&registry, Some(0.92), None, from(2, date(2026, 4, 1))).await;
    set_target(&registry, None, None, from(3, date(2026, 7, 1))).await;
    let versions = versions(&registry).await;
    for (day, expected) in [
        (date(1999, 1, 1), Some(1)),
        (date(2026, 3, 31), Some(1)),
        (date(2026, 4, 1), Some(3)),
        (date(2026, 5, 1), Some(3)),
        (date(2026, 6, 30), Some(3)),
        (date(2026, 7, 1), None),
    ] {
        let in_force = standard_version_in_force(&versions, day);
        assert_eq!(in_force.map(|version| version.version), expected, "{day}");
    }
    assert_eq!(standard_version_in_force(&[], date(2026, 1, 1)), None);
}

async fn who_made_the_foundation_what_it_is(database: &Database) {
    let registry = database.open().await;
    for (expected, target) in [(0, 0.9), (1, 0.8), (2, 0.7)] {
        let meta = ApplyMeta {
            author: format!("author {expected}"),
            at: morning_of(date(2026, 3, 2)),
            ..meta(expected)
        };
        set_target(&registry, Some(target), None, meta).await;
    }
    let newest = registry.list_foundation_versions(None, 2).await.unwrap();
    assert_eq!(newest.len(), 2);
    assert_eq!(newest[0].version, 3);
    assert_eq!(newest[0].author, "author 2");
    assert_eq!(newest[0].source, VersionSource::Apply);
    let oldest = registry.list_foundation_versions(Some(2), 9).await.unwrap();
    assert_eq!(oldest.len(), 1);
    assert_eq!(oldest[0].author, "author 0");
}

async fn what_never_was_has_no_versions(database: &Database) {
    let registry = database.open().await;
    assert_eq!(rows(&registry).await, []);
    assert_eq!(versions(&registry).await, []);
}
