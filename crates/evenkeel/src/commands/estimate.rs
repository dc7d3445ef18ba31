//! `evenkeel estimate INDICATOR [--by …]`.

use serde_json::Value;

use super::Query;
use crate::cli::Estimate;
use crate::client::Client;
use crate::print::{Table, estimated_cells, print_json, text, unit_of};

pub async fn run(args: &Estimate, client: &Client, json: bool) -> anyhow::Result<()> {
    let path = Query::new("/api/v1/estimates")
        .add("indicator", Some(&args.indicator))
        .add(
            "by",
            (!args.by.is_empty()).then(|| args.by.join(",")).as_ref(),
        )
        .add("from", args.from.as_ref())
        .add("to", args.to.as_ref())
        .add("under", args.unit.as_ref())
        .add("weighted", args.weighted.then_some(&true))
        .path();
    let answer: Value = client.get(&path).await?;
    if json {
        return print_json(&answer);
    }
    let unit = unit_of(&answer["indicator"]);
    println!("{}", text(&answer["indicator"]["title"]));
    let mut table = Table::new([
        "unit",
        "period",
        "segment",
        "value",
        "95 % interval",
        "n",
        "",
    ]);
    for row in answer["rows"].as_array().into_iter().flatten() {
        let [value, interval, n, remark] = estimated_cells(&row["estimate"], unit);
        let segment: Vec<&str> = row["segment"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|part| part["value"].as_str())
            .collect();
        table.row([
            row["unit"].as_str().unwrap_or("all").to_owned(),
            row["period"]["id"].as_str().unwrap_or("all").to_owned(),
            if segment.is_empty() {
                "all".to_owned()
            } else {
                segment.join(", ")
            },
            value,
            interval,
            n,
            remark,
        ]);
    }
    table.print();
    println!(
        "snapshot {}",
        answer["snapshot"].as_str().unwrap_or_default()
    );
    Ok(())
}
