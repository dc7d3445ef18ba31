//! Imports one file into a fresh directory and says how long that took.
//!
//! `cargo run --example import -- FOUNDATION_DIR MAPPING.toml FILE [--preview | --guess | --reject]`
//!
//! For measuring and for looking at mappings without a server; the program for users is
//! `evenkeel import`.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use evenkeel_collect::{
    Agreed, Around, Hooks, ImportRequest, Mapping, OnError, guess, preview, run,
};
use evenkeel_facts::Facts;
use evenkeel_foundation::{Foundation, Unit, parse};
use jiff::Timestamp;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

struct Nobody;

impl Hooks for Nobody {
    fn add_units(&self, _: &[Unit], _: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(())
    }
}

fn files(dir: &Path, under: &Path, found: &mut BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, under, found)?;
        } else if let Ok(name) = path.strip_prefix(under) {
            found.insert(name.to_string_lossy().into_owned(), std::fs::read(&path)?);
        }
    }
    Ok(())
}

fn foundation(dir: &Path) -> Result<Foundation, Box<dyn Error>> {
    let mut found = BTreeMap::new();
    files(dir, dir, &mut found)?;
    parse(&found).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n").into()
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [dir, mapping, file, options @ ..] = args.as_slice() else {
        return Err("FOUNDATION_DIR MAPPING.toml FILE [--preview | --guess | --reject]".into());
    };
    let foundation = foundation(Path::new(dir))?;
    let source = PathBuf::from(file);
    let file_name = source
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let begun = Instant::now();
    if options.iter().any(|option| option == "--guess") {
        let guessed = guess(&source, &file_name, None, &foundation)?;
        println!(
            "{}\n{:.2} s",
            guessed.mapping_toml,
            begun.elapsed().as_secs_f64()
        );
        return Ok(());
    }
    let mapping_text = std::fs::read_to_string(mapping)?;
    let parsed = Mapping::parse(&mapping_text, mapping).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    let rejecting = options.iter().any(|option| option == "--reject");
    let request = ImportRequest {
        kind: parsed.kind,
        source,
        file_name,
        on_error: if rejecting {
            OnError::Reject
        } else {
            parsed.on_error
        },
        mapping: parsed,
        mapping_text,
        reject_file: rejecting.then(|| PathBuf::from("rejected.csv")),
    };
    let agreed = Agreed::first_versions(foundation);
    let mut rng = StdRng::seed_from_u64(1);
    if options.iter().any(|option| option == "--preview") {
        let shown = preview(
            &request,
            &agreed,
            5,
            Timestamp::UNIX_EPOCH,
            &mut rng,
            &|_| (),
        )?;
        println!(
            "{}\n{:.2} s",
            serde_json::to_string_pretty(&shown)?,
            begun.elapsed().as_secs_f64()
        );
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let facts = Facts::open(folder.path())?;
    let report = run(
        &request,
        Around {
            agreed: &agreed,
            facts: &facts,
            hooks: &Nobody,
            salt: b"salt of an example",
            progress: &|_| (),
            cancelled: &AtomicBool::new(false),
            clock: &|| Timestamp::UNIX_EPOCH,
            rng: &mut rng,
        },
    );
    let seconds = begun.elapsed().as_secs_f64();
    match report {
        Ok(mut report) => {
            report.new_units.truncate(3);
            println!("{}", serde_json::to_string_pretty(&report)?);
            println!(
                "{seconds:.2} s, {:.0} rows/s",
                report.counts.rows_read as f64 / seconds
            );
        }
        Err(evenkeel_collect::ImportError::Rows { problems, counts }) => {
            println!("{}", serde_json::to_string_pretty(&counts)?);
            for problem in problems.listed.iter().take(10) {
                println!("{problem}");
            }
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
