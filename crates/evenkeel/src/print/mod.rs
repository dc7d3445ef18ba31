//! What the command line shows: plain tables and sentences, or the API's JSON.

mod chart;
mod estimated;
mod imports;
mod lagged;
mod plan;
mod stdout;
mod table;

pub use chart::chart;
pub use estimated::{Unit, estimated_cells, hidden_words, reason_words, unit_of};
pub use imports::{print_preview, print_report};
pub use lagged::lagged_lines;
pub use plan::{print_plan, problem};
pub use stdout::print_words;
pub use table::Table;

use serde::Serialize;
use serde_json::Value;

/// Prints a value as indented JSON on stdout.
pub fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}

/// English, else the language-less text, else any: the command line speaks English.
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(languages) => ["en", "und"]
            .iter()
            .find_map(|language| languages.get(*language))
            .or_else(|| languages.values().next())
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        _ => String::new(),
    }
}
