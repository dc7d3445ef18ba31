//! `evenkeel keepers STANDARD`.

use serde_json::Value;

use super::Query;
use crate::cli::Keepers;
use crate::client::Client;
use crate::print::{Table, Unit, estimated_cells, print_json, text};

pub async fn run(args: &Keepers, client: &Client, json: bool) -> anyhow::Result<()> {
    let path = Query::new(&format!("/api/v1/standards/{}/keepers", args.standard))
        .add("unit", args.unit.as_ref())
        .path();
    let answer: Value = client.get(&path).await?;
    if json {
        return print_json(&answer);
    }
    println!("{}", text(&answer["standard"]["title"]));
    let shares = answer["shares"].as_array().map_or(&[][..], Vec::as_slice);
    if answer["party"].is_null() {
        println!("Nobody who works here owes it, so nobody is asked.");
        return Ok(());
    }
    let party = text(&answer["party"]["title"]);
    let Some(first) = shares.first() else {
        println!("Nobody of {party} has answered yet.");
        return Ok(());
    };
    let quarter = answer["period"]["id"].as_str().unwrap_or_default();
    println!("{party}, {quarter}");
    let mut table = Table::new(["who", "share", "95 % interval", "n", ""]);
    for share in shares {
        let [value, range, n, remark] = estimated_cells(&share["latest"], Unit::Percent);
        let who = match share["asks"].as_str().unwrap_or_default() {
            "know" => "know exactly what is asked",
            "time" => "can: have the time",
            "means" => "can: have the means",
            "staff" => "can: are enough",
            "want" => "want to keep it",
            other => other,
        };
        table.row([who.to_owned(), value, range, n, remark]);
    }
    table.print();
    let snapshot = first["latest"]["snapshot"].as_str().unwrap_or_default();
    println!("snapshot {snapshot}");
    Ok(())
}
