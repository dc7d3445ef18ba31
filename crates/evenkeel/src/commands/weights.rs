//! `evenkeel estimate INDICATOR --weights TARGETS.toml`.
//!
//! The file has one table an attribute: `[margins.role]` with the population of each value, as
//! counts or as shares that add up to 1.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::cli::Estimate;
use crate::client::Client;
use crate::exit::WrongInput;
use crate::print::{Table, estimated_cells, print_json, text, unit_of};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Targets {
    margins: BTreeMap<String, BTreeMap<String, f64>>,
}

pub async fn run(args: &Estimate, file: &Path, client: &Client, json: bool) -> anyhow::Result<()> {
    let name = file.display();
    let read = std::fs::read_to_string(file)
        .map_err(|error| WrongInput(format!("read {name}: {error}")))?;
    let targets: Targets = toml::from_str(&read)
        .map_err(|error| WrongInput(format!("read the margins in {name}: {error}")))?;
    let margins: Vec<Value> = targets
        .margins
        .iter()
        .map(|(attribute, population)| json!({"attribute": attribute, "population": population}))
        .collect();
    let request = json!({
        "indicator": args.indicator,
        "margins": margins,
        "from": args.from,
        "to": args.to,
        "under": args.unit,
    });
    let answer: Value = client.post("/api/v1/estimates/weighted", &request).await?;
    if json {
        return print_json(&answer);
    }
    let unit = unit_of(&answer["indicator"]);
    println!("{}", text(&answer["indicator"]["title"]));
    let mut table = Table::new(["", "value", "95 % interval", "n", ""]);
    for key in ["weighted", "unweighted"] {
        let [value, interval, n, remark] = estimated_cells(&answer[key], unit);
        table.row([key.to_owned(), value, interval, n, remark]);
    }
    table.print();
    let weights = &answer["weights"];
    if weights.is_object() {
        let number = |key: &str| weights[key].as_f64().unwrap_or_default();
        println!(
            "weights {}: n {}, effective n {:.1}, design effect {:.3}, smallest {:.3}, largest {:.3} (mean 1)",
            weights["version"].as_str().unwrap_or_default(),
            weights["n"],
            number("effective_n"),
            number("design_effect"),
            number("smallest"),
            number("largest"),
        );
        if weights["left_out"].as_u64() > Some(0) {
            println!(
                "left out: {} answers that lack a value of these attributes",
                weights["left_out"]
            );
        }
        if weights["lonely_strata"].as_u64() > Some(0) {
            println!(
                "careful: {} strata with a single sampling unit",
                weights["lonely_strata"]
            );
        }
    }
    println!(
        "snapshot {}",
        answer["snapshot"].as_str().unwrap_or_default()
    );
    Ok(())
}
