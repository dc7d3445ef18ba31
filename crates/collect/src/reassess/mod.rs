//! Judging again what is stored, by the versions that the register has now.
//!
//! ```text
//! mod.rs     from batches of stored rows to what would change, and to rows that say so
//! stored.rs  one stored row
//! seen.rs    what was seen, from what is stored of it
//! judge.rs   one look again
//! rounds.rs  scores of several raters that belong together
//! rewrite.rs the rows that are appended
//! counts.rs  what changed, counted
//! ```
//!
//! Invariants: nothing is changed in place. A look whose judgement changes is appended as a later
//! event of the same `observation_id`, with every column as it was but the judgement; so the earlier
//! judgement stays readable, and a correction that somebody sends meanwhile still counts. A look that
//! cannot be judged again stays as it is and is counted with its reason; what a person judged is
//! never judged again. Without `facts` nothing is written.
//!
//! Absent on purpose: who may do this and why (web, registry), and the reading of tables (measure).

mod counts;
mod judge;
mod rewrite;
mod rounds;
mod seen;
mod stored;

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arrow::array::RecordBatch;
use evenkeel_facts::{AppId, Committed, Facts, FactsError, Staging, Table};
use evenkeel_foundation::{Requirement, StandardId};
use evenkeel_registry::StandardVersion;

pub use counts::{Changes, Conformance, JudgedAgain, NotJudged, VersionCount};

use crate::agreed::Agreed;
use judge::{Outcome, Referee};
use rounds::{Rounds, SCORES_MAX};
use stored::Stored;

/// One reading of the stored looks: rows, and which of them are meant.
pub type StoredBatches = Box<dyn Iterator<Item = Result<(RecordBatch, Vec<bool>), ReadFailure>>>;

/// Why stored looks could not be read.
pub type ReadFailure = Box<dyn Error + Send + Sync>;

/// What becomes of a batch, and of which of its rows are meant.
type Take<'t> = dyn FnMut(&RecordBatch, &[bool]) -> Result<(), ReassessError> + 't;

/// Why nothing was judged again.
#[derive(Debug, thiserror::Error)]
pub enum ReassessError {
    /// The stored looks could not be read.
    #[error("read the stored observations")]
    Read(#[source] ReadFailure),
    /// A column is not there, or not of its type; a fault of this program.
    #[error("the stored observations have no column {column} of the expected type")]
    Column {
        /// The column.
        column: &'static str,
    },
    /// Rows could not be put together; a fault of this program.
    #[error("rows could not be put together")]
    Rows(#[source] arrow::error::ArrowError),
    /// More scores than memory is given for.
    #[error(
        "there are more than {SCORES_MAX} scores of raters; judge them again in shorter stretches of days"
    )]
    TooManyScores,
    /// Somebody asked to stop.
    #[error("stopped; nothing was changed")]
    Stopped,
    /// The tables could not be written.
    #[error("the rows could not be written")]
    Facts(#[from] FactsError),
}

/// What is judged again.
#[derive(Debug, Clone, Copy)]
pub struct Again<'a> {
    /// What was agreed.
    pub agreed: &'a Agreed,
    /// The standard.
    pub standard: &'a StandardId,
    /// Its versions, first to last, retirements among them.
    pub versions: &'a [StandardVersion],
    /// What this re-assessment is called: in the name of its commit and in its rows' `import_id`.
    pub id: &'a str,
}

impl Again<'_> {
    /// The name of its commit.
    pub fn app(id: &str) -> AppId {
        AppId::new(format!("reassessment/{id}"), 1)
    }

    /// Whether scores of raters belong together, so that looks outside the window have to be read.
    pub fn needs_whole(versions: &[StandardVersion]) -> bool {
        let mut requirements = versions.iter().map(|of| &of.standard.requirement);
        requirements.any(|of| matches!(of, Requirement::Rubric(_)))
    }
}

/// Looks judged again, and the rows that say so, ready and not visible yet.
#[derive(Debug)]
pub struct Prepared {
    /// What changes.
    pub judged: JudgedAgain,
    /// None where nothing is to be written.
    staging: Option<Staging>,
}

impl Prepared {
    /// Of a table that is not there yet.
    pub fn nothing() -> Self {
        Self {
            judged: JudgedAgain::default(),
            staging: None,
        }
    }

    /// Makes all rows visible at once; None where there are none. Returns when that would survive
    /// a power cut.
    pub fn commit(self) -> Result<Option<Committed>, FactsError> {
        self.staging.map(Staging::commit).transpose()
    }
}

/// Removes what a re-assessment staged that was cut off; whether its rows are in the table.
pub fn settle(facts: &Facts, id: &str) -> Result<bool, FactsError> {
    let app = Again::app(id);
    let table = Table::Observations;
    if facts.is_committed(&table, &app)? {
        return Ok(true);
    }
    let staging = facts.stage(table, evenkeel_facts::observations_schema(), app)?;
    staging.abandon()?;
    Ok(false)
}

/// Judges again what `read` gives. With `facts` the rows that change are staged. Blocks.
pub fn judge_again(
    again: Again<'_>,
    facts: Option<&Facts>,
    mut read: impl FnMut() -> Result<StoredBatches, ReadFailure>,
    stopping: &AtomicBool,
) -> Result<Prepared, ReassessError> {
    let mut each = |take: &mut Take<'_>| {
        for batch in read().map_err(ReassessError::Read)? {
            if stopping.load(Ordering::Relaxed) {
                return Err(ReassessError::Stopped);
            }
            let (batch, meant) = batch.map_err(ReassessError::Read)?;
            take(&batch, &meant)?;
        }
        Ok(())
    };
    let mut rounds = Rounds::default();
    if Again::needs_whole(again.versions) {
        each(&mut |batch, _| rounds.gather(&Stored::new(batch)?, again.standard))?;
        rounds.close();
    }
    let mut referee = Referee::new(again, &rounds);
    let mut judged = JudgedAgain::default();
    let mut writer = Writer {
        facts,
        again,
        staging: None,
        read: 0,
    };
    let done = each(&mut |batch, meant| {
        let stored = Stored::new(batch)?;
        let mut changed = Vec::new();
        for (row, is_meant) in meant.iter().enumerate() {
            let place = writer.read + row as u64;
            if !is_meant {
                continue;
            }
            let look = stored.look(row);
            let outcome = referee.judge(&look, place);
            judged.count(&look, &outcome);
            if let Outcome::Changed(new) = outcome {
                changed.push((row, *new));
            }
        }
        writer.take(batch, changed)
    });
    match done {
        Ok(()) => Ok(Prepared {
            judged,
            staging: writer.staging,
        }),
        Err(error) => {
            if let Some(staging) = writer.staging {
                staging.abandon()?;
            }
            Err(error)
        }
    }
}

/// Rows on their way into a staging that is opened with the first of them.
struct Writer<'a> {
    facts: Option<&'a Facts>,
    again: Again<'a>,
    staging: Option<Staging>,
    /// Rows read so far.
    read: u64,
}

impl Writer<'_> {
    fn take(
        &mut self,
        batch: &RecordBatch,
        changed: Vec<(usize, judge::New)>,
    ) -> Result<(), ReassessError> {
        self.read += batch.num_rows() as u64;
        let Some(facts) = self.facts.filter(|_| !changed.is_empty()) else {
            return Ok(());
        };
        let rows = rewrite::rows(batch, changed, self.again.id).map_err(ReassessError::Rows)?;
        if self.staging.is_none() {
            let app = Again::app(self.again.id);
            let schema = Arc::clone(rows.schema_ref());
            self.staging = Some(facts.stage(Table::Observations, schema, app)?);
        }
        if let Some(staging) = &mut self.staging {
            staging.write(rows, self.read)?;
        }
        Ok(())
    }
}
