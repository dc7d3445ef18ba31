//! `evenkeel reliability INSTRUMENT|STANDARD`.

use serde_json::Value;

use super::Query;
use crate::cli::Reliability;
use crate::client::Client;
use crate::print::{Table, Unit, estimated_cells, print_json, reason_words, text};

pub async fn run(args: &Reliability, client: &Client, json: bool) -> anyhow::Result<()> {
    let path = Query::new("/api/v1/reliability")
        .add("of", Some(&args.of))
        .add("level", args.level.as_ref())
        .add("from", args.from.as_ref())
        .add("to", args.to.as_ref())
        .add("under", args.unit.as_ref())
        .path();
    let answer: Value = client.get(&path).await?;
    if json {
        return print_json(&answer);
    }
    println!("{}", text(&answer["of"]["title"]));
    if answer["raters"].is_object() {
        print_raters(&answer["raters"]);
    } else {
        print_scales(&answer);
        print_units(&answer);
    }
    println!(
        "snapshot {}",
        answer["snapshot"].as_str().unwrap_or_default()
    );
    Ok(())
}

fn print_scales(answer: &Value) {
    let mut table = Table::new(["scale", "figure", "value", "95 % interval", "n", ""]);
    for scale in answer["scales"].as_array().into_iter().flatten() {
        for (name, key) in [
            ("alpha", "alpha"),
            ("alpha, standardised", "standardised_alpha"),
            ("omega", "omega"),
        ] {
            let [value, range, n, remark] = estimated_cells(&scale[key], Unit::Scale);
            let id = scale["id"].as_str().unwrap_or_default().to_owned();
            table.row([id, name.to_owned(), value, range, n, remark]);
        }
    }
    table.print();
}

fn print_units(answer: &Value) {
    println!(
        "by unit, level {}:",
        answer["level"].as_str().unwrap_or_default()
    );
    let mut table = Table::new([
        "of",
        "ICC(1)",
        "95 % interval",
        "ICC(2)",
        "95 % interval",
        "median rwg",
        "units",
        "may be reported by unit",
    ]);
    let scales = answer["scales"].as_array().into_iter().flatten();
    let items = answer["items"].as_array().into_iter().flatten();
    let named = scales
        .map(|scale| (&scale["id"], &scale["units"]))
        .chain(items.map(|item| (&item["item"]["id"], &item["units"])));
    for (name, units) in named {
        let [icc1, range1, _, remark] = estimated_cells(&units["icc1"], Unit::Scale);
        let [icc2, range2, ..] = estimated_cells(&units["icc2"], Unit::Scale);
        let [rwg, ..] = estimated_cells(&units["rwg_median"], Unit::Scale);
        let gate = &units["gate"];
        let words = |key: &str| -> String {
            let figures = gate[key].as_array().into_iter().flatten();
            let figures: Vec<&str> = figures.filter_map(Value::as_str).collect();
            figures.join(", ")
        };
        table.row([
            name.as_str().unwrap_or_default().to_owned(),
            icc1,
            format!("{range1}{remark}"),
            icc2,
            range2,
            rwg,
            units["units"].to_string(),
            match gate["verdict"].as_str() {
                Some("pass") => "yes".to_owned(),
                Some("warn") => {
                    format!("only with these figures beside it: low {}", words("failed"))
                }
                _ => format!("cannot tell: no {}", words("missing")),
            },
        ]);
    }
    table.print();
}

fn print_raters(raters: &Value) {
    println!(
        "{} things that several people rated, {} ratings",
        raters["subjects"], raters["ratings"]
    );
    let mut table = Table::new(["figure", "value", "95 % interval", ""]);
    for (name, key) in [
        ("Krippendorff's alpha, ordinal", "alpha_ordinal"),
        ("Krippendorff's alpha, interval", "alpha_interval"),
        ("equal ratings", "agreement"),
    ] {
        let [value, range, _, remark] = estimated_cells(&raters[key], Unit::Scale);
        table.row([name.to_owned(), value, range, remark]);
    }
    table.print();
    println!(
        "{}",
        match raters["verdict"].as_str() {
            Some("use") => "The raters agree: the score may be used.".to_owned(),
            Some("tentative") => "Tentative: the raters agree only somewhat.".to_owned(),
            Some("not_a_score") =>
                "The raters do not agree: this is not to be shown as a score.".to_owned(),
            _ => format!("Cannot tell: {}", reason_words(&raters["reason"])),
        }
    );
}
