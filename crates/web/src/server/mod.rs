//! The doors of a running installation: a TCP port on loopback and a Unix socket.
//!
//! Invariant: until accounts exist nobody but this machine can reach the port, and what
//! comes over it passes `guard`. Absent on purpose: TLS (a reverse proxy does it).

mod caller;
mod guard;
mod headers;
mod listen;
mod pages;
mod router;
mod serve;

pub use caller::Caller;
pub use listen::ListenError;
use listen::{bind_socket, bind_tcp};
pub use router::router;
pub use serve::{ServeConfig, ServeError, serve, serve_until};
