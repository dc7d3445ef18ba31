//! `evenkeel serve`: the API, the pages and the jobs of one data directory.

use crate::client::open_office;
use crate::config::Config;
use crate::directory::{HeldDirectory, address_path, socket_path};

pub async fn run(config: &Config) -> anyhow::Result<()> {
    let directory = HeldDirectory::hold(&config.dir)?;
    let office = open_office(config, directory.path()).await?;
    // Whoever reads this terminal may become administrator; nobody else.
    let first = office.first_link().await?;
    evenkeel_web::serve(
        office,
        evenkeel_web::ServeConfig {
            listen: config.listen,
            socket: Some(socket_path(directory.path())),
        },
        |address| {
            // Without it, links name the address of the configuration.
            let _ = std::fs::write(address_path(directory.path()), format!("http://{address}"));
            println!(
                "Evenkeel serves {} at http://{address}/",
                config.dir.display()
            );
            if let Some(token) = first {
                let place = config
                    .public_url
                    .clone()
                    .unwrap_or_else(|| format!("http://{address}"));
                let place = place.trim_end_matches('/');
                println!(
                    "Nobody has an account yet. This link makes you administrator, once, within a day:\n  {place}/welcome#{}",
                    token.reveal()
                );
            }
        },
    )
    .await?;
    Ok(())
}
