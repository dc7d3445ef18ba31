//! `evenkeel chart STANDARD|INDICATOR [--unit U] [--by month] [--rules nhs] [--svg F|--png F]`.

use anyhow::Context as _;
use evenkeel_web::api::view::ControlChartView;
use evenkeel_web::pictures::{ControlWords, Look, control_chart, png};
use serde_json::Value;

use super::Query;
use crate::cli::Chart;
use crate::client::{Client, Refused};
use crate::print::{chart as print_chart, print_json};

pub async fn run(args: &Chart, client: &Client, json: bool) -> anyhow::Result<()> {
    let answer = ask(args, client).await?;
    let draws = args.svg.is_some() || args.png.is_some();
    if draws {
        draw(args, &answer)?;
    }
    if json {
        return print_json(&answer);
    }
    if !draws {
        print_chart(&answer);
    }
    Ok(())
}

/// The chart of the standard of this name; where there is none, of the indicator.
async fn ask(args: &Chart, client: &Client) -> anyhow::Result<Value> {
    let shared = |path: String| {
        Query::new(&path)
            .add("unit", args.unit.as_ref())
            .add("by", args.by.as_ref())
            .add("rules", args.rules.as_ref())
            .add("from", args.from.as_ref())
            .add("to", args.to.as_ref())
    };
    let of_standard = shared(format!("/api/v1/standards/{}/chart", args.of))
        .add("of", args.number.as_ref())
        .add("chart", args.chart.as_ref())
        .add("convenience", args.convenience.then_some(&true))
        .path();
    let refused = match client.get(&of_standard).await {
        Ok(answer) => return Ok(answer),
        Err(error) => error,
    };
    let unknown = refused
        .downcast_ref::<Refused>()
        .is_some_and(|refused| refused.body["code"] == "unknown_standard");
    if !unknown {
        return Err(refused);
    }
    let of_indicator = shared(format!("/api/v1/indicators/{}/chart", args.of)).path();
    match client.get(&of_indicator).await {
        Ok(answer) => Ok(answer),
        // Of two names that are not there the standard's list is the one to show.
        Err(error) => match error.downcast_ref::<Refused>() {
            Some(refusal) if refusal.body["code"] == "unknown_indicator" => Err(refused),
            _ => Err(error),
        },
    }
}

fn draw(args: &Chart, answer: &Value) -> anyhow::Result<()> {
    let view: ControlChartView =
        serde_json::from_value(answer.clone()).context("read the chart")?;
    let words = ControlWords {
        target: "target".to_owned(),
        centre: "centre".to_owned(),
        version: "version".to_owned(),
        baseline: "baseline".to_owned(),
    };
    let look = Look {
        width: args.width,
        height: args.height,
        dark: args.dark,
    };
    let svg = control_chart(&view, &words, look)?;
    if let Some(path) = &args.png {
        std::fs::write(path, png(&svg)?).with_context(|| format!("write {}", path.display()))?;
    }
    if let Some(path) = &args.svg {
        std::fs::write(path, svg).with_context(|| format!("write {}", path.display()))?;
    }
    Ok(())
}
