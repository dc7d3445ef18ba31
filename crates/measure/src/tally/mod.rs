//! Counting the rows of batches into groups: the hot path of every question.
//!
//! A scan hands over Arrow batches with the columns that a [`TallyPlan`] names. [`Counting`] gives
//! each row its group and adds its values to the group's tallies. The result of one thread is a
//! [`Partial`]; partial results merge into a [`Merged`] one.
//!
//! DataFusion's own hash aggregation answers the same questions; on two cores it takes three to
//! five times as long for histograms by unit and month, because it hashes and compares keys row by
//! row, and forty times for sketches at 20,000 groups (`make bench` shows the distance kept).
//!
//! Invariant: the order of batches and files does not change whole numbers; real ones agree to
//! 1e-12.
//! Absent on purpose: files, units' parents, intervals.

mod codes;
mod counter;
mod crowd;
mod groups;
mod joint;
mod merged;
mod packed;
mod plan;
mod slots;
mod tallies;
mod weighted_bin;
mod words;

pub use codes::EXTRA_CODES;
pub use counter::reals;
pub use crowd::Crowd;
pub use joint::real_columns;
pub use merged::Merged;
pub use plan::{
    Coding, Count, DAY, JointPart, Judge, Only, PartValue, RESPONDENT, SCORES_MAX, TEXTS_MAX,
    TallyPlan, dictionary,
};
pub use tallies::Tally;

use arrow::array::RecordBatch;

use crate::calendar::DayTable;
use crate::error::MeasureError;
use crate::symbols::Symbols;
use counter::Counter;
use groups::Groups;

/// The result of some rows.
#[derive(Debug)]
pub struct Partial {
    /// Numbers a key: first day of the bucket (`i32` bits) if there is a calendar, then a number
    /// per text column.
    pub parts: usize,
    /// Keys of the groups; group 0 is the rows that do not count.
    pub keys: Vec<u32>,
    /// One for each count of the plan.
    pub tallies: Vec<Tally>,
}

impl Partial {
    /// Groups, group 0 included.
    pub fn groups(&self) -> usize {
        self.keys.len().checked_div(self.parts).unwrap_or(2)
    }
}

/// A count in progress.
pub struct Counting {
    groups: Groups,
    counters: Vec<Counter>,
}

impl Counting {
    /// `days` holds all days of the rows to come that may count; without a calendar there is none.
    pub fn new(plan: &TallyPlan, days: Option<DayTable>, symbols: &Symbols) -> Self {
        Self {
            groups: Groups::new(plan, days, symbols),
            counters: plan.counts.iter().map(Counter::new).collect(),
        }
    }

    /// Counts the rows of one batch.
    pub fn push(&mut self, batch: &RecordBatch) -> Result<(), MeasureError> {
        self.groups.assign(batch)?;
        let count = self.groups.count();
        let assigned = self.groups.assigned();
        for counter in &mut self.counters {
            counter.push(&assigned, count, batch)?;
        }
        Ok(())
    }

    /// The result.
    pub fn finish(mut self) -> Partial {
        let count = self.groups.settle();
        let tallies = self.counters.into_iter().map(|counter| {
            let mut tally = counter.finish();
            tally.grow(count);
            tally
        });
        Partial {
            parts: self.groups.parts(),
            keys: self.groups.keys(),
            tallies: tallies.collect(),
        }
    }
}
