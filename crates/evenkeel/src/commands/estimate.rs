//! `evenkeel estimate INDICATOR [--by …]`.

use serde_json::Value;

use super::{Query, weights};
use crate::cli::Estimate;
use crate::client::Client;
use crate::print::{Table, Unit, estimated_cells, print_json, text, unit_of};

pub async fn run(args: &Estimate, client: &Client, json: bool) -> anyhow::Result<()> {
    if let Some(file) = &args.weights {
        return weights::run(args, file, client, json).await;
    }
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
        .add("compare_to", args.compare_to.as_ref())
        .path();
    let answer: Value = client.get(&path).await?;
    if json {
        return print_json(&answer);
    }
    let unit = unit_of(&answer["indicator"]);
    println!("{}", text(&answer["indicator"]["title"]));
    if args.compare_to.is_some() {
        print_compared(&answer, unit);
    } else {
        print_rows(&answer, unit);
    }
    println!(
        "snapshot {}",
        answer["snapshot"].as_str().unwrap_or_default()
    );
    Ok(())
}

fn segment_of(row: &Value) -> String {
    let segment: Vec<&str> = row["segment"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|part| part["value"].as_str())
        .collect();
    if segment.is_empty() {
        "all".to_owned()
    } else {
        segment.join(", ")
    }
}

fn print_rows(answer: &Value, unit: Unit) {
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
        table.row([
            row["unit"].as_str().unwrap_or("all").to_owned(),
            row["period"]["id"].as_str().unwrap_or("all").to_owned(),
            segment_of(row),
            value,
            interval,
            n,
            remark,
        ]);
    }
    table.print();
}

fn print_compared(answer: &Value, unit: Unit) {
    let mut table = Table::new([
        "unit",
        "segment",
        "now",
        "n",
        "before",
        "n",
        "difference",
        "95 % interval",
        "effect",
        "p",
        "",
    ]);
    for row in answer["rows"].as_array().into_iter().flatten() {
        let compared = &row["compared"];
        let [now, _, n_now, _] = estimated_cells(&row["estimate"], unit);
        let [before, _, n_before, _] = estimated_cells(&compared["before"], unit);
        let [difference, interval, _, remark] = estimated_cells(&compared["difference"], unit);
        let [effect, ..] = estimated_cells(&compared["effect"], Unit::Scale);
        let p = compared["test"]["p"].as_f64();
        table.row([
            row["unit"].as_str().unwrap_or("all").to_owned(),
            segment_of(row),
            now,
            n_now,
            before,
            n_before,
            difference,
            interval,
            effect,
            p.map_or_else(String::new, |p| format!("{p:.4}")),
            remark,
        ]);
    }
    table.print();
}
