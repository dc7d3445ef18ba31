//! Which standard: a file of its own, one of a folder, or one that was agreed in a data directory.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use evenkeel_collect::Agreed;
use evenkeel_foundation::{Foundation, Organisation, Problem, Standard, parse, parse_standard};
use evenkeel_registry::StandardVersion;
use serde_json::Value;

use crate::cli::Assess;
use crate::client::Client;
use crate::commands::foundation::read_folder;
use crate::config::Config;
use crate::exit::{Missing, WrongInput};

/// A standard with what was agreed around it.
pub struct Source {
    pub agreed: Agreed,
    pub version: StandardVersion,
}

/// Finds the standard.
pub async fn find(args: &Assess, config: &Config) -> anyhow::Result<Source> {
    let path = Path::new(&args.standard);
    let is_file = path
        .extension()
        .is_some_and(|extension| extension == "toml");
    if is_file && args.foundation.is_none() {
        return of_file(path);
    }
    let foundation = match &args.foundation {
        Some(folder) => of_folder(folder)?,
        None => in_force(config).await?,
    };
    let id = if is_file {
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        stem.unwrap_or_default()
    } else {
        args.standard.clone()
    };
    let Some(standard) = foundation.standards.get(id.as_str()).cloned() else {
        let known: Vec<&str> = foundation.standards.keys().map(AsRef::as_ref).collect();
        return Err(Missing(format!(
            "there is no standard `{id}` (allowed: {}, or the path of a standard's TOML file)",
            known.join(", ")
        ))
        .into());
    };
    Ok(source(foundation, standard))
}

/// A standard's file: with the foundation around it where it lies in one, else alone.
fn of_file(path: &Path) -> anyhow::Result<Source> {
    let shown = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|error| WrongInput(format!("{shown}: {error}")))?;
    let around = path.parent().and_then(Path::parent);
    if let Some(folder) = around.filter(|folder| folder.join("organisation.toml").is_file()) {
        let foundation = of_folder(folder)?;
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        if let Some(standard) = foundation.standards.get(stem.unwrap_or_default().as_str()) {
            let standard = standard.clone();
            return Ok(source(foundation, standard));
        }
    }
    let standard = parse_standard(&shown, &text).map_err(|found| wrong(&found))?;
    let alone = Foundation::empty(Organisation {
        name: standard.title.clone(),
        languages: Vec::new(),
        time_zone: "Etc/UTC".to_owned(),
        levels: Vec::new(),
        minimum_n: 1,
        alignment: None,
    });
    Ok(source(alone, standard))
}

fn of_folder(folder: &Path) -> anyhow::Result<Foundation> {
    let files = read_folder(folder)?;
    let files = files
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()));
    parse(&files.collect()).map_err(|found| wrong(&found))
}

/// What is agreed in the data directory now, from whoever holds it.
async fn in_force(config: &Config) -> anyhow::Result<Foundation> {
    let client = Client::open(config).await?;
    let answer: anyhow::Result<Value> = client.get("/api/v1/foundation/export").await;
    client.close().await?;
    let files: BTreeMap<String, String> =
        serde_json::from_value(answer?["files"].take()).context("read what was agreed")?;
    let files = files
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()));
    parse(&files.collect()).map_err(|found| wrong(&found))
}

fn source(foundation: Foundation, standard: Standard) -> Source {
    let version = StandardVersion {
        version: 1,
        valid_from: standard.valid_from,
        standard,
        retired: false,
    };
    Source {
        agreed: Agreed::first_versions(foundation),
        version,
    }
}

fn wrong(problems: &[Problem]) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(|p| format!("\n  {p}")).collect();
    WrongInput(format!("what was agreed cannot be read:{}", lines.concat())).into()
}
