//! The contract of the registry, kept on SQLite and on PostgreSQL alike.
//!
//! Each case is one function that gets a [`database::Database`]; `contract!` makes a
//! test of it for each backend.

mod agreed;
mod apply;
mod audit;
mod cluster;
mod database;
mod fixture_scratch;
mod history;
mod imported_units;
mod imports;
mod meta;
mod schema;
mod sqlite;
