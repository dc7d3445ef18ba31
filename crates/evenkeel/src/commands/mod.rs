//! One file per command: build the request, send it, print the answer.

mod align;
mod assess;
mod chart;
mod config;
mod demo;
mod drivers;
mod estimate;
mod foundation;
mod hook;
mod import;
mod keepers;
mod link;
mod reassess;
mod release;
mod reliability;
mod serve;
mod weights;

use crate::cli::{Cli, Command, Import};
use crate::client::Client;
use crate::config::{Config, Flags};

/// Runs one command line to its end.
pub async fn run(cli: Cli) -> anyhow::Result<()> {
    let flags = Flags {
        dir: cli.dir.clone(),
        listen: match &cli.command {
            Command::Serve(serve) => serve.listen,
            _ => None,
        },
    };
    let config = crate::config::load(&flags)?;
    match cli.command {
        Command::Demo(args) => demo::run(&args, cli.dir, config, cli.json).await,
        Command::Serve(_) => serve::run(&config).await,
        Command::Config => config::run(&flags, cli.json),
        Command::Link(args) => {
            let client = Client::open(&config).await?;
            let result = link::run(&args, &config, &client, cli.json).await;
            client.close().await?;
            result
        }
        Command::Assess(args) => assess::run(&args, &config, cli.json).await,
        command => {
            let client = Client::open(&config).await?;
            let result = ask(command, &client, cli.json).await;
            client.close().await?;
            result
        }
    }
}

async fn ask(command: Command, client: &Client, json: bool) -> anyhow::Result<()> {
    match command {
        Command::Plan(args) => foundation::plan(&args, client, json).await,
        Command::Apply(args) => foundation::apply(&args, client, json).await,
        Command::Export(args) => foundation::export(&args, client, json).await,
        Command::Import(Import::Responses(args)) => {
            import::run("responses", &args, client, json).await
        }
        Command::Import(Import::Aggregates(args)) => {
            import::run("aggregates", &args, client, json).await
        }
        Command::Import(Import::Observations(args)) => {
            import::run("observations", &args, client, json).await
        }
        Command::Estimate(args) => estimate::run(&args, client, json).await,
        Command::Align(args) => align::run(&args, client, json).await,
        Command::Chart(args) => chart::run(&args, client, json).await,
        Command::Drivers(args) => drivers::run(&args, client, json).await,
        Command::Reliability(args) => reliability::run(&args, client, json).await,
        Command::Keepers(args) => keepers::run(&args, client, json).await,
        Command::Release(args) => release::run(&args, client, json).await,
        Command::Hook(args) => hook::run(&args, client, json).await,
        Command::Reassess(args) => reassess::run(&args, client, json).await,
        Command::Demo(_)
        | Command::Serve(_)
        | Command::Link(_)
        | Command::Assess(_)
        | Command::Config => {
            unreachable!("answered without a client")
        }
    }
}

/// The configuration of the demo: a directory of its own.
fn demo_config(dir: Option<std::path::PathBuf>, config: Config) -> Config {
    Config {
        dir: dir.unwrap_or_else(|| "evenkeel-demo".into()),
        ..config
    }
}

/// A path with a query string, percent-encoded.
struct Query {
    path: String,
    first: bool,
}

impl Query {
    fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            first: true,
        }
    }

    fn add(mut self, name: &str, value: Option<&impl ToString>) -> Self {
        if let Some(value) = value {
            self.path.push(if self.first { '?' } else { '&' });
            self.first = false;
            self.path.push_str(name);
            self.path.push('=');
            for byte in value.to_string().bytes() {
                match byte {
                    b'a'..=b'z'
                    | b'A'..=b'Z'
                    | b'0'..=b'9'
                    | b'-'
                    | b'_'
                    | b'.'
                    | b'~'
                    | b','
                    | b':' => {
                        self.path.push(char::from(byte));
                    }
                    other => self.path.push_str(&format!("%{other:02X}")),
                }
            }
        }
        self
    }

    fn path(self) -> String {
        self.path
    }
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn values_are_percent_encoded() {
        let path = Query::new("/x")
            .add("by", Some(&"unit:shop,month"))
            .add("none", None::<&String>)
            .add("name", Some(&"a b&c"))
            .path();
        assert_eq!(path, "/x?by=unit:shop,month&name=a%20b%26c");
    }
}
