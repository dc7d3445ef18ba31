//! Metadata on SQLite or PostgreSQL: what was agreed, which files came in, who
//! did what, what was released, who may come in.
//!
//! One code path serves both databases (sqlx `Any`, static SQL with `$1`, TEXT
//! ids, BIGINT microseconds, TEXT JSON), and one contract suite
//! (`tests/it`) runs on both.
//!
//! Invariants:
//! - A version of an object of the foundation is never changed or removed once
//!   it is written; a retirement is a further version. The foundation as a whole
//!   has a version number that rises by one with each change, so that a number
//!   names one content for ever.
//! - A transaction that writes begins with its write. SQLite then waits for other
//!   writers instead of failing, and PostgreSQL serialises on the row that was
//!   written first.
//! - Time and randomness are arguments; this room reads no clock and draws no
//!   salt.
//!
//! Absent on purpose: responses and observations (room `facts`), and any SQL that
//! is built from strings.

mod accounts;
mod apply;
mod attempts;
mod audit;
mod baselines;
mod case_drafts;
mod case_steps;
mod columns;
mod error;
mod hooks;
mod imported_units;
mod imports;
mod inbox;
mod latest;
mod links;
mod load;
mod meta;
mod migrations;
mod open;
mod reassessments;
mod releases;
mod role;
mod scales;
mod sessions;
mod versions;
mod write;

pub use accounts::{Account, AccountChange, Grant};
pub use apply::ApplyMeta;
pub use audit::{AuditEntry, AuditRecord};
pub use baselines::BaselineRecord;
pub use case_drafts::{CaseDraft, CaseState};
pub use case_steps::{CaseAction, CaseStep, Stepped};
pub use error::RegistryError;
pub use hooks::Hook;
pub use imports::{ImportKind, ImportRecord, ImportStatus};
pub use inbox::{InboxRow, Receipt, Received};
pub use latest::LatestVersion;
pub use links::OneTimeLink;
pub use meta::MetaName;
pub use open::{Backend, Registry, sqlite_url};
pub use reassessments::{Reassessment, ReassessmentState};
pub use releases::ReleaseEntry;
pub use role::Role;
pub use sessions::{Door, Session};
pub use versions::{
    FoundationVersion, StandardVersion, VersionRow, VersionSource, standard_version_in_force,
};

/// The result of every call on the registry.
pub type Result<T> = std::result::Result<T, RegistryError>;
