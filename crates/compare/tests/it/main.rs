//! Statistics in, judgements out: the room's behaviour as `web` sees it.
#![allow(
    clippy::unwrap_used,
    reason = "a failed unwrap in a test is a failed test"
)]

mod agreed;
mod alignment;
mod delivery;
mod differences;
mod estimates;
mod people;
