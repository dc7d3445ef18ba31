//! The HTTP API and the pages.
//!
//! ```text
//! api/      one file per endpoint: errors, documentation, handler
//! answers/  questions to `measure`, judged by `compare`, as the API says them
//! overview/ what the home page shows, and why at that level and period
//! pictures/ charts without a browser
//! office/   the state of an installation: registry, facts, jobs
//! server/   the doors: loopback TCP, Unix socket, embedded pages
//! ```
//!
//! Invariants: no number leaves without n, interval and snapshot, and no hidden group's n
//! leaves at all; nothing beyond loopback is served until accounts exist. Absent on
//! purpose: SQL, Arrow, statistical formulas (`registry`, `measure`, `stats`).

pub mod api;

mod answers;
mod office;
mod overview;
pub mod pictures;
mod server;

pub use office::{Clock, Directories, InForce, Office, OfficeConfig, OfficeError, SystemClock};
pub use server::{Caller, ListenError, ServeConfig, ServeError, router, serve, serve_until};
