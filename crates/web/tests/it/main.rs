//! The router in this process, over a real registry and real tables in a temporary folder.

// Helpers are outside of test functions, and a failed unwrap is a failed test there too.
#![allow(clippy::unwrap_used)]

mod access;
mod delivery;
mod document;
mod doors;
mod files;
mod foundation;
mod imports;
mod keepers;
mod looked;
mod numbers;
mod observations;
mod overview;
mod pages;
mod people;
mod questions;
mod reassess;
mod register;
mod support;
mod uploads;
mod voices;
