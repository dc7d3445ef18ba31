//! Facts on real Delta tables in temporary directories.
//!
//! Tests that kill or trace a process start this binary again with one test selected (`child`).
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod child;
mod crash;
mod durability;
mod evolution;
mod once;
mod rows;
mod schemas;
mod staging;
mod upkeep;
