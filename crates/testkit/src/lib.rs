//! Dev only: runs the real `evenkeel` binary in a directory of its own.
//!
//! Invariant: a server that was started is stopped when its handle goes, also when
//! the test panics. Waiting is always for a condition, never for a time.

mod command;
mod server;

pub use command::{Evenkeel, Outcome};
pub use server::Server;
