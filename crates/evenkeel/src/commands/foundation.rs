//! `evenkeel plan | apply | export FOLDER`: the foundation as text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};

use crate::cli::{Apply, FoundationDir};
use crate::client::Client;
use crate::exit::WrongInput;
use crate::print::{print_json, print_plan};

pub async fn plan(args: &FoundationDir, client: &Client, json: bool) -> anyhow::Result<()> {
    let files = read_folder(&args.folder)?;
    let answer: Value = client
        .post("/api/v1/foundation/plan", &json!({ "files": files }))
        .await?;
    if json {
        return print_json(&answer);
    }
    print_plan(&answer);
    Ok(())
}

pub async fn apply(args: &Apply, client: &Client, json: bool) -> anyhow::Result<()> {
    let files = read_folder(&args.folder)?;
    let answer: Value = client
        .post(
            "/api/v1/foundation/apply",
            &json!({
                "files": files,
                "reason": args.reason.clone().unwrap_or_else(|| "applied from a folder".to_owned()),
                "author": args.author.clone().or_else(|| std::env::var("USER").ok()),
                "valid_from": args.valid_from,
            }),
        )
        .await?;
    bring_pictures(client, &args.folder).await?;
    if json {
        return print_json(&answer);
    }
    print_plan(&answer);
    println!("In force: foundation version {}.", answer["version"]);
    Ok(())
}

pub async fn export(args: &FoundationDir, client: &Client, json: bool) -> anyhow::Result<()> {
    let answer: Value = client.get("/api/v1/foundation/export").await?;
    if json {
        return print_json(&answer);
    }
    let files: BTreeMap<String, String> =
        serde_json::from_value(answer["files"].clone()).context("read the exported files")?;
    for (name, text) in &files {
        let path = args.folder.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("create {}", folder.display()))?;
        }
        std::fs::write(&path, text).with_context(|| format!("write {}", path.display()))?;
    }
    println!("{} files written to {}", files.len(), args.folder.display());
    Ok(())
}

/// Brings a standard's picture; one of a kind that pages do not show is left out.
pub async fn bring_picture(
    client: &Client,
    standard: &str,
    name: &str,
    picture: Vec<u8>,
) -> anyhow::Result<()> {
    let content_type = match name.rsplit_once('.').map(|(_, end)| end) {
        Some("webp") => "image/webp",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("svg") => "image/svg+xml",
        _ => return Ok(()),
    };
    let path = format!("/api/v1/standards/{standard}/picture?name={name}");
    client.put_bytes(&path, content_type, picture).await
}

/// Brings the pictures that lie beside standards and that these name.
async fn bring_pictures(client: &Client, folder: &Path) -> anyhow::Result<()> {
    let in_force: serde_json::Value = client.get("/api/v1/foundation").await?;
    for object in in_force["objects"].as_array().into_iter().flatten() {
        let (Some("standard"), Some(id), Some(name)) = (
            object["kind"].as_str(),
            object["id"].as_str(),
            object["content"]["picture"].as_str(),
        ) else {
            continue;
        };
        let path = folder.join("standards").join(name);
        if path.is_file() {
            let picture =
                std::fs::read(&path).with_context(|| format!("read {}", path.display()))?;
            bring_picture(client, id, name, picture).await?;
        }
    }
    Ok(())
}

/// Every text file of a foundation folder by its path inside it. Pictures stay where
/// they are; hidden files are nobody's business here.
pub(super) fn read_folder(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    if !folder.is_dir() {
        return Err(WrongInput(format!(
            "{} is not a folder; a foundation is a folder with organisation.toml, parties.toml, …",
            folder.display()
        ))
        .into());
    }
    let mut files = BTreeMap::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(inside) = waiting.pop() {
        let here = folder.join(&inside);
        for entry in std::fs::read_dir(&here).with_context(|| format!("list {}", here.display()))? {
            let entry = entry.with_context(|| format!("list {}", here.display()))?;
            let name = inside.join(entry.file_name());
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().context("look at a file")?.is_dir() {
                waiting.push(name);
            } else if matches!(
                name.extension().and_then(|extension| extension.to_str()),
                Some("webp" | "png" | "jpg" | "jpeg" | "svg" | "md")
            ) {
            } else {
                let path = entry.path();
                let bytes =
                    std::fs::read(&path).with_context(|| format!("read {}", path.display()))?;
                let text = String::from_utf8(bytes).map_err(|found| {
                    WrongInput(format!(
                        "{}: not UTF-8 text at byte {}",
                        path.display(),
                        found.utf8_error().valid_up_to()
                    ))
                })?;
                files.insert(name.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    Ok(files)
}
