//! Applying plans: all or nothing, one after the other.

use evenkeel_foundation::{Foundation, ObjectKind, Plan, plan};
use evenkeel_registry::{ApplyMeta, RegistryError};

use crate::agreed::{
    add_unit, apply, chain, four_hours, meta, plan_to, remove_unit, unit, with_question,
};
use crate::database::{Database, contract};

contract!(
    what_was_applied_is_loaded_again,
    the_first_plan_may_call_the_organisation_changed,
    before_the_first_apply_there_is_nothing,
    the_latest_version_of_each_object_is_listed,
    a_restart_keeps_everything,
    a_plan_without_changes_makes_no_version,
    a_plan_from_an_old_version_is_refused,
    of_two_at_once_one_is_applied,
    a_plan_that_does_not_fit_changes_nothing,
    a_foundation_that_would_not_load_is_refused,
    an_item_keeps_its_scale_for_ever,
    an_apply_is_in_the_audit_log,
    two_thousand_units_are_applied_at_once,
);

async fn what_was_applied_is_loaded_again(database: &Database) {
    let registry = database.open().await;
    let first = chain();
    assert_eq!(apply(&registry, &first).await.unwrap(), 1);
    assert_eq!(registry.load_foundation().await.unwrap(), first);

    let mut second = first.clone();
    add_unit(&mut second, unit("shop-1", "shop", Some("north")));
    assert_eq!(apply(&registry, &second).await.unwrap(), 2);
    assert_eq!(registry.find_foundation().await.unwrap(), Some((2, second)));
    assert_eq!(plan_to(&registry, &first).await.changes.len(), 1);
}

async fn the_first_plan_may_call_the_organisation_changed(database: &Database) {
    let registry = database.open().await;
    let next = chain();
    let mut nothing = Foundation::empty(next.organisation.clone());
    nothing.organisation.minimum_n += 1;
    let first = plan(&nothing, &next);
    assert_eq!(registry.apply(&next, &first, &meta(0)).await.unwrap(), 1);
    assert_eq!(registry.load_foundation().await.unwrap(), next);
}

async fn the_latest_version_of_each_object_is_listed(database: &Database) {
    let registry = database.open().await;
    assert_eq!(registry.list_latest_versions().await.unwrap(), []);
    let mut next = chain();
    add_unit(&mut next, unit("shop-1", "shop", Some("north")));
    apply(&registry, &next).await.unwrap();
    let standard = four_hours(0.95);
    next.standards.insert(standard.id.clone(), standard);
    remove_unit(&mut next, "shop-1");
    apply(&registry, &next).await.unwrap();

    let latest = registry.list_latest_versions().await.unwrap();
    assert!(latest.is_sorted());
    let of = |kind: ObjectKind, id: &str| {
        let mut found = latest.iter().filter(|l| l.kind == kind && l.id == id);
        let one = found.next().map(|l| (l.version, l.retired));
        assert!(found.next().is_none(), "{id} is listed once");
        one
    };
    let organisation = of(ObjectKind::Organisation, "organisation");
    assert_eq!(organisation, Some((1, false)));
    assert_eq!(of(ObjectKind::Unit, "north"), Some((1, false)));
    assert_eq!(of(ObjectKind::Standard, "four-hours"), Some((2, false)));
    assert_eq!(of(ObjectKind::Unit, "shop-1"), Some((2, true)));
}

async fn before_the_first_apply_there_is_nothing(database: &Database) {
    let registry = database.open().await;
    assert_eq!(registry.foundation_version().await.unwrap(), 0);
    assert_eq!(registry.find_foundation().await.unwrap(), None);
    let error = registry.load_foundation().await.unwrap_err();
    assert!(matches!(error, RegistryError::NotFound { .. }), "{error}");
}

async fn a_restart_keeps_everything(database: &Database) {
    let registry = database.open().await;
    let mut next = chain();
    apply(&registry, &next).await.unwrap();
    add_unit(&mut next, unit("shop-1", "shop", Some("north")));
    apply(&registry, &next).await.unwrap();
    let history = registry.list_foundation_versions(None, 10).await.unwrap();
    // No orderly end: the connections are dropped as they are.
    drop(registry);

    let reopened = database.open().await;
    assert_eq!(reopened.find_foundation().await.unwrap(), Some((2, next)));
    let versions = reopened.list_foundation_versions(None, 10).await.unwrap();
    assert_eq!(versions, history);
    assert_eq!(versions.len(), 2);
}

async fn a_plan_without_changes_makes_no_version(database: &Database) {
    let registry = database.open().await;
    let agreed = chain();
    apply(&registry, &agreed).await.unwrap();
    assert_eq!(apply(&registry, &agreed).await.unwrap(), 1);
    assert_eq!(registry.foundation_version().await.unwrap(), 1);
    assert_eq!(registry.list_audit(None, 10).await.unwrap().len(), 1);
}

async fn a_plan_from_an_old_version_is_refused(database: &Database) {
    let registry = database.open().await;
    let agreed = chain();
    apply(&registry, &agreed).await.unwrap();
    let mut next = agreed.clone();
    add_unit(&mut next, unit("shop-1", "shop", Some("north")));
    let plan = plan_to(&registry, &next).await;
    for expected in [0, 2, -1] {
        let error = registry.apply(&next, &plan, &meta(expected)).await;
        let error = error.unwrap_err();
        assert!(
            matches!(error, RegistryError::Conflict { found: 1, .. }),
            "{error}"
        );
    }
    assert_eq!(registry.find_foundation().await.unwrap(), Some((1, agreed)));
}

async fn of_two_at_once_one_is_applied(database: &Database) {
    let (one, two) = (database.open().await, database.open().await);
    apply(&one, &chain()).await.unwrap();
    for round in 1..=5 {
        let (_, current) = one.find_foundation().await.unwrap().unwrap();
        let with = |shop: String| {
            let mut next = current.clone();
            add_unit(&mut next, unit(&shop, "shop", Some("north")));
            next
        };
        let nexts = [with(format!("a-{round}")), with(format!("b-{round}"))];
        let plans = [
            plan_to(&one, &nexts[0]).await,
            plan_to(&two, &nexts[1]).await,
        ];
        let meta = meta(round);
        let outcomes = tokio::join!(
            one.apply(&nexts[0], &plans[0], &meta),
            two.apply(&nexts[1], &plans[1], &meta),
        );
        let winner = match outcomes {
            (Ok(version), Err(RegistryError::Conflict { expected, found })) => {
                assert_eq!((version, expected, found), (round + 1, round, round + 1));
                &nexts[0]
            }
            (Err(RegistryError::Conflict { expected, found }), Ok(version)) => {
                assert_eq!((version, expected, found), (round + 1, round, round + 1));
                &nexts[1]
            }
            other => panic!("one is applied, the other conflicts: {other:?}"),
        };
        assert_eq!(&two.load_foundation().await.unwrap(), winner);
    }
}

async fn a_plan_that_does_not_fit_changes_nothing(database: &Database) {
    let registry = database.open().await;
    let agreed = chain();
    apply(&registry, &agreed).await.unwrap();
    let mut with_shop = agreed.clone();
    add_unit(&mut with_shop, unit("shop-1", "shop", Some("north")));
    let adds = plan_to(&registry, &with_shop).await;
    apply(&registry, &with_shop).await.unwrap();
    let retires = plan_to(&registry, &agreed).await;
    let mut changed = with_shop.clone();
    add_unit(&mut changed, unit("shop-1", "region", None));
    let changes = plan_to(&registry, &changed).await;
    let twice = |plan: &Plan| Plan {
        changes: [plan.changes.clone(), plan.changes.clone()].concat(),
        problems: Vec::new(),
    };

    let fits_not: [(&Foundation, Plan, &str); 4] = [
        (&with_shop, adds.clone(), "it is there already"),
        (&agreed, changes, "the foundation to come lacks it"),
        (
            &with_shop,
            retires.clone(),
            "the foundation to come still has it",
        ),
        // The second of the two meets the version that the first has just written.
        (&agreed, twice(&retires), "unique"),
    ];
    for (next, plan, says) in fits_not {
        let error = registry.apply(next, &plan, &meta(2)).await.unwrap_err();
        let said = format!("{error} {:?}", std::error::Error::source(&error));
        assert!(said.to_lowercase().contains(says), "{said}");
    }
    assert_eq!(
        registry.find_foundation().await.unwrap(),
        Some((2, with_shop))
    );
    assert_eq!(registry.list_audit(None, 10).await.unwrap().len(), 2);
}

async fn a_foundation_that_would_not_load_is_refused(database: &Database) {
    let registry = database.open().await;
    let agreed = chain();
    apply(&registry, &agreed).await.unwrap();
    // A plan with a part left out: the shop comes, its region goes.
    let mut next = agreed.clone();
    remove_unit(&mut next, "north");
    add_unit(&mut next, unit("shop-1", "shop", Some("north")));
    let plan = plan_to(&registry, &next).await;
    let error = registry.apply(&next, &plan, &meta(1)).await.unwrap_err();
    assert!(matches!(error, RegistryError::Unsound { .. }), "{error}");
    assert_eq!(registry.find_foundation().await.unwrap(), Some((1, agreed)));
}

async fn an_item_keeps_its_scale_for_ever(database: &Database) {
    let registry = database.open().await;
    let asked = with_question(&chain(), "would-return", 10);
    apply(&registry, &asked).await.unwrap();
    // Between neighbours the plan itself says so.
    let narrower = with_question(&chain(), "would-return", 5);
    let error = apply(&registry, &narrower).await.unwrap_err().to_string();
    assert!(error.contains("would-return"), "{error}");

    // After a time without the item, and without the instrument, only history knows.
    let other = with_question(&chain(), "friendly", 5);
    apply(&registry, &other).await.unwrap();
    let mut nothing = chain();
    nothing.instruments.clear();
    nothing.add_keepers();
    for meanwhile in [&other, &nothing] {
        apply(&registry, meanwhile).await.unwrap();
        let error = apply(&registry, &narrower).await.unwrap_err();
        assert!(matches!(error, RegistryError::Unsound { .. }), "{error}");
        let said = error.to_string();
        assert!(
            said.contains("item would-return was a rating from 0 to 10"),
            "{said}"
        );
        assert_eq!(&registry.load_foundation().await.unwrap(), meanwhile);
    }
    apply(&registry, &asked).await.unwrap();
    assert_eq!(registry.load_foundation().await.unwrap(), asked);
}

async fn an_apply_is_in_the_audit_log(database: &Database) {
    let registry = database.open().await;
    apply(&registry, &chain()).await.unwrap();
    let records = registry.list_audit(None, 10).await.unwrap();
    let [record] = records.as_slice() else {
        panic!("one entry: {records:?}")
    };
    assert_eq!(record.entry.at, meta(0).at);
    assert_eq!(record.entry.actor, "ann");
    assert_eq!(record.entry.action, "foundation.apply");
    assert_eq!(record.entry.subject, "foundation/1");
    assert_eq!(record.entry.detail["reason"], "guests asked");
}

async fn two_thousand_units_are_applied_at_once(database: &Database) {
    let registry = database.open().await;
    let mut next = chain();
    for number in 0..2_000 {
        let id = format!("shop-{number:04}");
        add_unit(&mut next, unit(&id, "shop", Some("north")));
    }
    let plan = plan_to(&registry, &next).await;
    let meta = ApplyMeta {
        reason: "everything at once".to_owned(),
        ..meta(0)
    };
    let begun = std::time::Instant::now();
    registry.apply(&next, &plan, &meta).await.unwrap();
    let applied = begun.elapsed();
    assert_eq!(registry.load_foundation().await.unwrap(), next);
    assert!(
        applied < database.patience(),
        "2,000 units took {applied:?}"
    );
}
