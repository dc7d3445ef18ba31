//! `evenkeel link`: a way in that works once, for whoever can use this machine.

use serde_json::{Value, json};

use crate::cli::Link;
use crate::client::Client;
use crate::config::Config;
use crate::directory::address_path;
use crate::exit::WrongInput;
use crate::print::print_json;

pub async fn run(
    args: &Link,
    config: &Config,
    client: &Client,
    as_json: bool,
) -> anyhow::Result<()> {
    let account = match &args.mail {
        None => "first".to_owned(),
        Some(mail) => find(client, mail).await?,
    };
    let made: Value = client
        .post(&format!("/api/v1/accounts/{account}/link"), &json!({}))
        .await?;
    if as_json {
        return print_json(&made);
    }
    let served = || std::fs::read_to_string(address_path(&config.dir)).ok();
    let place = config
        .public_url
        .clone()
        .or_else(served)
        .unwrap_or_else(|| format!("http://{}", config.listen));
    println!(
        "This link works once:\n  {}{}",
        place.trim_end_matches('/'),
        made["path"].as_str().unwrap_or_default()
    );
    Ok(())
}

async fn find(client: &Client, mail: &str) -> anyhow::Result<String> {
    let found: Value = client.get("/api/v1/accounts").await?;
    let accounts = found["accounts"].as_array().cloned().unwrap_or_default();
    let wanted = mail.trim().to_lowercase();
    let known = |account: &Value| account["mail"].as_str().map(str::to_owned);
    accounts
        .iter()
        .find(|account| known(account).as_deref() == Some(&wanted))
        .and_then(|account| account["id"].as_str())
        .map(str::to_owned)
        .ok_or_else(|| {
            let all: Vec<String> = accounts.iter().filter_map(known).collect();
            WrongInput(format!(
                "no account has the mail address `{mail}` (there are: {})",
                all.join(", ")
            ))
            .into()
        })
}
