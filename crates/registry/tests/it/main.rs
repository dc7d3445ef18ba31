//! The contract of the registry, kept on SQLite and on PostgreSQL alike.
//!
//! Each case is one function that gets a [`database::Database`]; `contract!` makes a
//! test of it for each backend.

#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod accounts;
mod agreed;
mod apply;
mod audit;
mod baselines;
mod case_drafts;
mod case_steps;
mod cluster;
mod database;
mod history;
mod imported_units;
mod imports;
mod inbox;
mod meta;
mod reassessments;
mod releases;
mod schema;
mod sqlite;
