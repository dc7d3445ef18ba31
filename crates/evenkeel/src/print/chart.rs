//! A control chart as a small table, with its signals in words.

use serde_json::Value;

use super::{Table, Unit, estimated_cells, hidden_words, reason_words, text, unit_of};

/// Points, then what the rules found, then how far both can be trusted.
pub fn chart(answer: &Value) {
    let of = if answer["standard"].is_object() {
        &answer["standard"]
    } else {
        &answer["indicator"]
    };
    println!("{}", text(&of["title"]));
    let place = if answer["unit"].is_null() {
        "the whole organisation".to_owned()
    } else {
        text(&answer["unit"]["title"])
    };
    println!(
        "{}, by {}: {} chart ({})",
        place,
        word(&answer["granularity"]),
        kind(&answer["chart"]),
        words(&answer["because"]),
    );
    said(answer);
    let unit = unit(answer);
    points(answer, unit);
    signals(answer);
    trust(answer);
    verdict(answer);
    println!("snapshot {}", word(&answer["snapshot"]));
}

/// What was asked for and is not there, and why.
fn said(answer: &Value) {
    let refused = &answer["refused"];
    if refused.is_object() {
        println!(
            "no {} chart: {}",
            kind(&refused["chart"]),
            reason_words(refused)
        );
    }
    match answer["protection"]["reason"].as_str() {
        Some("small_team") => println!(
            "Shown with the unit above it, by week at the finest: fewer than {} people work there.",
            answer["protection"]["minimum"]
        ),
        Some(_) => println!("By week: nobody wrote down how many people work there."),
        None => {}
    }
}

fn unit(answer: &Value) -> Unit {
    match (word(&answer["of"]), word(&answer["chart"])) {
        (_, "g" | "t" | "cusum" | "ewma") => Unit::Scale,
        ("kept", _) => Unit::Percent,
        _ if answer["indicator"].is_object() => unit_of(&answer["indicator"]),
        _ => Unit::Scale,
    }
}

fn points(answer: &Value, unit: Unit) {
    let mut table = Table::new(["period", "value", "n", "centre", "limits", "signal"]);
    let number = |value: &Value| value.as_f64().map(|value| unit.write(value));
    let mut segment = 0;
    for point in answer["points"].as_array().into_iter().flatten() {
        let [value, _, n, remark] = estimated_cells(&point["estimate"], unit);
        let limits = match (number(&point["lower"]), number(&point["upper"])) {
            (Some(lower), Some(upper)) => format!("{lower} to {upper}"),
            (None, Some(upper)) => format!("up to {upper}"),
            _ => String::new(),
        };
        let begins = point["segment"].as_u64().is_some_and(|of| of != segment);
        segment = point["segment"].as_u64().unwrap_or(segment);
        let flag = match (point["rule"].as_str(), point["meaning"].as_str()) {
            (Some(rule), Some(meaning)) => format!("{} {}", mark(meaning), rule_words(rule)),
            // Counts have no interval by their nature; only what is missing is said.
            _ if value.is_empty() => remark,
            _ if begins => begin(answer, segment),
            _ => String::new(),
        };
        table.row([
            word(&point["period"]["id"]).to_owned(),
            value,
            n,
            number(&point["centre"]).unwrap_or_default(),
            limits,
            flag,
        ]);
    }
    table.print();
}

/// Why the lines begin anew.
fn begin(answer: &Value, segment: u64) -> String {
    let of = usize::try_from(segment).unwrap_or_default();
    let segment = &answer["segments"][of];
    match segment["cause"].as_str() {
        Some("version") => format!("version {} begins", segment["version"]),
        Some("baseline") => format!(
            "baseline by {}: {}",
            word(&segment["baseline"]["author"]),
            word(&segment["baseline"]["reason"])
        ),
        _ => String::new(),
    }
}

fn signals(answer: &Value) {
    let found: Vec<&Value> = answer["signals"].as_array().into_iter().flatten().collect();
    if found.is_empty() {
        println!("No signals: ordinary variation, as far as these rules see.");
    }
    for signal in found {
        let (from, to) = (word(&signal["from"]["id"]), word(&signal["to"]["id"]));
        let when = if from == to {
            from.to_owned()
        } else {
            format!("{from} to {to}")
        };
        println!(
            "{} {}: {} {}",
            mark(word(&signal["meaning"])),
            when,
            rule_words(word(&signal["rule"])),
            match signal["side"].as_i64() {
                Some(1) => "(up)",
                Some(-1) => "(down)",
                _ => "",
            }
        );
    }
}

fn trust(answer: &Value) {
    let last = answer["segments"]
        .as_array()
        .and_then(|segments| segments.last());
    if let Some(segment) = last {
        if segment["maturity"] == "provisional" {
            println!(
                "Limits are provisional: they rest on {} points.",
                segment["baseline_points"]
            );
        }
        if segment["no_limits"].is_object() {
            println!("No limits: {}.", reason_words(&segment["no_limits"]));
        }
    }
    let alarms = &answer["false_alarms"];
    if alarms["share"]["status"] == "estimate" {
        let [share, ..] = estimated_cells(&alarms["share"], Unit::Percent);
        print!(
            "Of {} points without any cause, {share} signal somewhere",
            alarms["points"]
        );
        if alarms["share_remembering"]["status"] == "estimate" {
            let [remembering, ..] = estimated_cells(&alarms["share_remembering"], Unit::Percent);
            print!("; these points remember each other, which makes it {remembering}");
        }
        println!(".");
    }
    if let Some(length) = answer["run_length"].as_f64() {
        println!("A false signal comes every {length:.0} points on average.");
    }
}

fn verdict(answer: &Value) {
    let verdict = &answer["verdict"];
    if !verdict.is_object() {
        return;
    }
    if verdict["share"]["status"] == "hidden" {
        println!("{}", hidden_words(&verdict["share"]["reason"]));
        return;
    }
    let [share, range, n, remark] = estimated_cells(&verdict["share"], Unit::Percent);
    let target = verdict["target"]
        .as_f64()
        .map(|target| Unit::Percent.write(target));
    let outcome = match verdict["outcome"].as_str() {
        Some("met") => "met".to_owned(),
        Some("not_met") => "not met".to_owned(),
        Some("undecided") => "cannot tell yet".to_owned(),
        _ => format!("no verdict: {}", words(&verdict["reason"])),
    };
    println!(
        "Kept {share} ({range}{remark}), n {n}, target {}: {outcome}",
        target.unwrap_or_default()
    );
    if let Some(left_out) = verdict["convenience"].as_u64().filter(|looks| *looks > 0) {
        println!("{left_out} looks chosen for convenience are not in it.");
    }
    if let Some(unknown) = verdict["not_known"].as_u64().filter(|looks| *looks > 0) {
        let turns = match verdict["not_known_decides"].as_bool() {
            Some(true) => "; they could turn the outcome",
            _ => "",
        };
        println!("Of {unknown} looks nobody knows yet{turns}.");
    }
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn words(value: &Value) -> String {
    word(value).replace('_', " ")
}

fn kind(value: &Value) -> &'static str {
    match value.as_str() {
        Some("p") => "p′",
        Some("u") => "u′",
        Some("xmr") => "XmR",
        Some("xbar_s") => "X̄-S",
        Some("g") => "g",
        Some("t") => "t",
        Some("cusum") => "CUSUM",
        Some("ewma") => "EWMA",
        _ => "",
    }
}

fn mark(meaning: &str) -> &'static str {
    match meaning {
        "better" => "▲",
        "worse" => "▼",
        _ => "◆",
    }
}

fn rule_words(rule: &str) -> &'static str {
    match rule {
        "beyond" => "beyond the limit",
        "one_side" => "a run on one side of the centre",
        "trend" => "a trend",
        "alternating" => "up and down in turn",
        "some_beyond" => "several far from the centre",
        "two_in_three_near" => "two in three near the limit",
        "hugging" => "all close to the centre",
        "avoiding" => "none close to the centre",
        "unusual_runs" => "unusually long runs or few crossings",
        "beyond_decision_interval" => "the sum of departures is too large",
        _ => "a signal",
    }
}
