//! Registries of other programs: an older schema is brought forward, a newer one is
//! left alone.

use evenkeel_foundation::{ObjectKind, Origin, StandardId};
use evenkeel_registry::{Backend, ImportStatus, MetaName, Registry, RegistryError};
use sqlx::{AnyConnection, Connection as _, Row as _};

use crate::agreed::{add_unit, chain, four_hours, unit};
use crate::database::{Database, contract};

contract!(
    a_registry_of_schema_1_opens,
    a_registry_of_a_newer_program_is_refused_unharmed,
    a_changed_migration_is_noticed,
);

/// A whole registry as the first release wrote it, and the row in which sqlx remembers
/// the migration. Frozen: never edited, whatever the program becomes.
const SCHEMA_1: &str = include_str!("../fixtures/schema-0001.sql");
const SCHEMA_1_SQLITE: &str = include_str!("../fixtures/schema-0001.sqlite.sql");
const SCHEMA_1_POSTGRES: &str = include_str!("../fixtures/schema-0001.postgres.sql");

async fn raw(database: &Database) -> AnyConnection {
    sqlx::any::install_default_drivers();
    let url = match database.backend {
        Backend::Sqlite => format!("{}?mode=rwc", database.url),
        Backend::Postgres => database.url.clone(),
    };
    AnyConnection::connect(&url).await.unwrap()
}

async fn a_registry_of_schema_1_opens(database: &Database) {
    let mut old = raw(database).await;
    let remembered = match database.backend {
        Backend::Sqlite => SCHEMA_1_SQLITE,
        Backend::Postgres => SCHEMA_1_POSTGRES,
    };
    for text in [SCHEMA_1, remembered] {
        sqlx::raw_sql(text).execute(&mut old).await.unwrap();
    }
    old.close().await.unwrap();

    let registry = database.open().await;
    let (version, foundation) = registry.find_foundation().await.unwrap().unwrap();
    assert_eq!(version, 3);
    let mut expected = chain();
    let standard = four_hours(0.95);
    expected.standards.insert(standard.id.clone(), standard);
    let mut shop = unit("shop-1", "shop", Some("north"));
    shop.origin = Origin::Import;
    add_unit(&mut expected, shop);
    assert_eq!(foundation, expected);
    assert_eq!(registry.load_foundation_at(1).await.unwrap(), chain());

    let id = StandardId::parse("four-hours").unwrap();
    let targets: Vec<f64> = registry
        .standard_versions(&id)
        .await
        .unwrap()
        .iter()
        .map(|version| version.standard.target.get())
        .collect();
    assert_eq!(targets, [0.9, 0.95]);
    let unit = registry.list_versions(ObjectKind::Unit, "shop-1").await;
    assert_eq!(unit.unwrap()[0].author, "import");
    let import = registry.load_import("imp-1").await.unwrap();
    assert_eq!(import.status, ImportStatus::Done);
    assert_eq!(import.rows_stored, 412);
    let salt = registry
        .find_meta(MetaName::ORGANISATION_SALT)
        .await
        .unwrap();
    assert_eq!(salt.as_deref(), Some("00ff"));
    let audit = registry.list_audit(None, 10).await.unwrap();
    assert_eq!(audit.len(), 3);
}

async fn a_registry_of_a_newer_program_is_refused_unharmed(database: &Database) {
    let registry = database.open().await;
    registry
        .keep_meta(MetaName::INSTALLATION_ID, "x")
        .await
        .unwrap();
    registry.close().await;
    let mut newer = raw(database).await;
    sqlx::raw_sql(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         SELECT 4711, 'from the future', success, checksum, 0 FROM _sqlx_migrations \
         WHERE version = 1",
    )
    .execute(&mut newer)
    .await
    .unwrap();

    for _ in 0..2 {
        // Twice: the first refusal must not keep a lock.
        let error = Registry::open(&database.url).await;
        let error = error.unwrap_err();
        assert!(
            matches!(error, RegistryError::SchemaNewer { found: 4711, .. }),
            "{error}"
        );
        assert!(error.to_string().contains("newer"), "{error}");
    }
    let row = sqlx::query("SELECT content FROM meta WHERE name = 'installation_id'")
        .fetch_one(&mut newer)
        .await
        .unwrap();
    assert_eq!(row.get::<String, _>("content"), "x");
}

async fn a_changed_migration_is_noticed(database: &Database) {
    database.open().await.close().await;
    let mut edited = raw(database).await;
    let other = match database.backend {
        Backend::Sqlite => "UPDATE _sqlx_migrations SET checksum = x'00'",
        Backend::Postgres => "UPDATE _sqlx_migrations SET checksum = '\\x00'",
    };
    sqlx::raw_sql(other).execute(&mut edited).await.unwrap();
    let error = Registry::open(&database.url).await;
    let error = error.unwrap_err();
    assert!(matches!(error, RegistryError::Migrate { .. }), "{error}");
}
