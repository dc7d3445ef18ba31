//! Generates the tables of the benchmark, and times the eight questions over them.
//!
//! `questions generate DIR SCALE` writes 10 million customer responses, 1 million employee
//! responses and 20 million observations (times SCALE) through `facts`, always the same ones.
//! `questions time DIR RUNS` asks each question RUNS times with nothing held from before, then RUNS
//! times knowing the answer's groups, and prints times and answers as JSON; with names of questions
//! behind it only those. `questions append DIR RUNS` appends a hundredth to each table RUNS times
//! (to a copy, please) and asks each question once after each append.
//! `bench/run` drives both, sets DuckDB beside them and compares the answers.

mod ask;
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
        ["generate", dir, scale] => generate::all(Path::new(dir), scale.parse()?),
        ["time", dir, runs, only @ ..] => {
            let facts = Arc::new(Facts::open(Path::new(dir))?);
            let runtime = tokio::runtime::Builder::new_current_thread().build()?;
            let report = runtime.block_on(ask::all(&facts, runs.parse()?, only))?;
            println!("{report}");
            Ok(())
        }
        ["append", dir, runs] => {
            let facts = Arc::new(Facts::open(Path::new(dir))?);
            let runtime = tokio::runtime::Builder::new_current_thread().build()?;
            let report = runtime.block_on(ask::appended(&facts, runs.parse()?))?;
            println!("{report}");
            Ok(())
        }
        _ => Err("usage: questions generate DIR SCALE | questions time DIR RUNS [QUESTION…] | questions append DIR RUNS".into()),
    }
}
