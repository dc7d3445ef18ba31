//! The HTTP API and the pages.
//!
//! ```text
//! access/   who may do what, where
//! api/      one file per endpoint: errors, documentation, handler
//! answers/  questions to `measure`, judged by `compare`, as the API says them
//! overview/ what the home page shows, and why at that level and period
//! pictures/ charts without a browser
//! office/   the state of an installation: registry, facts, jobs
//! server/   the doors: loopback TCP, Unix socket, embedded pages
//! ```
//!
//! Invariants: no number leaves without n, interval and snapshot, and no hidden group's n
//! leaves at all; the server decides who may see what. Absent on
//! purpose: SQL, Arrow, statistical formulas (`registry`, `measure`, `stats`).

pub mod api;

mod access;
mod answers;
mod office;
mod overview;
pub mod pictures;
mod server;

pub use access::endpoints::{Access, ENDPOINTS};
pub use access::secret::Secret;
pub use office::{
    Clock, Directories, InForce, Office, OfficeConfig, OfficeError, PeopleError, SystemClock,
};
pub use server::{Caller, ListenError, ServeConfig, ServeError, router, serve, serve_until};
