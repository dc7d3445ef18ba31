//! Progress of long work: a bar on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

/// How often a plain line is printed when stderr is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// Progress by bytes of a file, with rows beside it.
pub struct Progress {
    bar: Option<ProgressBar>,
    last_line: Instant,
}

impl Progress {
    /// `quiet` shows nothing at all.
    pub fn new(quiet: bool) -> Self {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new(0);
            bar.set_style(
                ProgressStyle::with_template(
                    "{msg:<34} [{bar:32}] {percent:>3} % {bytes}/{total_bytes} {eta}",
                )
                .unwrap_or_else(|_| ProgressStyle::default_bar())
                .progress_chars("█▌ "),
            );
            bar
        });
        Self {
            bar,
            last_line: Instant::now(),
        }
    }

    pub fn show(&mut self, phase: &str, bytes_read: u64, bytes_total: u64, rows: u64) {
        let words = format!("{phase}: {} rows", HumanCount(rows));
        if let Some(bar) = &self.bar {
            bar.set_length(bytes_total);
            bar.set_position(bytes_read);
            bar.set_message(words);
        } else if self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            let percent = (bytes_read * 100).checked_div(bytes_total).unwrap_or(0);
            eprintln!("{words} ({percent} % of the file)");
        }
    }

    /// Progress by rows alone.
    pub fn show_rows(&mut self, phase: &str, passed: u64, total: u64) {
        if let Some(bar) = &self.bar {
            bar.set_style(
                ProgressStyle::with_template("{msg:<34} [{bar:32}] {percent:>3} % {eta}")
                    .unwrap_or_else(|_| ProgressStyle::default_bar())
                    .progress_chars("█▌ "),
            );
            bar.set_length(total);
            bar.set_position(passed);
            bar.set_message(phase.to_owned());
        } else if self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            let percent = (passed * 100).checked_div(total).unwrap_or(0);
            eprintln!("{phase}: {percent} % of the rows");
        }
    }

    pub fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
