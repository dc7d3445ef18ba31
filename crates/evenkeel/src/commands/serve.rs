//! `evenkeel serve`: the API, the pages and the jobs of one data directory.

use crate::client::open_office;
use crate::config::Config;
use crate::directory::{HeldDirectory, socket_path};

pub async fn run(config: &Config) -> anyhow::Result<()> {
    let directory = HeldDirectory::hold(&config.dir)?;
    let office = open_office(config, directory.path()).await?;
    evenkeel_web::serve(
        office,
        evenkeel_web::ServeConfig {
            listen: config.listen,
            socket: Some(socket_path(directory.path())),
        },
        |address| {
            println!(
                "Evenkeel serves {} at http://{address}/",
                config.dir.display()
            );
        },
    )
    .await?;
    Ok(())
}
