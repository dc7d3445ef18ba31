//! What was agreed, as text files and as objects with versions.
//!
//! Invariant: nothing is changed unless all files together are without a problem.

pub mod apply;
pub mod export;
pub mod plan;
pub mod show;
pub mod start;

mod changes;
pub(crate) mod owner;

use std::collections::BTreeMap;

use evenkeel_foundation::{self as foundation, Foundation};

pub use changes::{ActionWord, ChangeView, Changes, FieldChangeView};

use crate::api::problem::{InputProblem, Problem};

/// Reads the files that were sent.
pub(crate) fn read(files: &BTreeMap<String, String>) -> Result<Foundation, NotAFoundation> {
    let files = files
        .iter()
        .map(|(name, text)| (name.clone(), text.clone().into_bytes()))
        .collect();
    foundation::parse(&files).map_err(NotAFoundation)
}

/// Files that are no foundation, and everything that is wrong with them.
#[derive(Debug, thiserror::Error)]
#[error("{} problems in the files of the foundation", .0.len())]
pub(crate) struct NotAFoundation(pub Vec<foundation::Problem>);

impl From<NotAFoundation> for Problem {
    fn from(NotAFoundation(problems): NotAFoundation) -> Self {
        let total = problems.len() as u64;
        let files = problems
            .iter()
            .map(|problem| problem.file.as_str())
            .collect::<std::collections::BTreeSet<_>>()
            .len();
        Problem::unprocessable(
            "foundation_problems",
            format!(
                "{total} {} in {files} {}; nothing was changed",
                if total == 1 { "problem" } else { "problems" },
                if files == 1 { "file" } else { "files" },
            ),
            problems.into_iter().map(InputProblem::from).collect(),
            total,
        )
    }
}
