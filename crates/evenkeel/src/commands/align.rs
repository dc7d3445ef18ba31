//! `evenkeel align INTERNAL EXTERNAL [--by unit,quarter]`.

use serde_json::Value;

use super::Query;
use crate::cli::Align;
use crate::client::Client;
use crate::print::{Table, estimated_cells, lagged_lines, print_json, reason_words, text, unit_of};

pub async fn run(args: &Align, client: &Client, json: bool) -> anyhow::Result<()> {
    let mut level = None;
    let mut granularity = None;
    for part in &args.by {
        match part.split_once(':') {
            Some(("unit", name)) => level = Some(name.to_owned()),
            None if part == "unit" => {}
            _ => granularity = Some(part.clone()),
        }
    }
    let weights = (!args.lagged_weights.is_empty()).then(|| args.lagged_weights.join(","));
    let path = Query::new("/api/v1/alignment")
        .add("internal", Some(&args.internal))
        .add("external", Some(&args.external))
        .add("level", level.as_ref())
        .add("granularity", granularity.as_ref())
        .add("from", args.from.as_ref())
        .add("to", args.to.as_ref())
        .add("lagged_weights", weights.as_ref())
        .path();
    let answer: Value = client.get(&path).await?;
    if json {
        return print_json(&answer);
    }
    print(&answer);
    Ok(())
}

fn print(answer: &Value) {
    let (internal, external) = (&answer["internal"], &answer["external"]);
    println!(
        "{}  beside  {}",
        text(&internal["title"]),
        text(&external["title"])
    );
    println!(
        "within units (when it moves here, does it move there?): {}",
        correlation(&answer["within"])
    );
    println!(
        "between units:            {}",
        correlation(&answer["between"])
    );
    println!(
        "between units, weighted:  {}",
        correlation(&answer["between_weighted"])
    );
    for (name, side) in [
        ("internal", &answer["internal_summary"]),
        ("external", &answer["external_summary"]),
    ] {
        if let (Some(mean), Some(units)) = (side["mean"].as_f64(), side["units"].as_u64()) {
            println!("{name}: mean over {units} units {mean:.3}");
        }
    }
    for warning in answer["nonresponse"].as_array().into_iter().flatten() {
        if warning["warn"] == true {
            println!(
                "Careful, non-response: units of {} with a higher response rate also give other answers (r = {:+.3}).",
                warning["party"].as_str().unwrap_or_default(),
                warning["r"].as_f64().unwrap_or_default()
            );
        }
    }
    for line in lagged_lines(answer) {
        println!("{line}");
    }
    let mut table = Table::new([
        "unit", "internal", "interval", "external", "interval", "placed",
    ]);
    let (unit_in, unit_ex) = (unit_of(internal), unit_of(external));
    for unit in answer["units"].as_array().into_iter().flatten() {
        let [value_in, range_in, ..] = estimated_cells(&unit["internal"], unit_in);
        let [value_ex, range_ex, ..] = estimated_cells(&unit["external"], unit_ex);
        table.row([
            unit["unit"].as_str().unwrap_or_default().to_owned(),
            value_in,
            range_in,
            value_ex,
            range_ex,
            unit["quadrant"]
                .as_str()
                .unwrap_or_default()
                .replace('_', " "),
        ]);
    }
    table.print();
    println!(
        "Intervals hold for all {} units together; a unit is placed only when both clear the cut lines. Association, not cause.",
        answer["units_compared"]
    );
}

fn correlation(value: &Value) -> String {
    if value["status"] == "estimate" {
        let number = |key: &str| value[key].as_f64().unwrap_or_default();
        format!(
            "r = {:+.3} ({:+.3} to {:+.3}), {} units, {} pairs",
            number("r"),
            number("lower"),
            number("upper"),
            value["units"],
            value["pairs"]
        )
    } else {
        format!("undefined: {}", reason_words(&value["reason"]))
    }
}
