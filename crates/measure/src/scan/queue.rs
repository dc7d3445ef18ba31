//! What is to be counted, taken piece by piece by the counting threads.
//!
//! Invariant: each row group is in one piece, and each piece is taken once.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use evenkeel_facts::FileRef;
use futures::StreamExt;

use super::footer::Footer;
use super::plan::{Work, batches};
use super::{Shared, Source, location};
use crate::calendar::DayTable;
use crate::error::MeasureError;
use crate::tally::{Counting, DAY, Only, Partial, TallyPlan};

/// Rows after which the row groups of one file are counted apart from the rest of it.
const PIECE_ROWS: usize = 1 << 19;
/// Words are looked for while decoding where they are at most one in so many; else decoding all
/// rows and dropping some is faster.
const SELECTIVE: usize = 8;

/// Pieces that nobody has taken yet.
#[derive(Debug)]
pub struct Queue {
    plan: TallyPlan,
    days: Option<DayTable>,
    pieces: Mutex<Vec<Work>>,
}

impl Queue {
    /// All pieces of some files that may hold rows that count.
    pub async fn fill(
        shared: &Shared,
        source: &Source,
        files: Vec<FileRef>,
        plan: &TallyPlan,
    ) -> Result<Self, MeasureError> {
        let columns = plan.columns(&source.snapshot.schema);
        let only: Vec<Only> = plan
            .only
            .iter()
            .filter(|only| {
                let known = shared.symbols.column(&only.column).highest() as usize;
                only.values.len() * SELECTIVE <= known
            })
            .cloned()
            .collect();
        let mut pieces = Vec::new();
        let mut between: Option<(i32, i32)> = None;
        for file in files {
            let path = location(&file)?;
            let footer = shared.footers.load(&shared.store, &path).await?;
            let mut of_file = (None, None);
            if let Some(calendar) = &plan.calendar {
                let Some((first, last)) = days(&footer)? else {
                    continue;
                };
                let outside = calendar.from.is_some_and(|from| last < from)
                    || calendar.to.is_some_and(|to| first > to);
                if outside {
                    continue;
                }
                between = Some(between.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
                of_file = (
                    calendar.from.filter(|&from| from > first),
                    calendar.to.filter(|&to| to < last),
                );
            }
            pieces.extend(stretches(&footer).into_iter().map(|groups| Work {
                path: path.clone(),
                size: file.bytes,
                footer: Arc::clone(&footer),
                columns: Arc::clone(&columns),
                groups,
                dead: source.dead.get(&file.name).cloned(),
                days: of_file,
                only: only.clone(),
            }));
        }
        // Taken from the end: files in order of time go in that order, which keeps groups near.
        pieces.reverse();
        let days = plan.calendar.as_ref().zip(between);
        Ok(Self {
            days: days.map(|(calendar, (first, last))| calendar.table(first, last)),
            plan: plan.clone(),
            pieces: Mutex::new(pieces),
        })
    }

    /// Pieces left.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Counts pieces until none is left.
    pub async fn count(&self, shared: &Shared) -> Result<Partial, MeasureError> {
        let mut counting = Counting::new(&self.plan, self.days.clone(), &shared.symbols);
        loop {
            let Some(work) = self.lock().pop() else {
                return Ok(counting.finish());
            };
            let mut stream = batches(&work, &shared.store, &shared.context)?;
            while let Some(batch) = stream.next().await {
                let batch = batch.map_err(MeasureError::read(work.path.as_ref()))?;
                counting.push(&batch)?;
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Work>> {
        self.pieces.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// First and last day of a file; `None` when it has no rows.
fn days(footer: &Footer) -> Result<Option<(i32, i32)>, MeasureError> {
    let days = footer.days(DAY);
    if days.is_none() && footer.metadata.file_metadata().num_rows() > 0 {
        return Err(MeasureError::NoColumn {
            column: DAY.to_owned(),
        });
    }
    Ok(days)
}

/// Row groups that are counted together, always the same of one file.
fn stretches(footer: &Footer) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let (mut start, mut rows) = (0, 0);
    let groups = footer.group_rows();
    for (group, of_group) in groups.iter().enumerate() {
        if rows > 0 && rows + of_group > PIECE_ROWS {
            stretches.push(start..group);
            (start, rows) = (group, 0);
        }
        rows += of_group;
    }
    if start < groups.len() {
        stretches.push(start..groups.len());
    }
    stretches
}
