//! Configuration: file, then `EVENKEEL_*` variables, then flags.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

/// Every setting, with its default.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Data directory.
    pub dir: PathBuf,
    /// Address of the API and the pages.
    pub listen: SocketAddr,
    /// `postgres://…` for the registry; without it a SQLite file in `dir`.
    pub registry_url: Option<String>,
    /// `https://…` under which browsers reach it through a proxy; without it loopback only.
    pub public_url: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            dir: PathBuf::from("evenkeel-data"),
            listen: SocketAddr::from(([127, 0, 0, 1], 8640)),
            registry_url: None,
            public_url: None,
        }
    }
}

/// Flags that override the file and the environment.
#[derive(Debug, Default, Serialize)]
pub struct Flags {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dir: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
}

/// Where the file is looked for: `EVENKEEL_CONFIG`, else `evenkeel.toml` here.
fn file() -> PathBuf {
    std::env::var_os("EVENKEEL_CONFIG")
        .map_or_else(|| PathBuf::from("evenkeel.toml"), PathBuf::from)
}

fn figment(flags: &Flags) -> Figment {
    Figment::from(Serialized::defaults(Config::default()))
        .merge(Toml::file(file()))
        .merge(
            Env::prefixed("EVENKEEL_")
                .ignore(&["log", "config"])
                .only(&["dir", "listen", "registry_url", "public_url"]),
        )
        .merge(Serialized::defaults(flags))
}

/// Reads the configuration in force.
pub fn load(flags: &Flags) -> anyhow::Result<Config> {
    figment(flags).extract().with_context(|| {
        format!(
            "read configuration ({} and EVENKEEL_* variables)",
            file().display()
        )
    })
}

/// A setting, its value in force (secrets hidden) and where it comes from.
#[derive(Debug, Serialize)]
pub struct Setting {
    pub name: &'static str,
    pub value: String,
    pub source: String,
}

/// All settings with their sources, for `evenkeel config`.
pub fn explain(flags: &Flags) -> anyhow::Result<Vec<Setting>> {
    let figment = figment(flags);
    let config: Config = figment.extract().context("read configuration")?;
    let source = |name: &str| {
        figment.find_metadata(name).map_or_else(
            || "default".to_owned(),
            |found| match found.name.as_ref() {
                name if name.contains("Config") => "default".to_owned(),
                name if name.contains("Flags") => "flag".to_owned(),
                name if name.contains("environment") => "environment".to_owned(),
                name => name.to_owned(),
            },
        )
    };
    Ok(vec![
        Setting {
            name: "dir",
            value: config.dir.display().to_string(),
            source: source("dir"),
        },
        Setting {
            name: "listen",
            value: config.listen.to_string(),
            source: source("listen"),
        },
        Setting {
            name: "registry_url",
            value: config.registry_url.as_deref().map_or_else(
                || format!("sqlite in {}", config.dir.display()),
                hide_password,
            ),
            source: source("registry_url"),
        },
        Setting {
            name: "public_url",
            value: config
                .public_url
                .unwrap_or_else(|| "none: loopback only".to_owned()),
            source: source("public_url"),
        },
    ])
}

/// `postgres://user:secret@host/db` → `postgres://user:***@host/db`.
fn hide_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 < at => {
            let user = url[scheme + 3..at].split(':').next().unwrap_or_default();
            format!("{}{user}:***{}", &url[..scheme + 3], &url[at..])
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::hide_password;

    #[test]
    fn passwords_are_never_printed() {
        assert_eq!(
            hide_password("postgres://ann:s3cr@t@db:5432/evenkeel"),
            "postgres://ann:***@db:5432/evenkeel"
        );
        assert_eq!(
            hide_password("postgres://db/evenkeel"),
            "postgres://db/evenkeel"
        );
    }
}
