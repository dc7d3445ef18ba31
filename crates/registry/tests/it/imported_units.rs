//! Units that an import met.

use evenkeel_foundation::{ObjectKind, Origin, UnitId};
use evenkeel_registry::{Registry, RegistryError, VersionSource};

use crate::agreed::{add_unit, apply, chain, meta, plan_to, unit};
use crate::database::{Database, contract};

contract!(
    imported_units_join_the_foundation,
    adding_them_again_changes_nothing,
    what_people_wrote_is_not_overwritten,
    a_plan_does_not_retire_them,
    a_retired_unit_comes_back,
    a_unit_without_its_parent_is_refused,
    two_imports_at_once_add_each_unit_once,
    a_plan_made_before_the_import_is_refused,
);

async fn import(registry: &Registry, shops: &[&str]) -> i64 {
    let units: Vec<_> = shops
        .iter()
        .map(|shop| unit(shop, "shop", Some("north")))
        .collect();
    let at = meta(0).at;
    registry
        .add_imported_units(&units, "imp-1", at)
        .await
        .unwrap()
}

async fn origin(registry: &Registry, id: &str) -> Option<Origin> {
    let foundation = registry.load_foundation().await.unwrap();
    let id = UnitId::parse(id).unwrap();
    foundation.unit(&id).map(|unit| unit.origin)
}

async fn imported_units_join_the_foundation(database: &Database) {
    let registry = database.open().await;
    apply(&registry, &chain()).await.unwrap();
    assert_eq!(import(&registry, &["shop-1", "shop-2"]).await, 2);
    assert_eq!(registry.foundation_version().await.unwrap(), 2);
    assert_eq!(origin(&registry, "shop-1").await, Some(Origin::Import));
    assert_eq!(origin(&registry, "shop-2").await, Some(Origin::Import));
    assert_eq!(registry.load_foundation_at(1).await.unwrap(), chain());

    let newest = registry.list_foundation_versions(None, 1).await.unwrap();
    let import_id = "imp-1".to_owned();
    assert_eq!(newest[0].source, VersionSource::Import { import_id });
    let audit = registry.list_audit(None, 1).await.unwrap();
    assert_eq!(audit[0].entry.action, "foundation.add_units");
    assert_eq!(audit[0].entry.detail["units"], 2);
}

async fn adding_them_again_changes_nothing(database: &Database) {
    let registry = database.open().await;
    apply(&registry, &chain()).await.unwrap();
    let version = import(&registry, &["shop-1", "shop-1"]).await;
    assert_eq!(import(&registry, &["shop-1"]).await, version);
    assert_eq!(import(&registry, &[]).await, version);
    assert_eq!(registry.foundation_version().await.unwrap(), version);
    let rows = registry.list_versions(ObjectKind::Unit, "shop-1").await;
    assert_eq!(rows.unwrap().len(), 1);
}

async fn what_people_wrote_is_not_overwritten(database: &Database) {
    let registry = database.open().await;
    apply(&registry, &chain()).await.unwrap();
    let version = import(&registry, &["north"]).await;
    assert_eq!(version, 1);
    assert_eq!(registry.load_foundation().await.unwrap(), chain());
}

async fn a_plan_does_not_retire_them(database: &Database) {
    let registry = database.open().await;
    apply(&registry, &chain()).await.unwrap();
    import(&registry, &["shop-1"]).await;
    let mut next = chain();
    add_unit(&mut next, unit("shop-2", "shop", Some("north")));
    apply(&registry, &next).await.unwrap();
    assert_eq!(origin(&registry, "shop-1").await, Some(Origin::Import));
    assert_eq!(origin(&registry, "shop-2").await, Some(Origin::Foundation));
}

async fn a_retired_unit_comes_back(database: &Database) {
    let registry = database.open().await;
    let mut with_shop = chain();
    add_unit(&mut with_shop, unit("shop-1", "shop", Some("north")));
    apply(&registry, &with_shop).await.unwrap();
    apply(&registry, &chain()).await.unwrap();
    assert_eq!(origin(&registry, "shop-1").await, None);
    assert_eq!(import(&registry, &["shop-1"]).await, 3);
    assert_eq!(origin(&registry, "shop-1").await, Some(Origin::Import));
    let rows = registry.list_versions(ObjectKind::Unit, "shop-1").await;
    assert_eq!(rows.unwrap().len(), 3);
}

async fn a_unit_without_its_parent_is_refused(database: &Database) {
    let registry = database.open().await;
    apply(&registry, &chain()).await.unwrap();
    let orphan = unit("shop-1", "shop", Some("nowhere"));
    let added = registry
        .add_imported_units(&[orphan], "imp-1", meta(0).at)
        .await;
    let error = added.unwrap_err();
    assert!(matches!(error, RegistryError::Unsound { .. }), "{error}");
    assert!(error.to_string().contains("nowhere"), "{error}");
    assert_eq!(registry.foundation_version().await.unwrap(), 1);
}

async fn two_imports_at_once_add_each_unit_once(database: &Database) {
    let (one, two) = (database.open().await, database.open().await);
    apply(&one, &chain()).await.unwrap();
    tokio::join!(
        import(&one, &["shop-1", "shop-2"]),
        import(&two, &["shop-2", "shop-3"]),
    );
    for shop in ["shop-1", "shop-2", "shop-3"] {
        let rows = one.list_versions(ObjectKind::Unit, shop).await.unwrap();
        assert_eq!(rows.len(), 1, "{shop}");
    }
    assert_eq!(one.foundation_version().await.unwrap(), 3);
}

async fn a_plan_made_before_the_import_is_refused(database: &Database) {
    let registry = database.open().await;
    apply(&registry, &chain()).await.unwrap();
    let mut next = chain();
    add_unit(&mut next, unit("shop-2", "shop", Some("north")));
    let plan = plan_to(&registry, &next).await;
    import(&registry, &["shop-1"]).await;
    let error = registry.apply(&next, &plan, &meta(1)).await.unwrap_err();
    assert!(matches!(error, RegistryError::Conflict { .. }), "{error}");
}
