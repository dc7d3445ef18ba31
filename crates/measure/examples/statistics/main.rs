//! Times the statistics of the benchmark from rows on disk to the figure with its standard error.
//!
//! `statistics generate DIR ROWS` writes ROWS respondents with five attributes and sixteen items,
//! and ROWS ratings of a rubric, through `facts`, always the same ones. `statistics time DIR RUNS`
//! computes each statistic RUNS times the way the product does, `measure` reducing the rows and
//! `stats` judging, with nothing held from before, and prints times and answers as JSON.
//! `bench/statistics` drives both, sets R and Python beside them and compares the answers.
//!
//! Absent on purpose: what a page adds (minimum n, labels, the gate); it reads no rows.

mod compute;
mod generate;
mod organisation;

use std::path::Path;
use std::sync::Arc;

use evenkeel_facts::Facts;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["generate", dir, rows] => generate::all(Path::new(dir), rows.parse()?),
        ["time", dir, runs] => {
            let facts = Arc::new(Facts::open(Path::new(dir))?);
            let runtime = tokio::runtime::Builder::new_current_thread().build()?;
            let report = runtime.block_on(compute::all(&facts, runs.parse()?))?;
            println!("{report}");
            Ok(())
        }
        _ => Err("usage: statistics generate DIR ROWS | statistics time DIR RUNS".into()),
    }
}
