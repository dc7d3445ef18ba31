//! `evenkeel demo`: a made-up organisation in a directory of its own, served at once.

use std::path::PathBuf;

use anyhow::Context;
use serde_json::{Value, json};

use super::demo_config;
use crate::cli::Demo;
use crate::client::Client;
use crate::config::Config;
use crate::demo::{MARK, accounts, foundation, pictures, write_files};
use crate::directory::{HeldDirectory, socket_path};
use crate::print::print_json;

pub async fn run(
    args: &Demo,
    dir: Option<PathBuf>,
    config: Config,
    json: bool,
) -> anyhow::Result<()> {
    let config = demo_config(dir, config);
    let mark = config.dir.join(MARK);
    if !mark.exists() {
        if config.dir.join("registry.sqlite").exists() {
            anyhow::bail!(
                "{} holds an organisation that is not the demo; use another --dir",
                config.dir.display()
            );
        }
        load(args, &config, json).await?;
        std::fs::write(&mark, format!("{:?}\n", args.scale))
            .with_context(|| format!("write {}", mark.display()))?;
    }
    if args.load_only {
        return Ok(());
    }
    let directory = HeldDirectory::hold(&config.dir)?;
    let office = crate::client::open_office(&config, directory.path()).await?;
    evenkeel_web::serve(
        office,
        evenkeel_web::ServeConfig {
            listen: ([127, 0, 0, 1], args.port).into(),
            socket: Some(socket_path(directory.path())),
        },
        |address| println!("Evenkeel serves the demo organisation at http://{address}/"),
    )
    .await?;
    Ok(())
}

/// Applies the demo's foundation and imports its files, as anybody would.
async fn load(args: &Demo, config: &Config, json: bool) -> anyhow::Result<()> {
    let started = std::time::Instant::now();
    eprintln!("Drawing two years of a made-up chain of restaurants …");
    let client = Client::open(config).await?;
    client
        .post::<Value>(
            "/api/v1/foundation/apply",
            &json!({
                "files": foundation(),
                "reason": "the demo organisation",
                "author": "evenkeel demo",
                "valid_from": "2024-10-01",
            }),
        )
        .await?;
    for (standard, name, picture) in pictures() {
        super::foundation::bring_picture(&client, &standard, &name, picture).await?;
    }
    let files: std::collections::BTreeMap<String, Vec<u8>> = foundation()
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    let parsed = evenkeel_foundation::parse(&files).map_err(|problems| {
        anyhow::anyhow!("the demo's foundation has {} problems", problems.len())
    })?;
    let folder = tempfile::tempdir().context("make a folder for the demo's files")?;
    let mut rows = 0;
    for file in write_files(&parsed, args.scale, folder.path())? {
        let report = super::import::store(file.kind, &file.path, file.mapping, &client).await?;
        rows += report["rows_stored"].as_u64().unwrap_or_default();
    }
    for account in accounts() {
        client.post::<Value>("/api/v1/accounts", &account).await?;
    }
    client.close().await?;
    let seconds = started.elapsed().as_secs_f64();
    if json {
        print_json(&json!({ "rows_stored": rows, "seconds": seconds }))
    } else {
        eprintln!("{rows} rows stored in {seconds:.1} s.");
        Ok(())
    }
}
