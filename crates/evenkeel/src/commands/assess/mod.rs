//! `evenkeel assess STANDARD FILE`: judge observations or texts against a standard, once.
//!
//! Invariant: nothing is stored, and nothing is asked of a server except, where neither a folder
//! nor a file says it, what was agreed. The judging is that of an import.

mod looks;
mod outcome;
mod say;
mod source;

use std::io::Write as _;

use anyhow::Context as _;
use evenkeel_collect::observation::judge_alone;
use jiff::Timestamp;

use crate::cli::Assess;
use crate::config::Config;
use crate::exit::{NotKept, WrongInput};
use crate::print::print_json;
use crate::words::Words;
use looks::Look;
use outcome::{Judged, Outcome};
use say::Say;
use source::Source;

/// How many wrong observations are listed before they are counted.
const PROBLEMS_LISTED_MAX: usize = 100;

/// Judges a file.
pub async fn run(args: &Assess, config: &Config, json: bool) -> anyhow::Result<()> {
    let now = Timestamp::now();
    let mut source = source::find(args, config).await?;
    let looks = looks::read(
        &args.file,
        &source.version.standard,
        args.language.as_deref(),
    )?;
    let raters = outcome::raters(&looks, &source.version.standard);
    if let Some(raters) = &raters {
        let standard = source.version.standard.id.clone();
        source.agreed.agreement.insert(standard, raters.shown());
    }
    let judged = judge(&looks, &source, now, &args.file.display().to_string())?;
    let outcome = Outcome::of(&source.version.standard, judged, raters);
    let words = Words::of(&language(args));
    let say = Say::new(&words, &source.version.standard);
    if json {
        print_json(&outcome.json(&say))?;
    } else {
        let mut out = std::io::stdout().lock();
        for line in say.lines(&outcome) {
            // A reader that has seen enough closes the pipe; that is no error.
            if writeln!(out, "{line}").is_err() {
                break;
            }
        }
    }
    if args.strict && outcome.deviated() > 0 {
        return Err(NotKept(outcome.deviated()).into());
    }
    Ok(())
}

/// Judges all; what cannot be judged is told, all of it.
fn judge(
    looks: &[Look],
    source: &Source,
    now: Timestamp,
    file: &str,
) -> anyhow::Result<Vec<Judged>> {
    let mut judged = Vec::with_capacity(looks.len());
    let mut problems = Vec::new();
    for look in looks {
        match judge_alone(&look.incoming, &source.agreed, &source.version, now) {
            Ok((assessment, observed)) => judged.push(Judged {
                line: look.line,
                assessment,
                observed,
            }),
            Err(faults) => {
                let place = look
                    .line
                    .map_or_else(|| file.to_owned(), |l| format!("{file}:{l}"));
                problems.extend(faults.iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    if problems.is_empty() {
        return Ok(judged);
    }
    let more = problems.len().saturating_sub(PROBLEMS_LISTED_MAX);
    problems.truncate(PROBLEMS_LISTED_MAX);
    if more > 0 {
        problems.push(format!("… and {more} more"));
    }
    Err(WrongInput(format!(
        "not everything can be judged:\n  {}",
        problems.join("\n  ")
    )))
    .context("assess")
}

/// The language to speak: as asked, else as the surroundings say.
fn language(args: &Assess) -> String {
    let said = args.language.clone();
    let of = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    said.or_else(|| of("LC_ALL"))
        .or_else(|| of("LC_MESSAGES"))
        .or_else(|| of("LANG"))
        .unwrap_or_default()
}
