//! Who may be asking.

/// Through which door a request came in.
///
/// Files of this machine may be named in an import only by somebody who could open them
/// anyway: through the Unix socket of the data directory or inside the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// The Unix socket, or the command line in this process.
    Local,
    /// A TCP connection: a browser, or anything else on this machine.
    Network,
}
