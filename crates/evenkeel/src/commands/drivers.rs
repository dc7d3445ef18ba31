//! `evenkeel drivers INDICATOR [--items a,b,c]`.

use serde_json::Value;

use super::Query;
use crate::cli::Drivers;
use crate::client::Client;
use crate::print::{Table, Unit, estimated_cells, hidden_words, print_json, reason_words, text};

pub async fn run(args: &Drivers, client: &Client, json: bool) -> anyhow::Result<()> {
    let items = (!args.items.is_empty()).then(|| args.items.join(","));
    let path = Query::new("/api/v1/drivers")
        .add("indicator", Some(&args.indicator))
        .add("items", items.as_ref())
        .add("from", args.from.as_ref())
        .add("to", args.to.as_ref())
        .add("under", args.unit.as_ref())
        .path();
    let answer: Value = client.get(&path).await?;
    if json {
        return print_json(&answer);
    }
    println!("{}", text(&answer["indicator"]["title"]));
    let result = &answer["result"];
    match result["status"].as_str() {
        Some("drivers") => print(result),
        Some("hidden") => println!("{}", hidden_words(&result["reason"])),
        _ => {
            println!("undefined: {}", reason_words(&result["reason"]));
            let named: Vec<&str> = result["items"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|item| item["id"].as_str())
                .collect();
            if !named.is_empty() {
                println!("these items say what others say: {}", named.join(", "));
            }
        }
    }
    println!(
        "snapshot {}",
        answer["snapshot"].as_str().unwrap_or_default()
    );
    Ok(())
}

fn print(result: &Value) {
    let [r2, range, n, remark] = estimated_cells(&result["r2"], Unit::Percent);
    println!("explained together: {r2} ({range}{remark}), n {n}");
    let mut table = Table::new([
        "item",
        "share of that",
        "95 % interval",
        "rank",
        "beyond chance",
        "goes",
        "mean",
        "VIF",
    ]);
    for driver in result["drivers"].as_array().into_iter().flatten() {
        let [share, range, _, remark] = estimated_cells(&driver["importance"], Unit::Percent);
        let [mean, ..] = estimated_cells(&driver["performance"], Unit::Scale);
        let rank = &driver["rank"];
        let ranks = match (rank["best"].as_u64(), rank["worst"].as_u64()) {
            (Some(best), Some(worst)) => format!("{} ({best} to {worst})", rank["value"]),
            _ => rank["value"].to_string(),
        };
        table.row([
            driver["item"]["id"].as_str().unwrap_or_default().to_owned(),
            share,
            format!("{range}{remark}"),
            ranks,
            match driver["above_random"].as_str() {
                Some("above") => "yes",
                Some("not_above") => "not shown",
                _ => "cannot tell",
            }
            .to_owned(),
            match driver["sign"].as_i64() {
                Some(1) => "along",
                Some(-1) => "against",
                _ => "",
            }
            .to_owned(),
            mean,
            format!("{:.2}", driver["vif"].as_f64().unwrap_or_default()),
        ]);
    }
    table.print();
    println!("Association, not cause.");
}
