//! Questions over real tables, against counting every row by hand.

// A test may fail by unwrapping; functions outside `#[test]` are no exception here.
#![allow(clippy::unwrap_used)]

mod analyses;
mod delivery;
mod fixture;
mod indicators;
mod items;
mod observations;
mod outside;
mod time;
