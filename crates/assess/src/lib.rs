//! One observation against one version of a standard: kept, deviated or not known yet.
//!
//! Purpose: judge a look at delivery by the requirement that was in force when it was taken, for
//! all six kinds of requirement.
//!
//! Invariant: deviations and extras are two lists. An extra never makes a deviated observation
//! kept, and a deviation never removes an extra. Which extras are welcome is for the standard's
//! latitude to say; a step that was added and is not welcome is a deviation. Pure: the same input
//! gives the same assessment.
//!
//! Absent on purpose: which version was in force (registry), shares of observations kept and their
//! intervals, agreement of raters (stats), reasons for a deviation (people give them), words for
//! people (the pages and the command line make sentences of the codes here).

mod assessment;
mod checklist;
mod clock;
mod error;
mod number;
mod observed;
mod rubric;
pub mod sequence;
pub mod wording;

use evenkeel_foundation::Requirement;

pub use assessment::{Assessment, Deviation, Unknown};
pub use clock::seconds_between;
pub use error::AssessError;
pub use observed::{Agreement, Context, Observed, Scored, Tick};

/// Judges one observation.
///
/// A value exactly at a limit is kept unless the limit is exclusive. Something still open is
/// deviated once it is past its limit and not known (`kept` is None: censored) before, or never
/// known where the standard leaves open observations out (METHODS §7). Wherever `kept` is None
/// the assessment says why.
pub fn assess(
    requirement: &Requirement,
    observed: &Observed,
    context: &Context<'_>,
) -> Result<Assessment, AssessError> {
    let needs = |needed| AssessError::NeedsOther {
        kind: requirement.as_str(),
        found: observed.as_str(),
        needed,
    };
    match (requirement, observed) {
        (Requirement::Duration(duration), _) => {
            match clock::elapsed(duration, observed, context)? {
                Some(elapsed) => number::duration(duration, elapsed),
                None => Err(needs("a number, two moments or the first of them")),
            }
        }
        (Requirement::Range(range), Observed::Number(value)) => number::range(range, *value),
        (Requirement::Range(_), Observed::OpenForSeconds(_) | Observed::OpenSince(_)) => {
            Err(AssessError::CannotBeOpen { kind: "range" })
        }
        (Requirement::Range(_), _) => Err(needs("a number")),
        (Requirement::Checklist(checklist), Observed::Ticks(ticks)) => {
            checklist::judge(checklist, ticks)
        }
        (Requirement::Checklist(_), _) => Err(needs("the points that were ticked")),
        (Requirement::Rubric(rubric), Observed::Scores(scores)) => {
            rubric::judge(rubric, scores, context.agreement)
        }
        (Requirement::Rubric(rubric), Observed::Number(score)) => {
            let only = Scored {
                rater: String::new(),
                score: *score,
            };
            rubric::judge(rubric, &[only], context.agreement)
        }
        (Requirement::Rubric(_), _) => Err(needs("a score")),
        (Requirement::Wording(rules), Observed::Text { text, language }) => {
            wording::judge(rules, text, language.as_deref())
        }
        (Requirement::Wording(_), _) => Err(needs("a text")),
        (Requirement::Sequence(sequence), Observed::Steps(steps)) => {
            Ok(sequence::judge(sequence, steps, context.latitude))
        }
        (Requirement::Sequence(_), _) => Err(needs("the steps that were done")),
    }
}
