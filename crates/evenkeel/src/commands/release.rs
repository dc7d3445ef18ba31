//! `evenkeel release [--list]`.

use evenkeel_web::api::releases::{MadeRelease, ReleaseView, ReleasedIndicators, ReleasesView};

use crate::cli::Release;
use crate::client::Client;
use crate::print::{Table, print_json};

const PATH: &str = "/api/v1/releases";

pub async fn run(args: &Release, client: &Client, json: bool) -> anyhow::Result<()> {
    if args.list {
        let found: ReleasesView = client.get(PATH).await?;
        if json {
            return print_json(&found);
        }
        list(&found.releases);
        return Ok(());
    }
    let made: MadeRelease = client.post(PATH, &serde_json::Value::Null).await?;
    if json {
        return print_json(&made);
    }
    match &made.made {
        Some(release) => println!("Release {} made.", release.number),
        None => println!("Nothing changed since the latest release."),
    }
    shown(&made.in_force);
    Ok(())
}

fn list(releases: &[ReleaseView]) {
    if releases.is_empty() {
        println!("No release yet: nobody was heard whose answers need one.");
        return;
    }
    let mut table = Table::new(["release", "made at", "because of", "foundation", "snapshot"]);
    for release in releases {
        table.row([
            release.number.to_string(),
            release.released_at.clone(),
            release.reason.clone(),
            release.foundation_version.to_string(),
            release.snapshot.clone(),
        ]);
    }
    table.print();
}

fn shown(families: &[ReleasedIndicators]) {
    let mut table = Table::new([
        "indicators",
        "minimum n",
        "shown",
        "as before",
        "too few people",
        "hidden, so that nobody's answer can be subtracted out",
    ]);
    for family in families {
        table.row([
            family.indicators.join(", "),
            family.minimum_n.to_string(),
            family.shown.to_string(),
            family.kept.to_string(),
            family.below_minimum.to_string(),
            family.subtractable.to_string(),
        ]);
    }
    table.print();
}
