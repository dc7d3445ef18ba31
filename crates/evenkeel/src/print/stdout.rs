//! What goes to stdout.
//!
//! Invariant: whoever stops reading (`evenkeel estimate … | head`) ends the command quietly, with
//! the code that a shell gives for it. Absent on purpose: the signal itself. A server must not
//! die because somebody closed a connection, so SIGPIPE stays ignored, as Rust sets it.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write as _};

/// 128 and the number of SIGPIPE: what a shell says of a command that wrote to nobody.
const NOBODY_READS: i32 = 141;

/// Writes words, or ends the program: quietly when nobody reads, else with why.
pub fn print_words(words: Arguments<'_>) {
    let Err(source) = std::io::stdout().lock().write_fmt(words) else {
        return;
    };
    if source.kind() == ErrorKind::BrokenPipe {
        std::process::exit(NOBODY_READS);
    }
    // Whoever reads stdout may read stderr too; more cannot be done.
    let _ = writeln!(std::io::stderr(), "evenkeel: writing to stdout: {source}");
    std::process::exit(1);
}
