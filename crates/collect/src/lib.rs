//! Takes in answers, observations and aggregates from files.
//!
//! A [`Mapping`] says what the columns of a file mean; [`preview`] shows what would become of it,
//! [`run`] brings it in, [`guess`] writes a first mapping to correct. docs/IMPORT.md is the
//! reference of the mapping file.
//!
//! Invariants: every row of a file is accounted for; all problems are found in one reading and
//! name line, column, what was found and what is allowed; memory is bounded whatever the size of
//! the file; a file with its mapping comes in once and whole.
//!
//! Absent on purpose: HTTP, the queue of imports, and questions to the tables.

mod agreed;
mod convert;
mod error;
mod guess;
mod hash;
mod inbox;
mod judging;
mod keepers;
pub mod mapping;
pub mod observation;

mod pipeline;
mod preview;
mod problem;
pub mod reassess;
mod reject_file;
mod report;
mod run;
mod sheet;
mod source;
mod suggest;
pub mod webhook;

pub use agreed::Agreed;
pub use convert::DuplicateCounts;
pub use error::{ImportError, ReadError};
pub use evenkeel_assess::Agreement;
pub use guess::{Guess, GuessedColumn, guess};
pub use hash::{file_hash, import_id, text_hash};
pub use inbox::{InboxError, Moved, commit_inbox, inbox_text};
pub use keepers::{KeeperAnswer, KeeperRow};
pub use mapping::{ImportKind, Mapping, OnError};
pub use preview::preview;
pub use problem::{ImportProblem, PROBLEMS_LISTED_MAX, ProblemLog};
pub use report::{Counts, Filtered, Phase, Preview, PreviewColumn, Progress, Report};
pub use run::{Around, Hooks, ImportRequest, run};
pub use sheet::{SheetRow, read_sheet};
