//! `evenkeel import KIND FILE --mapping MAP.toml`: preview, or run with progress.

use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};

use crate::cli::{ImportFile, OnError};
use crate::client::{Client, Refused};
use crate::exit::{Interrupted, WrongInput};
use crate::print::{print_json, print_preview, print_report};
use crate::progress::Progress;

/// How often a running import is asked how far it is.
const ASK_EVERY: Duration = Duration::from_millis(100);

pub async fn run(kind: &str, args: &ImportFile, client: &Client, json: bool) -> anyhow::Result<()> {
    let file = std::path::absolute(&args.file).context("find the file")?;
    if !file.is_file() {
        return Err(WrongInput(format!("{}: no such file", args.file.display())).into());
    }
    let Some(mapping_path) = &args.mapping else {
        return guess(kind, &file, client, json).await;
    };
    let mapping = std::fs::read_to_string(mapping_path)
        .map_err(|error| WrongInput(format!("{}: {error}", mapping_path.display())))?;
    let mut request = json!({
        "path": file,
        "kind": kind,
        "mapping": mapping,
        "mapping_name": mapping_path.display().to_string(),
        "name": file.file_name().map(|name| name.to_string_lossy()),
    });
    if let Some(on_error) = args.on_error {
        request["on_error"] = json!(match on_error {
            OnError::Abort => "abort",
            OnError::Reject => "reject",
        });
    }
    if args.dry_run {
        let preview: Value = client.post("/api/v1/imports/preview", &request).await?;
        if json {
            print_json(&preview)?;
        } else {
            print_preview(&preview);
        }
        // A dry run that found problems is no success: scripts ask the exit code.
        return match preview["problems_total"].as_u64() {
            Some(0) | None => Ok(()),
            Some(found) => {
                Err(WrongInput(format!("{found} problems found; nothing was stored")).into())
            }
        };
    }
    let finished = start_and_wait(&request, client, json).await?;
    if json {
        print_json(&finished)
    } else {
        print_report(&finished);
        Ok(())
    }
}

/// Stores a file without showing progress; what the demo does with its own files.
pub async fn store(
    kind: &str,
    path: &std::path::Path,
    mapping: &str,
    client: &Client,
) -> anyhow::Result<Value> {
    let request = json!({
        "path": path,
        "kind": kind,
        "mapping": mapping,
        "name": path.file_name().map(|name| name.to_string_lossy()),
    });
    start_and_wait(&request, client, true).await
}

/// Starts an import and waits for its end; a failed one is an error.
async fn start_and_wait(request: &Value, client: &Client, quiet: bool) -> anyhow::Result<Value> {
    let started: Value = client.post("/api/v1/imports", request).await?;
    let id = started["import"]
        .as_str()
        .context("the import has no id")?
        .to_owned();
    let finished = watch(&id, client, quiet).await?;
    if finished["status"] != "failed" {
        return Ok(finished);
    }
    let body = finished["error"].clone();
    let status = body["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    Err(Refused {
        status: status.unwrap_or(500),
        body,
    }
    .into())
}

/// Without a mapping: print a guessed one, ready to correct.
async fn guess(
    kind: &str,
    file: &std::path::Path,
    client: &Client,
    json: bool,
) -> anyhow::Result<()> {
    let guess: Value = client
        .post(
            "/api/v1/imports/guess",
            &json!({ "path": file, "kind": kind }),
        )
        .await?;
    if json {
        return print_json(&guess);
    }
    eprintln!("No --mapping given. This is a guess: save it, correct it, and try --dry-run.");
    println!("{}", guess["mapping"].as_str().unwrap_or_default());
    Ok(())
}

/// Polls until the import has ended, showing how far it is.
async fn watch(id: &str, client: &Client, quiet: bool) -> anyhow::Result<Value> {
    let mut progress = Progress::new(quiet);
    let path = format!("/api/v1/imports/{id}");
    let interrupted = tokio::signal::ctrl_c();
    tokio::pin!(interrupted);
    loop {
        let state: Value = client.get(&path).await?;
        let count = |key: &str| state[key].as_u64().unwrap_or_default();
        if let Some("queued" | "running") = state["status"].as_str() {
            progress.show(
                state["phase"].as_str().unwrap_or("waiting"),
                count("bytes_read"),
                count("bytes_total"),
                count("rows_read"),
            );
        } else {
            progress.done();
            return Ok(state);
        }
        tokio::select! {
            () = tokio::time::sleep(ASK_EVERY) => {}
            _ = &mut interrupted => {
                progress.done();
                return Err(Interrupted.into());
            }
        }
    }
}
