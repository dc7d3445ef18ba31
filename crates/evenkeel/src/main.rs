//! The `evenkeel` binary: command line, configuration, wiring.
//!
//! Every command that asks or changes something is a client of the HTTP API: of the
//! router in this process when nobody holds the data directory, of the server over
//! its Unix socket when one does. So a page, a script and the command line cannot
//! disagree. What is absent on purpose: no SQL, no statistics, no second way in.

// As the standard library's, which panic when nobody reads; before the modules, so that all of
// them have these.
macro_rules! print {
    ($($words:tt)*) => {
        crate::print::print_words(format_args!($($words)*))
    };
}
macro_rules! println {
    ($($words:tt)*) => {
        print!("{}\n", format_args!($($words)*))
    };
}

mod cli;
mod client;
mod commands;
mod config;
mod demo;
mod directory;
mod exit;
mod print;
mod progress;
mod words;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;

fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("EVENKEEL_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(source) => return exit::report(&anyhow::Error::new(source), cli.json),
    };
    let json = cli.json;
    match runtime.block_on(commands::run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => exit::report(&error, json),
    }
}
