//! The observations of a file: rows with columns, or one text.
//!
//! Invariant: a column means what its name says in docs/OBSERVATIONS.md; other columns are passed
//! over. A file that has no column from which the standard is judged is refused, with the columns
//! it has.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::Context as _;
use evenkeel_assess::{Scored, Tick};
use evenkeel_collect::observation::{Incoming, IncomingTick};
use evenkeel_collect::{SheetRow, read_sheet};
use evenkeel_foundation::{Requirement, Standard};

use crate::exit::WrongInput;

/// One observation with its place.
pub struct Look {
    /// The line of the file; None where the file is one text.
    pub line: Option<u64>,
    pub incoming: Incoming,
}

/// How many observations one look may have; a file with more is imported.
const LOOKS_MAX: usize = 1_000_000;

/// Reads a file, or what is on standard input (`-`).
pub fn read(file: &Path, standard: &Standard, language: Option<&str>) -> anyhow::Result<Vec<Look>> {
    let is_input = file.as_os_str() == "-";
    let requirement = &standard.requirement;
    let takes_text = matches!(
        requirement,
        Requirement::Wording(_) | Requirement::Sequence(_)
    );
    let is_text = file.extension().is_some_and(|extension| extension == "txt");
    if is_text || (is_input && takes_text) {
        let text = if is_input {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| WrongInput(format!("standard input: {error}")))?;
            text
        } else {
            std::fs::read_to_string(file)
                .map_err(|error| WrongInput(format!("{}: {error}", file.display())))?
        };
        return one_text(text, standard, language);
    }
    if !is_input {
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        return rows(file, &name.unwrap_or_default(), standard, language);
    }
    let mut kept = tempfile::NamedTempFile::new().context("make room for standard input")?;
    std::io::copy(&mut std::io::stdin(), &mut kept).context("read standard input")?;
    rows(kept.path(), "input.csv", standard, language)
}

fn one_text(
    text: String,
    standard: &Standard,
    language: Option<&str>,
) -> anyhow::Result<Vec<Look>> {
    let incoming = match &standard.requirement {
        Requirement::Wording(_) => Incoming {
            text: Some(text),
            language: language.map(str::to_owned),
            ..Incoming::default()
        },
        Requirement::Sequence(_) => {
            let steps = text.lines().map(str::trim).filter(|step| !step.is_empty());
            Incoming {
                steps: Some(steps.map(str::to_owned).collect()),
                ..Incoming::default()
            }
        }
        other => {
            let kind = other.as_str();
            return Err(WrongInput(format!(
                "a {kind} is not judged from a text (allowed: csv, tsv, xlsx, ndjson, parquet with the columns {})",
                columns_of(standard).join(", ")
            ))
            .into());
        }
    };
    Ok(vec![Look {
        line: None,
        incoming,
    }])
}

fn rows(
    path: &Path,
    name: &str,
    standard: &Standard,
    language: Option<&str>,
) -> anyhow::Result<Vec<Look>> {
    let mut looks: Vec<Look> = Vec::new();
    let mut problem = None;
    let mut things: BTreeMap<String, usize> = BTreeMap::new();
    let wanted = columns_of(standard);
    read_sheet(path, name, &mut |row| {
        if looks.is_empty() && !row.cells.iter().any(|(column, _)| wanted.contains(column)) {
            let found: Vec<&str> = row.cells.iter().map(|(name, _)| name.as_str()).collect();
            problem = Some(format!(
                "{name}: no column says what was seen (found {}; allowed: {})",
                found.join(", "),
                wanted.join(", ")
            ));
            return ControlFlow::Break(());
        }
        match incoming(&row, standard, language) {
            Ok(incoming) => add(&mut looks, &mut things, row.line, incoming, standard),
            Err(found) => {
                problem = Some(format!("{name}:{}: {found}", row.line));
                return ControlFlow::Break(());
            }
        }
        if looks.len() > LOOKS_MAX {
            problem = Some(format!(
                "{name}: more than {LOOKS_MAX} observations (allowed: fewer; import the file)"
            ));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })
    .map_err(|error| WrongInput(error.to_string()))?;
    match problem {
        Some(problem) => Err(WrongInput(problem).into()),
        None => Ok(looks),
    }
}

/// Adds an observation; the scores of one thing become one.
fn add(
    looks: &mut Vec<Look>,
    things: &mut BTreeMap<String, usize>,
    line: u64,
    mut incoming: Incoming,
    standard: &Standard,
) {
    let is_rubric = matches!(standard.requirement, Requirement::Rubric(_));
    if let (true, Some(subject), Some(score)) = (is_rubric, &incoming.subject, incoming.value) {
        let rater = incoming.looked_by.clone().unwrap_or_default();
        let scored = Scored { rater, score };
        let thing = format!(
            "{}|{subject}",
            incoming.channel.as_deref().unwrap_or_default()
        );
        if let Some(known) = things.get(&thing).and_then(|at| looks.get_mut(*at)) {
            known.incoming.scores.push(scored);
            return;
        }
        things.insert(thing, looks.len());
        incoming.value = None;
        incoming.scores = vec![scored];
    }
    looks.push(Look {
        line: Some(line),
        incoming,
    });
}

/// The columns from which a standard is judged.
fn columns_of(standard: &Standard) -> Vec<String> {
    let mut columns: Vec<String> = match &standard.requirement {
        Requirement::Duration(_) => ["value", "from", "open_for"].map(str::to_owned).into(),
        Requirement::Range(_) => vec!["value".to_owned()],
        Requirement::Rubric(_) => ["value", "score"].map(str::to_owned).into(),
        Requirement::Wording(_) => vec!["text".to_owned()],
        Requirement::Sequence(_) => vec!["steps".to_owned()],
        Requirement::Checklist(list) => {
            let ids = list.items.iter().map(|item| item.id.clone());
            std::iter::once("ticked".to_owned()).chain(ids).collect()
        }
    };
    columns.push("kept".to_owned());
    columns
}

fn incoming(
    row: &SheetRow,
    standard: &Standard,
    language: Option<&str>,
) -> Result<Incoming, String> {
    let text = |column: &str| row.get(column).map(str::to_owned);
    let number = |column: &str| match row.get(column) {
        None => Ok(None),
        Some(written) => written
            .replace(',', ".")
            .parse::<f64>()
            .map(Some)
            .map_err(|_| {
                format!("{column}: this is no number (found {written}; allowed: a number)")
            }),
    };
    let kept = match row.get("kept") {
        None => None,
        Some(written) => Some(truth(written).ok_or_else(|| {
            format!("kept: this is neither yes nor no (found {written}; allowed: yes, no)")
        })?),
    };
    let rubric = matches!(standard.requirement, Requirement::Rubric(_));
    let score = if rubric { number("score")? } else { None };
    let is_wording = matches!(standard.requirement, Requirement::Wording(_));
    let mut incoming = Incoming {
        standard: standard.id.to_string(),
        unit: text("unit").unwrap_or_default(),
        value: number("value")?.or(score),
        open_for: number("open_for")?,
        from: text("from"),
        to: text("to"),
        looked_by: text("looked_by").or_else(|| text("rater")),
        subject: text("subject"),
        channel: text("channel"),
        extras: row.get("extras").map(list).unwrap_or_default(),
        kept,
        ..Incoming::default()
    };
    match &standard.requirement {
        Requirement::Checklist(checklist) => {
            incoming.ticked = row.get("ticked").map(list);
            for item in &checklist.items {
                if let Some(written) = row.get(&item.id) {
                    incoming
                        .items
                        .insert(item.id.clone(), tick(&item.id, written)?);
                }
            }
        }
        Requirement::Sequence(_) => incoming.steps = row.get("steps").map(list),
        Requirement::Wording(_) => incoming.text = text("text"),
        _ => {}
    }
    if is_wording {
        incoming.language = text("language").or_else(|| language.map(str::to_owned));
    }
    Ok(incoming)
}

fn truth(written: &str) -> Option<bool> {
    match written.to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" => Some(true),
        "no" | "false" | "0" | "n" => Some(false),
        _ => None,
    }
}

fn tick(item: &str, written: &str) -> Result<IncomingTick, String> {
    if let Some(flag) = truth(written) {
        return Ok(IncomingTick::Flag(flag));
    }
    if matches!(
        written.to_lowercase().as_str(),
        "n/a" | "na" | "not_applicable"
    ) {
        return Ok(IncomingTick::Word(Tick::NotApplicable));
    }
    Err(format!(
        "{item}: this is neither yes nor no (found {written}; allowed: yes, no, not_applicable)"
    ))
}

/// A list in one cell: JSON, or texts with `;`, `>` or `,` between them, whichever comes first in
/// this order.
fn list(written: &str) -> Vec<String> {
    if let Ok(listed) = serde_json::from_str::<Vec<String>>(written) {
        return listed;
    }
    let mark = [';', '>', ',']
        .into_iter()
        .find(|mark| written.contains(*mark));
    let parts = written.split(mark.unwrap_or(';')).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn lists_in_a_cell() {
        for written in [
            "bun; patty ;bun",
            "bun > patty > bun",
            "bun,patty,bun",
            "[\"bun\",\"patty\",\"bun\"]",
        ] {
            assert_eq!(list(written), ["bun", "patty", "bun"], "{written}");
        }
        assert_eq!(list("sauce, mild; bun"), ["sauce, mild", "bun"]);
        assert_eq!(list("bun"), ["bun"]);
    }
}
