//! A plan in words, and problems of files.

use serde_json::Value;

/// `FILE:LINE:COLUMN: KEY: message (found …; allowed: …)`, leaving out what is not known.
pub fn problem(problem: &Value) -> String {
    let text = |key: &str| problem[key].as_str().filter(|text| !text.is_empty());
    // A problem of an import says line, column and field in its message already.
    if let Some(whole) = text("message").filter(|message| message.starts_with("line ")) {
        return whole.to_owned();
    }
    let number = |key: &str| problem[key].as_u64();
    // One of a webhook's mapping or of the pulse begins with its field, and says what is allowed.
    let whole = text("field").is_some_and(|field| {
        text("message").is_some_and(|message| message.starts_with(&format!("{field}: ")))
    });
    let mut place = text("file").unwrap_or_default().to_owned();
    if let Some(line) = number("line") {
        if place.is_empty() {
            place = format!("line {line}");
        } else {
            place = format!("{place}:{line}");
        }
    }
    // A column of a text file is a number; one of a table has a name, and comes later.
    let column = text("column").filter(|name| name.parse::<u64>().is_ok());
    if let Some(column) = column {
        place = format!("{place}:{column}");
    }
    let mut parts: Vec<String> = Vec::new();
    if !place.is_empty() {
        parts.push(place);
    }
    if whole {
        parts.extend(text("message").map(str::to_owned));
        return parts.join(": ");
    }
    for key in ["column", "key", "field", "message"] {
        if let Some(found) = text(key).filter(|found| column != Some(*found)) {
            parts.push(found.to_owned());
        }
    }
    let mut sentence = parts.join(": ");
    let mut tail: Vec<String> = Vec::new();
    if let Some(found) = text("found") {
        tail.push(format!("found {found}"));
    }
    if let Some(allowed) = text("allowed") {
        tail.push(format!("allowed: {allowed}"));
    }
    if !tail.is_empty() {
        sentence = format!("{sentence} ({})", tail.join("; "));
    }
    sentence
}

/// Added, changed (field by field) and retired, with owners.
pub fn print_plan(answer: &Value) {
    let changes = answer["changes"].as_array().cloned().unwrap_or_default();
    if changes.is_empty() {
        println!("Nothing changes.");
        return;
    }
    let mut counts = [0usize; 3];
    for change in &changes {
        let action = change["action"].as_str().unwrap_or_default();
        let (sign, place) = match action {
            "added" => ('+', 0),
            "retired" => ('-', 2),
            _ => ('~', 1),
        };
        counts[place] += 1;
        let owner = change["owner"]
            .as_str()
            .map(|owner| format!("  (owner: {owner})"))
            .unwrap_or_default();
        println!(
            "{sign} {} {}{owner}",
            change["kind"].as_str().unwrap_or_default(),
            change["id"].as_str().unwrap_or_default()
        );
        for field in change["fields"].as_array().into_iter().flatten() {
            println!(
                "    {}: {} → {}",
                field["path"].as_str().unwrap_or_default(),
                short(&field["before"]),
                short(&field["after"])
            );
        }
    }
    println!(
        "{} added, {} changed, {} retired.",
        counts[0], counts[1], counts[2]
    );
}

fn short(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => format!("\"{text}\""),
        other => other.to_string(),
    }
}
