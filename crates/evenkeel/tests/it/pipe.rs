//! Output that nobody reads.

use std::process::Stdio;

use evenkeel_testkit::Evenkeel;

use crate::small::BINARY;

#[test]
fn a_reader_who_stops_ends_the_command_quietly() {
    let evenkeel = Evenkeel::new(BINARY);
    for arguments in [&["config"][..], &["--json", "config"]] {
        // Gone before the command starts, so that it is not a matter of who is faster.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = evenkeel.command(arguments);
        let outcome = command
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap();
        let said = String::from_utf8_lossy(&outcome.stderr);
        assert_eq!(outcome.status.code(), Some(141), "{arguments:?}: {said}");
        assert_eq!(said, "");
    }
}
