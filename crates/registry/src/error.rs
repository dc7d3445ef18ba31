//! What can go wrong with the registry, in words for the person who asked.
//!
//! Absent on purpose: passwords. An address is shown without one.

use evenkeel_foundation::ObjectKind;
use sqlx::migrate::MigrateError;

/// An error of the registry. The cause, where a database gave one, is the source.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The address names no database that this program can use.
    #[error(
        "registry address {address:?} cannot be used (allowed: sqlite:///PATH/registry.sqlite or \
         postgres://USER@HOST/DATABASE)"
    )]
    Address {
        /// The address, without its password.
        address: String,
    },
    /// The database does not answer, or not as expected.
    #[error("open the registry {address}")]
    Open {
        /// The address, without its password.
        address: String,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
    /// The registry was last used by a newer program.
    #[error(
        "the registry {address} has schema version {found} and this program knows versions up to \
         {known}; use the evenkeel that wrote it, or a newer one"
    )]
    SchemaNewer {
        /// The address, without its password.
        address: String,
        /// The version found in the database.
        found: i64,
        /// The newest version of this program.
        known: i64,
    },
    /// The schema could not be brought to the version of this program.
    #[error("bring the schema of the registry {address} up to date")]
    Migrate {
        /// The address, without its password.
        address: String,
        /// Which migration, and why.
        #[source]
        source: MigrateError,
    },
    /// A statement failed.
    #[error("{doing}")]
    Query {
        /// What the registry was doing, as a verb phrase.
        doing: &'static str,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
    /// Somebody else changed the foundation since it was read.
    #[error(
        "the foundation changed meanwhile: expected version {expected}, found {found}; nothing was \
         applied, plan again"
    )]
    Conflict {
        /// The version that the plan was made from.
        expected: i64,
        /// The version that is current.
        found: i64,
    },
    /// The plan does not fit the foundation that it is applied to.
    #[error("the plan does not fit: {kind} {id} is to be {action}, but {found}; plan again")]
    PlanMismatch {
        /// Kind of the object.
        kind: ObjectKind,
        /// Its id.
        id: String,
        /// What the plan wants done with it.
        action: &'static str,
        /// Why that cannot be done.
        found: &'static str,
    },
    /// The change would leave a foundation that cannot be loaded again.
    #[error("nothing was changed, for the foundation would not hold together:\n{problems}")]
    Unsound {
        /// What does not hold, a line each.
        problems: String,
    },
    /// No such thing.
    #[error("there is no {what} {id:?}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// The id that was asked for.
        id: String,
    },
    /// Nobody would be administrator any more.
    #[error("nobody would be administrator any more; make somebody else administrator first")]
    LastAdministrator,
    /// The same id was recorded before.
    #[error("{what} {id:?} is already recorded")]
    AlreadyRecorded {
        /// What was to be recorded.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// An import that reached its end cannot change any more.
    #[error("import {id:?} is {status} and can no longer change")]
    ImportSettled {
        /// Id of the import.
        id: String,
        /// The status it ended in.
        status: &'static str,
    },
    /// The database holds something that this program cannot read.
    #[error("the registry holds something unreadable in {place}: {found}")]
    Unreadable {
        /// Table and column, or object.
        place: String,
        /// What was found.
        found: String,
    },
}

impl RegistryError {
    /// Wraps an error of the database with what the registry was doing.
    pub(crate) fn query(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Query { doing, source }
    }
}
