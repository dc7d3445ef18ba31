//! A preview and a report of an import.

use serde_json::Value;

use super::problem;

/// The first rows as they would be stored, then every problem by line and column.
pub fn print_preview(preview: &Value) {
    let names: Vec<&str> = preview["columns"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|column| column["name"].as_str())
        .collect();
    for (at, row) in preview["rows"].as_array().into_iter().flatten().enumerate() {
        println!("row {}", at + 1);
        for (name, cell) in names.iter().zip(row.as_array().into_iter().flatten()) {
            if !cell.is_null() {
                println!(
                    "  {name:<24} {}",
                    cell.as_str()
                        .map_or_else(|| cell.to_string(), str::to_owned)
                );
            }
        }
    }
    println!(
        "{} rows checked, {} problems.",
        preview["rows_checked"], preview["problems_total"]
    );
    print_problems(preview);
}

/// What an import did.
pub fn print_report(state: &Value) {
    if state["status"] == "already_stored" {
        println!(
            "Already stored: the same file with the same mapping came in before. Nothing was added."
        );
        return;
    }
    println!(
        "{} rows read, {} stored, {} rejected, {} dropped as duplicates.",
        state["rows_read"],
        state["rows_stored"],
        state["rows_rejected"],
        state["rows_dropped_as_duplicates"]
    );
    let report = &state["report"];
    for (count, why) in [
        ("by_rule", "by the mapping's filter"),
        ("unknown_unit", "because their unit is unknown"),
        ("without_values", "because they hold no number"),
    ] {
        if let Some(left) = report["rows_filtered"][count]
            .as_u64()
            .filter(|left| *left > 0)
        {
            println!("{left} rows left out {why}.");
        }
    }
    if let Some(file) = report["reject_file"].as_str() {
        println!("Rejected rows, with reasons: imports/{file} in the data directory.");
    }
    if let Some(created) = report["new_units"]
        .as_array()
        .filter(|created| !created.is_empty())
    {
        println!("{} new units.", created.len());
    }
    print_problems(report);
}

fn print_problems(holder: &Value) {
    let shown: Vec<&Value> = holder["problems"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    for found in &shown {
        println!("  {}", problem(found));
    }
    let total = holder["problems_total"].as_u64().unwrap_or(0);
    if total > shown.len() as u64 {
        println!("  … and {} more", total - shown.len() as u64);
    }
}
