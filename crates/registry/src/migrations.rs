//! The schema, as forward-only migrations embedded in the program.
//!
//! Invariants: a migration that was released is never edited (sqlx compares
//! checksums), and its text runs on SQLite and on PostgreSQL alike. Absent on
//! purpose: ways back. A registry of a newer program is refused, unharmed.

use sqlx::AnyPool;
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

use crate::{RegistryError, Result};

/// Version, description, text. Versions rise; branches that meet may each bring one.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (
        1,
        "foundation, imports, audit",
        include_str!("../migrations/0001_foundation_imports_audit.sql"),
    ),
    (
        2,
        "releases",
        include_str!("../migrations/0002_releases.sql"),
    ),
    (
        3,
        "accounts",
        include_str!("../migrations/0003_accounts.sql"),
    ),
    (
        4,
        "baselines, drafts of cases",
        include_str!("../migrations/0004_baselines_case_drafts.sql"),
    ),
    (
        5,
        "inbox, webhooks",
        include_str!("../migrations/0005_inbox.sql"),
    ),
    (
        7,
        "re-assessments",
        include_str!("../migrations/0007_reassessments.sql"),
    ),
    (
        8,
        "steps of cases",
        include_str!("../migrations/0008_case_steps.sql"),
    ),
];

/// Brings the schema behind `pool` to the newest version; `address` is for errors.
pub(crate) async fn run(pool: &AnyPool, address: &str) -> Result<()> {
    migrator().run(pool).await.map_err(|source| match source {
        MigrateError::VersionMissing(found) => RegistryError::SchemaNewer {
            address: address.to_owned(),
            found,
            known: MIGRATIONS.last().map_or(0, |(version, ..)| *version),
        },
        source => RegistryError::Migrate {
            address: address.to_owned(),
            source,
        },
    })
}

fn migrator() -> Migrator {
    Migrator::with_migrations(
        MIGRATIONS
            .iter()
            .map(|(version, description, text)| {
                Migration::new(
                    *version,
                    (*description).into(),
                    MigrationType::Simple,
                    (*text).into_sql_str(),
                    false,
                )
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_rise_from_one() {
        let versions: Vec<i64> = MIGRATIONS.iter().map(|(version, ..)| *version).collect();
        assert_eq!(versions.first(), Some(&1));
        assert!(
            versions.windows(2).all(|pair| pair[0] < pair[1]),
            "{versions:?}"
        );
    }
}
