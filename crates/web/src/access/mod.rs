//! Who may do what, where.
//!
//! ```text
//! right.rs      what can be done, and the one table that says which role may, and how far
//! endpoints.rs  which right each endpoint needs; an endpoint without a line is refused
//! who.rs        who is asking: the operator, or a person with a session
//! scope.rs      the units that an answer may be about
//! gatekeeper.rs before each request of the API: session, right, scope
//! cookie.rs     the session's cookie
//! secret.rs     tokens drawn at random, kept as their SHA-256
//! password.rs   argon2id
//! ```
//!
//! Invariants: the server decides, pages only follow; what one may not know does not exist (404);
//! an endpoint that nobody wrote a line for is closed. Absent on purpose: single sign-on and
//! tokens for programs.

pub mod endpoints;
pub mod gatekeeper;
pub mod password;
pub mod secret;

mod cookie;
mod right;
mod scope;
mod who;

pub use cookie::Cookie;
pub use right::{Reach, Right};
pub use scope::Scope;
pub use who::{Person, Who};
