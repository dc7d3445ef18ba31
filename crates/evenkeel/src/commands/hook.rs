//! `evenkeel hook`: webhooks that other programs call.

use anyhow::Context as _;
use evenkeel_web::api::observations::hooks::{HookList, MadeHook};
use serde_json::json;

use crate::cli::Hook;
use crate::client::Client;
use crate::print::{Table, print_json};

const PATH: &str = "/api/v1/hooks";

pub async fn run(args: &Hook, client: &Client, as_json: bool) -> anyhow::Result<()> {
    match args {
        Hook::List => list(client, as_json).await,
        Hook::Set { name, mapping } => {
            let text = std::fs::read_to_string(mapping)
                .with_context(|| format!("read {}", mapping.display()))?;
            let body = json!({ "mapping": text });
            let made: MadeHook = client.put(&format!("{PATH}/{name}"), &body).await?;
            if as_json {
                return print_json(&made);
            }
            println!(
                "The other program calls\n  POST {}\nbelow the address of the server, with\n  Authorization: Bearer {}\nThe token is shown once; the one before stops working.",
                made.path, made.token
            );
            Ok(())
        }
        Hook::Remove { name } => {
            client.delete(&format!("{PATH}/{name}")).await?;
            if !as_json {
                println!("Nobody can call {name} any more.");
            }
            Ok(())
        }
    }
}

async fn list(client: &Client, as_json: bool) -> anyhow::Result<()> {
    let found: HookList = client.get(PATH).await?;
    if as_json {
        return print_json(&found);
    }
    if found.hooks.is_empty() {
        println!("No webhook yet: `evenkeel hook set NAME MAPPING.toml` makes one.");
        return Ok(());
    }
    let mut table = Table::new(["webhook", "last look", "changed at", "changed by"]);
    for hook in found.hooks {
        let last = hook.last_received_at.unwrap_or_else(|| "–".to_owned());
        let who = hook.changed_by_name.unwrap_or(hook.changed_by);
        table.row([hook.id, last, hook.changed_at, who]);
    }
    table.print();
    Ok(())
}
